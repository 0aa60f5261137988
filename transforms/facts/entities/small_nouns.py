"""Small nouns beside names, which tell what bear them: `the charity Oxfam`, `Orlan Hands, a relief charity`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.transforms.facts.entities.runs import RUN

NOUNS = (
    "firm company airline carrier bank charity group agency organisation organization newspaper daily paper magazine "
    "broadcaster channel website network watchdog militia party union university institute hospital regulator retailer "
    "site portal "
    "manufacturer operator automaker carmaker startup start-up consultancy outlet journal tabloid nonprofit ngo giant "
    "producer miner brand chain platform developer insurer lender utility supplier brewer refiner conglomerate "
    "foundation federation association coalition school college museum laboratory ministry department "
    "steelmaker chipmaker drugmaker planemaker truckmaker toymaker tyremaker shipbuilder homebuilder housebuilder shipyard"
).replace(" ", "|") + r"|think\stank"
NOUNS_END = (*NOUNS.split("|")[:-1], "think tank")
NAME_BEGINS = re.compile(r"(?<=[a-z])\s(?=[^\W\d_a-zß-öø-ÿ])")
NOUN_BEFORE = re.compile(rf"\b(?:[a-z][a-z-]+\s){{0,2}}(?:{NOUNS})$  # the relief charity", re.VERBOSE)
"""A small noun before a name, and where a name stands behind a small word: `the relief charity Orlan Hands`."""

NOUN_THEN_NAME = re.compile(
    rf"\b[Tt]he\s(?:[a-z]+\s)?(?P<noun>{NOUNS}),\s(?P<name>{RUN.pattern}),  # the bank, Orlan,", re.VERBOSE
)
"""A small noun with a comma between it and the name."""

NAME_THEN_NOUN = re.compile(
    r"\b(?P<name>[A-Z][\w’'-]+)\s(?P<noun>news\s(?:agency|service|site|outlet)|newspaper|broadcaster)\b"
)
"""A name before the small noun of the press: `the Orlan news agency`, for which Orlan stands later."""

NOUN_BEHIND = re.compile(rf",\s(?:an?|the)\s(?P<noun>(?:[\w’-]+\s){{0,4}}(?:{NOUNS}))\b  # , a relief charity", re.VERBOSE)
NAME_ENDS = re.compile(rf"{RUN.pattern}$")
"""A small noun behind a name, and the name: `Orlan Hands, a relief charity`."""

SHORTENED = re.compile(
    r"""
    (?: ,\s(?=[A-Z]{3,8},)                                                          # , UNGRD,
      | ,\s(?:known\sas|called)(?:\sthe)?\s|\s\((?:known\sas\s)? )(?P<short>[A-Z]{3,8})\b  # (UNGRD)
    """,
    re.VERBOSE,
)
NOUN_ENDS = re.compile(r"(?:[\w’'-]+\s){0,4}[a-z][a-z-]+$  # the country’s disaster relief agency", re.VERBOSE)
"""A name in capitals behind a small noun, and the noun."""

NAME_LEAD = 400
"""Characters before a place in which a name or a noun that ends there begins."""

KIND_BEFORE = re.compile(
    rf"""
    (?:(?:[A-Z][\w.]*-)?[A-Z]?[a-z-]+(?:[’']s?)?\s){{0,3}}                               # Rights
    (?:{NOUNS})\s(?:the\s)?(?=[A-Z])                                              # group
    """,
    re.VERBOSE,
)
"""What a name is, before it, at the beginning of a sentence too: `Rights group`."""


def beside_names(text: str) -> Iterator[tuple[str, str]]:
    """Names with the small noun beside them: first those behind their nouns, then those before."""
    taken = 0
    for blank in NAME_BEGINS.finditer(text):
        at = blank.start()
        if at < taken or not text.endswith(NOUNS_END, 0, at):
            continue
        noun = NOUN_BEFORE.search(text, max(taken, at - NAME_LEAD), at)
        name = RUN.match(text, blank.end())
        if noun is not None and name is not None:
            yield name.group(), noun.group()
            taken = name.end()
    for pattern in (NOUN_THEN_NAME, NAME_THEN_NOUN):
        yield from ((found["name"], found["noun"]) for found in pattern.finditer(text))
    yield from ((name, noun) for noun, name in _ending_before(NOUN_BEHIND, NAME_ENDS, text, "noun"))


def before_short_names(text: str) -> Iterator[tuple[str, str]]:
    """Names in capitals with the small noun before them: `the country’s disaster relief agency (UNGRD)`."""
    yield from _ending_before(SHORTENED, NOUN_ENDS, text, "short")


def _ending_before(joint: re.Pattern[str], ending: re.Pattern[str], text: str, group: str) -> Iterator[tuple[str, str]]:
    """A group of each match of `joint`, with what ends where the match begins."""
    taken = 0
    for found in joint.finditer(text):
        before = ending.search(text, max(taken, found.start() - NAME_LEAD), found.start())
        if before is not None:
            yield found[group], before.group()
            taken = found.end()
