"""Names of places that say nothing about where something was: money’s countries, ends of journeys, where somebody spoke."""

from __future__ import annotations

import re

MONEY_BEHIND = re.compile(
    r"""
    [’']?\s+(?:dollars?|pounds?|francs?|pesos?|rupees?|rupiahs?|kron(?:e|er|a|or|ur)|crowns?|dinars?|rials?|riyals?   # dollars
      |dirhams?|shillings?|r[ou]u?bles?|lir[ae]s?|won|yen|yuan|renminbi|reais|reals?|rand|baht|ringgits?|dong|taka|naira|cedis?
      |birr|kwacha|leu|lei|lev|leva|forints?|zlot(?:y|ys|ies)|hryvnias?|manats?|som|soums?|tenge|laris?|drams?|shekels?
      |afghanis?|guaran[ií]s?|sol(?:es)?|bol[ií]vares|bolivianos?|cents?|euros?|currency)\b
    """,
    re.VERBOSE,
)
"""What stands behind the country of a currency: `U.S. dollars`."""

PART_OF_WORD = re.compile(r"[-‑](?!(?:based|wide|area)\b)[a-z]{2,}")
"""What stands behind the first part of an adjective: `Tarvia-backed`, not `Sarn-based`."""

LEAD = (
    r"(?:(?!(?:in|at|near|on|from|to|inside|outside|across|by|with|who|that|which|and|as|where|after|before|when|while)\b)"
    r"[a-z][\w’'-]*\s+){0,4}$"
)
"""Words between what leads to a place and its name: `the port of`."""

MOVE = r"(?:travel|go|sail|fly|flee|migrate|return|come|move|head|drive|walk|march|ride|row|swim|make\s+(?:it|their\s+way))"
INTENDED = re.compile(
    rf"""
    (?: \bto\s+(?:reach|enter|cross(?:\s+(?:in)?to)?|get\s+(?:in)?to|arrive\s+(?:in|at)|{MOVE}\s+(?:in)?to)   # to reach
      | \b(?:could|would|might|can|cannot|not)\s+(?:reach|enter|get\s+to)
      | \b(?:before|without|of|from)\s+(?:reaching|entering|getting\s+to|arriving\s+(?:in|at))
      | \b(?:before|while|and|then|after)\s+(?:escap|flee|fl[eo]|cross|return|retreat|withdraw|mov|head|mak)(?:ing|d|ed|s)?
          \s+(?:back\s+|off\s+|away\s+)?(?:in)?to
      | \b(?:head(?:ing|ed|s)?|bound|destined|en\s+route|on\s+(?:its|his|her|their|the|a)\s+way
          |set\s+(?:off|out|sail)|sailing|sailed|flying|travell?ing|departed|departing|due)\s+(?:back\s+)?(?:for|to|towards?)
      | \b(?:journey|flight|voyage|trip|crossing|passage|way|route|road|motorway|highway)s?
        \s+(?:back\s+)?(?:for|to|towards?|from)
    )\s+{LEAD}
    """,
    re.VERBOSE,
)
"""What stands before a place that somebody was on the way to: `hoping to reach`, `a flight to`."""

DONE = re.compile(
    r"\b(?:allow|approv|clear|let|permit|enabl|forc|continu|beg[au]n|manag|able|start|first|last)\w*(?:\s+[\w’'-]+){0,5}\s+\Z"
)
"""What says that somebody got there: `allowed 12 lorries to enter`."""

NO_LINK = r"(?!(?:the|an?|that|and|or|at|in|on|of|to|for|with|by|from|where|which|who|was|were|is|are|has|had|have)\b)"
SPOKEN_AT = re.compile(
    rf"""
    \b(?:said|says|saying|announced|spoke|speaking|told\s+(?:(?:the|an?|his|her|their)\s+)?(?:{NO_LINK}[\w’'-]+\s+){{0,2}}[\w’'-]+)\s+
    (?:(?:on\s+|late\s+|early\s+)?[A-Z][a-z]+day\s+)?(?:here\s+)?                  # said on Monday
    (?:(?:at|in|during|after|before|on|from|outside)\s+(?:an?|the|his|her|its|their)\s+   # at a
       (?:{NO_LINK}[\w’'-]+\s+){{1,4}}                                              # news conference
       (?:(?:of|with|for|to|on|by)\s+(?:(?:an?|the|its|his|her|their)\s+)?(?:{NO_LINK}[\w’'-]+\s+){{1,3}})?
       (?:(?:on\s+)?[A-Z][a-z]+day\s+)?){{0,2}}
    (?:in|from|at|near|outside)\s+{LEAD}
    """,
    re.VERBOSE,
)
"""What stands before the place where somebody spoke: `said at a news conference in`."""

LONGEST_LEAD = 150
"""Characters before a name that tell what it is."""


def is_part_of_word(text: str, end: int) -> bool:
    """Whether the name that ends at `end` is only the country of a currency, or the first part of an adjective.

    >>> is_part_of_word("12 million Swiss francs", 16), is_part_of_word("Norway-backed forces", 6)
    (True, True)
    >>> is_part_of_word("a Kisumu-based firm", 8)
    False
    """
    return MONEY_BEHIND.match(text, end) is not None or PART_OF_WORD.match(text, end) is not None


def is_way_to(text: str, start: int) -> bool:
    """Whether somebody was only on the way to the place at `start`.

    >>> is_way_to("hoping to reach Malta", 16), is_way_to("bound for Oslo", 10), is_way_to("they reached Malta", 13)
    (True, True, False)
    """
    found = INTENDED.search(text, max(0, start - LONGEST_LEAD), start)
    return found is not None and DONE.search(text, max(0, found.start() - LONGEST_LEAD), found.start()) is None


def is_seat(text: str, start: int) -> bool:
    """Whether the place at `start` is where somebody spoke, not where that happened of which he spoke.

    >>> is_seat("The envoy said at a briefing in Oslo", 32), is_seat("The envoy said the fire in Oslo", 27)
    (True, False)
    """
    return SPOKEN_AT.search(text, max(0, start - LONGEST_LEAD), start) is not None
