"""Words by which a sentence says where something is: prepositions, nouns of places, verbs and nouns of what happens there."""

from __future__ import annotations

import re
from functools import lru_cache

from copydesk.transforms.facts.no_sites import is_way_to

FIRM = frozenset(
    "in at near inside across throughout around outside within along off on amid over beside beyond between by".split()
)
"""Prepositions that say where something is."""

SURE = frozenset({"in", "near", "across", "throughout", "inside", "outside"})
"""Of these, prepositions behind which a name is a place whatever else it looks like."""

UNSURE = frozenset({"on", "over", "between", "by"})
"""Of these, prepositions that a place follows only where its name is known for one."""

LOOSE = frozenset({"of", "from", "to", "into", "toward", "towards", "for", "by", "against", "via"})
"""Prepositions that lead to a place only where the name is known for one."""

PLACE_NOUNS = frozenset(
    "city town village district province region state county area neighbourhood neighborhood suburb port island peninsula "
    "camp valley municipality settlement hamlet governorate prefecture capital outskirts centre center part parts north "
    "south east west northeast northwest southeast southwest coast border enclave strip territory department oblast "
    "township borough parish hub stronghold commune ward constituency upazila tehsil taluk barangay regency locality".split()
)
"""Nouns that stand before, behind or in place of a place's name: `the hill city of Sarn`, `Kolm village`, `in the capital`."""

POINTING = frozenset("enclave territory region province strip island border".split())
"""Nouns that with `the` only point to a place that is named elsewhere."""

COMPASS_NOUNS = frozenset("north south east west northeast northwest southeast southwest".split())
"""Nouns that with `the` are a part of the country that is told of."""

OF_THEMSELVES = POINTING | COMPASS_NOUNS | {"capital"}
"""Nouns that with `the` are a place without a name."""

BORDERS = frozenset({"border", "frontier", "boundary"})
"""Nouns of where two countries meet."""

INHABITANTS = frozenset("resident inhabitant people villager native citizen mayor governor population streets".split())
"""Nouns that lead to a place with `of`: `residents of Sarn`."""

POINTS = frozenset(
    "north south east west northeast northwest southeast southwest km kilometre kilometer mile metre meter".split()
)
"""Words that point away from the place behind them."""

HIT = frozenset(
    "invade liberate assault "
    "hit strike bomb shell attack raid batter devastate ravage destroy flood engulf reach enter leave capture seize besiege "
    "bury flatten level crush inundate swamp submerge "
    "pound storm target rattle rock shake sweep lash pummel overrun retake occupy evacuate".split()
)
"""Verbs whose object, a known name or a place noun, is where it happened."""

ORIGINS = frozenset(
    "national citizen soldier troop worker migrant refugee student fighter militant tourist officer official player".split()
)
"""Nouns of persons before which the name of a country only tells whose they are: `four Tarvia nationals`."""

HAPPENED = frozenset(
    "fire wildfire blaze flood quake earthquake attack shooting bombing blast explosion crash massacre siege strike raid "
    "airstrike landslide protest outbreak election".split()
)
"""Nouns of what happens in a place: `the Sarn fire`."""

SITES = frozenset(
    "hospital clinic school university college market mall prison jail mosque church temple synagogue court "
    "courthouse airport station "
    "hotel restaurant nightclub bar cafe stadium factory plant mine refinery warehouse farm suburb neighbourhood "
    "neighborhood slum street "
    "district barracks base checkpoint shelter hostel dormitory orphanage theatre theater cinema park zoo museum "
    "supermarket shop "
    "mortuary morgue cemetery apartment building tower block home house hall club gym bakery depot".split()
)
"""Nouns of sites before which the name of their town stands: `a Sarn hospital`."""

HAVING = frozenset(
    "have see record report count register suffer lose house host produce import export need spend owe account draw "
    "experience endure "
    "face expect total number boast hold share lead lag add gain rise fall grow shrink drop contract expand receive "
    "get consume generate "
    "log tally confirm post average hit reach top pass exceed contain harbour shelter mine pump refine earn borrow".split()
)
"""Verbs whose subject, a state or a town, is where it holds: `Tarvia recorded 12 cases`, `Idaho had a rise of 14 percent`."""

ACTORS = frozenset(
    "minister president premier chancellor government administration army military navy force forces troop troops "
    "guard coastguard agency authority board commission service bank "
    "soldier police "
    "parliament leader ambassador official authorities ministry embassy minority opposition regime republic "
    "representative envoy "
    "spokesman spokeswoman spokesperson general commander intelligence senate congress court king queen prince side "
    "attack offensive "
    "airstrike strike decision claim demand response refusal war".split()
)
"""Nouns of who acts or what he does: `the forces of Tarvia`, `Tarvia’s minister` are where Tarvia sends them."""

LANDFORMS = re.compile(
    r"(?:Isla|Islas|Isle|Île|Ile|Ilha|Puerto|Villa|Monte|Rio|Río|Cerro|Ciudad|Champ|Champs|Playa|Pulau|Tanjung|Camp|Cabo|Punta|Sierra"
    r"|Lago|Colonia)\s+(?=[A-Z]|d[eu]\s+[A-Z])"
)
"""What opens the name of an island, a port or a field in other languages: `Isla Sarn`."""

