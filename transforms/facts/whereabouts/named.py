"""Every place that an article names in its sentences, and whether something may have happened there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.location import Location
from copydesk.transforms.facts.locations import OF_A_BODY
from copydesk.transforms.facts.no_sites import is_part_of_word, is_seat, is_way_to
from copydesk.transforms.facts.place_names import of_city
from copydesk.transforms.facts.place_words import (
    BORDERS,
    COMPASS_NOUNS,
    FIRM,
    LOOSE,
    PLACE_NOUNS,
    POINTING,
    SAINTS,
    is_added,
    is_beside,
    is_far_end,
    is_over_border,
    is_storm,
)
from copydesk.transforms.facts.titles import ORG_WORDS
from copydesk.transforms.facts.whereabouts.name_words import (
    APPOSED,
    AREA,
    BEFORE,
    CALLED,
    COMPARED,
    CONTINENTS,
    DESCRIBES,
    HAS_BEHIND,
    HIT_BEHIND,
    JOINING,
    LEAD,
    LISTED_AFTER,
    LISTED_BEFORE,
    MOST_WORDS,
    NAME_BEFORE,
    NAME_BEHIND,
    NAMELESS,
    NOUN_BEHIND,
    OFFICE_OF,
    OPENED,
    OPENS,
    OWNING,
    PARTS,
    PLACING,
    RUN,
    SPOKEN,
    STRUCK,
    TOWN_NAME,
    WORD,
)
from copydesk.transforms.places import POSSESSIVE, Gazetteer, Place, bare_name, is_no_place, parent_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A place named at text[start:end], in a sentence of a number."""

    start: int
    end: int
    sentence: int
    place: Place

    known: bool
    """Whether the gazetteer has it."""

    noun: bool
    """Whether a noun of a place stands beside it: `the village of Sarn`."""

    placed: bool
    """Whether it stands behind a preposition of place, a noun of a place or what struck it."""

    scene: bool
    """Whether something may have happened there: it stands firmly, and is no far end, source, body or comparison."""

    told: bool
    """Whether what its sentence tells happened there: it is a scene behind a preposition of place or what struck it."""


def named_places(reading: Reading) -> list[Named]:
    """The places that the sentences of an article name, in order."""
    spans = _Spans(reading.gazetteer)
    found = [one for number in range(len(reading.sentences)) for one in _in_sentence(reading, number, spans)]
    return sorted([*found, *_again(reading, found)], key=lambda one: one.start)


