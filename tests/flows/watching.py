"""Watches for tests: a story that they find, how they are defined and asked, and their feeds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import feedparser

from copydesk.flows.site.watches.check import Match, check_watches
from copydesk.flows.site.watches.definitions import add_watch, watch_of
from copydesk.warehouse.home import Home

FLOOD = (
    "{title}\n\nBy Ida Ferrell\n{day}\n\nDALLAS — At least {dead} people were killed in Dallas when the river rose, the Harbour "
    "Board said on {weekday}. The board had warned of the storm for days.\n\nAnother 40 people were injured in Houston, and the "
    "fire at the mill by the river was put out in the same night, said the mayor of the town, who has held the post for years.\n"
)


def story(folder: Path, name: str, dead: int, day: str = "May 3, 2024", weekday: str = "Friday") -> None:
    folder.mkdir(exist_ok=True)
    text = FLOOD.format(title=f"The river rises again, count {dead}", day=day, weekday=weekday, dead=dead)
    (folder / name).write_text(text, encoding="utf-8")


def watching(home: Path, **watches: Mapping[str, Any]) -> None:
    for name, values in watches.items():
        add_watch(Home(home), watch_of(name, values, "a test"))


def asked(home: Path, only: str | None = None) -> dict[str, Match]:
    """What each watch finds now; none may fail."""
    faults: list[str] = []
    found = {match.watch.name: match for match in check_watches(Home(home), faults.append, only)}
    assert faults == []
    return found


def feed(home: Path, name: str) -> Any:
    read = feedparser.parse((home / "feeds" / f"{name}.xml").read_bytes())
    assert (read.bozo, read.version) == (False, "atom10")
    return read
