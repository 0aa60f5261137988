"""Reading a feed, in a process of its own: the library that reads feeds knows no bounds of time and memory.

Run as a module it reads a line of JSON (`url`, `media_type`, `seconds` of CPU time) and the feed's bytes from its input,
and writes JSON.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from typing import Any
from urllib.parse import urljoin

MEMORY = 1536 * 1024 * 1024
MOST_ENTRIES = 10_000
LONGEST = 4096
DEEPEST = 20_000
"""Tags in each other over which nothing is a feed; tags that a bad hand left open count, so it is many."""

ADDRESS = re.compile(r"https?://", re.IGNORECASE)
TAG = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)[A-Za-z][^<>]*?(/?)>", re.DOTALL)


def read_feed(data: bytes, url: str, media_type: str) -> dict[str, Any]:
    """What a feed at `url` says: its `entries`, each with link, stamp, title and published, and how many are `over`.

    `problem` says why it is no feed. Relative links are resolved, by xml:base, the feed's own link, or its address.
    Nothing but the bytes is opened.
    """
    import feedparser

    if _depth(data) > DEEPEST:
        return {"problem": f"more than {DEEPEST:,} tags lie in each other"}
    headers = {"content-location": url, "content-type": media_type}
    parsed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries and (parsed.bozo or not parsed.get("version")):
        return {"problem": _why(data, parsed.get("bozo_exception"))}
    entries = [_entry(entry, url) for entry in parsed.entries[:MOST_ENTRIES]]
    return {"entries": entries, "over": max(0, len(parsed.entries) - MOST_ENTRIES)}


def _depth(data: bytes) -> int:
    """How many tags lie in each other at most, by opening and closing ones."""
    depth = deepest = 0
    for closing, alone in (tag.groups() for tag in TAG.finditer(data) if tag.group(1) is not None):
        depth = max(0, depth - 1) if closing else depth if alone else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _why(data: bytes, error: Exception | None) -> str:
    head = data[:2000].lower()
    if b"<html" in head or b"<!doctype html" in head:
        return "it is a page of HTML. Look in the page's source for the address of its feed (rel=alternate)"
    return f"{error or 'it names no kind of feed'}"[:300]


def _entry(entry: Any, url: str) -> dict[str, str]:
    named, identity = str(entry.get("link") or "").strip(), str(entry.get("id") or "").strip()
    link = named or (identity if ADDRESS.match(identity) else "")
    with contextlib.suppress(ValueError):  # what cannot be joined is fetched as it stands, and turned away with a reason
        link = urljoin(url, link) if link else ""
    stamp = entry.get("updated") or entry.get("published") or link
    told = {"link": link, "stamp": stamp, "title": entry.get("title"), "published": entry.get("published")}
    return {name: str(value or "")[: LONGEST + 1] for name, value in told.items()}


def main() -> None:
    """Reads a feed from the standard input within bounds of CPU time and memory."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(read_feed(sys.stdin.buffer.read(), asked["url"], asked["media_type"]), sys.stdout)


if __name__ == "__main__":
    main()
