"""The dates that tables hold: ISO, RFC 822, epochs, stamps of digits, and prose. One that may be two days is none."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1900, 2100
EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{13}(?:\.0)?|\d{16}|\d{19}")
DIGITS = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T_ -]?(\d\d)(?:(\d\d)(\d\d)?)?)?(Z)?")
NUMBERS = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})\.?(?:,?[ T]+(\d{1,2}):(\d\d)(?::(\d\d))?)?")
RFC = re.compile(r"(?:[A-Za-z]{3,9},\s*)?\d{1,2}[ -][A-Za-z]{3}[a-z]*[ -]\d{4}\s+\d\d:\d\d")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LETTER = re.compile(r"[^\W\d_]")
CLOCK = re.compile(r"\d:\d\d|\d\s*[ap]\.?m\b", re.IGNORECASE)
DAY_FIRST = frozenset("fr de es it pt nl sv da no nb fi pl cs sk ru uk bg ro el tr id ar he hi vi th sr hr sl et lv".split())
"""Languages that write 03/05/2024 for the third of May; English writes both, so that it says nothing."""

LANGUAGES = {
    name: code
    for code, names in {
        "ar": "ara arabic",
        "bg": "bul bulgarian",
        "cs": "ces cze czech",
        "da": "dan danish",
        "de": "deu ger german deutsch",
        "el": "ell gre greek",
        "en": "eng english",
        "es": "spa spanish español",
        "et": "est estonian",
        "fa": "fas per persian",
        "fi": "fin finnish",
        "fr": "fra fre french français",
        "he": "heb hebrew iw",
        "hi": "hin hindi",
        "hr": "hrv croatian",
        "hu": "hun hungarian",
        "id": "ind indonesian",
        "it": "ita italian",
        "ja": "jpn japanese",
        "ko": "kor korean",
        "lt": "lit lithuanian",
        "lv": "lav latvian",
        "nl": "nld dut dutch",
        "no": "nor nob norwegian nb",
        "pl": "pol polish",
        "pt": "por portuguese",
        "ro": "ron rum romanian",
        "ru": "rus russian",
        "sk": "slk slo slovak",
        "sl": "slv slovenian",
        "sr": "srp serbian",
        "sv": "swe swedish",
        "th": "tha thai",
        "tr": "tur turkish",
        "uk": "ukr ukrainian",
        "ur": "urd urdu",
        "vi": "vie vietnamese",
        "zh": "zho chi chinese",
    }.items()
    for name in names.split()
}


@dataclass(frozen=True)
class Stamp:
    """The day of publication, and the moment where the source gives a time of day; both None where it gives neither."""

    day: date | None = None
    moment: datetime | None = None


def language_code(name: str | None) -> str | None:
    """The two letters of a language that a column names; None where it is none.

    >>> language_code("en-GB"), language_code("eng"), language_code("French"), language_code("?")
    ('en', 'en', 'fr', None)
    """
    low = (name or "").strip().casefold()
    main = re.split(r"[-_,; ]", low)[0]
    if main in LANGUAGES:
        return LANGUAGES[main]
    return main if re.fullmatch(r"[a-z]{2}", main) else None


def stamp_of(value: date | datetime | str, language: str | None = None, clock: str | None = None) -> Stamp:
    """When a value says; `language` settles which of two numbers is the day, `clock` is a column with the time of day.

    >>> rfc = "Fri, 03 May 2024 10:15:00 +0200"
    >>> for text in ("2024-05-03", rfc, "1714731300", "20240503101500", "May 3, 2024", "3 mai 2024"):
    ...     print(stamp_of(text).day, stamp_of(text).moment)
    2024-05-03 None
    2024-05-03 2024-05-03 10:15:00+02:00
    2024-05-03 2024-05-03 10:15:00+00:00
    2024-05-03 2024-05-03 10:15:00
    2024-05-03 None
    2024-05-03 None
    >>> stamp_of("03/05/2024").day, stamp_of("03/05/2024", "fr").day, stamp_of("25/05/2024").day
    (None, datetime.date(2024, 5, 3), datetime.date(2024, 5, 25))
    """
    found = value if isinstance(value, date) else _read(value.strip(), language)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return Stamp()
    if isinstance(found, datetime):
        midnight = found.time() == time() and isinstance(value, datetime)
        return Stamp(found.date(), None if midnight else found)
    told = _clock(clock)
    return Stamp(found, datetime.combine(found, told) if told else None)


@lru_cache(maxsize=4096)
def _read(text: str, language: str | None) -> date | datetime | None:
    if len(text) > 100:
        return None
    for reader in (_digits, _epoch, _iso, _rfc, _numbers):
        found = reader(text, language)
        if found is not None:
            return found
    return _prose(text, language) if LETTER.search(text) and YEAR.search(text) else None


def _iso(text: str, language: str | None) -> date | datetime | None:
    text = re.sub(r"\s+(?:UTC|GMT)$", "+00:00", text)
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc(text: str, language: str | None) -> datetime | None:
    if not RFC.match(text):
        return None
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if re.search(r"[+-]\d{4}|\b(?:GMT|UTC?|Z|[ECMP][SD]T)\b", text) else found.replace(tzinfo=None)


def _epoch(text: str, language: str | None) -> datetime | None:
    """Seconds, milli-, micro- or nanoseconds since 1970: told apart by how many digits there are."""
    if not EPOCH.fullmatch(text) or (len(text) == 10 and text.startswith("20")):
        return None
    whole = text.lstrip("-").partition(".")[0]
    try:
        return datetime.fromtimestamp(float(text) / 10 ** max(0, (len(whole) - 10)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _digits(text: str, language: str | None) -> date | datetime | None:
    found = DIGITS.fullmatch(text)
    if not found or (len(text) == 10 and not text.startswith("20")):
        return None
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in found.groups()[:6])
    try:
        if found[4] is None:
            return date(year, month, day)
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC if found[7] else None)
    except ValueError:
        return None


def _numbers(text: str, language: str | None) -> date | datetime | None:
    """A date of three numbers; which of the first two is the day must be certain."""
    found = NUMBERS.fullmatch(text)
    if not found:
        return None
    one, two, three = int(found[1]), int(found[2]), int(found[3])
    if len(found[1]) == 4:
        year, month, day = one, two, three
    elif len(found[3]) != 4:
        return None
    elif one > 12 or one == two or (language or "")[:2] in DAY_FIRST or (text.count(".") >= 2 and two <= 12):
        year, month, day = three, two, one
    elif two > 12:
        year, month, day = three, one, two
    else:
        return None
    try:
        if found[4]:
            return datetime(year, month, day, int(found[4]), int(found[5]), int(found[6] or 0))
        return date(year, month, day)
    except ValueError:
        return None


def _prose(text: str, language: str | None) -> date | datetime | None:
    """A date in words, by dateparser: day, month and year must all be there."""
    import dateparser

    asked = [language] if language else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = _parsed(dateparser, text, asked) or (_parsed(dateparser, text, None) if asked else None)
    if found is None:
        return None
    return found if CLOCK.search(text) else found.date()


def _parsed(dateparser: object, text: str, languages: list[str] | None) -> datetime | None:
    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    try:
        found = dateparser.parse(text, languages=languages, settings=settings)  # type: ignore[attr-defined]
    except Exception:  # noqa: BLE001  # it raises what its parts raise; such a date is not read
        return None
    return found if isinstance(found, datetime) else None


def _clock(text: str | None) -> time | None:
    try:
        return time.fromisoformat(text) if text and ":" in text else None
    except ValueError:
        return None