class _Spans:
    """Which parts of runs of words with capitals the gazetteer has."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._has = cache(self._looked_up)

    def _looked_up(self, name: str) -> bool:
        if not name[:1].isupper() and not name.startswith("al-"):
            return False
        found = self._gazetteer.find(name) is not None or self._gazetteer.people(name) is not None
        return found and not is_no_place(name)

    def is_wide(self, name: str) -> bool:
        """Whether a name is a country's or a state's, which a town may be called after: `Karm City`."""
        place = self._gazetteer.find(name)
        return place is not None and place.kind in ("country", "region")

    def inside(self, text: str, run: re.Match[str]) -> Iterator[tuple[int, int]]:
        """The parts of a run that the gazetteer has, the longest first, without their possessives."""
        words = [word.span() for word in WORD.finditer(text, *run.span())]
        at = 0
        while at < len(words):
            for size in range(min(MOST_WORDS, len(words) - at), 0, -1):
                start = words[at][0]
                name = POSSESSIVE.sub("", text[start : words[at + size - 1][1]])
                if self._has(name):
                    yield start, start + len(name)
                    at += size - 1
                    break
            at += 1


def _in_sentence(reading: Reading, number: int, spans: _Spans) -> Iterator[Named]:
    """The places of a sentence: those that its parse shows, those that the gazetteer has, and other names that stand as one."""
    text, sentence = reading.text, reading.sentences[number]
    located = reading.locations(number) if number in reading.clauses else []
    taken = [(one.start, one.end) for one in located]
    people = reading.gazetteer.people
    shown = (one for one in located if _is_named(text[one.start : one.end], one.place, people))
    yield from (_of_location(reading, number, one) for one in shown)
    for run in RUN.finditer(text, sentence.span_start, sentence.span_end):
        here = [span for span in spans.inside(text, run) if not _touches(span, taken)]
        for start, stop in here:
            longer = TOWN_NAME.match(text, stop)
            end = longer.end() if longer is not None and spans.is_wide(text[start:stop]) else stop
            name = text[start:end]
            person = name in reading.persons and not _has_noun(text, sentence.span_start, start, end)
            place = _entry(reading.gazetteer, text, start, end)
            if is_part_of_word(text, end):
                continue
            known = place is not None or end > stop
            if known and not person and reading.gazetteer.people(name) is None:
                yield _of_name(reading, number, start, end, place)
        opening = OPENS.match(run.group())
        name = POSSESSIVE.sub("", AREA.sub("", run.group()[opening.end() :] if opening else run.group()))
        first = run.start() + (opening.end() if opening else 0)
        span = first, first + len(name)
        if not here and not _touches(span, taken) and _stands_as_place(reading, sentence.span_start, *span):
            yield _of_name(reading, number, *span, None)


def _is_named(printed: str, place: Place | None, people: Callable[[str], object]) -> bool:
    """Whether what a parse shows is the name of a place: no noun that only points to one, no part of the world."""
    name = printed.removeprefix("the ")
    if place is not None:
        return name not in POINTING | COMPASS_NOUNS
    words = [word for word in name.split() if word[:1].isupper()]
    return name.split()[-1] not in BORDERS and CONTINENTS.isdisjoint(words) and any(people(word) is None for word in words)


def _touches(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _stands_as_place(reading: Reading, first: int, start: int, end: int) -> bool:
    """Whether a name that no gazetteer has stands where a place does; `first` is where its sentence begins."""
    text, name = reading.text, reading.text[start:end]
    words = name.split()
    if is_no_place(name) or ORG_WORDS.search(name) or name.isupper() or len(words) > MOST_WORDS:
        return False
    if words[-1] in reading.persons and not (OPENED.fullmatch(text, first, start) and text.startswith(", ", end)):
        return False
    if (text[end : end + 1] in "’'" and text.endswith("the ", first, start)) or text.endswith((" a ", " an "), first, start):
        return False
    if not CONTINENTS.isdisjoint(words) or name == "Middle East":
        return False
    firm = _preposition(text, first, start)[0] in PLACING and not DESCRIBES.match(text, end)
    return firm or _has_noun(text, first, start, end) or _is_hit(text, first, start, end)


def _is_hit(text: str, first: int, start: int, end: int) -> bool:
    """Whether something befell the place at text[start:end]: `an attack on Sarn`, `Sarn was hit by`."""
    return HIT_BEHIND.match(text, end) is not None or STRUCK.search(text, max(first, start - LEAD), start) is not None


def _again(reading: Reading, found: Sequence[Named]) -> Iterator[Named]:
    """Further mentions of places that no gazetteer has, wherever they stand."""
    for name in sorted({bare_name(one.place.name) for one in found if not one.known and len(one.place.name) > 3}):
        for hit in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", reading.text):
            if not any(one.start < hit.end() and hit.start() < one.end for one in found):
                yield _of_name(reading, reading.sentence_at(hit.start()), hit.start(), hit.end(), None)


def _of_location(reading: Reading, number: int, one: Location) -> Named:
    """A place that the parse of its sentence shows."""
    first = reading.sentences[number].span_start
    firm = one.preposition in FIRM or one.home or one.preposition in ("subject", "’s", "of")
    scene = not one.home and firm and _may_be_scene(reading, first, one.start, one.end)
    return Named(
        start=one.start,
        end=one.end,
        sentence=number,
        place=one.place or Place(bare_name(reading.text[one.start : one.end]), None, None, None),
        known=one.place is not None,
        noun=_has_noun(reading.text, first, one.start, one.end),
        placed=one.preposition in PLACING,
        scene=scene,
        told=scene
        and (one.preposition in PLACING or _preposition(reading.text, first, one.start)[0] in PLACING)
        and _stands_alone(reading.text, one.start, one.end, one.place),
    )


def _of_name(reading: Reading, number: int, start: int, end: int, place: Place | None) -> Named:
    """A place by its name alone; `place` is what the gazetteer has."""
    text, first = reading.text, reading.sentences[number].span_start
    noun = _has_noun(text, first, start, end)
    preposition = _preposition(text, first, start)[0]
    hit = _is_hit(text, first, start, end)
    saint = OF_A_BODY.match(text, end) is not None and SAINTS.match(text, start) is not None
    sources = reading.sources_in(number)
    told = any(one.report.source_start < end and start < one.report.source_end for one in sources)
    body = NAME_BEHIND.match(text, end) or NAME_BEFORE.search(text, max(first, start - LEAD), start)
    struck, firm = noun or hit, preposition in (PLACING if place is not None or noun else NAMELESS)
    scene = (
        (struck or preposition in FIRM)
        and not told
        and not saint
        and (noun or not body)
        and _may_be_scene(reading, first, start, end)
    )
    return Named(
        start=start,
        end=end,
        sentence=number,
        place=place or Place(bare_name(text[start:end]), None, None, None),
        known=place is not None,
        noun=noun,
        placed=((struck or firm) and start > first) or (noun and HAS_BEHIND.match(text, end) is not None),
        scene=scene,
        told=scene and (hit or firm) and _stands_alone(text, start, end, place),
    )


def _stands_alone(text: str, start: int, end: int, place: Place | None) -> bool:
    """Whether the place at text[start:end] stands for itself: in no list, before nothing of its own, behind no comma."""
    if (
        LISTED_AFTER.match(text, end)
        or text.endswith(", ", 0, start)
        or LISTED_BEFORE.search(text, max(0, start - LEAD), start)
    ):
        return False
    name = text[start:end].removeprefix("the ")
    return not OWNING.match(text, end) and (place is not None or (name[:1].isupper() and not name[-1].isdigit()))


def _may_be_scene(reading: Reading, first: int, start: int, end: int) -> bool:
    """Whether a place is neither the far end of a distance nor where somebody spoke nor a storm nor only compared with."""
    text, low = reading.text, max(first, start - LEAD)
    if any(out(text, start) for out in (is_far_end, is_beside, is_storm, is_added, is_over_border)):
        return False
    if OFFICE_OF.search(text, low, start) is not None or is_seat(text, start) or is_way_to(text, start):
        return False
    return SPOKEN.search(text, low, start) is None and COMPARED.search(text, low, start) is None


def _has_noun(text: str, first: int, start: int, end: int) -> bool:
    """Whether a noun of a place stands beside a name or is a part of it."""
    inside = any(word.casefold() in PLACE_NOUNS for word in text[start:end].split()[1:])
    before = any(word in PLACE_NOUNS - PARTS for word in _preposition(text, first, start)[1])
    behind = NOUN_BEHIND.match(text, end) or APPOSED.match(text, end)
    return inside or before or behind is not None or CALLED.search(text, max(first, start - LEAD), start) is not None


@lru_cache(maxsize=512)
def _preposition(text: str, first: int, start: int) -> tuple[str, list[str]]:
    """The preposition of a name and the words between; `in` and `town of` before `in the town of Sarn`."""
    found = BEFORE.search(text, max(first, start - LEAD), start)
    if found is None:
        return "", []
    words = found["words"].replace(",", " ").split()
    for at in range(len(words) - 1, -1, -1):
        linked = words[at] == "of" and at and words[at - 1] in PLACE_NOUNS
        if words[at] in FIRM | LOOSE and not linked:
            return words[at], words[at + 1 :]
        if words[at] in JOINING:
            return "", words[at + 1 :]
    preposition = found["preposition"].lower()
    return (preposition, words) if preposition in FIRM | LOOSE else ("", [])


def _entry(gazetteer: Gazetteer, text: str, start: int, end: int) -> Place | None:
    """What the gazetteer has of the name at text[start:end]."""
    name, parent = text[start:end], parent_after(text, end)
    place = gazetteer.find(name, parent) or gazetteer.find(bare_name(name), parent)
    return of_city(gazetteer, text, start, name, place)
