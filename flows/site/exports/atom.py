"""Atom feeds (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from copydesk.flows.site.exports.rows import xml_text

ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a feed.

    Args:
        id: a name for the whole world, as `rows.urn` makes them.
        title: its headline.
        updated: when it was last changed here.
        published: when it was published, by RFC 3339; None where that is not known.
        authors: who wrote it, at least one.
        link: its address on the web, left out where it is none.
        categories: words to sort it by.
        summary: what it says, in plain text.
        language: ISO 639-1 code, None where it is not known.
    """

    id: str
    title: str
    updated: datetime
    published: str | None = None
    authors: Sequence[str] = ("copydesk",)
    link: str | None = None
    categories: Sequence[str] = ()
    summary: str = ""
    language: str | None = None


def write_atom(path: Path, identity: str, title: str, entries: Iterable[Entry]) -> None:
    """Writes a feed; it was updated when the newest of its entries was."""
    listed = list(entries)
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", identity)
    _add(feed, "title", title)
    _add(feed, "updated", _stamp(max((entry.updated for entry in listed), default=datetime.fromtimestamp(0, UTC))))
    _add(feed, "generator", "copydesk")
    _add(_add(feed, "author"), "name", "copydesk")
    for entry in listed:
        _add_entry(feed, entry)
    ElementTree.ElementTree(feed).write(path, encoding="utf-8", xml_declaration=True)


def _add_entry(feed: ElementTree.Element, entry: Entry) -> None:
    element = _add(feed, "entry")
    if entry.language:
        element.set(LANGUAGE, xml_text(entry.language))
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", _stamp(entry.updated))
    if entry.published is not None:
        _add(element, "published", entry.published)
    for name in entry.authors:
        _add(_add(element, "author"), "name", name)
    if entry.link is not None and entry.link.startswith(("http://", "https://")):
        _add(element, "link").attrib.update(rel="alternate", href=xml_text(entry.link))
    for term in entry.categories:
        _add(element, "category").set("term", xml_text(term))
    _add(element, "summary", entry.summary)


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = None if text is None else xml_text(text)
    return child


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
