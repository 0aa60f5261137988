"""Pairs of figures are about one thing: comparable scope, periods that meet, parts and increments apart; each says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from tests.conftest import rows
from tests.told import Told, written

PAGE = """<html><head><title>{title}</title><meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="{day}T09:00:00Z"></head><body><article><h1>{title}</h1>
{paragraphs}
<p>{more}</p></article></body></html>"""

MORE = (
    "The council of the town met in the evening and talked for hours about the road to the harbour, which is closed until the "
    "water has gone.",
    "Shops in the lower streets stayed shut while neighbours carried chairs, books and mattresses out of their cellars into the "
    "light.",
    "Divers went down to the old bridge again at dawn, though the current was strong and the river carried whole trees towards "
    "the sea.",
    "A schoolteacher who had spent the night on a roof said that nobody in her lane had ever seen the river so high or so loud.",
    "Engineers began to look at the dam on Friday and will say by the end of the month whether its northern gate can be mended.",
)
"""What each article tells beside: none is a near copy of another."""

PRINTED = {
    ("Arlen Post", "2024-07-10", "Storm toll passes a new mark"): (
        "More than 3,300 people have been killed in Port Ellery since July 1, including 1,380 children, the regional Ministry "
        "of Health said.",
        "Nearly 7,600 people have been injured in Port Ellery.",
    ),
    ("Sellin Herald", "2024-07-10", "A town buries its dead"): (
        "The storm has pushed the death toll in Port Ellery to over 3,300 men, women and children.",
        "Two prisoners were injured in Port Ellery on Wednesday.",
    ),
    ("Tarn Times", "2024-07-10", "The worst night so far"): (
        "Another 40 people were killed in Port Ellery on Wednesday, the harbour police said.",
        "Some 1,500 children have been killed in Port Ellery since July 1.",
    ),
    ("Kestrel Star", "2024-07-10", "Police count the dead of the storm again"): (
        "At least 2,900 people have been killed in Port Ellery since July 1.",
    ),
    ("Arlen Post", "2024-07-12", "Toll rises once more"): (
        "A total of 3,410 people have been killed in Port Ellery since July 1, the regional Ministry of Health said on Friday.",
    ),
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of five articles on one storm."""
    base = tmp_path_factory.mktemp("storm")
    (base / "in").mkdir()
    for number, ((outlet, day, title), paragraphs) in enumerate(PRINTED.items()):
        text = PAGE.format(
            outlet=outlet, day=day, title=title, paragraphs="\n".join(f"<p>{one}</p>" for one in paragraphs), more=MORE[number]
        )
        (base / "in" / f"{number}.html").write_text(text, encoding="utf-8")
    ingest(Settings(home=base / "home", jobs=1), FolderSource("test", [base / "in"]), {}, Progress())
    return base / "home"


def pairs(home: Path, measure: str) -> set[tuple[str, frozenset[str]]]:
    """The relation of every pair of a measure, and its texts."""
    asked = f"SELECT relation, text_a, text_b FROM figure_conflicts WHERE measure = '{measure}'"
    return {(relation, frozenset((one, other))) for relation, one, other in rows(home, asked)}


def test_totals_stand_against_totals_and_neither_parts_nor_increments(printed: Path) -> None:
    whole, again, fewer = "More than 3,300 people", "over 3,300 men, women and children", "At least 2,900 people"
    assert pairs(printed, "killed") == {
        ("agrees", frozenset((whole, again))),
        ("differs", frozenset((whole, fewer))),
        ("differs", frozenset((again, fewer))),
        ("revises", frozenset((whole, "3,410 people"))),
        ("differs", frozenset((again, "3,410 people"))),
        ("differs", frozenset((fewer, "3,410 people"))),
        ("differs", frozenset(("1,380 children", "Some 1,500 children"))),
    }
    assert pairs(printed, "injured") == set()


def test_a_revision_is_told_from_the_earlier_to_the_later_word_with_its_reason(printed: Path) -> None:
    asked = "SELECT text_a, text_b, as_of_a, as_of_b, why FROM figure_conflicts WHERE relation = 'revises'"
    ((before, after, first, last, why),) = rows(printed, asked)
    assert (before, after, why) == ("More than 3,300 people", "3,410 people", "the same claimant 2 days later")
    assert (str(first), str(last)) == ("2024-07-10", "2024-07-12")


