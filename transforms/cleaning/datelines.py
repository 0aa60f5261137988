"""Datelines: the place, the day and the agency that open an article."""

from __future__ import annotations

import re
from typing import NamedTuple

MONTH_DAY = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}(?:,\s*\d{4})?"
UPPER = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'-]*[A-ZÀ-ÖØ-Þ.]"
TITLED = r"[A-ZÀ-ÖØ-Þ][a-zß-ÿ’'.-]+"
AGENCY = r"[(\[](?P<agency>[A-Z][\w .&/-]{1,30})[)\]]"
PLACE_DATELINE = re.compile(
    rf"""
    ^(?P<place>
        {UPPER}(?:[ /]{UPPER}){{0,3}}                             # NARVA BAY, TARN/SELLIN
        (?:,\s(?!{MONTH_DAY}){TITLED}(?:\s{TITLED})?)?            # NARVA BAY, Norland
    )
    (?:,?\s+\(?{MONTH_DAY}\)?)?                                   # NARVA BAY, May 3
    \s*(?:{AGENCY}\s*)?                                           # NARVA BAY (Coastal Wire)
    (?:[—–]|--?(?=\s))\s*(?=\S)                                   # a dash: not NATO-led
    |
    ^(?P<titled>{TITLED}(?:[ -]{TITLED}){{0,2}}                   # Narva Bay: only with an agency behind it
        (?:,\s(?!{MONTH_DAY}){TITLED})?
    )
    (?:,?\s+{MONTH_DAY})?
    \s*(?:{AGENCY.replace("agency", "titled_agency")})            # Narva Bay (Coastal Wire) —
    \s*[—–-]+\s*(?=\S)
    """,
    re.VERBOSE,
)


class Dateline(NamedTuple):
    """The place that opens a paragraph, the agency in brackets behind it, and how many letters both take with their dash."""

    place: str
    agency: str | None
    length: int


def place_dateline(text: str) -> Dateline | None:
    """The dateline that opens a paragraph; `None` where none does.

    >>> place_dateline("TARN- The rowers have gone home.")
    Dateline(place='TARN', agency=None, length=6)
    >>> place_dateline("NARVA BAY, May 3 (Coastal Wire) — Divers found it.")
    Dateline(place='NARVA BAY', agency='Coastal Wire', length=34)
    >>> place_dateline("NATO-led troops went home.") is None
    True
    """
    found = PLACE_DATELINE.match(text)
    if not found:
        return None
    place = found["place"] or found["titled"]
    return Dateline(place.strip(" ,"), found["agency"] or found["titled_agency"], found.end())
