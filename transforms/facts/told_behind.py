"""What stands right behind persons and says what befell them: `were burned alive`, `seven of them critically`."""

from __future__ import annotations

import re

from copydesk.transforms.vocabulary import Measure

AUXILIARY = (
    r"(?:are|were|is|was|have|has|had|been|being|be|currently|now|still|reportedly|also|already|who|that|remain|remained|got|get|gets|left|rendered|others?|"
    r"of\s+them|estimated\s+to|(?:(?:officially|earlier|later|initially)\s+)?(?:registered|listed|reported|recorded|declared|confirmed|pronounced|counted)"
    r"(?:\s+as)?(?=\s+(?:still\s+)?(?:killed|dead|missing|injured|wounded|displaced|drowned|homeless|kidnapped|abducted)\b)|"
    r"(?:feared|presumed|believed|thought)(?:\s+to\s+(?:be|have))?|(?:reported|known|understood)\s+to\s+(?:be|have))"
)
DEADLY = re.compile(
    rf"""
    (?:\s+{AUXILIARY})*\s+                                                                            # were
    (?:burned|burnt|crushed|beaten|hacked|stabbed|shot|stoned|trampled|starved|frozen|froze|choked|bled)\s+  # burned
    (?:alive|to\s+death|dead)\b                                                                       # alive
    """,
    re.VERBOSE,
)
"""What stands behind persons who died by what else only hurts: `were burned alive`."""

HURT = re.compile(
    rf"""
    (?:\s+{AUXILIARY})*\s+(?:sustained|suffered|received|incurred|got|had|(?:escaped|survived|left)\s+with)\s+  # sustained
    (?!no\b|fatal\b|deadly\b)(?:[a-z-]+,?\s+(?:and\s+|to\s+|or\s+)?){{0,3}}?
    (?:injur(?:y|ies)|wounds?|burns|fractures)\b                                                             # burns
    | (?:\s+{AUXILIARY})*\s+(?:being\s+)?treated\s+(?:[a-z]+\s+){{0,3}}?for\s+(?:[\w-]+\s+){{0,3}}?
      (?:injur(?:y|ies)|wounds?|burns|fractures|smoke|shock|exposure|cuts|bruises|inhalation|hypothermia)\b # smoke
    | \s+with\s+(?!no\b|fatal\b|deadly\b)(?:[a-z-]+,?\s+(?:and\s+|to\s+|or\s+)?){{0,3}}?
      (?:injuries|wounds|burns|fractures)\b                                                             # with serious burns
    """,
    re.VERBOSE,
)
"""What stands behind persons who were hurt where the verb tells it only with its noun: `sustained critical injuries`."""

GONE = re.compile(
    rf"""
    (?:\s+{AUXILIARY})*\s+(?:(?:had|have|were\s+(?:forced|told|ordered)|forced|told|ordered)\s+to\s+)?  # had to
    (?:leave|left|flee|fled|abandon(?:ed)?|vacate[d]?)\s+(?:their|the)\s+
    (?:homes?|houses|villages?|dwellings|farms|lands?)\b(?!\s+(?:hall|council|square|school))  # leave their homes
    """,
    re.VERBOSE,
)
"""What stands behind persons who left their homes."""

LACKING = re.compile(
    rf"""
    (?:\s+(?:{AUXILIARY}|left))*\s+without\s+                       # left without
    (?:[a-z]+,?\s+(?:and\s+|or\s+)?){{0,2}}?                        # clean
    (?:power|electricity|water|food|heat(?:ing)?|gas)\b             # water
    """,
    re.VERBOSE,
)
"""What stands behind persons who lack something: `left without clean water`."""

HOMELESS = re.compile(
    rf"""
    (?:\s+(?:{AUXILIARY}|left))*\s+
    (?: without\s+(?:their\s+|a\s+)?(?:homes?|roofs?|shelter|housing|accommodation)\b  # were left without a roof
      | with\s+nowhere\s+to\s+(?:go|live|stay|sleep)\b                              # with nowhere to go
    )
    """,
    re.VERBOSE,
)
"""What stands behind persons who have no home any more: `85 families without homes`."""

