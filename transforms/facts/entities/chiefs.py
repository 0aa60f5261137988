"""Who leads a body that a source names by it alone: `the Relief Board chief`, of the board's president Ida Fisk."""

from __future__ import annotations

import re
from collections.abc import Mapping

from copydesk.transforms.facts.entities.organisations import Organisations
from copydesk.transforms.facts.entities.person import Person
from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.kinds import Described

HEAD_OF = re.compile(
    r"^(?:the\s)?(?:head|chief|boss|leader|director|director[\s-]general|secretary[\s-]general|chairman|chairwoman|chair)"
    r"\sof\s(?:the\s)?(?P<body>[A-Z].*)$",
    re.IGNORECASE,
)
CHIEF = re.compile(
    r"^(?:the\s)?(?P<body>.*[A-Z].*?)(?:[’']s?)?\s"
    r"(?:chief|boss|head|leader|(?:director|secretary)[\s-]general|director|chairman|chairwoman|chair|president)$",
    re.IGNORECASE,
)
"""Somebody who leads a body, by a plain noun before or behind its name."""

HIGHEST = frozenset(
    "head chief boss leader director secretary president chairman chairwoman chairperson chair commissioner executive ceo "
    "administrator governor".split()
)
"""Words of the offices of those who lead a body."""

BESIDE = frozenset("general managing of the for its".split())
"""What else stands in the names of such offices: `director-general`."""


class Chiefs:
    """Those who lead the bodies of one article."""

    def __init__(self, bodies: Organisations, persons: Mapping[str, Person]) -> None:
        self._bodies, self._persons = bodies, persons

    def of(self, written: str) -> Person | None:
        """The only person of the article whose office is the highest of the body that a source without a name leads."""
        found = HEAD_OF.match(written) or CHIEF.match(written)
        if found is None or not any(letter.isupper() for letter in found["body"]):
            return None
        body = self._bodies.entity(found["body"])
        if body is None:
            return None
        leading = [one for one in self._persons.values() if self._leads(one, body.entity_id)]
        return leading[0] if len(leading) == 1 else None

    def _leads(self, one: Person, entity_id: str) -> bool:
        for text, office in zip(one.texts, one.offices, strict=True):
            body = self._bodies.entity(led) if (led := led_by(text, office)) is not None else None
            if body is not None and body.entity_id == entity_id:
                return True
        return False


def is_leader(head: str) -> bool:
    """Whether an office is of one who leads a body, and does not only speak for it.

    >>> is_leader("director-general"), is_leader("spokesman"), is_leader("general")
    (True, False, False)
    """
    words = set(folded_name(head).split())
    return not HIGHEST.isdisjoint(words) and words <= HIGHEST | BESIDE


def led_by(text: str, office: Described) -> str | None:
    """The body that somebody leads by an office as printed; `None` for other offices, and where no body is named.

    >>> led_by("Harbour Board director-general", Described("other", "speaks", "director-general", "Harbour Board"))
    'Harbour Board'
    >>> led_by("Harbour Board press director", Described("other", "speaks", "director", "Harbour Board"))
    """
    alone = CHIEF.match(text) or HEAD_OF.match(text)
    body = office.body or (alone["body"] if alone is not None else "")
    left = set(folded_name(text).split()) - set(folded_name(body).split()) - BESIDE
    return body if body and left and left <= HIGHEST else None
