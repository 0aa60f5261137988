"""The table of bodies: what is known of states' bodies, armies, agencies and groups, under all their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from copydesk.transforms.names.folding import folded_name, folded_whole, run_by, slug_of
from copydesk.transforms.names.memory import remembered
from copydesk.transforms.names.phrases import ARTICLE

ANY_STATE = "*"
"""In the column `country`: a body that every state may have, such as a ministry of health."""

LEGAL_FORMS = frozenset("inc ltd plc llc corp co company limited sa ag group".split())
LONGEST_ACRONYM = 7
MOST_MET = 20_000
MOST_WORDS = 3
"""Words of the longest name of a people or country at the head of a body's name: `South African`."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its id, its one name here, its kind, its country (ISO 3166 alpha-2, `None` for those of no state)."""

    entity_id: str
    name: str
    kind: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A state: its country code (ISO 3166 alpha-2), its name and the first name of its people."""

    country: str
    name: str
    people: str


@dataclass(frozen=True)
class Bodies:
    """Bodies by folded name: single ones, and those that every state may have, which a printed name joins with the state."""

    single: Mapping[str, Body] = field(default_factory=dict)
    of_states: Mapping[str, Body] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)
    """States by the folded forms of their names."""

    peoples: Mapping[str, State] = field(default_factory=dict)
    """States by the folded names of their people."""

    acronyms: frozenset[str] = frozenset()
    """Folded names that are bodies' in capitals alone: `who said it` names no health organisation."""

    lower: frozenset[str] = frozenset()
    """Folded names that bodies write with a small letter: `flydubai`."""

    capitals: Mapping[str, State] = field(default_factory=dict)
    """States by the folded names of their capitals: `Moscow said` is a government's word."""

    _met: dict[str, Body | None] = field(default_factory=dict, compare=False, repr=False)
    """What `find` found: an article asks for the same names many times."""

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]], states: Iterable[Mapping[str, str]]) -> Bodies:
        """From the rows of `bodies` (name, also, kind, country) and of `states` (country, name, also, people, capitals)."""
        single: dict[str, Body] = {}
        of_states: dict[str, Body] = {}
        acronyms: set[str] = set()
        lower: set[str] = set()
        written: set[str] = set()
        for row in rows:
            any_state = row["country"] == ANY_STATE
            body = Body(slug_of(row["name"]), row["name"], row["kind"], None if any_state else row["country"] or None)
            for name in (row["name"], *filter(None, row["also"].split("|"))):
                (of_states if any_state else single).setdefault(folded_whole(name), body)
                if name.isupper() and len(name) <= LONGEST_ACRONYM:
                    acronyms.add(folded_name(name))
                else:
                    (lower if name[:1].islower() else written).add(folded_name(name))
        names: dict[str, State] = {}
        peoples: dict[str, State] = {}
        capitals: dict[str, State] = {}
        for row in states:
            state = State(row["country"], row["name"], row["people"].partition("|")[0])
            for column, into in (("name", names), ("also", names), ("people", peoples), ("capitals", capitals)):
                for name in filter(None, row[column].split("|")):
                    into.setdefault(folded_name(name), state)
        return cls(
            single=single,
            of_states=of_states,
            states=names,
            peoples=peoples,
            acronyms=frozenset(acronyms - written - lower),
            lower=frozenset(lower),
            capitals=capitals,
        )

    def find(self, name: str) -> Body | None:
        """The body of a printed name; `None` where the table has none.

        A name beside which a country or its people stands is read as that state's body: `Kenya’s health ministry` and `the
        Kenyan Ministry of Health` are one. A country alone is its government.
        """
        return remembered(self._met, name, self._find, MOST_MET)

    def _find(self, name: str) -> Body | None:
        key = folded_name(name)
        bare = ARTICLE.sub("", name)
        if key in self.acronyms and not bare.replace(".", "").isupper():
            return None
        listed = (
            (self.single.get(folded_whole(name)) or self.single.get(folded_whole(run_by(name))) or self._listed(key))
            if key in self.lower or any(letter.isupper() for letter in bare)
            else None
        )
        return listed or self._of_state(key) or self.government(self.states.get(key))

    def _listed(self, key: str) -> Body | None:
        """The single body of a folded name, also without the word for its legal form."""
        found = self.single.get(key)
        head, _, form = key.rpartition(" ")
        return found or (self.single.get(head) if form in LEGAL_FORMS else None)

    def capital(self, name: str) -> Body | None:
        """The government of the state that has its seat in a town."""
        return self.government(self.capitals.get(folded_name(name)))

    def government(self, state: State | None) -> Body | None:
        """The government of a state."""
        general = self.of_states.get("government")
        return self.body_of_state(general, state) if state is not None and general is not None else None

    def _of_state(self, key: str) -> Body | None:
        split = self.split_state(key)
        body = self.of_states.get(split[1]) if split is not None else None
        return self.body_of_state(body, split[0]) if split is not None and body is not None else None

    def split_state(self, key: str) -> tuple[State, str] | None:
        """The state that a folded name begins or ends with, and the rest: `kenyan health ministry` is Kenya’s."""
        words = key.split()
        for count in range(min(MOST_WORDS, len(words) - 1), 0, -1):
            head, tail = " ".join(words[:count]), " ".join(words[-count:])
            state = self.states.get(head) or self.peoples.get(head)
            if state is not None:
                return state, " ".join(words[count:])
            if tail in self.states:
                return self.states[tail], " ".join(_without_joint(words[:-count]))
        return None

    def country_in(self, name: str) -> str | None:
        """The country that a printed name names at its head or its end, if it does."""
        key = folded_name(name)
        split = self.split_state(key)
        state = self.states.get(key) or self.peoples.get(key) or (split[0] if split else None)
        return state.country if state is not None else None

    def body_of_state(self, body: Body, state: State) -> Body:
        """A body that every state has, as that of one state; a row of its own wins."""
        name = f"{state.people} {body.name}" if state.people else f"{body.name} of {state.name}"
        known = self.single.get(folded_name(name))
        return known or Body(f"{state.country.lower()}-{body.entity_id}", name, body.kind, state.country)


def _without_joint(words: list[str]) -> list[str]:
    """Words without `of`, `in` or `for` at their end, and without `the` behind it."""
    words = words[:-1] if len(words) > 1 and words[-1] == "the" else words
    return words[:-1] if len(words) > 1 and words[-1] in ("of", "in", "for") else words
