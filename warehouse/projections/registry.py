"""Which function changes the folded state by which event, and the SQL that these functions have in common."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any, TypeVar

from copydesk.warehouse.envelopes import Recorded
from copydesk.warehouse.events import Event

E = TypeVar("E", bound=Event)
Handler = Callable[[sqlite3.Connection, E, Recorded], None]
"""Changes the state by an event; the record has its position and time."""

_HANDLERS: dict[type[Event], Handler[Any]] = {}


def on(kind: type[E]) -> Callable[[Handler[E]], Handler[E]]:
    """Registers a function as what events of that kind do."""

    def register(function: Handler[E]) -> Handler[E]:
        _HANDLERS[kind] = function
        return function

    return register


def apply(db: sqlite3.Connection, recorded: Recorded) -> None:
    """Changes the state by one event of the log."""
    _HANDLERS[type(recorded.event)](db, recorded.event, recorded)


@functools.cache
def insert_statement(table: str, columns: str, verb: str = "INSERT") -> str:
    """A statement that inserts one row with these columns; each takes the parameter of its name.

    >>> insert_statement("dead", "output_id cause")
    'INSERT INTO dead (output_id, cause) VALUES (:output_id, :cause)'
    """
    names = columns.split()
    return f"{verb} INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"


def replace_statement(table: str, columns: str) -> str:
    return insert_statement(table, columns, "INSERT OR REPLACE")


def time_of(recorded: Recorded) -> str:
    return recorded.time.astimezone(UTC).isoformat()


def values_of(event: Event, recorded: Recorded, **more: Any) -> Mapping[str, Any]:
    """The parameters of a statement: the fields of the event, its `position`, its time `at`, and `more` beside or instead."""
    return {**vars(event), "position": recorded.position, "at": time_of(recorded), **more}
