"""The forms of datelines as patterns: place, day, agency and stop, in every order in which they are printed."""

from __future__ import annotations

import re

WORD = r"[^\W\d_][^\W\d_.]*(?:[’'.-][^\W\d_]+)*\.?"
LINKS = r"(?:\s*/\s*|\s?,\s?|\s+(?:and|und|et|y|e|i|en|og|och|и)\s+)"
PLACE = rf"{WORD}(?:\s{WORD}){{0,3}}(?:{LINKS}{WORD}(?:\s{WORD}){{0,2}}){{0,2}}"
DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.|º|ª)?"
MONTH = r"(?!News|Channel|Radio)[^\W\d_]{3,12}\.?"
DATE = rf"""
    (?:[^\W\d_]{{2,12}}\.?,?\s+)?                                   # Fri, Freitag
    (?:
        {DAY}\s*(?:de\s+|of\s+)?{MONTH}(?:,?\s+(?:de\s+)?\d{{4}})?  # 4 May, 4. Mai 2024
      | {MONTH}\s?{DAY}(?:,?\s+\d{{4}})?                            # May 4, Dec.20
      | \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}                         # 2024-05-04
      | \d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d\d)                # 04.05.2024
    )
"""
CLOCK = r"(?:,?\s+(?:[01]?\d|2[0-3])[:.h][0-5]\d)?"
CHANNEL = r"(?:(?:TV|News|Channel|Radio)\s?\d{1,3}(?:st)?|[A-Z]{2,6}\d{1,2}(?=\s?[/)\]]))"
NAME = rf"(?:{CHANNEL}|[^\W\d_])(?:\s{CHANNEL}|[^()\[\]\d]){{0,40}}?"
DAY_INSIDE = r"(?:\s[-–—]\s?\d{1,2}(?:st|nd|rd|th)?\s[^\W\d_]{3,9},?\s\d{4})?"
AGENCY = rf"(?:[(\[]\s?(?P<agency>{NAME}){DAY_INSIDE}\s?[)\]]|/(?P<slashed>[^\W\d_][^/\d]{{1,30}})/)"
REGION = r"(?:\s?[(\[](?P<region>[^\W\d_][^()\[\]\d]{1,30})[)\]])"
MARK = r"\s*\.?\s?(?:—|–|--?(?=\s)|―)\s?-?|(?<=[)\]/])\s_(?=\s)|\s*:-?(?=\s)|(?<=[\d)\]]):(?=[^\W\d_])|\s*\||\s+•(?=\s)"
STOP = rf"(?:{MARK}|\s*\.(?=\s))\s*(?=\S)"

PLACE_AND_DAY = rf"""^\s*(?:Reporting\sfrom\s)?
    (?P<bracket>[\[(])?(?P<place>{PLACE})(?(bracket)[\])])         # NARVA BAY; [TARN]; (Sellin)
    {REGION}??                                                     # [US], where more follows
    (?:\s?,?\s+\(?(?P<date>{DATE})\)?{CLOCK}(?=[\s,.:;—–/(\[-]))?     # , May 3, 14:59
    """
PLACED = re.compile(rf"{PLACE_AND_DAY}(?:,?\s*(?:[—–-]\s*)?{AGENCY})?(?P<stop>(?:{MARK})\s*(?=\S))", re.VERBOSE)
"""`NARVA BAY, May 3 (Coastal Wire) — `: a dash or a colon ends it."""

FULL_STOPPED = re.compile(rf"{PLACE_AND_DAY}(?:,?\s*(?:[—–-]\s*)?{AGENCY})?(?P<stop>\s*\.(?=\s)\s*(?=\S))", re.VERBOSE)
"""`NARVA BAY, 3 May (Coastal Wire). `: a stop ends it, which is none behind a month as in `Jan. 3`."""

