"""The things that names stand for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entity:
    """Who a name stands for: its id, its one name, its kind, its country, whether it is a person, and whose word it gives."""

    entity_id: str
    name: str
    kind: str
    country: str | None = None
    person: bool = False
    body: Entity | None = None


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body named at text[start:end]."""

    start: int
    end: int
    entity: Entity
