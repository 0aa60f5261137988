"""Whose word somebody gives whose office names no body, or one by a noun alone: `its president`, `the union’s secretary`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from copydesk.transforms.facts.entities.organisations import Organisations
from copydesk.transforms.facts.entities.person import Person
from copydesk.transforms.facts.entities.things import Entity
from copydesk.transforms.names.folding import folded_name
from copydesk.transforms.names.heads import BODY, SPEAKS
from copydesk.transforms.names.kinds import ClaimantWords, Described
from copydesk.transforms.names.phrases import ARTICLE, STRONG
from copydesk.transforms.vocabulary import ClaimantKind

OWNED_BY_IT = re.compile(r"^(?:its|their)\s", re.IGNORECASE)
OWNER = re.compile(r"[’']s?(?=\s)")
SOLE = frozenset(
    "spokesman spokeswoman spokesperson chairman chairwoman chairperson chair director secretary-general coordinator "
    "commissioner-general director-general".split()
) | {
    "executive director",
    "managing director",
    "country director",
    "regional director",
    "general director",
    "director general",
    "deputy director",
    "secretary general",
    "general secretary",
    "vice chairman",
    "deputy chairman",
}
"""Offices that the body has which was quoted before, where nothing says whose they are."""

COMMISSIONERS = frozenset(("commissioner", "commissioners"))
"""Offices of the commission that was quoted before."""

NEAR = 400
"""Characters before somebody in which the body is named, where the office does not name it."""

VOICES = frozenset(("press secretary", "press officer", "press chief"))
"""Offices that states have and others too, which speak for the body that is named beside them."""

OWN_OFFICES = frozenset((ClaimantKind.COMPANY, ClaimantKind.ARMED_GROUP))
"""Kinds of bodies whose officers for finance or health are no state’s."""


class Employers:
    """The bodies behind the offices of one article."""

    def __init__(self, words: ClaimantWords, bodies: Organisations) -> None:
        self._words, self._bodies = words, bodies
        self._said: list[tuple[int, Entity]] = []

    def take_up(self, sources: Iterable[tuple[str, int]]) -> None:
        """Takes up the sources of an article that are bodies: as written, with where they stand."""
        for written, at in sorted(set(sources), key=lambda one: (one[1], one[0])):
            noun = ARTICLE.sub("", written)
            body = self._bodies.definite(noun, at) if noun.islower() and len(noun.split()) < 3 else self._bodies.entity(written)
            if body is not None and body.kind != ClaimantKind.MEDIA:
                self._said.append((at, body))

    def behind(self, one: Person) -> Entity | None:
        """The body whose word a person gives; `None` where nothing tells it."""
        first = one.starts[0] if one.starts else 0
        office = one.office
        if one.body and office is not None:
            body = self.named(one.body, first)
            if body is None and office.head.endswith("minister"):
                return self._state_before(one.body)
            return None if body is not None and office.open and self._is_adjective(office, body) else body
        return self._of_office(one, office, first)

    def beside_rank(self, one: Person) -> Entity | None:
        """The body that somebody with a rank speaks for by another office: `its head, Captain Fisk`."""
        posts = [office for office in one.offices if office.part == SPEAKS and office.open]
        first = one.starts[0] if one.starts else 0
        return next((body for post in posts if (body := self._of_office(one, post, first)) is not None), None)

    def _of_office(self, one: Person, office: Described | None, first: int) -> Entity | None:
        """The body of an office that names none, of somebody who is first named at an offset."""
        if office is None or not office.open:
            return None
        text = next((text for text, told in zip(one.texts, one.offices, strict=False) if told is office), "")
        if OWNED_BY_IT.match(text):
            return self.last_before(first)
        if office.head in COMMISSIONERS and not OWNER.search(text):
            body = self.last_before(first)
            return body if body is not None and "commission" in folded_name(body.name).split() else None
        bare = office.head in SOLE and office.kind == ClaimantKind.OTHER and not OWNER.search(text)
        bare = bare and len(text.split()) <= len(office.head.split()) + 1
        return self.last_before(first, NEAR) or self._near(first) if bare else None

    def of_unnamed(self, written: str, described: Described, at: int) -> Entity | None:
        """The body of an office as written, without a name: `a Brell representative`, `its spokesman`."""
        if described.body:
            return self.named(described.body, at)
        return self.last_before(at) if described.open and OWNED_BY_IT.match(written) else None

    def kind_of(self, kind: str, office: Described, body: Entity | None) -> str:
        """The kind of an office beside the body behind it, which tells where the office alone does not."""
        if body is None or kind in STRONG:
            return kind
        noun = office.body is not None and self._is_noun(office.body)
        voice = office.part == SPEAKS or office.head in VOICES
        speaks = voice and (noun or kind == ClaimantKind.OTHER or self._is_of(office, body))
        return body.kind if speaks or (office.open and not self._is_adjective(office, body)) else kind

    def _is_of(self, office: Described, body: Entity) -> bool:
        """Whether an office is named as that of a firm, an army or a group, whatever it is for: `Marlow’s finance chief`."""
        named = office.body is not None and not office.body.islower() and not body.entity_id.endswith("-government")
        return named and (body.kind in OWN_OFFICES or office.head in VOICES)

    def _is_adjective(self, office: Described, body: Entity) -> bool:
        """Whether a party’s people stand before an office that is not the party’s: `a Republican president`."""
        text = office.body
        if text is None or body.kind != ClaimantKind.OTHER or office.part == SPEAKS:
            return False
        return not text.isupper() and not self._is_noun(text) and folded_name(text) != folded_name(body.name)

    def named(self, text: str, at: int) -> Entity | None:
        """The body of an office: by its name, its people, or the noun that stands for one named before: `at the institute`."""
        noun = ARTICLE.sub("", text)
        small = noun.islower() and len(noun.split()) < 3
        stands = self._bodies.definite(noun.casefold(), at) if small or self._is_noun(text) else None
        return stands or self._bodies.entity(text) or self._state(text) or self._bodies.opened_by(text, at)

    def _is_noun(self, text: str) -> bool:
        """Whether a text is one noun that stands for bodies: `union`, `Foundation`."""
        noun = ARTICLE.sub("", text).casefold()
        return " " not in noun and not text.isupper() and self._words.phrases.get(noun, ("",))[0] == BODY

    def last_before(self, at: int, reach: int | None = None) -> Entity | None:
        """The last body before an offset that said something, within a reach in characters."""
        place = bisect_left(self._said, at, key=lambda one: one[0])
        if not place or (reach is not None and self._said[place - 1][0] < at - reach):
            return None
        return self._said[place - 1][1]

    def _near(self, at: int) -> Entity | None:
        """The last body named a little before an offset, of those that have spokesmen."""
        near = [found.entity for found in self._bodies.mentions if at - NEAR < found.start < at]
        return next((body for body in reversed(near) if body.kind not in (ClaimantKind.MEDIA, ClaimantKind.OTHER)), None)

    def _state_before(self, charge: str) -> Entity | None:
        """The government of the state that opens the charge of a minister: `Kenyan harbours`."""
        split = self._words.bodies.split_state(folded_name(charge))
        body = self._words.bodies.government(split[0]) if split is not None else None
        return Entity(body.entity_id, body.name, body.kind, body.country) if body is not None else None

    def _state(self, people: str) -> Entity | None:
        """The government of a people: `an Israeli official`."""
        bodies = self._words.bodies
        body = bodies.government(bodies.peoples.get(folded_name(people)))
        return Entity(body.entity_id, body.name, body.kind, body.country) if body is not None else None
