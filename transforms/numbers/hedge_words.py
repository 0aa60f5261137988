"""The words of hedges right before a number: `at least`, `up to`, `about`. Each has an example or its reason."""

from __future__ import annotations

import re

CLIMBS = r"r[io]se(?:n|s)?|climb\w*|soar\w*|gr[eo]wn?s?|jump\w*|surg\w+|push\w*|swell\w*|went|gone|go|goes"
"""Verbs with which a tally goes past a number."""

MORE = "better|higher|larger|bigger|longer|taller|older|heavier|faster|stronger|warmer|hotter|deeper|wider"
LESS = "lower|smaller|shorter|younger|lighter|slower|colder|cooler|cheaper|thinner|narrower|weaker"

AT_LEAST = {
    "at least": "at least 84 bodies",
    "at the very least": "at the very least 84 bodies",
    "no fewer than": "no fewer than 84 bodies",
    "no less than": "no less than 84 bodies",
    "not less than": "not less than 84 bodies",
    "not fewer than": "not fewer than 84 bodies",
    "greater than or equal to": "greater than or equal to 84 boats",
    "more than": "more than 84 bodies: 84 itself is the bound that the table keeps",
    "well over": "well over 33,000 men",
    "over": "over 33,000 men",
    "above": "above 40 degrees",
    r"upwards?\ of": "upwards of 40 boats",
    "in excess of": "in excess of 40 tonnes",
    "a minimum of": "a minimum of 40 votes",
    "greater than": "greater than 40 percent",
    "well above": "well above 40 percent",
    "exceed(?:s|ed|ing)?": "the cost exceeded 1.5 million",
    "surpass(?:es|ed|ing)?": "the toll surpassed 40",
    "topp(?:ed|ing)": "prices topping $40",
    "upward of": "upward of 40 boats",
    r"north\ of": "north of 40 boats",
    "beyond": "beyond 40 boats",
    "a minimum": "a minimum 40 votes",
    "minimum of": "minimum of 40 votes",
    "not under": "not under 40 votes",
    "tops": "demand tops 40 boats",
    "as low as": "as low as 40 percent: it was 40 or more",
    "as little as": "as little as 40 crowns",
    "as early as": "as early as 40 days",
    "a floor of": "a floor of 40 crowns",
    "as few as": "as few as 40 voters: there were 40 or more",
    "as small as": "as small as 40 boats",
    "as short as": "as short as 40 days",
    "no lower than": "no lower than 40 percent",
    "not lower than": "not lower than 40 percent",
    "not below": "not below 40 percent",
    "no smaller than": "no smaller than 40 hectares",
    "no shorter than": "no shorter than 40 metres",
    "no younger than": "no younger than 40 months",
    "atleast": "atleast 40 boats, as it is often misprinted",
    "a min of": "a min of 40 votes",
    "eclips(?:ed|es|ing)": "the toll eclipsed 40",
    rf"(?:{CLIMBS})\ past": "it rose past 40",
    rf"(?:{MORE})\ than": "longer than 40 feet",
}
"""Hedges that open the upper bound, each with an example or its reason."""

HELPERS = (
    "be|to|expected|likely|allowed|permitted|supposed|currently|yet|have|been|even|usually|normally"
    "|rise|go|climb|get|grow|cost|last|take|run|weigh|number|reach"
)
NEGATED = rf"(?:not|\w+n[’']t|never|cannot)(?:\ (?:{HELPERS})){{0,4}}"
"""What turns a lower bound into an upper one: `is not expected to exceed`."""

EXCEEDS = rf"exceed(?:ed|ing)?|surpass(?:ed)?|over|above|(?:more|greater|{MORE})\ than"

