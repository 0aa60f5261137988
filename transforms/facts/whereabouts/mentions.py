"""The places that a sentence names behind a preposition, read without its parse."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.no_sites import is_part_of_word, is_seat
from copydesk.transforms.facts.place_names import of_city
from copydesk.transforms.facts.place_words import is_beside, is_end_of_way, is_far_end, is_of_somebody, is_storm
from copydesk.transforms.facts.whereabouts.name_words import COMPARING, LISTED_AFTER, SPEAKING
from copydesk.transforms.places import POSSESSIVE, Place, bare_name, is_no_place, parent_after
from copydesk.transforms.types import Sentence

PLACE = re.compile(
    r"""
    \b(?P<how>[Ii]n|into|[Ii]nside|[Aa]cross|[Tt]hroughout|[Nn]ear|[Aa]t|to|[Ff]rom|on|[Aa]round|[Oo]utside|over|of|towards?|surrounding
        |enter(?:ed|ing|s)?|reach(?:ed|ing|es)?                   # reached Sellin
    )\s+
    (?P<place>
        (?:the\s+)?
        (?:                                                       # the northern town of Sellin
            (?:(?:north|south)-?(?:east|west)(?:ern)?|northern|southern|eastern|western|central|north|south|east|west|city|town|village|region|province|district
              |port|occupied|coastal|capital|area|island|outskirts|state|neighbou?ring|nearby)
            \s+(?:of\s+)?(?:the\s+)?
        )*
        (?:(?:St|Ste|Mt|Ft)\.?\s+[A-Z][\w’'-]+|[A-Z][\w’'-]+|al-[A-Z]\w+)   # St. Karm, Sellin, al-Qarn
        (?:\s+(?:al-)?(?:[A-Z][\w’'-]+|(?:of|d[eo]|da|d[ao]s|del|des|du)(?=\s+(?:(?:la|las|los|el)\s+)?[A-Z])   # Bay of Sellin
          |(?:la|las|los|el)(?=\s+[A-Z])))*                           # Sarn de la Kesh
      | (?:the\s+)capital\b                                       # in the capital
    )
    """,
    re.VERBOSE,
)
ADJECTIVAL = re.compile(
    r"\s(?!(?:in|on|and|or|to|from|of|for|with|since|after|before|as|by|is|are|was|were|where|when|while|which|that|have|has|had|will|would)\b)[a-z]{3,}"
)
STRONG = frozenset(("in into inside across throughout near at around outside reached entered").split())
LONGEST_NAME = 60
OF_WHOM = re.compile(r"[^’']+[’']s\s+(?=[A-Z])")
"""The country that a place is printed behind: `northern Tarvia’s Kesh county`."""

SPOKEN = re.compile(f"{SPEAKING}$")
"""What stands before the place where somebody spoke: `officials said on Monday in`."""

SUPERLATIVE = re.compile(f"{COMPARING}$")
"""What compares with a whole country: `one of the worst attacks in`."""

PERSON_NEAR = re.compile(r"^(?:President|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|General|Prime|Minister|Secretary|King|Queen)\b")


class Mention(NamedTuple):
    """A place named at text[start:end] after a preposition, with its entry of the gazetteer, `None` where it has none."""

    start: int
    end: int
    printed: str
    preposition: str
    place: Place | None


def entry_is_named(name: str) -> bool:
    """Whether `the X` names a place of itself: a region, a strip, a capital."""
    return re.search(r"\b(?:Strip|Bank|capital|enclave|territory|region|province|north|south|east|west)\b", name) is not None


def places_of(reading: Reading, sentence: Sentence, number: int) -> list[Mention]:
    """Places named in a sentence after a preposition."""
    out = []
    sources = [(s.report.source_start, s.report.source_end) for s in reading.sources_in(number)]
    for found in PLACE.finditer(reading.text, sentence.span_start, sentence.span_end):
        name = found["place"].strip()
        whose = OF_WHOM.match(name)
        at = (found.start("place") + (whose.end() if whose else 0), found.end("place"))
        name = POSSESSIVE.sub("", name[whose.end() :] if whose else name)
        if is_no_place(name) or PERSON_NEAR.match(name) or any(a < at[1] and b > at[0] for a, b in sources):
            continue
        entry = reading.gazetteer.find(bare_name(name), parent_after(reading.text, at[1]))
        entry = of_city(reading.gazetteer, reading.text, at[0], name, entry)
        if entry is None and found["how"].lower() not in STRONG:
            continue
        weak = found["how"].lower() not in STRONG
        if LISTED_AFTER.match(reading.text, at[1]) or reading.gazetteer.people(name.split()[0]) is not None:
            continue
        if SUPERLATIVE.search(reading.text, max(sentence.span_start, found.start() - 60), found.start()):
            continue
        if is_far_end(reading.text, at[0]) or is_beside(reading.text, at[0]) or is_storm(reading.text, at[0]):
            continue
        if is_end_of_way(reading.text, *at) or is_of_somebody(reading.text, at[0]):
            continue
        if is_part_of_word(reading.text, at[1]) or is_seat(reading.text, at[0]):
            continue
        if SPOKEN.search(reading.text, max(sentence.span_start, found.start() - LONGEST_NAME), found.start()):
            continue
        if reading.text[at[1] : at[1] + 2] in ("’s", "'s") and (entry is None or weak):
            continue
        if name.startswith("the ") and ADJECTIVAL.match(reading.text[at[1] : at[1] + 20]) and not entry_is_named(name):
            continue
        out.append(Mention(*at, name, found["how"].lower(), entry))
    return out
