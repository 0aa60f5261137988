"""Whether a text tells of one thing that happened at one place, and whether of its own time."""

from __future__ import annotations

import re

ONE_SITE = re.compile(
    r"""
    \b(?i:an?|one|the)\s+(?:[\w’'-]+\s+){0,4}?
    (?:village|town|community|prison|jail|school|college|university|market|mall|mosque|church|temple|hospital|camp   # where
      |mine|factory|plant|building|restaurant|hotel|nightclub|home|house|apartment|shed|warehouse|bridge|dam|ravine|gorge
      |station|checkpoint|refinery|dormitory|depot|stadium|nightclub|bakery|nursery|kindergarten|tunnel|tower|canteen|barracks
      |bus|coach|minibus|truck|van|ferry|boat|sailboat|canoe|raft|vessel|dinghy|ship|train|plane|aircraft|helicopter  # what
      |explosion|blast|bombing|crash|shooting|ambush|attack|raid|assault|airstrike|strike|accident|collision|fire|blaze
      |stampede|derailment|landmine|riot|massacre|siege|landslide|mudslide|avalanche|rockslide|mudflow)\b
    """,
    re.VERBOSE,
)
"""One thing that happened at one place: `a village`, `a bus`, `an explosion`."""

MANY_SITES = re.compile(
    r"""
    \b(?:floods|flooding|landslides|rains|rainfall|monsoon|storms?|typhoons?|cyclones?|hurricanes?|wildfires|fires|earthquakes?|quakes?
      |drought|outbreak|heat|election|attacks|strikes|clashes|protests|war|toll|nationwide|across   # what
      |(?:several|various|many|other|different)\s+(?:[\w-]+\s+)?(?:parts|places|areas|towns|villages|cities|sites|locations|communities)
      |parts\s+of|districts|provinces|regions|states|countries|counties)\b   # where
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What happens in many places: `floods across three districts`."""

ON_SITE = re.compile(
    r"""
    \b(?i:in|at|into|inside|near|outside|on)\s+an?\s+(?:[\w’'-]+\s+){0,3}   # in a gold
    (?:village|town|community|prison|jail|school|college|university|market|mall|mosque|church|temple|hospital|mine|factory|plant
      |restaurant|hotel|nightclub|refinery|dormitory|depot|stadium|bakery|nursery|kindergarten|tunnel|barracks|ravine|gorge)\b
    """,
    re.VERBOSE,
)
"""One site where it happened, whatever the cause: `landslides in a gold mine`."""

CAUSE = re.compile(
    r"""
    \b(?:rains|rainfall|floods|flooding|monsoon|storms?|heat|drought|snow|clashes|protests)   # rains
    \s+(?:that\s+|had\s+|has\s+)?
    (?:triggered|caused|led\s+to|set\s+off|sparked|unleashed|brought\s+(?:on|down))\s+(?:an?|the|one)\b   # triggered a
    | \b(?:in|during|amid|after|by)\s+(?:an?\s+|the\s+)?(?:heavy\s+|severe\s+|fierce\s+|strong\s+)?   # in a heavy
      (?:storms?|rains?|rainfall|heat)\b   # storm
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What is told only as the cause of the one thing that happened: `rains triggered a landslide`."""

HAPPENED_THERE = re.compile(
    r"""
    ,?\s+where\s+(?:(?:the|an?|this|it|they)\s+)?(?:[\w’-]+\s+){0,3}?
    (?:occurred|happened|took\s+place|struck|crashed|capsized|sank|collapsed|broke\s+out|exploded|went\s+off|went\s+down|unfolded)\b
    """,
    re.VERBOSE,
)
"""What tells that the place before it is where the event was: `Sarn, where the disaster occurred`."""

EARLIER = re.compile(
    r"""
    \b(?:last|previous)\s+(?:year|month|decade|summer|winter|spring|autumn|fall|season)\b   # last year
    | \b(?:weeks?|months?|years?|decades?)\s+(?:ago|earlier|before|previously)\b
    | \b[Ii]n\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d\b
    | \bsince\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d\b
    | \bearlier\s+this\s+(?:year|month)\b
    """,
    re.VERBOSE,
)
"""Words of a sentence about something that happened long before: `killed 12 people in Sarn last month`."""

OTHER_TIMES = re.compile(
    r"""
    \b(?:since|years|decades?|annual(?:ly)?|previous(?:ly)? | last\s+(?:year|month|decade)|(?:this|each)\s+year  # when
      |in\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d
      |the\s+(?:[\w-]+\s+){0,2}(?:country|nation) | nation(?:al|wide) | countrywide)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Words of a sentence that tells of other times or of a whole country."""


def one_site(text: str) -> bool:
    """Whether a text tells of one thing that happened at one place."""
    if ON_SITE.search(text) is not None:
        return True
    return ONE_SITE.search(text) is not None and MANY_SITES.search(CAUSE.sub("", text)) is None


def of_other_times(text: str) -> bool:
    """Whether a sentence tells of other times than the event, or of a whole country.

    >>> of_other_times("More than 300 have died since 2014."), of_other_times("Four were killed.")
    (True, False)
    """
    return OTHER_TIMES.search(text) is not None
