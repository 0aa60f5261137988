"""Short forms of units behind a number: `40km`, `3.2 GHz`, `134 g/km`, the inches of `6ft 4in`."""

from __future__ import annotations

import re

from copydesk.transforms.facts.noun_phrases import Noun, of_phrase, told_in
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers import Number

GLUED = re.compile(r"([a-z]{1,4}(?:/[a-z]{1,4})?[²³2]?|[A-Za-zµμΩ]{1,4})(?![\w’'/])")
SPACED = re.compile(r"[\s-](?P<symbol>[A-Za-zµμΩ]{2,4})(?![\w’'/])")
"""What may be a symbol behind a number: `3.2 GHz`."""

QUOTIENT = re.compile(r"\s?(?P<of>[A-Za-zµμ]{1,4})(?:/|\s/\s)(?P<by>s|sec|min|h|hr|km|l|dl|L|kg|m2|m²|m3|m³|mile)(?![\w’'/])")
"""Two symbols with a stroke between: `134 g/km`, `400GB/s`, `90 km / h`."""

DIVISORS = {
    "s": "second",
    "sec": "second",
    "min": "minute",
    "h": "hour",
    "hr": "hour",
    "km": "kilometre",
    "l": "litre",
    "L": "litre",
    "dl": "decilitre",
    "kg": "kilogram",
    "m2": "square metre",
    "m²": "square metre",
    "m3": "cubic metre",
    "m³": "cubic metre",
    "mile": "mile",
}
LETTERS = {"C": "°c", "F": "°f", "V": "volts", "W": "watts", "MP": "megapixels"}
"""Short forms that are units right behind a number alone: `30C`, `a 12V battery`, `50MP`."""

DEGREES = re.compile(
    r"\s?[°º]\s?(?P<scale>Celsius|Centigrade|Fahrenheit|[CF]\b)|\s(?P<letter>(?-i:[CF]))(?=[\s.,;:)]|$)", re.IGNORECASE
)
SCALES = {"c": "°c", "f": "°f"}
COLD = re.compile(
    r"\b(?:temperatures?|degrees|Celsius|Fahrenheit|minus|heat|cold|highs?|lows?|frosts?|mercury|thermometers?)\b|\d\s?[°º]?[CF]\s\($",
    re.IGNORECASE,
)
"""What makes a letter behind a blank a scale of temperature: `minus 16 C (3 F)`."""

FEET_BEFORE = re.compile(r"\d\s?(?:ft|feet|foot|’|')\s?$")
REACH = 60
"""Characters before a number in which heat or cold is spoken of."""

INCHES = re.compile(r"\s?(?:in|ins)\b")
"""What stands around the inches of a height: `6ft 4in`."""


def short_unit(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """The unit that a short form behind a number stands for; `None` where there is none."""
    if number.kind not in ("digits", "range"):
        return None
    readers = (_inches, _degrees, _quotient, _glued, _spaced)
    return next((noun for read in readers if (noun := read(text, number, lexicon, limit)) is not None), None)


def _inches(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    found = INCHES.match(text, number.end, limit)
    if found is None or FEET_BEFORE.search(text, max(0, number.start - 8), number.start) is None:
        return None
    return told_in(number, found.end(), "inches", lexicon.units["inches"])


def _degrees(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """A scale of temperature: `46.1° Celsius`, the letters of `minus 16 C (3 F)` where heat or cold is spoken of."""
    found = DEGREES.match(text, number.end, limit)
    if found is None or (found["letter"] and not COLD.search(text, max(0, number.start - REACH), number.end)):
        return None
    scale = SCALES[(found["scale"] or found["letter"])[0].lower()]
    return told_in(number, found.end(), scale, lexicon.units[scale])


def _quotient(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """A unit by another one; what the table has of itself goes before: `km/h`."""
    found = QUOTIENT.match(text, number.end, limit)
    if found is None:
        return None
    whole = f"{found['of']}/{found['by']}".lower()
    if whole in lexicon.units:
        return told_in(number, found.end(), whole, lexicon.units[whole]) if " " in found.group().strip() else None
    known = lexicon.symbols.get(found["of"]) or lexicon.units.get(found["of"].lower())
    if known is None or known[1] != "measurement":
        return None
    return told_in(number, found.end(), found.group().strip(), (f"{known[0]} per {DIVISORS[found['by']]}", known[1]))


def _glued(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """A short form written on a number: `40km`, `12MW`, `30C`; not `5G`, a single capital that is no unit."""
    found = GLUED.match(text, number.end, limit)
    if found is None:
        return None
    word = LETTERS.get(found[1], found[1])
    any_case = found[1] in LETTERS or found[1].islower() or len(found[1]) > 1
    known = lexicon.symbols.get(word) or (lexicon.units.get(word.lower()) if any_case else None)
    return told_in(number, found.end(), found[1], known, of_phrase(text, found.end(), limit)) if known is not None else None


def _spaced(text: str, number: Number, lexicon: Lexicon, limit: int) -> Noun | None:
    """A symbol of a metric unit behind a number, in its own case."""
    found = SPACED.match(text, number.end, limit)
    known = lexicon.symbols.get(found["symbol"]) if found is not None else None
    if found is None or known is None:
        return None
    return told_in(number, found.end(), found["symbol"], known, of_phrase(text, found.end(), limit))