SAINTS = re.compile(
    r"(?:(?:St|Ste|Mt|Ft)\b\.?|Saint|Sainte|Santa|San|Santo|São|Mount|Fort|Port|Lake|Cape|El|Los|Las)\s+(?=[A-Z])"
    rf"|{LANDFORMS.pattern}"
)
"""What opens the name of a place whatever person it is called after: `St. James`."""

SIDE = r"(?:(?:to\s+)?the\s+)?(?:(?:north|south)(?:[\s-]?(?:east|west))?|east|west)"
LEADING = r"(?:(?:the|its)\s+)?(?:(?!(?:in|at|across|along|through|throughout|where)\b)[a-z][\w’'-]*,?\s+){0,4}$"
"""Words between a preposition and a name: `the state capital,`; not `roads in` of `90 miles of roads in`."""

FAR_END = re.compile(
    rf"""
    (?<![A-Za-z])(?:kilomet(?:re|er)s?|kms?|miles?|met(?:re|er)s?|yards?   # 90 miles, 90km
      |(?:hours?|minutes?)[’']?(?:\s+(?:drive|walk|flight))?)\b        # two hours’ drive
    (?:\s*\([^()]{{1,30}}\))?                                           # (145 km)
    \s+(?:(?:away|by\s+road|by\s+air|{SIDE})\s+)*                     # north
    (?:of|from|off|outside|beyond)\s+{LEADING}                         # of the capital,
    """,
    re.VERBOSE,
)
"""What stands before the place that a distance is measured from."""

SIDE_OF = re.compile(rf"\b{SIDE}\s+of\s+{LEADING}")
"""What stands before the place that only a direction points away from: `in Kesh province east of`."""

STORMS = re.compile(
    r"""
    \b(?:[Tt]yphoon|[Hh]urricane|[Cc]yclone|[Ss]torm|[Dd]epression)s?\s+   # Typhoons
    (?:[A-Z][\w’'-]+,?\s+(?:and\s+)?){0,4}$                              # Ola and
    """,
    re.VERBOSE,
)
"""What stands before the name of a storm."""
BESIDES = re.compile(r"\b(?:in\s+addition\s+to|apart\s+from|besides|unlike|other\s+than)\b[^,;.—–]{0,80}$")
"""What stands before a place that is added to what is counted: `in addition to towns in Kesh and`."""

