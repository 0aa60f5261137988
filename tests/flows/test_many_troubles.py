"""A source of two hundred items of which every fifth is bad, each in a way of its own: one run takes in all the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.flows.runs.run import TooManyRejects
from copydesk.flows.sources.folder import FolderSource
from tests.conftest import Ingest, rows
from tests.flows.troubles import LIMIT, WAYS
from tests.texts import distinct

GOOD = 4


def written(folder: Path, name: str, first: int = 1) -> Path:
    place = folder / name
    WAYS[name](place, [distinct(number) for number in range(first, first + GOOD)])
    return next(path for path in folder.iterdir() if path.name.split(".")[0] == name)


@pytest.mark.parametrize("name", WAYS)
def test_one_bad_item_is_one_reject_and_its_neighbours_come_in(name: str, tmp_path: Path) -> None:
    source = FolderSource("t", [written(tmp_path, name)])
    contents = [found.read(LIMIT) for found in source.discover()]
    headlines = {distinct(number).split("\n")[0] for number in range(1, 1 + GOOD)}
    assert len(contents) == GOOD + 1
    told = [content.detail for content in contents if content.problem]
    assert all(told)
    assert len(told) <= 1
    taken = [content.data.decode("utf-8", "replace") for content in contents if not content.problem]
    assert headlines == {line for line in headlines if any(line in text for text in taken)}


def test_two_hundred_items_of_which_forty_are_bad_in_forty_ways(take: Ingest, tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    ways = list(WAYS)[:40]
    for place, name in enumerate(ways):
        written(folder, name, 1 + GOOD * place)
    with pytest.raises(TooManyRejects):
        take(folder, max_rejects=0.19, max_bytes=LIMIT)
    told = rows(home, "SELECT source_uri, reason, detail FROM rejects ORDER BY 1")
    counted = rows(home, "SELECT status, count(*) FROM documents GROUP BY 1 ORDER BY 1")
    assert counted == [("ingested", 160), ("rejected", 40)], told
    assert all(detail.strip() for _, _, detail in told)
    assert not {"failed", "expectation"} & {reason for _, reason, _ in told}
    for name in ways:
        assert sum(f"/{name}" in address for address, _, _ in told) == 1, name
    again = take(folder, max_rejects=0.2, max_bytes=LIMIT)
    assert (again.tally.counts["received"], again.tally.counts["ingested"], again.tally.counts["rejected"]) == (0, 0, 0)
    assert rows(home, "SELECT source_uri, reason, detail FROM rejects ORDER BY 1") == told
