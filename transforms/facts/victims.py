"""Victims that are no dead: those of a fraud, and those who sue or are treated."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.transforms.facts.noun_phrases import OF_PHRASE, Noun
from copydesk.transforms.vocabulary import Measure

CRIMES = re.compile(
    r"""
    \b(?: fraud | scams? | schemes? | swindl\w+ | phishing | thefts? | robber(?:y|ies) | extortion | blackmail    # fraud
        | cyber\w* | hack(?:s|ing)? | breach | identity    # a breach
        | abuse | harassment | bullying | stalking | rapes? | assaults? | torture | misconduct    # abuse
        | discriminat\w+ | racism | traffick\w+ | slavery | exploitation    # racism
        | (?:domestic|sexual|gender-based)[\s-]violence
    )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What kills nobody, before or behind its victims: `60 victims of the fraud`, `40 abuse victims`."""

LIVING = re.compile(
    r"""
    \s+(?:(?:have|had|has|also|still|later|now)\s+)*
    (?: lost | said | say | told | sued | testified | complained | filed | survived | spoke | agreed | demanded    # sued
      | came\s+forward
      | (?:was|were|are|been)\s+(?:compensated|defrauded|treated|cheated|interviewed|robbed|rescued|freed|admitted
          |hospitali[sz]ed)    # were treated
    )\b
    """,
    re.VERBOSE,
)
"""What only the living do or have done to them: `60 victims sued`."""


def as_living(text: str, noun: Noun, start: int) -> Noun:
    """The noun of a number; victims that end the phrase text[start:noun.end] are persons affected where they live.

    What made them victims says so, or what they do: `60 victims of the fraud lost their savings`.
    """
    if noun.word != "victims":
        return noun
    of = OF_PHRASE.match(text, noun.end)
    whole = text[start : of.end() if of is not None else noun.end]
    lives = CRIMES.search(whole) is not None or LIVING.match(text, noun.end) is not None
    return replace(noun, word="persons", table="person", measure=Measure.AFFECTED) if lives else noun