AT_MOST = {
    rf"{NEGATED}\ (?:{EXCEEDS})": "the cost will not exceed 40 crowns",
    rf"no\ (?:{MORE})\ than": "no longer than 40 metres",
    rf"(?:{LESS})\ than": "lower than 40 percent",
    r"as\ (?:large|big|tall|long|far|deep|heavy|fast|strong|wide)\ as": "as far as 40 kilometres",
    "well short of": "well short of 40 percent",
    "short of": "short of 40 percent",
    "a max of": "a max of 40 guests",
    "up to": "up to 50 boats",
    "up to and including": "up to and including 50 boats",
    "less than or equal to": "less than or equal to 50 boats",
    "as many as": "as many as 200 houses",
    "as much as": "as much as 200 tonnes",
    "fewer than": "fewer than 200 houses",
    "less than": "less than 200 tonnes",
    "under": "under 200 tonnes",
    "below": "below 10 degrees",
    "at most": "at most 200 houses",
    "a maximum of": "a maximum of 200 guests",
    "no more than": "no more than 200 guests",
    "no greater than": "no greater than 200 tonnes",
    "as high as": "as high as 40 percent",
    "maximum of": "maximum of 200 guests",
    "a maximum": "a maximum 200 guests",
    "capped at": "capped at 200 guests",
    "upto": "upto 200 guests",
    "a ceiling of": "a ceiling of 200 crowns",
    "a little under": "a little under 200 guests",
    "well under": "well under 200 guests",
    "well below": "well below 200 guests",
    "at the most": "at the most 200 guests",
}
"""Hedges that open the lower bound."""

ABOUT = {
    "about": "about 30 kilometres",
    "around": "around 30 kilometres",
    "some": "some 30 kilometres",
    "nearly": "nearly 76,000 others",
    "almost": "almost 76,000 others",
    "approximately": "approximately 30 kilometres",
    "roughly": "roughly 30 kilometres",
    "just under": "just under 300 seals: so near that it opens no bound",
    "just shy of": "just shy of 300 seals",
    "shy of": "shy of 300 seals",
    "just short of": "just short of 300 seals",
    "nearing": "nearing 300 seals",
    "neared": "the toll neared 300",
    "nears": "the toll nears 300",
    r"approx\.?": "approx. 300 seals",
    "in the vicinity of": "in the vicinity of 300 seals",
    r"in\ the\ neighbou?rhood\ of": "in the neighbourhood of 300 seals",
    r"[io]n\ the\ order\ of": "on the order of 300 seals",
    r"of\ the\ order\ of": "of the order of 300 seals",
    "something like": "something like 300 seals",
    "close to": "close to 30 kilometres",
    "near": "near 30 kilometres",
    "an estimated": "an estimated 300 seals",
    "estimated": "its estimated 300 seals",
    "just over": "just over 300: so near that it opens no bound",
    "just about": "just about 300 seals",
    "circa": "circa 300 seals",
    "more or less": "more or less 300 seals",
    "approaching": "approaching 300 seals",
    "virtually": "virtually 300 seals",
    "in the region of": "in the region of 300 seals",
}
"""Hedges that make a number approximate."""


def _any(phrases: dict[str, str]) -> str:
    """The phrases as branches of a verbose pattern, in the order of their table: the first that fits is taken."""
    return "|".join(phrase if "\\" in phrase else phrase.replace(" ", r"\ ") for phrase in phrases)


HEDGE = re.compile(
    rf"""
    \b(?:
        (?P<least>{_any(AT_LEAST)})   # at least 84 bodies
      | (?P<most>{_any(AT_MOST)})     # up to 50 boats
      | (?P<about>{_any(ABOUT)})      # some 30 kilometres
    )
    \s+
    (?:                               # words that may stand between hedge and number
        an?\s+(?:additional|further|estimated)\s+   # at least an additional 20 boats
      | (?<=(?:an|st)\s)an?\s+(?=\Z)                # more than a 20-mile walk, at least a 10 percent cut
      | the\s+                                      # more than the 20 boats
      | another\s+                                  # at least another 20 boats
    )?
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A hedge right before a number, with the words that may stand between the two."""
