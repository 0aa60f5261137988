"""A feed of the newest articles."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.flows.site.exports.atom import Entry, write_atom
from copydesk.flows.site.exports.rows import records, urn
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    import duckdb

NEWEST = 100
"""Articles in a feed."""

SUMMARY = 400
"""Characters of the text that a summary has at most."""

ARTICLES = (
    "SELECT article_id, url, outlet, section, title, authors, published_on, published_at, published_offset, language, text, "
    "received_at FROM w.articles WHERE duplicate_of IS NULL "
    f"ORDER BY received_at DESC, published_at DESC NULLS LAST, article_id LIMIT {NEWEST}"
)


def write_feed(db: duckdb.DuckDBPyConnection, view: str, path: Path) -> int:
    """Writes the newest articles, near copies left out, as Atom. Gives their number.

    Raises PermanentError for a view other than articles.
    """
    if view != "articles":
        raise PermanentError(f"A feed is of articles, not of {view}. Run: copydesk export articles FILE.atom")
    rows = list(records(db, ARTICLES))
    write_atom(path, urn("feed", "articles"), "Newest articles", map(_entry, rows))
    return len(rows)


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        id=urn("article", row["article_id"]),
        title=row["title"] or "Without a headline",
        updated=row["received_at"],
        published=_published(row),
        authors=row["authors"] or [row["outlet"] or "copydesk"],
        link=row["url"],
        categories=[term for term in (row["outlet"], row["section"]) if term],
        summary=_summary(row["text"] or ""),
        language=row["language"],
    )


def _published(row: dict[str, Any]) -> str | None:
    """The printed moment, taken as UTC where no zone is printed, of a day its beginning."""
    printed = row["published_at"]
    if printed is None and row["published_on"] is not None:
        printed = datetime.combine(row["published_on"], time())
    return None if printed is None else f"{printed.isoformat(timespec='seconds')}{row['published_offset'] or 'Z'}"


def _summary(text: str) -> str:
    """The beginning of a text: its first paragraph, cut at a blank where that is long."""
    first = text.partition("\n\n")[0]
    return first if len(first) <= SUMMARY else first[:SUMMARY].rpartition(" ")[0] + " …"
