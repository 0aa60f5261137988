"""An Atom feed (RFC 4287) of the newest articles."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from copydesk.flows.site.exports.rows import records, urn, xml_text
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    import duckdb

NEWEST = 100
"""Articles in a feed."""

ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
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
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", urn("feed", "articles"))
    _add(feed, "title", "Newest articles")
    newest = max((row["received_at"] for row in rows), default=datetime.fromtimestamp(0, UTC))
    _add(feed, "updated", _stamp(newest))
    _add(feed, "generator", "copydesk")
    _add(_add(feed, "author"), "name", "copydesk")
    for row in rows:
        _add_entry(feed, row)
    ElementTree.ElementTree(feed).write(path, encoding="utf-8", xml_declaration=True)
    return len(rows)


def _add_entry(feed: ElementTree.Element, row: dict[str, Any]) -> None:
    entry = _add(feed, "entry")
    if row["language"]:
        entry.set(LANGUAGE, xml_text(row["language"]))
    _add(entry, "id", urn("article", row["article_id"]))
    _add(entry, "title", row["title"] or "Without a headline")
    _add(entry, "updated", _stamp(row["received_at"]))
    if published := _published(row):
        _add(entry, "published", published)
    for name in row["authors"] or [row["outlet"] or "copydesk"]:
        _add(_add(entry, "author"), "name", name)
    if str(row["url"]).startswith(("http://", "https://")):
        _add(entry, "link").attrib.update(rel="alternate", href=xml_text(row["url"]))
    for term in filter(None, (row["outlet"], row["section"])):
        _add(entry, "category").set("term", xml_text(term))
    _add(entry, "summary", _summary(row["text"] or ""))


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = None if text is None else xml_text(text)
    return child


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


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
