"""Words around a name that say whether it is a place, and what happened there."""

from __future__ import annotations

import re

NOUNS = (
    r"(?:community|village|town|hamlet|township|area|district|upazila|tehsil|taluk|sub-county|constituency|ward|suburb"
    r"|neighbou?rhood|quarter|commune|city|municipality|barangay|county|province|state|region|island|camp|settlement|locality"
    r"|prefecture|governorate|oblast|valley)"
)
"""Nouns that say that the name beside them is a place's, whether a gazetteer has it or not."""

RUN = re.compile(
    r"(?:(?:St|Ste|Mt|Ft)\.\s)?(?:al-)?[A-ZÀ-Þ][\w’'-]*\w(?:\s+(?:(?:of\s+(?:the\s+)?)|(?:de|do|da|dos|das|del|des|du)\s+(?:(?:la|las|los|el)\s+)?)?(?:al-)?[A-ZÀ-Þ][\w’'-]*\w)*|(?:[A-Z]\.){2,}"
)
"""Words with capitals that stand together."""

TOWN_NAME = re.compile(r"\s(?:City|Town|Village)\b(?!\s+[A-Z])")
"""What makes the name of a state a town's: `Karm City`."""

WORD = re.compile(r"\S+")
MOST_WORDS = 4
"""Words that the name of a place may have."""

BEFORE = re.compile(r"(?P<preposition>[A-Za-z]+)\s+(?:the\s+)?(?P<words>(?:[a-z][\w’'-]*,?\s+(?:of\s+)?(?:the\s+)?){0,4})$")
"""A preposition and the words between it and a name: `in the hill town of`."""

NOUN_BEHIND = re.compile(
    rf"\s+(?:(?i:{NOUNS})|LGA|Local\s+Government(?:\s+Area)?)\b(?!\s+[A-Z])  # Karm community",
    re.VERBOSE,
)
AREA = re.compile(r"\s+(?:LGA|Local\s+Government)\b.*", re.DOTALL)
"""What a run of capitals goes on with that names a place by its area: `Karm Local Government Area of Kesh State`."""

APPOSED = re.compile(rf",\s+(?:a|an|the)\s+(?:[\w-]+\s+){{0,3}}?{NOUNS}\b  # Karm, a small village", re.VERBOSE)
"""What stands behind the name of a place."""

PARTS = frozenset("part parts centre center hub".split())
"""Nouns of places that stand before what is no place as well: `as part of the Karm plan`."""

CALLED = re.compile(
    rf"""
    \b{NOUNS}s?\b                                                # the worst-hit district
    (?:\s+(?!and\b|said\b)[\w’'-]+){{0,4}}?\s+                   # in the state
    (?:of|is|was|are|were|called|named|known\s+as|identified\s+as)\s+(?:the\s+)?$
    """,
    re.VERBOSE,
)
"""What stands before one: `the worst-hit district in the state is`."""

STRUCK = re.compile(
    r"\b(?:(?:attack|assault|raid|strike|airstrike)s?\s+(?:on|in|at|against)"
    r"|(?:attack|raid|storm|invad|shell|bomb|hit|struck|reach|enter|captur|seiz)(?:ed|ing|s)?"
    r"|(?:rode|drove|marched|poured|swept|burst|went|moved|came)\s+into|(?:arrived|landed)\s+(?:in|at))\s+(?:the\s+)?$"
)
"""What stands before a place where something happened: `an attack on`."""

SPEAKING = (
    r"\b(?:said|says|told\s+[\w ]{2,30}|announced|spoke|speaking|addressed\s+[\w ]{2,30})\s+"
    r"(?:(?:on\s+)?[A-Z][a-z]+day\s+)?(?:here\s+)?"
)
SPOKEN = re.compile(rf"{SPEAKING}(?:in|from|at)\s+(?:the\s+)?$")
"""What stands before the place where somebody spoke."""

