"""The envelope of an event in the log, which follows CloudEvents 1.0: written as JSON, and read back."""

from __future__ import annotations

import functools
import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import cattrs

from copydesk.warehouse.errors import UnknownEvent
from copydesk.warehouse.events import EVENTS, Event

SPEC = "1.0"
SOURCE = "copydesk"
VERSION = 1
SURROGATE = re.compile("[\ud800-\udfff]")
"""Half letters, which UTF-8 has no place for: a name of a file may hold some."""


@dataclass(frozen=True)
class Recorded:
    """An event as the log holds it: its position (rising, gaps allowed), id and time."""

    position: int
    id: str
    time: datetime
    run_id: str
    event: Event
    envelope: Mapping[str, Any] = field(repr=False, default_factory=dict)


def _converter() -> cattrs.Converter:
    """Turns events into JSON values and back by the declared types of their fields."""
    converter = cattrs.Converter(detailed_validation=False)
    converter.register_unstructure_hook(datetime, lambda value: value.astimezone(UTC).isoformat())
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    # What JSON holds as it is declared is taken as it is: half the time of calling `str` and `int` on each.
    for plain in (str, int, float, bool):
        converter.register_structure_hook(plain, lambda value, _: value)
    as_it_is = (Mapping[str, Any], Mapping[str, int], Mapping[str, str])
    converter.register_structure_hook_func(lambda kind: kind in as_it_is, lambda value, _: value)
    return converter


CONVERTER = _converter()


@functools.cache
def _structure(name: str) -> Callable[[Any, Any], Event]:
    """The function that makes an event of that type of JSON values; looking it up takes as long as calling it."""
    return CONVERTER.get_structure_hook(EVENTS[name])


def encode(event: Event, run_id: str, now: datetime) -> bytes:
    """The CloudEvents envelope of an event as JSON."""
    envelope = {
        "specversion": SPEC,
        "id": str(uuid.uuid4()),
        "source": f"{SOURCE}/{run_id}",
        "type": event.type,
        "subject": event.subject,
        "time": now.astimezone(UTC).isoformat(),
        "dataschema": f"{SOURCE}:{event.type}:{VERSION}",
        "datacontenttype": "application/json",
        "data": CONVERTER.unstructure(event),
    }
    return as_json(envelope)


def as_json(envelope: Mapping[str, Any]) -> bytes:
    """An envelope as the log holds it: compact JSON in UTF-8; a lone surrogate becomes U+FFFD.

    Raises TypeError for a value that JSON cannot hold.
    """
    return SURROGATE.sub("\ufffd", json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))).encode()


def decode(position: int, state: bytes) -> Recorded:
    """The event of an envelope. A field that the envelope lacks, as in one of an older program, has its default.

    Raises UnknownEvent for a type or a version that this program does not know.
    """
    envelope = json.loads(state)
    kind = EVENTS.get(envelope["type"])
    version = int(envelope["dataschema"].rsplit(":", 1)[-1])
    if kind is None or version > VERSION:
        raise UnknownEvent(
            f"The log holds an event {envelope['type']!r} of version {version} at position {position}, which this "
            "program is too old to read. Upgrade copydesk and run the command again; nothing was changed."
        )
    event = _structure(kind.type)(envelope["data"], kind)
    run_id = envelope["source"].partition("/")[2]
    return Recorded(position, envelope["id"], datetime.fromisoformat(envelope["time"]), run_id, event, envelope)