def test_a_period_without_an_end_goes_on_until_the_day_of_printing(printed: Path) -> None:
    asked = "SELECT DISTINCT as_of, as_of_start FROM figure_series WHERE text = 'More than 3,300 people'"
    assert [tuple(map(str, row)) for row in rows(printed, asked)] == [("2024-07-10", "2024-07-01")]


def test_every_pair_says_why(printed: Path) -> None:
    assert rows(printed, "SELECT count(*) FROM figure_conflicts WHERE why IS NULL") == [(0,)]


def test_the_pairs_of_the_seeds_are_those_that_a_careful_reader_lists(shared: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    ingest(Settings(home=home, jobs=1, max_rejects=1.0), FolderSource("seeds", [shared / "seeds"]), {}, Progress())
    found = rows(home, "SELECT relation, measure, least(low_a, low_b), greatest(low_a, low_b) FROM figure_conflicts")
    assert set(found) == {
        ("agrees", "killed", 33_000.0, 33_000.0),
        ("differs", "sheltering", 1_400_000.0, 1_500_000.0),
        ("differs", "killed", 6.0, 7.0),  # the aid workers of one strike: seven, and six Western ones
    }


BLAST = (
    Told(
        "blast",
        "Arlen Post",
        "2024-07-10",
        "Gas main explodes under Marlow Hall",
        "A gas main exploded under Marlow Hall in Dallas on Tuesday and killed 31 people, Fire Marshal Ada Norling said.\n"
        "Nine people were killed in the cellar of Marlow Hall, where a choir was singing.\n"
        "Norling closed Bridge Street in Dallas until the gas company Brask Pipes has found the leak.\n"
        "An explosion killed 55 people in Dallas when the old Marlow Hall burned down.",
    ),
    Told(
        "blast",
        "Sellin Herald",
        "2024-07-10",
        "Choir dies as Marlow Hall is torn apart",
        "The explosion of Marlow Hall has killed 31 people in Texas.\n"
        "Fire Marshal Ada Norling said the choir had been singing in the cellar when the gas main of Brask Pipes burst.\n"
        "Bridge Street stays closed. Dozens of people were killed in Texas by such leaks, the union of fire fighters said.",
    ),
    Told(
        "blast",
        "Tarn Times",
        "2024-07-11",
        "Brask Pipes under scrutiny after Marlow Hall",
        "At least 34 people were killed in Texas when a gas main of Brask Pipes exploded under Marlow Hall.\n"
        "Fire Marshal Ada Norling has asked Brask Pipes for the plans of Bridge Street.\n"
        "The choir of Marlow Hall was to sing in Norlin on Sunday.",
    ),
)


@pytest.fixture(scope="module")
def blast(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of three articles on one explosion, in a town and in the state that it lies in."""
    base = tmp_path_factory.mktemp("blast")
    ingest(Settings(home=base / "home", jobs=1), FolderSource("test", [written(base / "in", BLAST)]), {}, Progress())
    assert rows(base / "home", "SELECT count(*) FROM stories") == [(1,)]
    return base / "home"


def test_a_town_and_the_state_that_it_lies_in_are_one_place_of_one_event(blast: Path) -> None:
    asked = "SELECT relation, place_name, place_a = place_b, days_apart FROM figure_conflicts WHERE low_a = 31 AND low_b = 31"
    assert rows(blast, asked) == [("agrees", "Dallas", False, 1)]


def test_a_count_of_another_day_differs_and_contradicts_nothing(blast: Path) -> None:
    asked = "SELECT relation, days_apart, why FROM figure_conflicts WHERE 34 IN (low_a, low_b) ORDER BY days_apart"
    assert rows(blast, asked) == [("differs", days, f"of days {days} apart: the count may have changed") for days in (1, 2)], (
        "the day of the explosion and the day before are those that the others are about"
    )


def test_the_count_of_an_event_is_not_compared_with_some_of_it_or_with_an_earlier_one(blast: Path) -> None:
    printed = {value for pair in rows(blast, "SELECT low_a, low_b FROM figure_conflicts") for value in pair}
    assert printed == {31.0, 34.0}, "neither the nine of the cellar, nor the 55 of the old hall, nor dozens"
