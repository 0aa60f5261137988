"""The same figure of the same thing is one group over documents, with who stands behind it; a timeline tells what was revised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.warehouse.stories.credits import agencies
from tests.conftest import rows
from tests.told import Told, written

WIRE = (
    "The river Sellin broke its banks in Port Ellery on Sunday and killed 14 people, the harbour police said.\n"
    "Some 340 houses stand in water up to the windows, and the bridge at Sellin Point is closed.\n"
    "Mayor Greta Holm asked for boats from the whole coast, since the lower town can be reached by water alone.\n"
    "The national weather office expects more rain on Tuesday in the hills above Port Ellery."
)
FLOOD = (
    Told("flood", "Coastal Wire", "2024-07-08", "Flood in Port Ellery kills 14", WIRE),
    Told("flood", "Arlen Post", "2024-07-08", "Fourteen die as river bursts its banks", WIRE),
    Told("flood", "Valley Echo", "2024-07-08", "Sellin takes 14 lives", WIRE),
    Told(
        "flood",
        "Kestrel Star",
        "2024-07-08",
        "Lower town under water",
        "Boats crossed the lower town of Port Ellery after the Sellin river had come over its banks on Sunday.\n"
        "At least 14 people have been killed in Port Ellery, the harbour police said.\n"
        "“The water rose faster than we could knock at doors,” Mayor Greta Holm told Coastal Wire.\n"
        "The bridge at Sellin Point is closed until engineers have looked at it.",
    ),
    Told(
        "flood",
        "Tarn Times",
        "2024-07-10",
        "Toll of the Sellin flood rises",
        "A total of 17 people have been killed in Port Ellery since the Sellin river came over its banks, the harbour police "
        "said on Wednesday.\n"
        "Another three people were injured in Port Ellery on Tuesday when a wall fell.\n"
        "Mayor Greta Holm opened the bridge at Sellin Point for lorries with food.\n"
        "The lower town is still under water.",
    ),
)


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of five articles on a flood, three of which are one text, in a home that knows who owns two of the outlets."""
    base = tmp_path_factory.mktemp("flood")
    (base / "home").mkdir()
    (base / "home" / "outlets.csv").write_text(
        "name,kind,owner\nKestrel Star,paper,Norlin Press\nTarn Times,paper,Norlin Press\n", encoding="utf-8"
    )
    settings = Settings(home=base / "home", jobs=1, max_rejects=1.0)
    ingest(settings, FolderSource("test", [written(base / "in", FLOOD)]), {}, Progress())
    return base / "home"


def test_copies_of_one_wire_and_outlets_of_one_owner_are_two_origins(flooded: Path) -> None:
    asked = "SELECT articles, copies, len(outlets), origins, origin_names FROM stories"
    assert rows(flooded, asked) == [(5, 2, 5, 2, ["Coastal Wire", "Norlin Press"])]


def test_the_chain_of_an_article_leads_from_its_outlet_to_its_origin(flooded: Path) -> None:
    found = dict(rows(flooded, "SELECT outlet, (origin, origin_from, chain) FROM origins"))
    assert found["Coastal Wire"] == ("Coastal Wire", "outlet", ["Coastal Wire"])
    assert found["Arlen Post"] == ("Coastal Wire", "reprint", ["Arlen Post", "Coastal Wire"])
    assert found["Kestrel Star"] == ("Norlin Press", "owner", ["Kestrel Star"])


def test_the_chain_of_a_claim_leads_to_who_said_it_and_to_whom(flooded: Path) -> None:
    ((told, chain),) = rows(
        flooded, "SELECT DISTINCT told, chain FROM fact_origins WHERE outlet = 'Kestrel Star' AND kind = 'quote'"
    )
    assert told == "Coastal Wire"
    assert chain == ["Kestrel Star", "Coastal Wire", "Greta Holm"]


def test_one_figure_of_one_thing_is_one_group_with_who_said_it_first(flooded: Path) -> None:
    ((outlets, articles, claimants, origins, hedges, first, reckoning),) = rows(
        flooded,
        "SELECT outlets, articles, claimants, origins, hedges, first_printed_by, reckoning FROM claim_groups "
        "WHERE measure = 'killed' AND value = 14",
    )
    assert outlets == ["Arlen Post", "Coastal Wire", "Kestrel Star", "Valley Echo"]
    assert (articles, claimants, origins, hedges) == (4, ["harbour police"], 1, ["at least"])
    assert (first, reckoning) == ("Coastal Wire", "total")


def test_an_increment_is_no_group_with_a_total(flooded: Path) -> None:
    found = rows(flooded, "SELECT reckoning, value FROM claim_groups WHERE measure = 'injured'")
    assert found == [("increment", 3.0)]


