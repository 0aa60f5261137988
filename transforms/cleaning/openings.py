"""How an article opens: lines of its own for place, day and agency, a deck above the lead, the dateline of the lead."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk.transforms.cleaning.bylines import BULLETS, read_byline
from copydesk.transforms.cleaning.captions import CREDIT_LINE_REASON
from copydesk.transforms.cleaning.datelines import SEVERAL, Dateline, Names, is_full, place_dateline
from copydesk.transforms.cleaning.opening_lines import (
    LEADS,
    LONGEST_DECK,
    REACH,
    captions_first,
    facts_above,
    first_words,
    points_above,
    unclosed_first,
)
from copydesk.transforms.cleaning.outlet_labels import glued_label, is_bracketed_label
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.signed_lines import POSTED, SHARED_ON, of_another_day, read_signed
from copydesk.transforms.words import folded

TURN = re.compile(r"[^\W\d_a-z][^\Wa-z_]+(?:[ .'-]+[^\Wa-z_]+){0,3}:\s")
"""A speaker's name in capitals that opens a turn of a transcript."""

CREDIT = ("credit", CREDIT_LINE_REASON)
"""What a place and an agency look like to the reader of captions: `Santiago de Chile/EFE`."""

BESIDE = 2
"""A place in capitals is a dateline right above the first paragraph only: elsewhere it heads a section."""

LONGEST_LINE = 8
SHORTEST_PLACE = 4
LONGEST_SIGNED = 12
LONGEST_SIGN = 6
PARTS = re.compile(r"\s*[|•]\s*")
AGENCY_FIRST = re.compile(r"(?P<agency>[^\W\d_a-z][\w ]{1,30}),\s(?P<place>[^\W\d_a-zß-ÿ]{3,}(?:\s[^\W\d_a-zß-ÿ]+){0,3})$")
"""`Coastal Wire, SAN TARN` on a line of its own."""

LEAST_LEFT = 2

AGENCY_LINE = re.compile(r"(?P<bracket>[(\[])?(?P<name>[^\W\d_a-z][\w.]*(?:\s[^\W\d_a-z][\w.]*){0,2})(?(bracket)[)\]]:?|:)$")
"""`Trend:` or `(Coastal Wire)` on a line of its own."""

DOTTED = re.compile(r"\.(?=\d)")
INNER_STOP = re.compile(r"[.!?]\s")
ABBREVIATED = re.compile(r"\b[A-Z]\.$")
"""The stop at the end is that of an abbreviation, and the line a headline: `Boat capsizes near U.S.`"""


GLUED_DECK = re.compile(r"[^\W\d_a-z][^.!?]{14,110}[.!?]\s+(?=[^\W\d_a-zß-ÿ]{3})")


class OpeningDateline(NamedTuple):
    """A dateline and the number of the piece that it opens."""

    piece: int
    dateline: Dateline


def openings(page: Page) -> None:
    """Takes out of the body what only opens it: place and day on a line, the writer's name, decks above the lead."""
    if not page.kept:
        return
    _own_lines(page)
    page.kept -= captions_first(page)
    page.kept -= unclosed_first(page)
    page.kept -= signed_lines(page)
    page.kept |= facts_above(page) | first_words(page)
    for at in points_above(page):
        page.give(at, "subtitle", "points_above_lead")
        page.kept -= {at}
    found = _lead(page)
    if found is not None:
        for at in _decks_above(page, found):
            if not ABBREVIATED.search(page.text(at)):
                page.give(at, "subtitle", "deck_above_lead")
            page.kept -= {at}
    if page.kept:
        page.first, page.last = min(page.kept), max(page.kept)


