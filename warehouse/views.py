"""The public views: their SQL over the Parquet files, and the comments on them and their columns."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from copydesk.transforms.vocabulary import FactKind
from copydesk.warehouse.added import added_facts
from copydesk.warehouse.changes import CHANGES
from copydesk.warehouse.columns import Table
from copydesk.warehouse.entities import NAME_VIEWS, named_rows
from copydesk.warehouse.fact_columns import FACTS, slug_sql
from copydesk.warehouse.log_tables import COPIES, DOCUMENTS, EVENTS, RUNS, TELLINGS
from copydesk.warehouse.placed import placed_rows
from copydesk.warehouse.scans import SQL_TYPES, quoted, scan
from copydesk.warehouse.schemas import TABLES
from copydesk.warehouse.series import FIGURES, SERIES_VIEWS, View
from copydesk.warehouse.stories.claim_views import CLAIM_VIEWS, CLAIMS
from copydesk.warehouse.stories.conflict_views import CONFLICT_VIEWS
from copydesk.warehouse.stories.origin_views import ORIGIN_VIEWS, TOLD
from copydesk.warehouse.stories.story_views import STORY_VIEWS

MOVED = ("document_id", "source", "source_uri", "url", "received_at")
"""Columns of an article that are another document's once the one that it came as has moved on."""


RENAMED = {"outlet": "w.name", "outlet_id": "w.outlet_id", "outlet_country": "w.country", "outlet_kind": "w.kind"}
"""Columns of an article that the home's own table of outlets sets."""

CORRECTABLE = {column.name: SQL_TYPES[column.kind] for column in FACTS.columns if column.correctable}
"""What a person may correct of a fact, and its type; where it stands and what it says there are as printed."""


OF_THE_PLACE = frozenset("place_id place_precision place_candidates country_code admin1 admin2 latitude longitude".split())
"""What is known of the place that was found: of the one that a person names instead nothing is."""

KNOWN = "{key} IN (SELECT {key} FROM internal.known)"
"""What had been made by the position that is shown."""


@dataclass(frozen=True)
class Sources:
    """What the views read: files by table, as (path, schema version, whether an output in it is dead)."""

    files: Mapping[str, Sequence[tuple[str, int, bool]]] = field(default_factory=dict)
    stale: frozenset[str] = frozenset()
    owners: bool = False
    reviews: bool = False
    ruled: bool = False
    """Whether anybody, or a table of the home, says anything of entities."""

    renamed: bool = False
    """Whether a table of the home says anything of outlets."""

    placed: bool = False
    """Whether a table of the home says anything of places."""

    added: bool = False
    """Whether anybody added a claim that the rules missed."""

    rearranged: bool = False
    """Whether anybody joined or parted stories."""

    until: int | None = None
    """The position that is shown, where it is an earlier one: `internal.known` holds its outputs, the small tables its rows."""

    shown_at: datetime | None = None
    """The time of that position."""


def view_statements(sources: Sources, standing: Container[str] = ()) -> list[str]:
    """The statements that make every view, with comments; `internal.dead` and its fellows must be there.

    A view of which the first statement is among those `standing` is there already, with its comments.
    """
    return [statement for view in _views(sources) if view[0] not in standing for statement in view]


def view_sql(name: str) -> str:
    """The query of a view, of a home where nobody said anything."""
    statements = (view[0].strip().partition(" AS")[::2] for view in _views(Sources()))
    return next(sql for begin, sql in statements if begin == f"CREATE OR REPLACE VIEW {name}")


def _views(sources: Sources) -> Iterator[list[str]]:
    """For each view the statements that make it."""
    for table in TABLES.values():
        files = sources.files.get(table.name, ())
        if table.name == "raw":
            continue
        if any(column.name == "output_id" for column in table.columns):
            only = KNOWN.format(key="output_id") if sources.until is not None else ""
            yield [f"CREATE OR REPLACE VIEW internal.{table.name}_all AS {scan(table, files, False, only)}"]
            more = f" UNION ALL BY NAME {added_facts()}" if table is FACTS and sources.added else ""
            yield [f"CREATE OR REPLACE VIEW internal.{table.name}_live AS {scan(table, files, True, only)}{more}"]
    for statement in _exports(sources):
        yield [statement]
    yield from named_rows(sources.ruled)
    yield placed_rows(sources.placed)
    yield from map(_created, _row_views(sources))
    yield from map(_created, NAME_VIEWS)
    yield [f"CREATE OR REPLACE VIEW internal.told_figures AS {FIGURES}"]
    yield [TOLD]
    yield from map(_created, ORIGIN_VIEWS)
    yield from map(_created, STORY_VIEWS)
    yield [CLAIMS]
    yield from map(_created, CLAIM_VIEWS)
    yield from map(_created, CONFLICT_VIEWS)
    yield from map(_created, SERIES_VIEWS)