NAME = r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?(?:,\s+[A-Z][\w’'-]+,?)?"
TO_NAME = re.compile(r"(?:,\s+[A-Z][\w’'-]+,?)?\s+to\s+(?:the\s+)?(?:[a-z]+\s+){0,3}[A-Z]")
FROM_NAME = re.compile(rf"\bfrom\s+(?:the\s+)?(?:[a-z]+\s+){{0,3}}{NAME}\s+to\s+(?:the\s+)?(?:[a-z]+\s+){{0,3}}$")
FROM = re.compile(r"\bfrom\s+(?:the\s+)?(?:[a-z]+\s+){0,3}$")
TOWARDS = re.compile(r"\b(?:for|to)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}$")
FROM_BEHIND = re.compile(r"(?:,\s+[A-Z][\w’'-]+,?)?\s+from\s+(?:the\s+)?(?:[a-z]+\s+){0,3}[A-Z]")
FROM_BEFORE = re.compile(rf"\b(?:for|to)\s+(?:the\s+)?(?:[a-z]+\s+){{0,3}}{NAME}\s+from\s+(?:the\s+)?(?:[a-z]+\s+){{0,3}}$")
"""What stands around the two ends of a way: `from Sarn to Kesh`."""

SOMEBODY_OF = re.compile(
    r",\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}(?:mayor|governor|bishop|sheriff|chief|head|king|president|senator)\s+of\s+(?:the\s+)?$"
)
"""What stands before a place that only a person who was named is of: `Ida Ferrell, mayor of`."""

PARTIES = r"(?:party|movement|alliance|coalition|bloc|list|ticket|campaign|charity|faction)"
LAST_OF_A_NAME = r"[A-Z][\w’'-]+\s+(?:at|in|for|on)\s+(?:the\s+)?$"
PARTY = re.compile(rf"\b{PARTIES}\s+[“\"]?(?:[A-Z][\w’'-]+\s+){{0,3}}{LAST_OF_A_NAME}")
CAPITALS = re.compile(LAST_OF_A_NAME)
PARTY_BEHIND = re.compile(
    rf"[”\"]?\s+(?:{PARTIES}|(?:(?:has|have|had|would|could)\s+)?(?:got|get|win|won|gained?|took|received?|polled|secured?))\b"
)
"""What stands before and behind the last word of the name of a party: `Freedom at Home got`."""

LONGEST_LEAD = 110
"""Characters before a name that tell what it is."""


def is_far_end(text: str, start: int) -> bool:
    """Whether a distance is measured from the place at `start`: the end where nothing happened.

    >>> is_far_end("Gulu, about 90 miles north of Kampala", 30), is_far_end("about 90 homes in Kampala", 18)
    (True, False)
    """
    return FAR_END.search(text, max(0, start - LONGEST_LEAD), start) is not None


ILLNESSES = frozenset("Marburg Ebola Lassa Zika Nipah Hendra Lyme Oropouche Chikungunya Dengue".split())
"""Illnesses that a river, a town or a forest has given its name, however a text prints them."""

ILLNESS = re.compile(r"\b(?P<name>[A-Z][a-z]+)\s+(?:(?:haemorrhagic|hemorrhagic|valley)\s+)?(?:virus|fever|disease)\b")
ILLNESS_NAME = re.compile(
    r"(?P<name>[A-Z][a-z]+)\b(?P<of>\s+(?:virus|fever|disease|cases?|outbreaks?|epidemic|infections?|patients?|deaths?|vaccines?)\b)?"
)
PLACING_BEFORE = re.compile(r"\b(?:in|at|near|from|to|of)\s+(?:the\s+)?$")
"""What stands before a place and before no illness, but for its cases."""


def is_beside(text: str, start: int) -> bool:
    """Whether a direction points away from the place at `start`.

    >>> is_beside("in Kesh province east of Sarn", 25), is_beside("in the east of Sarn", 15)
    (True, False)
    """
    found = SIDE_OF.search(text, max(0, start - LONGEST_LEAD), start)
    return found is not None and "the" not in found.group().split()[:3] and not text[: found.start()].endswith("the ")


def is_storm(text: str, start: int) -> bool:
    """Whether the name at `start` is a storm's or an illness's: `Typhoons Ola and Marl`, `Marburg cases`.

    >>> is_storm("a rise in Marburg cases", 10), is_storm("a fire in Marburg", 10), is_storm("Sarn fever and Sarn deaths", 15)
    (True, False, True)
    """
    return STORMS.search(text, max(0, start - LONGEST_LEAD), start) is not None or _is_illness(text, start)


def _is_illness(text: str, start: int) -> bool:
    """Whether the name at `start` stands as an illness: before its cases, or without a preposition of place."""
    named = ILLNESS_NAME.match(text, start)
    if named is None or (named["name"] not in ILLNESSES and named["name"] not in _illnesses(text)):
        return False
    return named["of"] is not None or PLACING_BEFORE.search(text, max(0, start - LONGEST_LEAD), start) is None


@lru_cache(maxsize=64)
def _illnesses(text: str) -> frozenset[str]:
    """The names that a text has for illnesses: `Sarn fever`."""
    return frozenset(found["name"] for found in ILLNESS.finditer(text))


def is_added(text: str, start: int) -> bool:
    """Whether the place at `start` is only added to what is counted: `in addition to towns in Kesh`."""
    return BESIDES.search(text, max(0, start - LONGEST_LEAD), start) is not None


OVER_BORDER = re.compile(r"\b(?:border|frontier|boundary)(?:\s+[a-z]+)?\s+with\s+(?:the\s+)?$")
"""What stands before the country on the other side: `in the border area with`."""


def is_over_border(text: str, start: int) -> bool:
    """Whether the place at `start` is only the far side of a border.

    >>> is_over_border("shelled the border area with Kesh", 29), is_over_border("shelled the border in Kesh", 22)
    (True, False)
    """
    return OVER_BORDER.search(text, max(0, start - LONGEST_LEAD), start) is not None


def is_end_of_way(text: str, start: int, end: int) -> bool:
    """Whether the place at text[start:end] is an end of somebody's way.

    >>> is_end_of_way("sailed from Sarn to Kesh", 12, 16), is_end_of_way("sailed from Sarn to Kesh", 20, 24)
    (True, True)
    >>> is_end_of_way("12 men from Sarn", 12, 16)
    False
    """
    low = max(0, start - LONGEST_LEAD)
    leaves = FROM.search(text, low, start) is not None and TO_NAME.match(text, end) is not None
    back = (FROM_BEHIND.match(text, end) and TOWARDS.search(text, low, start)) or FROM_BEFORE.search(text, low, start)
    return leaves or back is not None or FROM_NAME.search(text, low, start) is not None or is_way_to(text, start)


def is_of_somebody(text: str, start: int) -> bool:
    """Whether the place at `start` only tells who somebody is: `Ida Ferrell, mayor of Sarn`."""
    return SOMEBODY_OF.search(text, max(0, start - LONGEST_LEAD), start) is not None


def is_of_a_party(text: str, start: int, end: int) -> bool:
    """Whether the word at text[start:end] is the last one of the name of a party.

    >>> is_of_a_party("Freedom at Home got 12 seats", 11, 15), is_of_a_party("12 people died in Sarn", 18, 22)
    (True, False)
    """
    low = max(0, start - LONGEST_LEAD)
    if PARTY.search(text, low, start) is not None:
        return True
    return CAPITALS.search(text, low, start) is not None and PARTY_BEHIND.match(text, end) is not None
