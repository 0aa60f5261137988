"""What makes a figure more or less sure beside the rules that found it: how its unit is told, who else speaks near it."""

from __future__ import annotations

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.noun_phrases import Noun, is_plural
from copydesk.transforms.numbers import Number
from copydesk.transforms.vocabulary import Measure

SYMBOL = 4
"""Letters that a symbol of a unit has at most: `km`, `mph`."""


def unit_rule(reading: Reading, number: Number, noun: Noun | None, measure: str) -> str:
    """How a unit is told: `share`, `measurement`, `money`, `money_guess`; `scale` of spans, points and compounds.

    A unit that a hyphen joins, or a singular, is often part of a name: `the 100-metre final`. Money is a guess where
    countries share its sign or noun and neither the page nor what is known of its outlet says whose.
    """
    if measure == Measure.SHARE:
        return "share"
    if measure != Measure.MONEY:
        whole = noun is None or number.low == 1 or noun.word == noun.unit or is_plural(noun.word) or len(noun.word) <= SYMBOL
        joined = reading.text[number.end : number.end + 1] == "-"
        return "measurement" if measure == Measure.MEASUREMENT and whole and not joined else "scale"
    word = number.currency or (noun.word if noun is not None else "")
    return "money" if reading.tells_currency(word) else "money_guess"


def silence(reading: Reading, index: int) -> str:
    """How a sentence gives no source to a figure: `beside` one that it names, `near` one of its paragraph, else `none`."""
    if reading.sources_in(index):
        return "beside"
    paragraph = reading.sentences[index].paragraph
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(reading.sentences) and reading.sentences[at].paragraph == paragraph:
            if reading.sources_in(at):
                return "near"
            at += step
    return "none"
