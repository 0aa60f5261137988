"""Takes the hedge of a number: the words around it that open a bound or make it approximate."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.transforms.numbers.hedge_words import HEDGE
from copydesk.transforms.numbers.number import Number
from copydesk.transforms.vocabulary import Qualifier

REACH = 40
"""Characters before a number in which its hedge stands."""

CLAUSE = 90
"""Characters before a number in which the verb stands that `up to` belongs to."""

LIMIT = re.compile(
    r"(?<!the )(?<!and )(?<!recorded )(?<!average )\b(?:(?P<least>minimum|min\.?)|(?P<most>maximum|max\.?))\s+$", re.IGNORECASE
)
"""A limit without an article, right before a number that counts something: `maximum 20 guests`."""

COUNTED = re.compile(r"\s(?!degrees?\b|was\b|is\b|in\b|on\b|at\b)[a-z]+")
MOVES_UP = re.compile(
    r"""
    \b(?:bring|tak|took|rais|push|driv|drove|lift|mov|sen[dt]|brought|edg|inch|swell)\w*\s+(?:[a-z][\w’-]*\s+){1,4}?  # bring
      (?:toll|tally|count|total|number|figure|sum|price|rate|cost|level|share|turnout|deaths|cases)  # toll
      (?:\s+of\s+(?:[a-z]+\s+){1,3}?)?\s*up\s+to\s+$  # of dead up to
    | \b(?:toll|tally|count|total|number)\b(?:\s+[a-z]+){0,4}?\s+(?:is|was|are|were|stands|stood)\s+  # the toll is
      (?:now\s+|already\s+)?up\s+to\s+$  # now up to
    | \b(?:gone|went|go|goes|going|mov\w+|climb\w*|c[ao]me|push\w*|sho[ot]+|jump\w*|driven|drove  # fees went
        |add(?:s|ed|ing)?|bump\w*|crept|inch\w*|edg(?:ed|es|ing)|brought|r[io]se\w*  # crept up to
        |pull(?:ed|s|ing)?)\s+up\s+to\s+$  # pulled up to
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""`up to` behind a verb of motion is where something came to: `fees have gone up to 84`, `pulled up to two gates`."""

PASSED = re.compile(r"\b(?P<least>(?:pass|cross|breach)(?:ed|es|ing)?)\s+(?:the\s+)?$", re.IGNORECASE)
TALLY = re.compile(
    r"\b(?:toll|tally|number|count|total|figure|population|price|prices|cost|rate|index|sales|debt|deaths|cases|turnout)\b"
    r"[^.;:]{0,60}$",
    re.IGNORECASE,
)
MARK = re.compile(r"[\s-]*(?:[\w%-]+[\s-]){0,2}(?:mark|threshold|barrier|milestone|level)\b")
"""What a tally passes: `passed the 300-boat mark`."""

SYMBOL = re.compile(
    r"""
      (?P<least>>|≥|\+)$             # ≥ 40 mg
    | (?P<most><|≤)$                 # < 40 mg
    | (?P<about>~|≈|c\.\s?|ca\.\s?)$ # ca. 40 mg
    """,
    re.VERBOSE,
)
ADDED = "interest|costs?|tax|taxes|vat|fees?|expenses|bonus|bonuses|benefits|postage|shipping|tips?|damages|an?|the|his|her|its"
"""Words behind a `plus` that adds something: `repay 40 crowns plus interest`."""

AFTER = re.compile(
    rf"""
      \s+or\s+
      (?: (?P<least>more|above|higher|greater|over|older|longer)   # 150 or more boats
        | (?P<most>fewer|less|below|lower|under|younger)         # 150 or fewer boats
        | (?P<about>so|thereabouts)                              # 150 or so boats
      )\b
    | (?P<plus>\+|-plus\b|\splus\b(?=\s[a-z])(?!\s(?:{ADDED})\b)  # 40 plus boats
        |\sand\s(?:above|up|over|upwards?)\b(?!\s+(?:the|to)\b))  # 150+ boats
    | (?P<odd>[\s-]odd\b|-some(?=\s))  # 30-odd boats, thirty-some boats
    """,
    re.VERBOSE,
)
BEHIND = re.compile(
    r"""
    (?: \s?% | [\s-]?(?!(?:and|or)\b)[a-z]+(?:\s(?!(?:and|or)\b)[a-z]+)? )?   # 40 percent, 100 people
    (?:
        \s+or\s+
        (?: (?P<least>more|above|higher|greater|longer|older|larger|better|over)
          | (?P<most>fewer|less|below|lower|shorter|younger|smaller|under)
        )
        (?=\s*(?:[.,;:)”"]|$)
          |\s(?:in|on|at|for|to|per|an?|are|is|was|were|will|have|has|had|can|could|may|by|from|who|that|each|every|with|and|came|when|if|as)\b)
      | ,?\s+(?:at\s+(?:the\s+)?(?:very\s+)?(?P<least2>least)|(?P<least3>minimum)
          |at\s+(?:the\s+)?(?:very\s+)?(?P<most2>most)|(?P<most3>maximum|max|tops))
        (?=\s*(?:[.,;:)”"]|$))
      | \s+or\s+(?P<about>so|thereabouts)                             # 40 boats or so
        (?=\s*(?:[.,;:)”"]|$)|\s(?:ago|later|in|on|at|that|who|from|for|were|are|have|had)\b)
    )
    """,
    re.VERBOSE,
)
"""A hedge behind what is counted: `100 people or more`, `40 crowns at most`. It is no part of the number's span."""

NEW = re.compile(
    r"\b(another|a further|an additional|an extra|the (?:earlier|other|first|last|remaining)|additional|further)\s+$",
    re.IGNORECASE,
)
PREPOSITIONS = re.compile(
    r"^(?:over|above|beyond|under|below|near|around|about|short\s+of|(?!few|great)\w+er\s+than)\s+the\s+$", re.IGNORECASE
)
"""A preposition before a known number is no hedge: `a charge over the 48 boats`, `higher than the 48 of last year`."""

BURIED = re.compile(r"\b(?:hidden|buried|trapped|crushed|pinned|lying|concealed|stored|stuck)\s+under\s+$")
"""A verb of place before `under`, which is no hedge then: `hidden under six tonnes of onions`."""

OPENS_SPAN = ("another", "a further", "an additional", "an extra", "the")
"""Words of `NEW` that are part of the number's span; `further 20 boats` without an article is not."""


def hedged(text: str, number: Number) -> Number:
    """The number with the hedge before or after it, its span widened by the hedge; as it is where there is none.

    A range keeps its bounds: `about 20 to 30 boats` is the range.
    """
    if number.qualifier != Qualifier.RANGE and (found := _hedge(text, number)) is not None:
        return found
    before = _before(text, number)
    new = NEW.search(before)
    if new is not None and new[1].lower().startswith(OPENS_SPAN):
        return replace(number, start=number.start - (len(before) - new.start()))
    return number


def _before(text: str, number: Number) -> str:
    return text[max(0, number.start - REACH) : number.start]


def _hedge(text: str, number: Number) -> Number | None:
    """The number with its hedge, `None` where it has none."""
    before = _before(text, number)
    found = HEDGE.search(before) or SYMBOL.search(before.rstrip())
    if (
        found is not None
        and not PREPOSITIONS.match(found.group())
        and not BURIED.search(before)
        and not MOVES_UP.search(text, max(0, number.start - CLAUSE), number.start)
    ):
        least, most = found["least"], found["most"]
        if not (least or most) and (sure := _bound_after(text, number)) is not None:
            return replace(sure, start=number.start - (len(before) - found.start()))
        hedge = (least or most or found["about"]).strip()
        start = number.start - (len(before) - found.start())
        if number.end < len(text) and text[number.end] == "+":
            number, least, most = replace(number, end=number.end + 1), least or hedge, None
        return _opened(replace(number, start=start), hedge.lower() if hedge.isupper() else hedge, bool(least), bool(most))
    if (after := _after(text, number)) is not None:
        return after
    if "-plus" in text[number.at : number.end]:
        return _opened(number, "plus", True, False)
    return _passed(text, number, before) or _behind(text, number)


def _after(text: str, number: Number) -> Number | None:
    """The number with the hedge right behind it: `150 or more boats`, `40-plus boats`."""
    after = AFTER.match(text, number.end)
    if after is None:
        return None
    hedge = after.group().strip().lstrip("-")
    return _opened(replace(number, end=after.end()), hedge, bool(after["least"] or after["plus"]), bool(after["most"]))


def _bound_after(text: str, number: Number) -> Number | None:
    """The number with a bound behind it, which says more than an `about` before: `some 40 people or more`."""
    found = _after(text, number) or _behind(text, number)
    return found if found is not None and found.qualifier in (Qualifier.AT_LEAST, Qualifier.AT_MOST) else None


def _passed(text: str, number: Number, before: str) -> Number | None:
    """The number with its bound open where a tally passed it: `the toll has crossed 40`, `sales passed the 300-boat mark`."""
    found = LIMIT.search(before)
    if found is not None and COUNTED.match(text, number.end):
        return _opened(
            replace(number, start=number.start - (len(before) - found.start())),
            found[0].strip(),
            bool(found["least"]),
            bool(found["most"]),
        )
    found = PASSED.search(before)
    if found is not None and (MARK.match(text, number.end) or TALLY.search(before[: found.start()])):
        return _opened(replace(number, start=number.start - (len(before) - found.start())), found["least"], True, False)
    return None


def _behind(text: str, number: Number) -> Number | None:
    """The number with the hedge that stands behind what it counts."""
    found = BEHIND.match(text, number.end)
    if found is None:
        return None
    least = found["least"] or found["least2"] or found["least3"]
    hedge = re.search(r"(?:or\s+\w+|at\s+(?:\w+\s+){0,2}\w+|\w+)$", found.group())
    return _opened(number, hedge.group() if hedge else found.group().strip(), bool(least), not least and not found["about"])


def _opened(number: Number, hedge: str, least: bool, most: bool) -> Number:
    """The number with the bound open that its hedge opens; a vague number stays open above: `about hundreds`."""
    if least:
        return replace(number, hedge=hedge, qualifier=Qualifier.AT_LEAST, high=None)
    if most:
        return replace(number, hedge=hedge, qualifier=Qualifier.AT_MOST, low=None, high=number.low)
    if number.kind == "vague":
        return replace(number, hedge=hedge)
    return replace(number, hedge=hedge, qualifier=Qualifier.ABOUT)