def _own_lines(page: Page) -> None:
    """A line with nothing but place and day, or place and agency, and the agency on the line below it."""
    first = min(page.kept)
    near = range(first - BESIDE, first + 1)
    for at in range(max(0, first - REACH), min(first + REACH, len(page.pieces))):
        agency_first = AGENCY_FIRST.match(page.text(at)) is not None and at not in page.roles
        if page.own_line is None and (agency_first or PARTS.search(page.text(at))):
            page.own_line = piped_dateline(page.text(at), Names.of(page.lexicon))
            if agency_first and page.own_line is not None:
                page.give(at, "dateline", "agency_and_place")
                page.kept -= {at}
        if page.roles.get(at, CREDIT) != CREDIT or page.pieces[at].words > LONGEST_LINE:
            continue
        found = own_dateline(page.text(at), Names.of(page.lexicon))
        if (
            found is None
            or _is_signed(page, at)
            or not _is_day(page, found.day)
            or not (found.day or found.agency or at in near)
        ):
            continue
        page.own_line = found
        if page.dates.read(page.text(at), page.latest, page.order) is None:
            page.roles[at] = ("dateline", "place_and_day")
            page.kept -= {at}
        below = AGENCY_LINE.match(page.text(at + 1)) if at + 1 < len(page.pieces) else None
        if below and found.agency is None:
            page.own_line = found._replace(agency=below["name"])
            page.give(at + 1, "dateline", "agency_below_place")
            page.kept -= {at + 1}
        return


def piped_dateline(line: str, names: Names) -> Dateline | None:
    """The dateline in a line of parts: a known place and an agency that is listed or in capitals: `AFP | Sarn | 24-12-2024`."""
    parts = [part.strip() for part in PARTS.split(line)]
    if len(parts) == 1 and (found := AGENCY_FIRST.match(line)) and folded(found["agency"]) in names.agencies:
        return Dateline(found["place"], found["agency"], len(line))
    agency = next((part for part in parts if folded(part) in names.agencies), None)
    if agency is None and len(parts) == 2 and parts[1].isupper() and len(parts[1]) <= LONGEST_SIGN:
        agency = parts[1]
    place = next((part for part in parts if part != agency and names.place(part) is not None), None)
    return Dateline(place, agency, len(line)) if agency and place else None


def _is_day(page: Page, day: str | None) -> bool:
    """Whether a text is a day of the calendar, with or without its year; so is no text at all."""
    return day is None or any(page.dates.read(f"{DOTTED.sub('. ', day)}{year}") is not None for year in ("", " 2000"))


def own_dateline(line: str, names: Names) -> Dateline | None:
    """The dateline that a whole line is: `Sarn, Tarvia, Dec.20`, `San Tarn/KWA`, `SARN`; `None` where the line is none.

    A listed agency before a day is no place: `Xinhua, April 7`. Its place is one that the tables know, stands in capitals, or
    has its country behind it; both where it stands alone.
    """
    bare = line.rstrip(" :.,-–—")
    if bare.isupper() and len(bare) >= SHORTEST_PLACE and names.place(bare) is not None:
        return Dateline(bare, None, len(line))
    found = place_dateline(f"{bare} — X", names)
    if found is None or found.place is None or found.length < len(bare) or not (found.day or found.agency):
        return None
    if found.day and folded(found.place) in names.agencies:
        return found._replace(place=None, agency=found.place)
    parts = SEVERAL.split(found.place)
    known = names.place(parts[0].split(" de ")[0].strip()) is not None
    if found.agency is not None:
        sure = known and folded(found.agency) in names.agencies
    else:
        sure = known or len(parts) > 1 or parts[0].isupper()
    return found if sure else None


def signed_lines(page: Page) -> set[int]:
    """The kept lines among the first that a by-word opens."""
    return {at for at in sorted(page.kept)[:REACH] if _is_signed(page, at)}


def _is_signed(page: Page, at: int) -> bool:
    piece = page.pieces[at]
    if piece.words > LONGEST_SIGNED or piece.text[-1:] in ".!?" or SHARED_ON.match(piece.text):
        return False
    byline = read_byline(piece.text, page.lexicon) if not piece.closed else None
    if byline is None and (dates := [(one.start, one.end) for one in page.dates.read_all(piece.text, page.latest, page.order)]):
        byline = read_signed(piece.text, dates, page.lexicon)
    return byline is not None and byline.marked


