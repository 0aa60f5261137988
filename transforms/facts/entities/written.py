"""What the words of a source as written say: its initials, its runs of capitals, the name of a group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.phrases import BOUNDARY, bare_phrase

DEFINITE = re.compile(r"^(?:the|this|that|his|her|their|its|another|these|those)\s+(?P<noun>[^,(]+)", re.IGNORECASE)
AGED = re.compile(r"^\d+-year-old\s+")
PARTS_OF_A_BODY = frozenset("member members employee employees head staff".split())
"""Nouns that name nobody without what stands behind them."""


OF_A_COMPANY = re.compile(
    r"""
    (?:[’']s)?\s(?:[a-z]+\s)?
    (?: customers|shares?|shareholders|stores|stations|plants?|factor(?:y|ies)|stock|profits?|revenues?|chief\sexecutive|CEO
      | products|sales )\b                                                                           # Fuelco’s customers
  | \b[^.;“”\n]{0,80}\bits\s(?:[\w’-]+\s){0,3}?
    (?: customers|shareholders|stores|plants?|factor(?:y|ies)|refiner(?:y|ies)|mines?|smelters?|fleet|warehouses?
      | subsidiar(?:y|ies)|profits?|revenues?|sales|shares )\b                                       # Fuelco closed its mine
  | \b[^.;“”\n]{0,60}\b(?:will|would|plans?\sto|planned\sto|is\sto|said\sit)\s
    (?:cut|lay\soff|axe|shed|close|recall|invest|buy|acquire|sell|open|build|hire|list)\b            # Fuelco said it would sell
    """,
    re.VERBOSE,
)
"""What stands behind the name of a company alone: what only a company has, and what only a company will do."""

CALLED_A_FIRM = re.compile(
    r"""
    \b(?: [a-z]+maker|retailer|airline|carrier|refiner|insurer|lender|operator|firm|company|giant|conglomerate|start-?up|chain
        | brewer|miner )\s\Z
    """,
    re.VERBOSE,
)
"""What a company is called right before its name."""

LEAD = 40
"""Characters before a name in which it is looked for."""

THE_COMPANY = re.compile(
    r"\b[Tt]he\s(?:company|firm|airline|carrier|carmaker|automaker"
    r"|retailer|manufacturer|supermarket|chain|operator|miner|brewer)\b"
)
"""What stands for a company that an article names."""

SMALL_FORCE = re.compile(r"\b(?P<noun>(?:federal|national|state|regional)\s(?:police|guard))\b", re.IGNORECASE)


def is_company(text: str, name: str, others: bool) -> bool:
    """Whether the article tells that a name without a noun is a company's.

    It does by what only a company has (`Fuelco’s customers`), or by `the company` where it names no other one (`others`).

    >>> is_company("Fuelco announced it would close. The company has 300 workers.", "Fuelco", False)
    True
    >>> is_company("Fuelco announced it. The company Orlan Steel came.", "Fuelco", True)
    False
    """
    owned = any(
        OF_A_COMPANY.match(text, one.end())
        or (one["whole"] is not None and CALLED_A_FIRM.search(text, max(0, one.start() - LEAD), one.start()))
        for one in _printed(text, name)
    )
    return owned or (not others and THE_COMPANY.search(text) is not None)


def was_there(text: str, name: str) -> bool:
    """Whether the article tells of a person only that he lives there or was there, or how old he is.

    >>> was_there("Ola Fisk, who lives near the pier, said it fell.", "Ola Fisk")
    True
    >>> was_there("“It fell,” said Ola Fisk, 34.", "Ola Fisk")
    True
    >>> was_there("Ola Fisk, who leads the board, said it fell.", "Ola Fisk")
    False
    """
    return any(BEING_THERE.match(text, one.end()) for one in _printed(text, name))


def _printed(text: str, name: str) -> Iterator[re.Match[str]]:
    """Where an article prints a name; `whole` took part where a word ends with it."""
    return re.finditer(rf"\b{re.escape(name)}(?P<whole>\b)?", text)


BEING_THERE = re.compile(
    r"""
    ,\s\d\d\b(?![\w-])                                                                               # Ola Fisk, 34
  | ,?\swho\s(?:also\s|had\s|has\s|was\s)?
    (?: lives?|lived|escaped|survived|fled|saw|seen|witnessed|heard|lost|ran|hid|walked|injured|wounded|rescued|evacuated
      | (?:driving|walking|standing|sitting|sleeping|working|waiting|shopping|swimming|travell?ing)\b
      | (?:was\s)?(?:in|at|on|near|inside|aboard|nearby|among) )\b                                   # who lives near the pier
    """,
    re.VERBOSE,
)
"""What a witness was or did, behind his name."""


def small_force(text: str, short: str, people: str) -> str | None:
    """The force of a state whose acronym is its people's initial and those of a small noun: `AFP` beside `federal police`.

    >>> small_force("Officers of the federal police came. NFP boats left.", "NFP", "Norlander")
    'Norlander Federal Police'
    >>> small_force("Officers came. NFP boats left.", "NFP", "Norlander") is None
    True
    """
    for match in SMALL_FORCE.finditer(text):
        if initials(f"{people} {match['noun']}") == short.casefold():
            return f"{people} {match['noun'].title()}"
    return None


def says(text: str, wanted: str) -> bool:
    """Whether an office beside a name holds the noun as its head."""
    have = folded_name(text)
    return have == wanted or have.endswith(f" {wanted}") or have.startswith(f"{wanted} ") or f" {wanted} of " in have


def capital_runs(written: str) -> list[list[str]]:
    """Runs of capitalised words, the longest first."""
    runs: list[list[str]] = [[]]
    for word in written.split():
        if word[:1].isupper() and word.casefold() not in ("a", "an", "the"):
            runs[-1].append(word.strip(",."))
        elif runs[-1]:
            runs.append([])
    return sorted((run for run in runs if run), key=len, reverse=True)


def initials(name: str) -> str:
    """The initials of a name, folded: `toi` of `The Times of India`."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word.casefold() not in ("the", "in", "of")).casefold()


def with_owner(written: str) -> str:
    """What a source without a name is called together with whose it is, up to what is told of it.

    >>> with_owner("the lawyers for Ola Fisk, who came late"), with_owner("an official at the Kesh embassy")
    ('lawyers for Ola Fisk', 'official at the Kesh embassy')
    """
    return re.split(r",|\(|\b(?:whose|who|which|that|on\scondition|speaking)\b", bare_phrase(written), maxsplit=1)[0].strip()


def group_name(written: str) -> str:
    """What a source that is no one thing is called: `some residents of the valley` are residents.

    >>> group_name("the latest opinion poll, published on Monday"), group_name("residents of Sellin")
    ('latest opinion poll', 'residents')
    """
    words = re.split(r",|\(|\bwhose\b|\bwho\b", AGED.sub("", bare_phrase(written)), maxsplit=1)[0].split()
    parts = {at for at, word in enumerate(words) if word.casefold() in PARTS_OF_A_BODY}
    end = next((at for at, word in enumerate(words) if at and word in BOUNDARY and word != "of"), len(words))
    end = next(
        (
            at
            for at, word in enumerate(words[:end])
            if at and word == "of" and words[at - 1][:1].islower() and at - 1 not in parts
        ),
        end,
    )
    return " ".join(words[:end]) or written