OFFICE_OF = re.compile(
    r"\b(?:mayor|governor|president|minister|king|queen|bishop|archbishop|senator|sheriff|university|bank|church|republic|kingdom)"
    r"\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""What stands before a place that only somebody is of: `the mayor of`."""

COMPARING = (
    r"(?<!\bat\s)\b(?:worst|best|most|least|first|only|last"
    r"|(?!(?:request|protest|arrest|interest|forest|contest|invest|west|harvest|rest|test|guest|suggest)\b)\w{3,}est)"
    r"\s+(?:[\w-]+\s+){0,3}"
)
COMPARED = re.compile(rf"{COMPARING}(?:in|of|across)\s+(?:the\s+)?$")
"""What stands before a country that only something is the worst of."""

DESCRIBES = re.compile(
    r"\s(?!(?:in|on|and|or|to|at|off|into|near|from|of|for|with|since|after|before|as|by|but|is|are|was|were|where|when|while|which|who"
    r"|that|have|has|had|will|would|may|could|also|late|early|last|this|during|under|over|between|until|about|because)\b)"
    r"(?![a-z]+(?:ed|ly|ing)\b)[a-z]{3,}"
)
"""What stands behind a name that only describes a noun: `in the Karmian foothills`."""

LISTED_AFTER = re.compile(
    r"(?:,\s+[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)*,?\s+(?:and|or|as\s+well\s+as)\s+"
    r"(?:[A-Z]|(?:(?:in|at)\s+)?(?:(?:many|several|some|numerous|various|dozens\s+of|a\s+number\s+of)\s+)?(?:other|neighbou?ring|surrounding|nearby)\s+[a-z]|elsewhere\b)"
)
"""What stands behind the first of several places: `in Sarn, Dalmir and Kesh`."""

LISTED_BEFORE = re.compile(r"[A-Z][\w’'-]+,?\s+(?:and|or)\s+(?:in\s+|the\s+)*$")
"""What stands before the last of several places: `in Sarn and`."""

OWNING = re.compile(r"[’']s\b|[-‑]based\b")
"""What stands behind a place that only tells whose or where something else is: `Sarn’s`, `Sarn-based`."""

NAME_BEHIND = re.compile(r"\s+[A-Z]")
OPENING = r"(?:In|At|Near|On|Off|Outside|Inside|Across|Around|From|To|Of|The|And|But|Meanwhile|Elsewhere)\s"
"""Words with a capital that only open a sentence."""

NAME_BEFORE = re.compile(rf"(?<![\w-])(?!{OPENING})[A-Z][\w-]+\s+(?:of\s+(?:the\s+)?)?$")
"""What makes a place a part of a longer name: `Karm High Court`, `the Bank of Karm`."""

OPENS = re.compile(rf"(?:{OPENING}+)+(?=[A-ZÀ-Þ])")

OPENED = re.compile(r"(?:In|Near|Outside|Across)\s+(?:[a-z]+\s+)?")
"""What opens a sentence with a place and a comma, whatever the name looks like: `In Sarn Lake, 12 people died`."""

PLACING = frozenset({"in", "near", "at", "across", "outside", "inside", "off", "around"})
"""Prepositions behind which a name that no gazetteer has is a place."""

NAMELESS = PLACING - {"at", "around"}
"""Of these, prepositions behind which it is one whatever else it looks like."""

CONTINENTS = frozenset(
    "Europe Africa Asia America Oceania Mediterranean Atlantic Pacific Sahel Balkans Caucasus Scandinavia Arctic".split()
)
"""Names of parts of the world, which are no scene."""

JOINING = frozenset("as that but while when where which who because if than then since after before so".split())
"""Words that open a clause: the preposition before one leads to no name behind it: `in the fog as Sarn`."""

HIT_BEHIND = re.compile(
    rf"""
    (?:\s+{NOUNS})?\s+(?:was|were|has\s+been|have\s+been|had\s+been|is\s+being)\s+(?:also\s+|again\s+)?   # province was
    (?:hit|struck|rocked|attacked|raided|bombed|shelled|stormed|shaken|flooded|inundated|devastated|battered|ravaged|lashed)\b
    """,
    re.VERBOSE,
)
"""What stands behind a place that something befell: `Sarn province was hit by`."""

HAS_BEHIND = re.compile(
    rf"""
    \s+{NOUNS}(?:\s+(?:of|in)\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s+[\w’'-]+)?)?\s+(?:has\s+|had\s+|have\s+|also\s+)?   # area of Kesh
    (?:reported|recorded|registered|saw|seen|suffered|lost|counted|received|experienced|logged|confirmed)\b
    """,
    re.VERBOSE,
)
"""What stands behind a place that counts what it had: `Karm area of Kesh County recorded`."""

LEAD = 80
"""Characters before a name that are read."""
