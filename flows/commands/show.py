"""`copydesk show`: an article with its blocks and facts marked, or a fact in its sentence and in the raw text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from copydesk.flows.commands.blocks import print_blocks
from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.commands.reading import one_row, open_warehouse
from copydesk.flows.printing import say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import HomeOptions
from copydesk.transforms.vocabulary import ARTICLE_ROLES
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home

if TYPE_CHECKING:
    import duckdb

AROUND = 60
MARKS = {"figure": ("[", "]"), "quote": ("{", "}"), "statement": ("<", ">")}


def run(
    identity: Annotated[
        str, Parameter(name="id", help="Id of an article, document, fact, claim or sentence, or its beginning.")
    ],
    /,
    *,
    blocks: Annotated[bool, Parameter(help="Print every block of the source with its role in the margin.")] = False,
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    settings = settings_of(options)
    db = open_warehouse(settings)
    fact = one_row(db, "facts", ("fact_id", "claim_id"), identity)
    if fact is not None:
        _show_fact(db, fact, settings.place)
        return 0
    sentence = one_row(db, "sentences", ("sentence_id",), identity)
    article = one_row(db, "articles", ("article_id", "document_id", "output_id"), identity)
    if sentence is not None and article is None:
        say(sentence["text"])
        return 0
    if article is not None:
        _show_article(db, article, blocks)
        return 0
    document = one_row(db, "documents", ("document_id", "article_id"), identity)
    if document is None:
        raise PermanentError(f"There is no article, document, fact, claim or sentence {identity!r} in this home.")
    for name, value in document.items():
        if value is not None:
            say(f"{name:18} {value}")
    _show_blocks(db, "document_id", document["document_id"])
    return 0


def _show_fact(db: duckdb.DuckDBPyConnection, fact: dict[str, Any], home: Home) -> None:
    from copydesk.warehouse.fact_columns import FACTS

    article = one_row(db, "articles", ("article_id",), fact["article_id"]) or {}
    say(f"{fact['text']}\n")
    for name in (*(column.name for column in FACTS.columns if column.shown), "review"):
        if fact[name] is not None:
            say(f"{name:14} {fact[name]}")
    sentence = one_row(db, "sentences", ("sentence_id",), fact["sentence_id"])
    if sentence is not None:
        say(f"\nSentence: {sentence['text']}")
    say(f"Article:  {article.get('title')} ({article.get('outlet') or article.get('source')}, {article.get('published_on')})")
    say(f"Source:   {article.get('source_uri')}")
    if fact["raw_start"] is not None:
        raw = _raw_text(home, article)
        start, end = fact["raw_start"], fact["raw_end"]
        before, after = raw[max(0, start - AROUND) : start], raw[end : end + AROUND]
        say(f"Raw text at {start}..{end}: …{before}»{raw[start:end]}«{after}…".replace("\n", "⏎"))


def _raw_text(home: Home, article: dict[str, Any]) -> str:
    """The decoded source of an article, from the raw table."""
    import pyarrow.parquet as pq

    from copydesk.transforms.cleaning.decode import decode_document

    for path in home.store.names("data/raw"):
        with home.store.open(path) as file:
            table = pq.read_table(file, filters=[("sha256", "=", article["content_sha256"])])
        for row in table.to_pylist():
            text = decode_document(row["data"], row["media_type"], 1 << 40)
            if isinstance(text, str):
                return text
    raise PermanentError(f"The raw bytes of {article['source_uri']} are not in the raw table.")


def _show_article(db: duckdb.DuckDBPyConnection, article: dict[str, Any], blocks: bool) -> None:
    for name in (
        "title",
        "subtitle",
        "authors",
        "outlet",
        "published_on",
        "dateline",
        "language",
        "facts",
        "source_uri",
        "duplicate_of",
    ):
        if article[name] not in (None, []):
            say(f"{name:14} {article[name]}")
    say()
    if blocks:
        _show_blocks(db, "output_id", article["output_id"])
        return
    cursor = db.execute(
        "SELECT kind, span_start, span_end, fact_id FROM facts WHERE article_id = $1 ORDER BY span_start",
        [article["article_id"]],
    )
    say(marked(article["text"], [tuple(row) for row in cursor.fetchall()]))
    say("\n[figure] {quote} <statement>\n")
    _show_left_out(db, article["output_id"])
    kept = db.execute(
        "SELECT role, count(*) FROM blocks WHERE output_id = $1 GROUP BY role ORDER BY 2 DESC", [article["output_id"]]
    )
    say("Blocks: " + ", ".join(f"{number} {role}" for role, number in kept.fetchall()) + "  (--blocks shows them)")


def _show_left_out(db: duckdb.DuckDBPyConnection, output_id: str) -> None:
    """The blocks that are not of the article, a line each."""
    rows = db.execute(
        "SELECT role, reason, text FROM blocks WHERE output_id = $1 AND role NOT IN (SELECT unnest($2)) ORDER BY ordinal",
        [output_id, sorted(ARTICLE_ROLES)],
    )
    for role, reason, text in rows.fetchall():
        say(f"{role:15}| {textwrap.shorten(text, 80, placeholder=' …')}  ({reason})")
    say()


def marked(text: str, spans: list[tuple[Any, ...]]) -> str:
    """The text with brackets round every fact.

    >>> marked("At least 84 died.", [("figure", 0, 11, "f")])
    '[At least 84] died.'
    """
    marks: list[tuple[int, int, int, str]] = []
    for kind, start, end, _ in spans:
        opened, closed = MARKS[kind]
        marks.append((start, 1, -end, opened))
        marks.append((end, 0, -start, closed))
    out, at = [], 0
    for place, _, _, mark in sorted(marks):
        out += [text[at:place], mark]
        at = place
    return "".join([*out, text[at:]])


def _show_blocks(db: duckdb.DuckDBPyConnection, key: str, value: str) -> None:
    rows = db.execute(f"SELECT role, reason, text FROM blocks WHERE {key} = $1 ORDER BY output_id, ordinal", [value]).fetchall()
    print_blocks(tuple(row) for row in rows)