def _created(view: View) -> list[str]:
    """The statements that make a view, with its comments."""
    return [
        f"CREATE OR REPLACE VIEW {view.name} AS {view.sql}",
        f"COMMENT ON VIEW {view.name} IS {quoted(view.comment)}",
        *(f"COMMENT ON COLUMN {view.name}.{name} IS {quoted(comment)}" for name, comment in view.columns.items()),
    ]


@cache
def views_version() -> str:
    """A name for the views as this program makes them: a home that another program published is published anew."""
    return hashlib.sha256("\n".join(view_statements(Sources())).encode()).hexdigest()[:16]


def _exports(sources: Sources) -> list[str]:
    statements = []
    for table in (DOCUMENTS, RUNS, COPIES, TELLINGS, EVENTS):
        only = "" if sources.until is None else f"position <= {sources.until}"
        rows = scan(table, sources.files.get(table.name, ()), False, only)
        if sources.until is not None and table is not EVENTS:
            rows = f"SELECT * FROM internal.{table.name}_then"
        elif table.name in sources.stale:
            key = table.columns[0].name
            rows = (
                f"SELECT r.* FROM ({rows}) r LEFT JOIN internal.stale s ON s.tab = '{table.name}' "
                f"AND s.key = r.{key} AND s.position = r.position WHERE s.key IS NULL"
            )
        statements.append(f"CREATE OR REPLACE VIEW internal.{table.name}_rows AS {rows}")
    return statements


def _validations(sources: Sources) -> View:
    """How every expectation came out: of the batches that were known, where the warehouse is as it was then."""
    table = TABLES["validations"]
    known = KNOWN.format(key="batch_id") if sources.until is not None else ""
    return View(table.name, table.comment, scan(table, sources.files.get(table.name, ()), False, known), _comments(table))


def _row_views(sources: Sources) -> list[View]:
    """The views that show rows of the tables as they stand, and as they stood."""
    articles = TABLES["articles"]
    facts = TABLES["facts"]
    fact_sql = facts_sql(sources)
    fact_comments = {**_comments(facts), "review": "what a person said last of the claim: confirmed, rejected, corrected"}
    return [
        View("articles", articles.comment, articles_sql("internal.articles_live", sources), _article_comments(articles)),
        View(
            "printings",
            "Every place where an article was printed to the byte.",
            PRINTINGS,
            PRINTING_COMMENTS,
        ),
        _plain("blocks"),
        _plain("sentences"),
        View("facts", facts.comment, fact_sql, fact_comments),
        *(_of_kind(kind, fact_comments) for kind in FactKind),
        _plain("numbers"),
        View("mentions", TABLES["mentions"].comment, "SELECT * FROM internal.mentions_named", _comments(TABLES["mentions"])),
        _plain("rejects"),
        _validations(sources),
        *(View(t.name, t.comment, f"SELECT * FROM internal.{t.name}_rows", _comments(t)) for t in (DOCUMENTS, RUNS, EVENTS)),
        View("reviews", "Everything that people said of claims, in the order in which they said it.", REVIEWS, REVIEW_COMMENTS),
        _history("articles", articles, sources),
        _history("facts", facts, sources),
        CHANGES,
    ]


def facts_sql(sources: Sources) -> str:
    """The query of facts as people corrected them, with what they said of each."""
    review = "r.verdict" if sources.reviews else "NULL::VARCHAR"
    reviews = " LEFT JOIN internal.reviews r USING (claim_id)" if sources.reviews else ""
    columns = ", ".join(_corrected(one.name) if sources.reviews else f"f.{one.name}" for one in FACTS.columns)
    return f"SELECT {columns}, {review} AS review FROM internal.facts_placed f{reviews}"


def _corrected(name: str) -> str:
    """A column of facts as a person corrected it, as it was found where nobody did."""
    if name in OF_THE_PLACE:
        return f"CASE WHEN json_exists(r.corrections, '$.place_name') THEN NULL ELSE f.{name} END AS {name}"
    if name not in CORRECTABLE:
        return f"f.{name}"
    correction = f"CAST(json_extract_string(r.corrections, '$.{name}') AS {CORRECTABLE[name]})"
    return f"CASE WHEN json_exists(r.corrections, '$.{name}') THEN {correction} ELSE f.{name} END AS {name}"


def _plain(name: str) -> View:
    return View(name, TABLES[name].comment, f"SELECT * FROM internal.{name}_live", _comments(TABLES[name]))


def _comments(table: Table) -> dict[str, str]:
    return {column.name: column.comment for column in table.columns}


