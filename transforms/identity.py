"""The ids of everything that the warehouse names, each a hash of what makes the thing what it is.

An id depends on content alone, never on time, order or machine: the same input gives the same id in every home.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence


def document_id_of(uri: str) -> str:
    """The id of a document: of the place that its canonical address names, whatever stands there.

    >>> document_id_of("file:///inbox/ferry.txt")
    '7716600989234d37fa9a'
    """
    return hashlib.sha256(uri.encode("utf-8", "surrogateescape")).hexdigest()[:20]


def article_id_of(sha256: str) -> str:
    """The id of an article: of the bytes it was made from, so the same bytes elsewhere are a printing of it.

    >>> article_id_of("0123456789abcdef" * 4)
    '0123456789abcdef0123'
    """
    return sha256[:20]


def output_id_of(document_id: str, revision: int, sha256: str, rules: str, knowledge: str | None, tries: int = 0) -> str:
    """The id of what one set of rules makes of one receipt: the same wherever and whenever it is made.

    `knowledge` is the id of what was learnt of the document's site, `None` where nothing was. A document that was
    put in the queue again has another id at each try.

    >>> first = output_id_of("d1", 1, "ab" * 32, "cleaning-2", None)
    >>> first, first == output_id_of("d1", 1, "ab" * 32, "cleaning-2", None, tries=1)
    ('12f1dc51096c2538189c479d', False)
    """
    parts = (document_id, str(revision), sha256, rules, knowledge or "", *([str(tries)] if tries else []))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def claim_id_of(sha256: str, kind: str, place: Sequence[object]) -> str:
    """The id of a claim, whatever rules found it: of the content, the kind and the place in it.

    `place` is the span in the decoded source, start and end; where markup has none, the claim's text and how many
    claims of that kind and text stand before it.

    >>> claim_id_of("ab" * 32, "figure", (120, 134))
    '406a68e00f4e9334bf6ec5ef'
    """
    return hashlib.sha256("\0".join([sha256, kind, *map(str, place)]).encode()).hexdigest()[:24]


def knowledge_id_of(site: str, lines: Iterable[str]) -> str:
    """The id of what was learnt of a site: of its name and its repeated lines, in order.

    >>> knowledge_id_of("echo.example", ["follow us", "most read"])
    '842d5ef5b84dce67'
    """
    return hashlib.sha256("\n".join([site, *lines]).encode()).hexdigest()[:16]
