"""Pages of names and places at the desk: what they show is what the views hold, and what is decided is what the command decides."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from copydesk.flows.cli import main
from copydesk.flows.runs.run import Progress, open_run
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.chart import NEAR, chart_of
from copydesk.flows.site.desk.maps import map_of
from copydesk.flows.site.desk.outlines import View, world
from tests.conftest import rows
from tests.flows.desks import AskedDesk, query_of


def ruled(home: Path) -> list[dict[str, object]]:
    """The events of decisions about names."""
    return [json.loads(row[0]) for row in rows(home, "SELECT data FROM events WHERE type = 'entity.ruled' ORDER BY position")]


def most_said(home: Path, condition: str = "true") -> str:
    sql = f"SELECT entity_id FROM entities WHERE facts > 2 AND {condition} ORDER BY facts DESC, entity_id LIMIT 1"
    return str(rows(home, sql)[0][0])


# Entities


def test_an_entity_shows_what_the_views_hold(desk: AskedDesk, home: Path) -> None:
    entity = most_said(home)
    page = desk.get(f"entities/{entity}")
    ((name, aliases, facts),) = rows(home, f"SELECT name, aliases, facts FROM entities WHERE entity_id = '{entity}'")
    assert f'<h1 dir="auto">{name}</h1>' in page
    assert f"{facts} claims on" in page
    assert all(alias in page for alias in aliases)
    said = rows(home, f"SELECT outlet, figures, quotes, statements FROM claimants WHERE entity_id = '{entity}'")
    assert said
    for outlet, *numbers in said:
        told = page.partition(f">{outlet}</a></td>")[2].partition("</tr>")[0]
        assert re.findall(r'class="number"[^>]*>(\d+)<', told)[:3] == [str(number) for number in numbers]
    for (fact,) in rows(home, f"SELECT fact_id FROM facts WHERE claimant_id = '{entity}' AND kind = 'figure'"):
        assert f'#{fact.rpartition("-")[2]}"' in page
    assert {row["fact_id"] for row in desk.json(f"facts.json?entity={entity}")} == {
        row[0] for row in rows(home, query_of(page).replace("*", "fact_id"))
    }
    assert "There is no such name now" in desk.get("entities/nobody.other", 404)


def test_names_are_found_by_any_of_their_letters(desk: AskedDesk, home: Path) -> None:
    wanted = {row[0] for row in rows(home, "SELECT entity_id FROM entities WHERE name ILIKE '%marrow%'")}
    assert wanted
    assert {row["entity_id"] for row in desk.json("entities.json?q=MARROW")} == wanted
    completed = desk.client.get(f"{desk.keys.root}/complete/entities?q=marr").json()
    assert {row["value"] for row in completed} == wanted
    assert desk.client.get(f"{desk.keys.root}/complete/entities?q=m").json() == [], "one letter is no name"
    assert desk.client.get(f"{desk.keys.root}/complete/nothing?q=ma").status_code == 404


def test_what_is_decided_is_the_event_that_the_command_writes(own: AskedDesk) -> None:
    entity, other = most_said(own.home), most_said(own.home, "form = 'person'")
    alias = rows(own.home, f"SELECT aliases[1] FROM entities WHERE entity_id = '{entity}'")[0][0]
    own.send(f"entities/{entity}", action="split", alias=alias, called="Another Ministry", why="as printed there")
    own.send(f"entities/{entity}", action="rename", name="The Ministry of the Region", why="its own name")
    own.send(f"entities/{entity}", action="kind", kind="government", why="it governs")
    own.send(f"entities/{other}", action="merge", other=entity, why="speaks for it")
    own.send(f"entities/{entity}", action="undo", why="not so")
    own.send(f"entities/{other}", action="undo", why="not so")
    written = ruled(own.home)
    at = ["--home", str(own.home)]
    for line in (
        ["split", entity, "--printed", alias, "--called", "Another Ministry", "--why", "as printed there"],
        ["rename", entity, "The Ministry of the Region", "--why", "its own name"],
        ["kind", entity, "government", "--why", "it governs"],
        ["merge", other, entity, "--why", "speaks for it"],
        ["undo", entity, "--why", "not so"],
        ["undo", other, "--why", "not so"],
    ):
        assert main(["entity", *line, *at]) == 0
    assert ruled(own.home)[len(written) :] == written
    assert [event["action"] for event in written] == ["split", "rename", "kind", "merge", "undo", "undo"]


def test_a_merge_by_name_is_seen_at_once_with_who_and_why_and_taken_back(own: AskedDesk) -> None:
    entity, into = most_said(own.home, "form = 'person'"), most_said(own.home, "form = 'body'")
    answer = own.send(f"entities/{entity}", action="merge", other=into, why="one office", who="Ada Märtens")
    page = own.follow(answer)
    assert f"Merged {entity}." in page
    assert f'entities/{entity}"' in page, "what came into it is named"
    gone = own.get(f"entities/{entity}")
    assert "Nobody has this id now" in gone
    assert "one office" in gone and "Ada Märtens" in gone
    own.follow(own.send(f"entities/{entity}", action="undo", why="two after all"))
    assert "Nobody has this id now" not in own.get(f"entities/{entity}")


def test_what_cannot_be_decided_is_refused_with_what_was_typed_kept(own: AskedDesk) -> None:
    entity = most_said(own.home, "form = 'person'")
    for given, told in (
        ({"action": "merge", "other": "Ministry of Health"}, "More than one is called"),
        ({"action": "merge", "other": "Nobody Known"}, "Nobody here is called"),
        ({"action": "merge", "other": ""}, "Give the name or the id"),
        ({"action": "merge", "other": entity}, "is that already"),
        ({"action": "rename", "name": "\u200b"}, "is no name"),
        ({"action": "rename", "name": ""}, "Give the name"),
        ({"action": "kind", "kind": "wizard"}, "is no kind of claimant"),
        ({"action": "split"}, "Give the printed name"),
        ({"action": "split", "alias": "Somebody Else", "called": "X Y"}, "is no name of"),
        ({"action": "undo"}, "nothing to take back"),
        ({"action": "shout"}, "Say what to decide"),
        ({"action": "rename", "name": "A B", "why": "x" * 1001}, "up to 1000 are kept"),
    ):
        page = own.send(f"entities/{entity}", 400, **{"who": "Kept Name", **given}).text
        assert told in page.replace("&#39;", "'"), given
        assert 'value="Kept Name"' in page
    own.client.post(f"{own.keys.root}/entities/{entity}", data={"action": "rename", "name": "A B", "token": "x"})
    assert ruled(own.home) == []


def test_while_a_run_has_the_home_nothing_is_decided_and_it_says_so(own: AskedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copydesk.flows.site.desk.base.WAIT", 0.0)
    entity = most_said(own.home)
    with open_run(Settings(home=own.home, jobs=1), "a long run", {}, Progress()):
        page = own.send(f"entities/{entity}", 409, action="rename", name="Kept Name").text
        assert "a long run run" in page
        assert 'value="Kept Name"' in page
    assert ruled(own.home) == []


# Places


def test_a_place_shows_its_figures_its_parents_and_a_map(desk: AskedDesk, home: Path) -> None:
    ((key, region, figures),) = rows(home, "SELECT place_id, admin1, figures FROM places WHERE name = 'Kisumu'")
    led = desk.client.get(f"{desk.keys.root}/places/named?name=kisumu").headers["location"]
    assert led == f"{desk.keys.root}/places/{key}"
    page = desk.get(f"places/{key}")
    assert f"{figures} figures in 1 article" in page
    assert region in page and "Kenya" in page
    assert '<path class="land" d="M' in page
    assert page.count("<circle") == 1
    for measure, text in rows(home, f"SELECT measure, text FROM figures WHERE place_id = {key}"):
        assert text in page
        assert (
            f"series?{urlencode({'measure': measure, 'unit': 'people', 'rate': '-', 'placed': key})}".replace("&", "&amp;")
            in page
        )
    assert {row["fact_id"] for row in desk.json(f"facts.json?kind=figure&placed={key}")} == {
        row[0] for row in rows(home, f"SELECT fact_id FROM figures WHERE place_id = {key}")
    }
    everywhere = desk.get("places")
    assert f'/places/{key}" aria-label' in everywhere
    assert "Natural Earth" in everywhere


def test_a_place_that_the_gazetteer_lacks_has_a_page_without_a_map(desk: AskedDesk) -> None:
    led = desk.client.get(f"{desk.keys.root}/places/named?name=Port+Ellery").headers["location"]
    page = desk.get(led.removeprefix(desk.keys.root + "/"))
    assert "The gazetteer has none of this name" in page
    assert "<svg" not in page
    assert "There is no figure about such a place now" in desk.get("places/-?name=Nowhere", 404)
    assert "There is no figure about such a place now" in desk.get("places/12", 404)
    assert desk.client.get(f"{desk.keys.root}/places/named?name=Nowhere").headers["location"].endswith("/places?q=Nowhere")


def test_a_fact_and_an_article_lead_to_names_and_places(desk: AskedDesk, home: Path) -> None:
    ((article, key),) = rows(
        home, "SELECT DISTINCT article_id, place_id FROM facts WHERE place_name = 'Mombasa' AND kind = 'figure'"
    )
    (claimant,) = rows(home, "SELECT claimant_id FROM facts WHERE place_name = 'Mombasa' AND kind = 'figure' LIMIT 1")[0]
    for page in (desk.get(f"articles/{article}"), desk.get(f"facts?article={article}")):
        assert f'{desk.keys.root}/places/{key}"' in page
        assert f'{desk.keys.root}/entities/{claimant}"' in page


@pytest.mark.parametrize("longitude", [-180.0, -170.0, 0.0, 179.0])
def test_land_is_drawn_in_a_map_of_any_part_of_the_world(longitude: float) -> None:
    """The picture of land goes on over the line of dates: no line crosses it from edge to edge."""
    row = {"longitude": longitude, "latitude": 66.0, "precision": "country", "name": "here", "figures": 1, "country_code": None}
    made = map_of([row], about=row)
    assert made is not None
    points = [[tuple(map(float, one.split(","))) for one in part.split(" ")] for part in re.split("[MZ]+", made.land) if part]
    longest = max((abs(b[0] - a[0]) for part in points for a, b in pairwise(part)), default=0.0)
    assert points
    assert longest < made.width / 2


def test_the_outlines_are_whole() -> None:
    view = View(west=-180, north=84, scale_x=2, scale_y=3, width=720, height=430)
    assert len(world().countries) > 200
    assert world().land_in(view).count("Z") > 50
    assert {name for name, _, _ in world().names_in(view)} >= {"Kenya", "Brazil", "Canada"}


# Series


def test_a_series_draws_the_figures_of_the_view_and_never_two_units_in_one_chart(desk: AskedDesk, home: Path) -> None:
    asked = {"measure": "killed", "place": "Port Ellery"}
    page = desk.get(f"series?{urlencode(asked)}")
    condition = "measure = 'killed' AND place_name = 'Port Ellery' AND modality = 'actual' AND part_of IS NULL"
    wanted = {row[0] for row in rows(home, f"SELECT fact_id FROM figure_series WHERE {condition}")}
    assert wanted
    assert {row["fact_id"] for row in desk.json(f"series.json?{urlencode(asked)}")} == wanted
    assert len(rows(home, query_of(page))) == len(wanted), "the query that is shown gives them"
    drawn = re.findall(r'<a class="k-[^"]*" href="[^"]*#([\w-]+)" aria-label', page)
    assert sorted(drawn) == sorted(fact.rpartition("-")[2] for fact in wanted)
    open_up = rows(home, f"SELECT count(*) FROM figure_series WHERE {condition} AND value_high IS NULL")[0][0]
    assert page.count('class="open"') == open_up > 0
    several = desk.get("series?measure=other&modality=any&parts=1")
    units = rows(
        home, "SELECT coalesce(unit, ''), rate, count(*) AS n FROM figures WHERE measure = 'other' GROUP BY ALL ORDER BY n DESC"
    )
    assert several.count('<svg class="drawn"') == min(3, len(units)) > 1
    assert several.count('class="other"') == max(0, len(units) - 3)


@pytest.mark.parametrize(
    ("given", "condition"),
    [
        ({"outlet": "Coastal Wire"}, "outlet = 'Coastal Wire'"),
        ({"scope": "total"}, "scope = 'total'"),
        ({"scope": "-"}, "scope IS NULL"),
        ({"kind": "police"}, "claimant_kind = 'police'"),
        ({"by": "published_on", "scale": "log"}, "true"),
        ({"parts": "1", "modality": "any"}, "true"),
        ({"unit": "nothing"}, "false"),
    ],
)
def test_a_series_is_narrowed(desk: AskedDesk, home: Path, given: dict[str, str], condition: str) -> None:
    asked = {"measure": "killed", "place": "Port Ellery", **given}
    usual = "true" if "modality" in given else "modality = 'actual' AND part_of IS NULL"
    sql = (
        f"SELECT fact_id FROM figure_series WHERE measure = 'killed' AND place_name = 'Port Ellery' AND {usual} AND {condition}"
    )
    assert {row["fact_id"] for row in desk.json(f"series.json?{urlencode(asked)}")} == {row[0] for row in rows(home, sql)}
    assert "Figures over time" in desk.get(f"series?{urlencode(asked)}")


def test_what_lies_in_a_place_is_counted_with_it(desk: AskedDesk, home: Path) -> None:
    wanted = {row[0] for row in rows(home, "SELECT fact_id FROM figures WHERE country_code = 'KE' AND measure = 'displaced'")}
    region = rows(home, "SELECT admin1 FROM places WHERE name = 'Mombasa'")[0][0]
    asked = {"measure": "displaced", "place": "Mombasa", "within": "1"}
    assert {row["fact_id"] for row in desk.json(f"series.json?{urlencode(asked)}")} == wanted, region


def test_hostile_and_odd_addresses_of_a_series_stay_words(desk: AskedDesk) -> None:
    attack = "'\"><script>x</script>"
    for name in ("measure", "place", "unit", "outlet", "scope", "modality", "kind", "rate", "placed"):
        page = desk.get(f"series?{urlencode({'measure': 'killed', name: attack})}")
        assert "<script>x" not in page
    assert "all of which can be seen" in desk.get("series?place=%00", 400)
    page = desk.get("places?q=" + quote(attack)) + desk.get("entities?q=" + quote(attack))
    assert "<script>x" not in page


def test_marks_of_one_day_and_number_do_not_cover_each_other() -> None:
    row = {
        "as_of": date(2024, 5, 3),
        "value_low": 5.0,
        "value_high": 5.0,
        "qualifier": "exact",
        "claimant_kind": None,
        "outlet": "A",
    }
    later = {**row, "as_of": date(2024, 6, 3)}
    made = chart_of([row, row, row, later], ["A"])
    assert made is not None
    places = sorted((mark.x, mark.y) for mark in made.marks)
    assert all(b[0] - a[0] >= NEAR - 1 for a, b in pairwise(places))
    assert {mark.y for mark in made.marks} == {made.marks[0].y}
