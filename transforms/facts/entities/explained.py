"""Names of bodies beside the nouns that say what bears them: `the miner Codel`, `Orlan Hands, a charity`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from copydesk.transforms.facts.entities.person import Person
from copydesk.transforms.facts.entities.runs import RUN, without_starters
from copydesk.transforms.facts.entities.small_nouns import KIND_BEFORE, NOUNS_END
from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.heads import BODY
from copydesk.transforms.names.kinds import ClaimantWords
from copydesk.transforms.names.phrases import ARTICLE, BOUNDARY
from copydesk.transforms.vocabulary import ClaimantKind

OPENS_NAME = re.compile(r"(?:[a-z]+ly\s+)?(?:known\s+as\s+)?(?:the\s+)?[^\W\d_a-zß-öø-ÿ]")
"""What stands behind the comma after a name, and after a noun that says what the name is."""

SIDED = re.compile(
    r"^(?:main\s|largest\s)?(?:opposition|ruling|governing|left-wing|right-wing|far-right|far-left|centrist|liberal|conservative|nationalist"
    r"|socialist|separatist|[A-Z][\w.]*-(?:based|affiliated|aligned|linked|owned)|official|semi-official|state|state-run|state-owned|private|independent)\s(?=[A-Z])"
)
"""Where a party stands, or who owns a paper, before its name."""

EXPLAINS = re.compile(r"(?:an?\s+\S|(?:the|one\sof|which|who|whose|based|run|led|founded|owned|backed)\s+[\w’'-]*[a-z])")
LED = re.compile(
    r"(?P<noun>[A-Z]?[a-z][a-z-]*(?:[’']s?)?(?:\s[a-z-]+(?:[’']s?)?){0,3})"
    r"\s(?P<name>[^\W\d_a-zß-öø-ÿ][\w’'&.-]*(?:\s[^\W\d_a-zß-öø-ÿ][\w’'&.-]*){0,3})"
)
"""A noun at the head of a sentence before a name: `Container line Marlow`, `Airline Avianca`."""

OTHER_NAME = re.compile(
    r",\s(?:or\s(?:the\s)?[A-Z]{2,8}|(?:which\sis\s)?(?:(?:also|better|commonly|widely|locally|popularly|otherwise)\s)?"
    r"(?:known|referred\sto|abbreviated|nicknamed|dubbed)(?:\s(?:locally|simply))?(?:\s(?:as|by))?\s(?:the\s)?[“\"‘]?[A-Z].*)$"
)
"""The other name behind a full one: `, or BRC`, `, better known as the Blue Caps`."""

NAME_NOUN = re.compile(
    r"(?P<name>[^\W\d_a-zß-öø-ÿ][\w’'-]*(?:\s[^\W\d_a-zß-öø-ÿ][\w’'-]*)*)\s(?P<noun>party|gang|militia|newspaper|website|portal|daily|weekly"
    r"|newswire|cartel|charity|company|movement|group|coalition|faction|(?:rescue|relief|aid)\s(?:team|group|agency|organi[sz]ation)"
    r"|news\s(?:agency|service|site|outlet))"
)
"""A name before the small noun that says what it is: `the Kesh party`."""

TRADERS = frozenset(
    "miner producer manufacturer developer supplier brewer refiner insurer lender retailer operator automaker carmaker "
    "steelmaker chipmaker drugmaker planemaker truckmaker toymaker tyremaker shipbuilder homebuilder housebuilder "
    "shipyard".split()
)
"""Nouns of firms that are trades of persons too."""


class Explained:
    """Parts the names of one article from the nouns beside them."""

    def __init__(self, text: str, words: ClaimantWords, persons: Mapping[str, Person]) -> None:
        self._text, self._words, self._persons = text, words, persons

    def alone(self, name: str) -> tuple[str, str | None]:
        """A name without the noun that says what bears it, nor whose it is; and that noun, `None` where none does.

        `Orlan Hands, a charity in Kesh` and `a relief group, the Orlan Hands` are Orlan Hands; `Radek’s Kesh party` is Kesh.
        """
        noun = None
        name = SIDED.sub("", name) if self._words.find(name) is None else name
        first, comma, rest = OTHER_NAME.sub("", name).partition(", ")
        name = first + comma + rest
        if comma and EXPLAINS.match(rest) and first[:1].isupper() and not self._is_noun(first):
            name = first
            noun = rest if rest.startswith(("a ", "an ")) else None
        elif comma and OPENS_NAME.match(rest) and self._is_noun(first):
            name, noun = OPENS_NAME.sub(lambda found: found.group()[-1], rest, count=1), first
        owner, mark, owned = name.replace("'", "’").partition("’s ")
        if mark and owned[:1].isupper() and (owner.split()[-1] in self._surnames or self._is_press_of(owner, owned)):
            name = owned
        named = NAME_NOUN.fullmatch(name)
        peoples = self._words.bodies.peoples
        if named is not None and folded_name(named["name"]) in peoples:
            return name, noun
        return (named["name"], named["noun"]) if named is not None else (name, noun)

    def _is_press_of(self, owner: str, owned: str) -> bool:
        """Whether a state stands before a paper or agency that has a name of its own: `Kesh’s Orlan News Agency`."""
        own = owned.partition(" ")[0].casefold() not in self._words.single
        return folded_name(owner) in self._words.bodies.states and own and self.kind_of_body(owned) == ClaimantKind.MEDIA

    def is_explained(self, name: str) -> bool:
        """Whether a noun before a name says what bears it: `the Chilean miner Codelco`, `Airline Avianca`."""
        told = self.noun_before(ARTICLE.sub("", name))
        return told is not None

    def noun_before(self, name: str) -> tuple[str, str] | None:
        """The name behind the small noun that says what bears it, and the noun; `None` where there is none."""
        told = KIND_BEFORE.match(name)
        if told is not None and self.kind_of_noun(told.group()) is not None:
            return name[told.end() :], told.group()
        opens = LED.match(name)
        noun = opens["noun"].casefold() if opens is not None else ""
        if (
            opens is None
            or opens["name"] in self._persons
            or self._words.describe(opens["name"]) is not None
            or not BOUNDARY.isdisjoint(noun.split())
            or (opens["noun"].istitle() and " " not in noun and noun not in NOUNS_END)  # Standard Marlow
        ):
            return None
        return (opens["name"], noun) if self.kind_of_noun(noun) not in (None, ClaimantKind.EXPERT) else None

    def kind_of_noun(self, noun: str) -> str | None:
        """The kind that a noun beside a name tells; that of a trade is a firm’s, for it is beside no person."""
        plain = re.sub(r"\s(?:the\s)?$", "", noun)
        return self.kind_of_body(plain) or (
            ClaimantKind.COMPANY if plain.split()[-1:] and plain.split()[-1] in TRADERS else None
        )

    def kind_of_body(self, noun: str) -> str | None:
        """The kind of the bodies that a noun names; `None` where it names none."""
        described = self._words.describe(noun)
        return described.kind if described is not None and described.part == BODY else None

    @cached_property
    def _surnames(self) -> frozenset[str]:
        """The last words of the persons of the article."""
        return frozenset(name.split()[-1] for name in self._persons)

    def _is_noun(self, phrase: str) -> bool:
        """Whether a phrase says what a body is, and names none: `US-based monitoring group`."""
        last = phrase.rsplit(maxsplit=1)[-1]
        return last.islower() and self.kind_of_body(phrase) is not None

    def named_later(self, phrase: str) -> str | None:
        """The one name that the article prints right behind a phrase with a small noun: `Kesh’s broadcaster Orlan TV`."""
        if not phrase.rsplit(maxsplit=1)[-1].islower() or phrase.islower() or self.kind_of_body(phrase) is None:
            return None
        names = {without_starters(found) for found in re.findall(rf"{re.escape(phrase)}\s({RUN.pattern})", self._text)}
        return names.pop() if len(names) == 1 and names.isdisjoint(self._persons) else None
