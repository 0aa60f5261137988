"""Datelines: the place, the day and the agency that open an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import NamedTuple

from copydesk.transforms.cleaning.dateline_forms import (
    BARE,
    COLONED,
    DATED,
    EASTERN,
    FULL_STOPPED,
    PLACED,
    SENT_ON,
    SIGNED,
    SLASHED,
    UNDASHED,
    UNSTOPPED,
)
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.words import folded

LAST_PART = re.compile(r"(?P<before>.+?)\s*[,/]\s*(?P<last>[^,/]+)$")
LETTER = re.compile(r"[^\W\d_]")
LETTERS = re.compile(r"[^\W\d_]+")
SEVERAL = re.compile(r"[,/]|\s(?:and|und|et|y|e|i|и)\s")
WEEKDAY = re.compile(
    r",?\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag))$",
    re.IGNORECASE,
)
SMALL = frozenset("dpa afp apa efe sda kna epd ots ap aa lusa ntb tt ritzau ansa belga anp pap ctk čtk mti tass".split())
"""The agencies that sign in small letters."""

DESK = re.compile(r"/[a-z]{2,4}$")
"""The desk of an agency for a region: `Tarn (dpa/lni) - `."""

PARTICLE = frozenset("de la le les del della di da do dos el al am an der den im sur upon on of the and und et y e i".split())
NO_PLACE = frozenset(
    """
    breaking update updated watch video live exclusive opinion analysis note correction question answer host moderator narrator
    q a new editor explainer photos photo listen read more also warning alert tip background context fact facts claim verdict
    summary why what how who when where the this that these those it he she they we i you but and so yes no well still yet
    file today yesterday tomorrow now then there here meanwhile however for in on at by to from with if as
    fazit hintergrund kommentar analyse achtung info und der die das es ein eine aber
    """.split()
)
"""Words that open a paragraph before a colon or a dash and name no place."""

ALSO_TOWNS = frozenset("singapore monaco luxembourg djibouti kuwait panama guatemala gibraltar macau".split())
"""Countries whose capital has their name."""

FIRST_PERSON = re.compile(r"(?:I|We|You|Well|Thanks?|Yes|No|Okay|Good|My|Our|So|Hello)\b", re.IGNORECASE)
"""What a speaker of a transcript begins with, whose name stands in capitals before a colon."""

WIRE = re.compile(r"wire|press|news|agenc|presse|nachricht|reuters|media|times|post\b|\.com|radio|tv\b", re.IGNORECASE)


class Dateline(NamedTuple):
    """The place that opens a paragraph, the agency behind it, how many letters they take with their dash, the day as printed.

    `place` is `None` where the agency or the day stands alone.
    """

    place: str | None
    agency: str | None
    length: int
    day: str | None = None


class Names(NamedTuple):
    """What is known of names: `place` finds a place or gives `None`; `agencies` and `months` are folded names."""

    place: Callable[[str], object] = lambda name: None
    agencies: Container[str] = frozenset()
    months: Container[str] = frozenset()

    @classmethod
    def of(cls, lexicon: Lexicon) -> Names:
        """The places and the agencies of the tables."""
        return cls(lexicon.gazetteer.find, lexicon.agencies, lexicon.months)

    def is_day(self, day: str) -> bool:
        """Whether a date that is printed with words has a month among them; `Shortly before 2` has none."""
        words = LETTERS.findall(day)
        return not words or not self.months or any(word.casefold() in self.months for word in words)

    def is_country(self, name: str) -> bool:
        """Whether a name is that of a country alone, which labels a paragraph: `INDIA: Two boats sank`."""
        found = self.place(name)
        return getattr(found, "kind", None) == "country" and name.casefold() not in ALSO_TOWNS

    def is_region(self, name: str, town: str) -> bool:
        """Whether a name in brackets tells where a town lies, and not who reports: `Andhra Pradesh`, `FR`, `Ill.`."""
        if folded(name) in self.agencies or WIRE.search(name):
            return False
        short = name.isupper() and len(name) == 2 and not town.isupper()
        return short or self.place(name.rstrip(".")) is not None


UNKNOWN_NAMES = Names()


def place_dateline(text: str, names: Names = UNKNOWN_NAMES) -> Dateline | None:
    """The dateline that opens a paragraph; `None` where none does.

    >>> place_dateline("TARN- The rowers have gone home.")
    Dateline(place='TARN', agency=None, length=6, day=None)
    >>> place_dateline("NARVA BAY, May 3 (Coastal Wire) — Divers found it.")
    Dateline(place='NARVA BAY', agency='Coastal Wire', length=34, day='May 3')
    >>> place_dateline("NATO-led troops went home.") is None
    True
    """
    head = text[:160]
    sent = SENT_ON.match(head)
    if sent and folded(sent["agency"]) in names.agencies and _read(head[sent.end() :], names) is None:
        return Dateline(None, sent["agency"], sent.end())
    if sent and (inner := _read(head[sent.end() :], names)) and inner.place and (inner.day or inner.agency):
        return inner._replace(agency=inner.agency or sent["agency"], length=inner.length + sent.end())
    return _read(head, names)


def is_full(text: str, found: Dateline, names: Names) -> bool:
    """Whether a dateline is more than a name before a dash: an agency, a day, capitals; before a colon a known place."""
    if found.agency or found.day:
        return True
    town = SEVERAL.split(found.place or "")[0].strip()
    colon = text[: found.length].rstrip().endswith(":")
    return town.isupper() and (not colon or names.place(town) is not None)


def _read(head: str, names: Names) -> Dateline | None:
    for read in (_eastern, _signed, _bare, _slashed, _stopped, _unstopped, _dated, _undashed, _coloned):
        if (found := read(head, names)) is not None:
            return found
    return None


def _stopped(text: str, names: Names) -> Dateline | None:
    matches = (pattern.match(text) for pattern in (PLACED, FULL_STOPPED))
    return next((one for found in matches if found and (one := _placed(found, text, names))), None)


def _unstopped(text: str, names: Names) -> Dateline | None:
    found = UNSTOPPED.match(text)
    return _placed(found, text, names) if found else None


def _placed(found: re.Match[str], text: str, names: Names) -> Dateline | None:
    """The place first, in capitals, or with a day, an agency or a dash that tell it from other words."""
    place, agency, day = WEEKDAY.sub("", found["place"]).strip(" ,-"), found["agency"] or found["slashed"], found["date"]
    stop, rest = found["stop"].strip(), text[found.end() :]
    town = SEVERAL.split(place)[0].strip()
    if not town or not _named(place) or _names_none(town) or (agency and not _is_agency(agency)):
        return None
    label = agency is None and day is None and (stop == ":" or found["bracket"] == "[")
    if label and (names.is_country(town) or (found["bracket"] and WIRE.search(town))):
        return None
    region = found["region"]
    if region is None and agency and names.is_region(agency, town):
        region, agency = agency, None
    capitals = town.isupper() and len(LETTER.findall(town)) > 1
    dated = day is not None and (capitals or region is not None or "," in text[: found.start("date")])
    sure = dated or agency is not None
    if found["bracket"]:
        ends = capitals and found["bracket"] == "[" if not stop else stop not in (".", "|", ":") or sure
    elif not stop:
        ends = agency is not None and (capitals or day is not None) and not rest[:1].islower()
    else:
        ends = _ends(stop, rest, capitals, sure or (region is not None and stop not in (".", "|")))
    place, agency = _agency_behind(place, agency, names)
    if agency and (bare := DESK.sub("", agency)) in SMALL:
        agency = bare
    return Dateline(place, agency, found.end(), day) if ends else None


def _agency_behind(place: str, agency: str | None, names: Names) -> tuple[str, str | None]:
    """The place without the blank before its comma, and without the agency as its last part: `TARN, KWA`, `Tarn/KWA`."""
    found = LAST_PART.match(place)
    if found and agency is None and folded(found["last"]) in names.agencies:
        return found["before"], found["last"]
    place = re.sub(r"\s+,", ",", place)
    return (place if "," in place else place.rstrip(".")), agency


def _names_none(town: str) -> bool:
    """Whether the words before a dash or a colon are none of a place: `Update`, `Watch live`; `New Tarn` is one."""
    first, *others = town.casefold().split()
    if first == "new" and others:
        first, *others = others
    return town.casefold() in NO_PLACE or first in NO_PLACE


def _ends(stop: str, rest: str, capitals: bool, sure: bool) -> bool:
    """Whether what stands behind the place ends a dateline."""
    if stop in (".", "|", "•"):
        return sure or (capitals and stop == "•")
    if stop == ":":
        return (sure or capitals) and not FIRST_PERSON.match(rest)
    if sure:
        return True
    if rest[:1].islower():
        return False
    return capitals or not re.search(r"[—–]|\s-\s", rest.split(". ", maxsplit=1)[0])


def _named(place: str) -> bool:
    """Whether every word of a place begins as a name does."""
    words = re.split(r"[\s/,-]+", place.strip(" /,-"))
    return not words[0][:1].islower() and all(word.casefold() in PARTICLE or not word[:1].islower() for word in words if word)


def _signed(text: str, names: Names) -> Dateline | None:
    """The agency first, in brackets."""
    found = SIGNED.match(text)
    if not found:
        return None
    agency, place = str(found["agency"] or found["slashed"]), found["place"]
    short = agency.isupper() and len(agency) <= 5 and text.lstrip()[0] != "["
    if not (_is_agency(agency) and (short or found["slashed"] or WIRE.search(agency) or agency in SMALL)):
        return None
    if place and place.isupper():
        return Dateline(place.strip(" ,"), agency, found.end(), found["date"])
    return Dateline(None, agency, found.end("stop"), None)


def _is_agency(name: str) -> bool:
    return name in SMALL or DESK.sub("", name) in SMALL or _named(name)


def _slashed(text: str, names: Names) -> Dateline | None:
    """The agency behind the day, ended by a stroke or a colon."""
    found = SLASHED.match(text)
    if not found or not _named(found["place"]) or not any(ch.isdigit() for ch in found["date"]):
        return None
    return Dateline(found["place"].strip(" .,/"), found["agency"], found.end(), found["date"].strip())


def _bare(text: str, names: Names) -> Dateline | None:
    """A known agency before a dash."""
    found = BARE.match(text)
    return Dateline(None, found["agency"], found.end(), None) if found and folded(found["agency"]) in names.agencies else None


def _undashed(text: str, names: Names) -> Dateline | None:
    """A town in capitals and a day before the sentence."""
    found = UNDASHED.match(text)
    return Dateline(found["place"], None, found.end(), found["date"]) if found and not _names_none(found["place"]) else None


def _coloned(text: str, names: Names) -> Dateline | None:
    """A known place before a colon."""
    found = COLONED.match(text)
    if not found or names.place(found["place"]) is None or (not found["date"] and names.is_country(found["place"])):
        return None
    if FIRST_PERSON.match(text, found.end()):
        return None
    return Dateline(found["place"], None, found.end(), found["date"])


def _dated(text: str, names: Names) -> Dateline | None:
    """The day first: `29.11.2022 – The council met`, `2025-01-26 TARN Gunmen came`, `4 May 2024Gunmen came`."""
    found = DATED.match(text)
    if not found or not any(ch.isdigit() for ch in found["date"]) or not names.is_day(found["date"]):
        return None
    place, stop = found["place"], found["stop"].strip()
    if place and not place.isupper():
        return None
    signed = found["agency"] or found["slashed"]
    glued = not found["stop"]
    if not place and not glued and (not stop or not (signed or re.search(r"\d{4}|\d[./-]\d", found["date"]))):
        return None
    if not place and text[found.end() :][:1].islower():
        return None
    return Dateline(place, signed, found.end(), found["date"])


def _eastern(text: str, names: Names) -> Dateline | None:
    """`【東京=共同】`, `(서울=연합뉴스) 김지수 기자 = `, `新华社北京5月4日电`."""
    found = EASTERN.match(text)
    if not found:
        return None
    return Dateline(found["place"] or found["city"], found["agency"] or found["wire"], found.end())