CAMPING = re.compile(
    rf"""
    (?:\s+{AUXILIARY})*\s+(?:living|sleeping|staying|sheltering|camping|camped|lodged|housed|live|sleep|stay)\s+  # are living
    (?:(?:out|outside)\s+)?(?:in|under)\s+(?:the\s+open\b|(?:[a-z-]+\s+){{0,3}}?
      (?:tents?|camps?|shelters?|centres?|centers?|settlements?|tarpaulins?|bush|forests?|caves)\b)           # in tents
    | (?:\s+(?:{AUXILIARY}|left))*\s+(?:cut\s+off|marooned|isolated)\b(?!\s+from\s+(?:power|electricity|water))  # cut off
    """,
    re.VERBOSE,
)
"""What stands behind persons who stay where they are no home, or cannot leave: `are sleeping in the open`."""

RUINED = re.compile(
    rf"""
    (?:\s+{AUXILIARY})*\s+(?:los(?:t|ing)|lose)\s+(?:their\s+|all\s+(?:of\s+)?(?:their\s+)?)?               # have lost their
    (?:livelihoods?|crops|harvests?|belongings|possessions|livestock|everything)\b                           # crops
    | (?:\s+{AUXILIARY})*\s+(?:in\s+[a-z\s]{{3,25}}\s)??(?:lack(?:ed|ing)?|(?:have|had|with)\s+(?:no|little))\s+  # lack
      (?:access\s+to\s+)?(?:[a-z]+\s+){{0,2}}?
      (?:water|food|latrines|toilets|sanitation|shelter|power|electricity|medicines?|health\s?care)\b         # clean water
    """,
    re.VERBOSE,
)
"""What stands behind persons who lost what they live from, or lack what they need."""

CROSSED = re.compile(
    r"""
    \s+(?:from\s+[^,.;:()]{3,60}?\s+)?(?:(?:have|had|also|reportedly|already|ha[sd])\s+){0,2}                  # from Sarn have
    (?: (?:crossed|fled|spilled|streamed|poured|moved)\s+(?:over\s+|back\s+)?(?:across|over)\s+the\s+(?:border
          |frontier)  # fled over the border
      | crossed\s+(?:over\s+)?(?:into\b|the\s+(?:border|frontier)\b)                                         # crossed into
      | moved\s+towards?\s+(?:the\s+)?(?:border|frontier|[A-Z]\w+)  # moved towards Sarn
    )
    """,
    re.VERBOSE,
)
FOLK = re.compile(
    r"(?:families|households|people|persons|individuals|civilians|villagers|refugees|residents|inhabitants|seekers)$"
)
"""Those who are displaced where they crossed into another country, and how that is told."""

FOUND_DEAD = re.compile(
    rf"""
    (?:\s+{AUXILIARY})*\s+found\s+(?:[a-z]+\s+){{0,2}}?                                              # were found
    (?:hanged|strangled|stabbed|beheaded|decapitated|lifeless|dead|drowned|murdered|shot|executed)\b  # shot dead
    | \s+to\s+death\b                                                                               # hacked 14 men to death
    """,
    re.VERBOSE,
)
"""What stands behind persons who were found dead, or were done to death: `six men were found hanged`."""

WORSE = re.compile(
    r"""
    \s+(?:of\s+(?:them|whom|those|these)\s+)?                                              # seven of them
    (?: (?:critically|seriously|gravely|severely|badly|slightly|lightly)\b                  # critically
        (?!\s+(?:(?!hurt|burn|injur|wound)[a-z]+ed|ill|sick|short)\b)                      # not: badly damaged
      | (?:(?:who\s+)?(?:is|are|was|were|remain(?:ed|s)?|reported)\s+)?(?:still\s+)?in\s+(?:an?\s+)?
        (?:critical|serious|grave|stable|severe)\s+condition                               # in critical condition
    )
    """,
    re.VERBOSE,
)
"""What stands behind a part of the injured: `16 injured, seven of them critically`."""

HOUSED = re.compile(
    rf"""
    (?:\s+{AUXILIARY})*\s+(?:moved|taken|transferred|brought|bused|ferried|airlifted|relocated)  # moved
    \s+(?:[a-z]+\s+){{0,2}}?to\s+  # to
    (?:[a-z-]+\s+){{0,2}}?
    (?:safety|hotels?|shelters?|higher\s+ground|safer|gymnasiums?|evacuation|relief|temporary)\b                   # hotels
    """,
    re.VERBOSE,
)
"""What stands behind persons who were brought away from danger: `24 people were moved to hotels`."""

