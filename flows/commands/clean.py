"""`copydesk clean`: one file's blocks with their roles, without a home."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from copydesk.flows.commands.blocks import print_blocks
from copydesk.flows.printing import say
from copydesk.flows.settings import load_settings
from copydesk.warehouse.errors import PermanentError

METADATA = "title subtitle authors agency published_on published_at modified_at dateline language outlet_printed".split()


def run(path: Annotated[Path, Parameter(name="file", help="A file of a kind that ingest takes.")], /) -> int:
    from copydesk.flows.sources.files import media_type
    from copydesk.flows.sources.local import read_file
    from copydesk.flows.wiring import rule_set
    from copydesk.flows.workers.guard import Guard
    from copydesk.transforms.identity import document_id_of
    from copydesk.transforms.types import RawDocument
    from copydesk.warehouse.log import utc_now

    if not path.is_file():
        raise PermanentError(f"{path}: there is no such file.")
    media = media_type(path) or "text/plain"
    settings = load_settings({})
    limits = settings.limits
    content = read_file(path.resolve(), limits.bytes)
    raw = RawDocument(
        document_id=document_id_of(path.resolve().as_uri()),
        revision=1,
        source="clean",
        source_uri=path.resolve().as_uri(),
        media_type=media,
        data=content.data,
        size=content.size,
        sha256=content.sha256,
        received_at=utc_now(),
        problem=content.problem,
        problem_detail=content.detail,
    )
    with Guard(limits, rule_set(settings.pipeline)) as guard:
        made = guard.read(raw)
    print_blocks((block.role, block.reason, block.text) for block in made.blocks)
    if made.article is None:
        verdict = made.verdict
        raise PermanentError(f"{path}: {verdict.reason}: {verdict.detail}" if verdict else f"{path}: no article")
    article = made.article
    for name in METADATA:
        if value := getattr(article, name):
            say(f"{name:15}  {', '.join(value) if isinstance(value, tuple) else value}")
    say(f"{article.words} words, {len(made.sentences)} sentences, {len(made.facts)} facts")
    return 0