PRINTINGS = (
    "SELECT article_id, document_id, source, source_uri, outlet, url, received_at "
    "FROM internal.documents_rows WHERE article_id IS NOT NULL"
)
PRINTING_COMMENTS = {
    "article_id": "the article",
    "document_id": "the document",
    "source": "the source's name in this home",
    "source_uri": "where it was received from",
    "outlet": "who published it, where known",
    "url": "its web address, where known",
    "received_at": "when it was received",
}
REVIEWS = (
    "SELECT position, time AS reviewed_at, subject AS claim_id, data->>'verdict' AS verdict, "
    "data->'corrections' AS corrections, CAST(coalesce(data->'taken_back', '[]') AS VARCHAR[]) AS taken_back, "
    "data->>'who' AS who, data->>'why' AS why "
    "FROM (SELECT position, time, subject, data::JSON AS data FROM internal.events_rows WHERE type = 'claim.reviewed')"
)
REVIEW_COMMENTS = {
    "position": "the event's position in the log",
    "reviewed_at": "when it was said",
    "claim_id": "the claim",
    "verdict": "confirmed, rejected, corrected, undone; undone ends everything said before of the claim",
    "corrections": "the fields that this review corrected, as JSON; corrections of several reviews add up",
    "taken_back": "the fields whose earlier correction this review ended",
    "who": "who said it",
    "why": "why",
}
KIND_COMMENTS = {
    FactKind.FIGURE: "Numbers of people, things, money, distance, time or share that an article states.",
    FactKind.QUOTE: "Direct quotations with their speakers.",
    FactKind.STATEMENT: "Reported speech: clauses that somebody is said to have said.",
}


def _of_kind(kind: FactKind, comments: Mapping[str, str]) -> View:
    """The view of the facts of one kind, with the columns that this kind has."""
    columns = [*(column.name for column in FACTS.columns if kind in column.of), "review"]
    sql = f"SELECT {', '.join(columns)} FROM facts WHERE kind = '{kind}'"
    return View(f"{kind}s", KIND_COMMENTS[kind], sql, {name: comments[name] for name in columns})


def articles_sql(rows: str, sources: Sources) -> str:
    """Articles with what is known of their copies, and with the document that prints them now."""
    columns = []
    for column in TABLES["articles"].columns:
        name = column.name
        if sources.renamed and name in RENAMED:
            columns.append(f"coalesce({RENAMED[name]}, a.{name}) AS {name}")
            continue
        columns.append(f"coalesce(d.{name}, a.{name}) AS {name}" if sources.owners and name in MOVED else f"a.{name}")
        if name == "content_sha256":
            story = "coalesce(n.into_id, v.into_id, t.story_id) AS story_id" if sources.rearranged else "t.story_id"
            columns += ["c.duplicate_of", "c.similarity", story]
    columns.remove("a.batch_id")
    sql = (
        f"SELECT {', '.join(columns)}, a.batch_id FROM {rows} a "
        "LEFT JOIN internal.copies_rows c ON c.copy_output_id = a.output_id "
        "LEFT JOIN internal.tellings_rows t ON t.telling_output_id = a.output_id"
    )
    if sources.rearranged:
        sql += (
            " LEFT JOIN internal.moved_articles v ON v.article_id = a.article_id"
            " LEFT JOIN internal.merged_stories n ON n.story_id = coalesce(v.into_id, t.story_id)"
        )
    if sources.renamed:
        sql += " LEFT JOIN internal.own_outlets w ON w.key = coalesce(a.outlet_id, " + slug_sql("a.outlet") + ")"
    if sources.owners:
        sql += (
            " LEFT JOIN internal.owners o ON o.output_id = a.output_id"
            " LEFT JOIN internal.documents_rows d ON d.document_id = o.document_id"
        )
    return sql


def _article_comments(articles: Table) -> dict[str, str]:
    return {
        **_comments(articles),
        "duplicate_of": "the earliest article that this one is a near copy of",
        "similarity": "estimated share of runs of four words in common with it, 0..1",
        "story_id": "the event that it is about: a row of stories",
    }


def _history(name: str, table: Table, sources: Sources) -> View:
    """All outputs, with the time from which and until which each was current."""
    born = "h.ingested_at" if name == "articles" else "a.ingested_at"
    rows = articles_sql("internal.articles_all", sources) if name == "articles" else f"SELECT * FROM internal.{name}_all"
    join = "" if name == "articles" else " JOIN internal.articles_all a ON a.output_id = h.output_id"
    sql = (
        f"SELECT h.*, {born} AS current_from, d.died_at AS current_until, d.cause AS ended_by FROM ({rows}) h{join} "
        "LEFT JOIN internal.dead d ON d.output_id = h.output_id"
    )
    comments = _article_comments(table) if name == "articles" else _comments(table)
    return View(
        f"{name}_history",
        f"All {name} that ever stood here.",
        sql,
        {
            **comments,
            "current_from": "from when it was current",
            "current_until": "until when; null while it is",
            "ended_by": "source where the document changed, rules where ours did, withdrawn",
        },
    )
