"""`copydesk clean`: one file's blocks with their roles, why lines were left out, or how a folder's pages compare; no home."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from copydesk.flows.commands.blocks import print_blocks, print_left_out
from copydesk.flows.commands.comparing import print_comparison
from copydesk.flows.printing import say
from copydesk.flows.settings import load_settings
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    from copydesk.flows.settings.limits import Limits
    from copydesk.transforms.types import Article, RawDocument

METADATA = "title subtitle authors agency published_on published_at modified_at dateline language outlet_printed".split()


def run(
    path: Annotated[Path, Parameter(name="file", help="A file of a kind that ingest takes; with --compare a folder of pages.")],
    /,
    *,
    why: Annotated[bool, Parameter(help="Print each line that was left out, with the rule and what was seen of it.")] = False,
    compare: Annotated[
        bool, Parameter(help="List the HTML pages of a folder whose article differs most from what trafilatura alone makes.")
    ] = False,
    most: Annotated[int, Parameter(help="How many pages --compare lists.")] = 20,
) -> int:
    from copydesk.flows.wiring import rule_set
    from copydesk.flows.workers.guard import Guard

    settings = load_settings({})
    limits = settings.limits
    if compare:
        return _compare(path, limits, most)
    if not path.is_file():
        raise PermanentError(
            f"{path}: {'a folder is read with --compare alone' if path.is_dir() else 'there is no such file'}."
        )
    raw = raw_document(path, limits)
    with Guard(limits, rule_set(settings.pipeline)) as guard:
        made = guard.read(raw)
    if why and made.blocks:
        _print_why(raw, limits)
    else:
        print_blocks((block.role, block.reason, block.text) for block in made.blocks)
    if made.article is None:
        verdict = made.verdict
        raise PermanentError(f"{path}: {verdict.reason}: {verdict.detail}" if verdict else f"{path}: no article")
    _print_metadata(made.article)
    say(f"{made.article.words} words, {len(made.sentences)} sentences, {len(made.facts)} facts")
    return 0


def raw_document(path: Path, limits: Limits) -> RawDocument:
    """A file as the rules take it, with no home around it."""
    from copydesk.flows.sources.files import media_type
    from copydesk.flows.sources.local import read_file
    from copydesk.transforms.identity import document_id_of
    from copydesk.transforms.types import RawDocument
    from copydesk.warehouse.log import utc_now

    content = read_file(path.resolve(), limits.bytes)
    return RawDocument(
        document_id=document_id_of(path.resolve().as_uri()),
        revision=1,
        source="clean",
        source_uri=path.resolve().as_uri(),
        media_type=media_type(path) or "text/plain",
        data=content.data,
        size=content.size,
        sha256=content.sha256,
        received_at=utc_now(),
        problem=content.problem,
        problem_detail=content.detail,
    )


def _print_why(raw: RawDocument, limits: Limits) -> None:
    """The lines left out of a document that a worker has read within its limits already."""
    from copydesk.flows.wiring import lexicon
    from copydesk.transforms.cleaning.decode import decode_document
    from copydesk.transforms.cleaning.evidence import left_out
    from copydesk.transforms.cleaning.printed_dates import DateReader

    text = decode_document(raw.data, raw.media_type, limits.bytes)
    if isinstance(text, str):
        print_left_out(left_out(text, raw, lexicon(), DateReader(lexicon())))


def _print_metadata(article: Article) -> None:
    for name in METADATA:
        if value := getattr(article, name):
            say(f"{name:15}  {', '.join(value) if isinstance(value, tuple) else value}")


def _compare(folder: Path, limits: Limits, most: int) -> int:
    if most < 1:
        raise PermanentError(f"--most is {most}; it must be 1 or more.")
    if not folder.is_dir():
        raise PermanentError(f"{folder}: there is no such folder; --compare takes a folder of HTML pages.")
    pages = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in (".html", ".htm"))
    if not pages:
        raise PermanentError(f"{folder}: no file in it ends in .html or .htm; trafilatura reads no other kind.")
    print_comparison(((path, raw_document(path, limits)) for path in pages), limits, most)
    return 0