def test_a_timeline_tells_who_printed_which_number_when_and_what_it_revised(flooded: Path) -> None:
    found = rows(
        flooded,
        "SELECT outlet, value, kind, change, value_before, days_since FROM timeline WHERE measure = 'killed' "
        "ORDER BY published_on, value, change",
    )
    assert [(outlet, value, change) for outlet, value, _, change, *_ in found] == [
        ("Coastal Wire", 14.0, "first"),
        ("Kestrel Star", 14.0, "repeats"),
        ("Tarn Times", 17.0, "revises"),
    ]
    assert found[-1][2:] == ("running total", "revises", 14.0, 2)


def test_every_figure_that_is_grouped_is_in_one_group(flooded: Path) -> None:
    asked = "SELECT count(*), count(DISTINCT fact) FROM (SELECT unnest(fact_ids) AS fact FROM claim_groups)"
    ((many, different),) = rows(flooded, asked)
    assert many == different > 5


def test_numbers_of_two_events_at_one_place_are_no_conflict(tmp_path: Path) -> None:
    events = (
        Told(
            "ferry",
            "Arlen Post",
            "2024-06-03",
            "Ferry runs onto rocks",
            "The ferry Marigold ran onto rocks off Port Ellery on Monday, and 12 people were injured in Port Ellery.\n"
            "Captain Jon Aldous said the rudder of the Marigold had jammed.\n"
            "Norlin Lines brought its passengers to the harbour hall.\nThe Marigold was pulled free at high water.",
        ),
        Told(
            "store",
            "Kestrel Star",
            "2024-06-04",
            "Ammonia leaks from cold store",
            "Ammonia leaked from the cold store of Brask Foods, and 20 people were injured in Port Ellery on Monday.\n"
            "Fire chief Odd Melin closed Mill Lane until the ammonia was gone.\n"
            "Brask Foods keeps frozen fish in the store.\nResidents of Mill Lane slept in a school.",
        ),
    )
    home = tmp_path / "home"
    ingest(Settings(home=home, jobs=1), FolderSource("test", [written(tmp_path / "in", events)]), {}, Progress())
    assert rows(home, "SELECT count(DISTINCT story_id), count(*) FROM articles") == [(2, 2)]
    assert len(rows(home, "SELECT value_low FROM figure_series WHERE measure = 'injured' AND place_name = 'Port Ellery'")) == 2
    assert rows(home, "SELECT * FROM figure_conflicts WHERE measure = 'injured'") == []


def test_where_nothing_names_the_outlet_the_host_of_the_address_is_who_prints_it(tmp_path: Path) -> None:
    lines = [
        {
            "url": f"https://www.{host}/news/{number}",
            "title": one.title,
            "date": one.day,
            "text": one.text.replace("\n", "\n\n"),
        }
        for number, (host, one) in enumerate(zip(("arlen-post.example", "echo.example"), (FLOOD[0], FLOOD[4]), strict=True))
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    home = tmp_path / "home"
    ingest(Settings(home=home, jobs=1, max_rejects=1.0), FolderSource("rows", [tmp_path / "in.jsonl"]), {}, Progress())
    assert rows(home, "SELECT outlets, origins FROM stories") == [(["arlen-post.example", "echo.example"], 2)]
    assert rows(home, "SELECT chain[1] FROM origins ORDER BY 1") == [("arlen-post.example",), ("echo.example",)]
    assert rows(home, "SELECT count(*) FROM figure_conflicts WHERE measure = 'killed'") == [(1,)]


@pytest.mark.parametrize(
    ("text", "said_by"),
    [
        ("The bridge is closed.\n\n(Coastal Wire)", "credit"),
        ("The bridge is closed. – Coastal Wire", "credit"),
        ("The bridge is closed.\n\nCOASTAL WIRE video", "credit"),
        ("The bridge is closed.\n\nWith additional reporting by Coastal Wire", "credit"),
        ("The toll is 31, Coastal Wire reported.\n\nThe bridge is closed.", "lead"),
        ("The toll is 31, according to Coastal Wire.\n\nThe bridge is closed.", "lead"),
        ("The mayor told Coastal Wire that the bridge is closed.\n\nIt will stay so.", None),
        ("The bridge is closed.\n\nCoastal Wire reported that it is old.\n\nBoats go over.", None),
        ("The bridge is closed.\n\n(Photo: Ida Ferrell/Coastal Wire via Arlen Post)", None),
    ],
)
def test_an_agency_is_credited_where_it_stands_behind_the_whole(text: str, said_by: str | None) -> None:
    known = agencies([{"outlet_id": "coastalwire.example", "kind": "agency", "names": "Coastal Wire"}])
    credit = known.credit(None, text)
    assert (credit.said_by if credit else None) == said_by
