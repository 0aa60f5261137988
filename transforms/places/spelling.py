"""The names of places as texts spell them: what two spellings share, what is no place, what stands around a name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ARTICLES = re.compile(r"^(?:the|al|el|ar|as|ash|at)[ -]", re.IGNORECASE)


POSSESSIVE = re.compile(r"[’']s?$")

NO_PLACE = re.compile(
    r"""
    (?:the\s+)?
    (?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day
      | January|February|March|April|May|June|July|August|September|October|November|December
      | Christmas|Ramadan|Easter|God|Covid|Congress|Parliament|Senate
      | Twitter|Facebook|Instagram|Telegram|YouTube|X
      | No|Yes|So|Or|If|As|We|He|It|My|Me|Is|Do|Go                    # heads of sentences
      | The|An?|This|That|The[sm]e|Those|Our|Its|Their|His|Her|Of|Another|Others?|Both|Each|Every|They|She|You
      | Police|Un|Kim|Army|Navy|Court|Council|Ministry|Hospital|University          # not: Police, in Masuria
      | Hamas|Hezbollah|Hizbullah|Fatah|Taliban|Houthis?|Boko\s+Haram|Daesh|Islamic\s+State         # armed groups
      | English|French|Arabic|Spanish|Earth|Moon|Mars|Internet|Government|State
    )s?\b(?!\s+[A-Z])                                              # not: March Creek
    """,
    re.VERBOSE,
)
"""Days, months, feasts, bodies, languages and small words whose names are places' somewhere."""

PARTS = (
    r"(?:(?:north|south)(?:-?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?|central|upper|lower|greater|occupied|coastal|downtown"
    r"|nearby|neighbou?ring|remote|rural|capital|city|town|village|port|region|province|district|outskirts|state|area|part)"
)
PART_OF = re.compile(rf"(?:the\s+)?(?:{PARTS}\s+(?:of\s+)?(?:the\s+)?)*")
"""Words for a part or kind of a place before its name: `the southern`, `the northern town of`."""


AREA = re.compile(r"(?<=\w)\s+(?:village|town|hamlet|neighbou?rhood|suburb|area|outskirts)$")
"""A small noun behind a name that is no part of it: `Karm area`, not `Karm district`."""


def bare_name(name: str) -> str:
    """A place's name without the words for its part.

    >>> bare_name("the southern Gaza Strip"), bare_name("town of Sellin")
    ('Gaza Strip', 'Sellin')
    """
    found = PART_OF.match(name)
    bare = name[found.end() :] if found and found.end() < len(name) else name
    return AREA.sub("", bare)


COMPASS = re.compile(
    r"""
    (?:[Tt]he\s+)?
    (?: (?:[Nn]orth|[Ss]outh)(?:-?[Ee]ast|-?[Ww]est)?(?:ern)? | (?:[Ee]ast|[Ww]est)(?:ern)?  # North-Eastern
      | (?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)-[Cc]entral | [Cc]entral | [Uu]pstate | [Dd]ownstate | Middle  # Upstate New York
    )\s+(?=[A-Z])
    """,
    re.VERBOSE,
)
"""A part of the world that a name opens with."""

IN_FULL = re.compile(
    r"(?:[Tt]he\s+)?(?:[A-Z][\w’'-]+\s+){0,3}(?:Republic|Kingdom|States|State|Union|Commonwealth)\s+of\s+(?:the\s+)?(?=[A-Z])"
)
"""What the full name of a country opens with: `Islamic Republic of`."""

INITIALS = re.compile(r"(?:[A-Z]\.){2,3}")
"""The initials of a state: `B.C.`, not `Miss.`"""

DIVISION = re.compile(
    r"""
    \s(?: district|province|county|state|region|governorate|oblast|prefecture|department|division|parish|canton|municipality
      | regency|voivodeship|raion|city|town|local\ government(?:\ area)?|lga|tehsil|taluka?|township|upazila|woreda|sub\ county
      | borough )\Z
    """,
    re.VERBOSE,
)
"""Nouns behind the name of a place that the table may lack."""

PARENT = re.compile(
    r"""
    ,\s+(?:in\s+)?(?P<parent>
        (?:[A-Z]\.\s?){2,3}                                                        # N.Y.
      | (?:W\.\s?Va|(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore
          |Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Ont|Que|Alta|Sask|Man|Vic|Qld|Tas))\.        # Ill.
      | (?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2}                          # New South Wales
    )(?=[\s,.;:)’']|$)
    """,
    re.VERBOSE,
)


def parent_after(text: str, end: int) -> str | None:
    """The name behind a comma that may be the state or country of the place before text[end:].

    >>> parent_after("in Springfield, Illinois, on Monday", 14)
    'Illinois'
    """
    found = PARENT.match(text, end)
    return found["parent"] if found else None


def is_no_place(name: str) -> bool:
    """Whether a name that may be a place's is that of a day, a month, a body or a language.

    >>> is_no_place("March"), is_no_place("March Creek"), is_no_place("Sundays")
    (True, False, True)
    """
    return NO_PLACE.match(name) is not None


@lru_cache(16384)
def place_key(name: str) -> str:
    """What two spellings of a place share: no accents, no marks, no leading article.

    >>> place_key("al-Qarara") == place_key("Al Qarara"), place_key("São Tomé")
    (True, 'sao tome')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch)).casefold()
    plain = re.sub(r"[’'`ʿ]", "", plain).replace("-", " ")
    return ARTICLES.sub("", re.sub(r"[^\w ]+", " ", plain)).strip()


def saints(key: str) -> tuple[str, str, str]:
    """The keys of a saint's place: as `St. Karm`, `St Karm` and `Saint Karm` have it."""
    name = key[3:].strip()
    return f"st  {name}", f"st {name}", f"saint {name}"