TOLD_BEHIND = (
    (DEADLY, Measure.KILLED),
    (FOUND_DEAD, Measure.KILLED),
    (HURT, Measure.INJURED),
    (WORSE, Measure.INJURED),
    (GONE, Measure.DISPLACED),
    (HOUSED, Measure.DISPLACED),
    (LACKING, Measure.AFFECTED),
    (HOMELESS, Measure.DISPLACED),
    (CAMPING, Measure.SHELTERING),
    (RUINED, Measure.AFFECTED),
)

CONDEMNED = re.compile(r"\b(?:sentenc|condemn)\w+(?:\s+[\w’,-]+){0,5}$")
"""What stands before those whom a court sends to death, which does not kill them yet."""

LEFT = re.compile(r"\b(?:left|leaving|leaves)\s+(?:(?:at|least|more|than|about|some|as|many|up|to|nearly|around|over)\s+)*$")
AND_OTHERS = re.compile(
    r"(?:,?\s+(?:and|or)|,)\s+(?:(?:at|least|more|than|about|some|another|nearly|around|over)\s+)*"
    r"(?:\d[\d,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:[a-z-]+\s+){0,3}?"
    r"(?P<state>dead|injured|wounded|homeless|missing|hurt)\b(?!\s+(?:[a-z]+s|people|ones?|men|women|children)\b)"
)
"""The second half of `left four policemen and 11 rebels dead`: the state holds for the first too."""


FORCED = re.compile(
    r"\b(?:(?:forc|compel|order|prompt|push|caus|oblig)\w*|led|leading|driven|drove|driving)\s+(?:the\s+|all\s+|another\s+)*$"
)
TO_LEAVE = re.compile(
    r"\s+(?:out\b|(?:in)?to\s+(?:leave|flee|evacuate|abandon|relocate|exile|seek\s+(?:shelter|refuge|safety))\b"
    r"(?!\s+(?:the\s+)?(?:room|pitch|field|post|job)))"
)
"""What stands around persons whom something drove away: `forced hundreds of families to leave`."""

LOST = re.compile(r"\b(?:lost|losing|loss\s+of)\s+(?:the\s+|all\s+|another\s+)*$")
IN_ARMS = re.compile(
    r"(?:\bmen|soldiers|troops|fighters|guerrillas|police(?:wo)?men|servicemen|sailors|airmen|militants|rebels|insurgents|crewmen|marines)$"
)
NO_DEATH = re.compile(r"\s+to\s+(?:injur|illness|desert|defect|suspension|rivals)|\s+(?:who|as)\s")
"""Whom an army loses in a fight, and those whom it loses otherwise: `lost five men`."""


def told_around(text: str, start: int, end: int, sentence_start: int, limit: int) -> str | None:
    """What the words on both sides of persons at text[start:end] say befell them: `forced 40 families to leave`."""
    low = max(sentence_start, start - 40)
    if TO_LEAVE.match(text, end, limit) and FORCED.search(text, low, start):
        return Measure.DISPLACED
    lost = IN_ARMS.search(text, start, end) and LOST.search(text, low, start)
    if lost and not NO_DEATH.match(text, end, limit):
        return Measure.KILLED
    return Measure.DISPLACED if CROSSED.match(text, end, limit) and FOLK.search(text, start, end) else None


def told_behind(text: str, end: int, limit: int) -> str | None:
    """What the words right behind persons, who end at text[:end], say befell them."""
    found = next((measure for pattern, measure in TOLD_BEHIND if pattern.match(text, end, limit)), None)
    return None if found == Measure.KILLED and CONDEMNED.search(text, max(0, end - 60), end) else found


def left_so(text: str, start: int, end: int, sentence_start: int, limit: int) -> str | None:
    """The state in which persons at text[start:end] were left together with those behind them."""
    if LEFT.search(text, max(sentence_start, start - 40), start) is None:
        return None
    others = AND_OTHERS.match(text, end, limit)
    return others["state"] if others is not None else None
