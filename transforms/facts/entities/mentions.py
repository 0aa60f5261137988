"""The names of an article, each where it stands."""

from __future__ import annotations

from copydesk.transforms.facts.entities.things import Entity
from copydesk.transforms.types import Mention


def mention_of(text: str, start: int, end: int, entity: Entity) -> Mention:
    """The mention of a thing at text[start:end]."""
    return Mention(
        text=text[start:end],
        span_start=start,
        span_end=end,
        entity_id=entity.entity_id,
        name=entity.name,
        form="person" if entity.person else "body",
        kind=entity.kind,
        country=entity.country,
        body_id=entity.body.entity_id if entity.body is not None else None,
    )


def apart(mentions: list[Mention]) -> list[Mention]:
    """Mentions without those that begin inside another."""
    kept: list[Mention] = []
    for one in mentions:
        if not kept or one.span_start >= kept[-1].span_end:
            kept.append(one)
    return kept