UNSTOPPED = re.compile(rf"{PLACE_AND_DAY}(?:,?\s*{AGENCY}|(?(bracket)|(?!)))(?P<stop>)\s+(?=\S)", re.VERBOSE)
"""`TARN (KWA) ` and `[TARN] `: the bracket ends it."""

SLASHED = re.compile(
    rf"""^\s*(?P<place>{PLACE})[.,]?\s*/?\s*(?P<date>{DATE})(?![^\W\d_])[.,]?\s*/?\s*   # Sarn. May 18. or Sarn / 07.22.19 /
    (?P<agency>[^\W\d_a-z][\w.]{{2,20}}(?:\s[^\W\d_a-z][\w.]{{2,20}})?)\s*(?:/:?|:)\s+(?=\S)   # KWA.TV/ or Kwarim:
    """,
    re.VERBOSE,
)
"""`Sarn. May 18. KWA.TV/ Divers`, `Sarn / 07.22.19 / Kwarim: Divers`: a stroke or a colon ends the agency behind the day."""

SENT_ON = re.compile(r"^\s*[(\[](?P<agency>[^\W\d_][^()\[\]\d]{1,30})[)\]]\s+(?=[^\W\d_a-z])")
"""`(KWA- Coastal Wire) Sarn, Sep 13 (Coastal Wire) Divers`: who sends it on, before the dateline."""

BARE = re.compile(r"^\s*(?P<agency>[^\W\d_a-z][\w-]+(?:\s[^\W\d_a-z][\w-]+){0,2})(?P<stop>\s(?:—|–|--?)\s+)(?=\S)")
"""`KWA - Divers found it`: an agency only where the table of agencies has it."""

DATED = re.compile(
    rf"""^\s*(?:[Dd]ate:?\s+)?(?P<date>{DATE})
    (?:[,.:;]?\s+(?P<place>[^\W\d_a-z]{{2,}}(?:\s[^\W\d_a-z]{{2,}}){{0,3}})(?![a-z]))?  # 2025-01-26 TARN
    (?:,?\s*{AGENCY})?
    (?P<stop>{STOP}|\s+(?=\S)|(?<=\d{{4}})(?=[^\W\d_a-z][a-z]))           # 4 May 2024Gunmen
    """,
    re.VERBOSE,
)
SIGNED = re.compile(rf"^\s*{AGENCY}(?P<stop>{STOP})(?:(?P<place>{PLACE})(?:,?\s+(?P<date>{DATE}))?{STOP})?", re.VERBOSE)
"""`(Coastal Wire) - Divers found it`, and with the place behind: `(KWA) - TARN, 4 MAY - Divers found it`."""

EASTERN = re.compile(
    r"""^\s*(?:
        [【\[(（](?P<place>[\w・]{1,12})\s?[=＝]\s?(?P<agency>[\w・ ]{1,20})[】\])）](?:\s*[\w ]{2,12}\s?=\s?)?
      | [(（]?(?P<wire>[\u4e00-\u9fff]{2,6}社)(?P<city>[\u4e00-\u9fff]{2,8}?)\d{1,2}月\d{1,2}日[电電]?[)）]?
    )[　\s]*(?=\S)""",
    re.VERBOSE,
)
COLONED = re.compile(
    r"^\s*(?P<place>[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+){0,2})"
    rf"(?:\s?:|,\s(?P<date>{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH}))\s+(?=[^\W\d_a-z])"
)
"""`Marlow: At least 14 people came`, `Marlow, May 3 At least`: a place only where a gazetteer has it."""

UNDASHED = re.compile(
    r"""^\s*(?P<place>[A-Z][A-Z.'’-]+(?:\s[A-Z][A-Z.'’-]+){0,3}(?:,\s[^\W\d_a-z][\w.]+(?:\s[^\W\d_a-z][\w.]+)?)?),?\s
    (?P<date>(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2})\s+(?=[^\W\d_a-z])
    """,
    re.VERBOSE,
)
"""`TARN May 3 Divers found it`: a town in capitals and a day, without a mark between them and the sentence."""
