"""The authors that a page marks beside its headline: by the relation, the property or the class of an element."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from copydesk.transforms.cleaning.bylines import read_byline
from copydesk.transforms.cleaning.page_parts import PageParts
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.cleaning.signed_lines import read_signed
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.words import collapsed

AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:authors?|byline|by-line|autore?n?|auteur|writer|vcard|fn|contributor)(?:$|[\s_-]|name)",
    re.IGNORECASE,
)
NO_AUTHOR = re.compile(
    r"bio|box|avatar|image|img|photo|pic|about|desc|follow|social|share|date|time|count|title|role|job|contact|link-?list|icon|prep|prefix|label",
    re.IGNORECASE,
)
LONGEST = 120
MOST_CHILDREN = 12
BESIDE = 15
"""How many elements above the headline and below the first paragraph a printed byline may stand."""

REACH = 60
"""How many elements from the headline or the end of the article's head a byline may stand."""


def marked_authors(parts: PageParts) -> list[str]:
    """The texts of the elements beside the headline that are marked as the author, the innermost of the first of them.

    Those of comments and of other stories are none.
    """
    first, last = parts.top - REACH, parts.prose + REACH
    found = [one for one in parts.elements[max(0, first) : last + 1] if _signed(one) and not parts.outside(one)]
    inner = [one for one in found if not any(other is not one and one in other.iterancestors() for other in found)]
    if not inner:
        return []
    kind = _kind(inner[0])
    return list(dict.fromkeys(_signed(one) for one in inner if _kind(one) == kind))


def printed_authors(parts: PageParts, dates: DateReader, lexicon: Lexicon) -> list[str]:
    """The names of the first line beside the headline that says `by`, alone or beside a date."""
    for one in parts.elements[max(0, parts.top - BESIDE) : parts.prose + BESIDE]:
        text = collapsed(one.text_content()) if len(one) < MOST_CHILDREN else ""
        if not text or len(text) > LONGEST or parts.outside(one):
            continue
        printed = [(found.start, found.end) for found in dates.read_all(text)]
        byline = read_signed(text, printed, lexicon) if printed else read_byline(text, lexicon)
        if byline and byline.marked and byline.authors:
            return list(byline.authors)
    return []


def _kind(one: HtmlElement) -> tuple[str | None, str | None, str | None]:
    return one.get("rel"), one.get("itemprop"), one.get("class")


def _signed(one: HtmlElement) -> str:
    """The text of an element that is marked as an author; empty where it is none."""
    named = f"{one.get('class') or ''} {one.get('id') or ''}"
    marked = "author" in (one.get("rel") or "").split() or (one.get("itemprop") or "") in ("author", "creator")
    if not (marked or (AUTHOR.search(named) and not NO_AUTHOR.search(named))):
        return ""
    text = collapsed(one.text_content()) if len(one) < MOST_CHILDREN else ""
    return text if len(text) <= LONGEST else ""
