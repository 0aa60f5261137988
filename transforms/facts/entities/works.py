"""Whose a report, study or poll is: the body that made it."""

from __future__ import annotations

import re

from copydesk.transforms.facts.entities.organisations import Organisations
from copydesk.transforms.facts.entities.things import Entity
from copydesk.transforms.facts.entities.written import DEFINITE, capital_runs
from copydesk.transforms.names.heads import BODY
from copydesk.transforms.names.kinds import ClaimantWords, Described
from copydesk.transforms.vocabulary import ClaimantKind

OBTAINED = re.compile(r"\b(?:obtained|seen|reviewed|viewed|leaked|shared|read|cited|quoted|reported)\s+(?:by|with|to|in)\b.*$")
OWNED = re.compile(r"(?P<owner>[^,]*?[A-Z][^,]*?)(?:[’']s|[’'](?=\s))\s+(?P<rest>[^,]+)$")
MADE = re.compile(r"\b(?:by|from|of|for|at)\s+(?P<maker>(?:the\s+)?[^,(]*[A-Z][^,(]*)")


class Works:
    """The works of one article that say something, in the order in which they are asked for."""

    def __init__(self, words: ClaimantWords, bodies: Organisations) -> None:
        self._words, self._bodies = words, bodies
        self._made: list[tuple[str, Entity]] = []

    def of(self, written: str, described: Described, at: int) -> tuple[Entity | None, str]:
        """Whose a report, study or poll is: the body in its name, else that of the last work of its noun."""
        maker = self._maker(written)
        if maker is not None:
            kind = described.kind if described.kind == ClaimantKind.EXPERT and maker.kind != ClaimantKind.MEDIA else maker.kind
            kind = maker.kind if maker.kind != ClaimantKind.OTHER else kind
            self._made.append((described.head, maker))
            return maker, kind
        told = self._words.describe(described.body) if described.body and described.body.islower() else None
        if told is not None and told.part == BODY and told.kind == described.kind:
            stands = self._bodies.definite(described.body or "", at)
            if stands is not None and told.kind in (ClaimantKind.OTHER, stands.kind):
                return stands, stands.kind
            return Entity("", described.body or "", told.kind), told.kind
        if DEFINITE.match(written):
            last = next((entity for head, entity in reversed(self._made) if head == described.head), None)
            if last is not None:
                return last, last.kind
        return None, described.kind

    def _maker(self, written: str) -> Entity | None:
        """The body that made a work: `a Haaretz report`, `a report from Canada’s auditor general`, `Oxfam’s study`."""
        written = OBTAINED.sub("", written)
        texts = [match.group("owner") for match in OWNED.finditer(written)]
        texts += [match.group("maker") for match in MADE.finditer(written)]
        texts += [" ".join(run) for run in capital_runs(re.split(r"\s(?:in|on|about|into|that|published)\s", written)[0])]
        makers = (entity for text in texts if (entity := self._bodies.entity(text)) is not None)
        return next((maker for maker in makers if maker.entity_id.rpartition("-")[2] != "government"), None)