def _lead(page: Page) -> int | None:
    """The kept piece where the report itself begins, among the first: it has a full dateline, or the byline stands above it."""
    for at in sorted(page.kept)[:LEADS]:
        found = place_dateline(page.text(at), Names.of(page.lexicon))
        doubled = at - 1 in page.kept and found is not None and page.text(at)[found.length :] == page.text(at - 1)
        if found and (doubled or is_full(page.text(at), found, Names.of(page.lexicon))) and not _speaks(page, at, found):
            return at
        if at > 0 and ((at - 1 not in page.kept and _is_signed(page, at - 1)) or _is_day_line(page, at - 1)):
            return at
    return None


def _is_day_line(page: Page, at: int) -> bool:
    """Whether a short line holds a full date."""
    piece = page.pieces[at]
    if piece.words > LONGEST_LINE or piece.prose or POSTED.match(piece.text) or of_another_day(piece.text):
        return False
    return page.dates.read(piece.text, page.latest, page.order) is not None


def _decks_above(page: Page, lead: int) -> set[int]:
    """The kept pieces above the lead, where each is one short sentence, or what the lead itself says."""
    above = {at for at in page.kept if at < lead and not _is_day_line(page, at)}
    below = {page.text(at) for at in page.kept if at > lead}
    decks = {
        at
        for at in above
        if _is_deck(page, at) or page.text(lead).endswith(page.text(at)) or page.text(at).lstrip(BULLETS) in below
    }
    return decks if decks == above and len(page.kept) - len(decks) >= LEAST_LEFT else set()


def _is_deck(page: Page, at: int) -> bool:
    piece = page.pieces[at]
    return piece.words <= LONGEST_DECK and INNER_STOP.search(piece.text[:-1]) is None and piece.text[-1:] in ".!"


def dateline_of(page: Page) -> OpeningDateline | None:
    """The dateline that opens one of the first three pieces of the body; `None` where none does.

    Below the first paragraph only a full one counts: `Tom Karst — …` opens paragraphs too.
    """
    paragraphs = [at for at in range(page.first, min(page.first + LEADS, page.last + 1)) if page.roles[at][0] == "body"]
    for at in paragraphs:
        names = Names.of(page.lexicon)
        found = place_dateline(page.text(at), names)
        if found and is_bracketed_label(page.text(at), found, names):
            page.outlet = page.outlet or found.place
            return OpeningDateline(at, found._replace(place=None))
        found = found or _behind_deck(page.text(at), names) or (glued_label(page, at, names) if at == paragraphs[0] else None)
        if (
            found
            and (at == paragraphs[0] or (found.place and is_full(page.text(at), found, names)))
            and not _speaks(page, at, found)
        ):
            return OpeningDateline(at, found)
    return None


def _behind_deck(text: str, names: Names) -> Dateline | None:
    """The dateline behind a headline or a deck that is glued to the lead: `Ferry reopens. TARN, May 3 (KWA) - The ferry`.

    It has a town in capitals and an agency or a day.
    """
    deck = GLUED_DECK.match(text)
    found = place_dateline(text[deck.end() :], names) if deck else None
    if deck is None or found is None or not (found.place and (found.agency or found.day)):
        return None
    return found._replace(length=deck.end() + found.length)


def agency_of(page: Page, opening: OpeningDateline | None) -> str | None:
    """The agency that a dateline of the opening names, or the sign at the end of the text."""
    told = (opening.dateline if opening else None, page.own_line)
    return next((one.agency for one in told if one and one.agency), None) or page.signed_off


def _speaks(page: Page, at: int, found: Dateline) -> bool:
    """Whether the word in capitals before a colon is a speaker of a transcript: others follow."""
    if not page.text(at)[: found.length].rstrip().endswith(":") or found.agency or found.day:
        return False
    return any(TURN.match(page.text(below)) for below in range(at + 1, page.last + 1))
