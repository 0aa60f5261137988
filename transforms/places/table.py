"""The table of the world's places, looked up in the file as it is: lines in the order of their keys, halved until one fits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from mmap import mmap

from copydesk.transforms.places import Place, place_key


@dataclass(frozen=True, eq=False)
class GazetteerTable:
    """Places by key in `lines`: UTF-8 text of `seeds/gazetteer/places.tsv`, as bytes or a file mapped into memory."""

    lines: bytes | mmap

    def candidates(self, key: str) -> tuple[Place, ...]:
        """The places of a key (see `place_key`), none where the table has none."""
        return _candidates(self, key)


@lru_cache(16384)
def _candidates(table: GazetteerTable, key: str) -> tuple[Place, ...]:
    wanted = key.encode() + b"\t"
    low, high = 0, len(table.lines)
    while low < high:
        middle = (low + high) // 2
        start = table.lines.rfind(b"\n", low, middle) + 1 or low
        end = table.lines.find(b"\n", start) + 1 or len(table.lines)
        if table.lines[start:end] < wanted:
            low = end
        else:
            high = start
    found = []
    while table.lines[low : low + len(wanted)] == wanted:
        end = table.lines.find(b"\n", low) + 1 or len(table.lines)
        found.append(_place(table.lines[low:end].decode(), key))
        low = end
    return tuple(found)


DIVISION = re.compile(
    r"[\s-](?:[Oo]blast[’']?|[Kk]ray|[Oo]krug|[Rr]ayon|[Oo]blysy|Sheng|Shi|Xian|Zizhiqu|Qu|si|gun|gu|do|dong|ri|gwangyeoksi|teukbyeolsi"
    r"|[Kk]raj|novads|pagasts|apskritis|miestas|kommun|[Ll]än)$"
)
"""Nouns of divisions in other languages at the end of a name: news in English prints `Kamchatka`, not `Kamchatskiy kray`."""


def _name(name: str, key: str) -> str:
    """The name of a place that was looked up by a key: without the noun of its division, where the key lacks it.

    >>> _name("Hwaseong-si", "hwaseong"), _name("Kamchatskiy kray", "kamchatka"), _name("Sarn Sheng", "sarn sheng")
    ('Hwaseong', 'Kamchatka', 'Sarn Sheng')
    """
    noun = DIVISION.search(name)
    if noun is None or place_key(name) == key:
        return name
    bare = name[: noun.start()]
    return bare if place_key(bare) == key else key.title()


def _place(line: str, key: str) -> Place:
    """The place of a line of the table, under the name that goes with the key it was looked up by."""
    _, number, name, kind, country, first, second, people, latitude, longitude = line.rstrip("\n").split("\t")
    return Place(
        name=_name(name, key),
        country_code=country or None,
        latitude=float(latitude),
        longitude=float(longitude),
        weight=float(people),
        kind=kind,
        place_id=int(number),
        admin1=first or None,
        admin2=second or None,
    )
