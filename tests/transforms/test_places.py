"""Of places that share a name: the one that an article means, or none."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from copydesk.flows.wiring import lexicon
from copydesk.transforms.facts.focus import about
from copydesk.transforms.places import Place, Surroundings, parent_after
from copydesk.transforms.places.ranking import distance
from copydesk.transforms.places.table import GazetteerTable
from copydesk.transforms.types import Article


def _found(name: str, votes: dict[str, int] | None = None, parent: str | None = None) -> tuple[str, str | None, str] | None:
    place = lexicon().gazetteer.within(Surroundings(votes or {})).find(name, parent)
    return (place.name, place.country_code, place.kind) if place is not None else None


@pytest.mark.parametrize(
    ("name", "votes", "want"),
    [
        ("Florida", {}, ("Florida", "US", "region")),
        ("Texas", {}, ("Texas", "US", "region")),
        ("Alberta", {}, ("Alberta", "CA", "region")),
        ("Scotland", {}, ("Scotland", "GB", "region")),
        ("Georgia", {}, ("Georgia", "GE", "country")),
        ("Georgia", {"GE": 3, "US": 1}, ("Georgia", "GE", "country")),
        ("Georgia", {"US": 4, "GE": 1}, ("Georgia", "US", "region")),
        ("Paris", {}, ("Paris", "FR", "town")),
        ("Cambridge", {"US": 3}, ("Cambridge", "US", "town")),
        ("Cambridge", {}, ("Cambridge", "GB", "town")),
        ("Gaza", {}, ("Gaza Strip", "PS", "region")),
        ("Washington", {}, ("Washington D.C.", "US", "region")),
        ("Borno state", {}, ("Borno", "NG", "region")),
        ("Sacramento County", {"US": 1}, ("Sacramento County", "US", "district")),
    ],
)
def test_a_shared_name_is_read_by_size_and_by_the_countries_of_the_article(
    name: str, votes: dict[str, int], want: tuple[str, str, str] | None
) -> None:
    assert _found(name, votes) == want


def test_the_name_behind_the_comma_decides() -> None:
    gazetteer = lexicon().gazetteer
    assert [
        place.admin1 for state in ("Illinois", "Missouri") if (place := gazetteer.find("Springfield", state)) is not None
    ] == ["Illinois", "Missouri"]
    assert _found("Paris", None, "Texas") == ("Paris", "US", "town")
    assert _found("Paris", None, "Monday") == ("Paris", "FR", "town"), "what is no state of such a place says nothing"


def test_a_small_town_is_meant_only_where_its_country_is_named() -> None:
    assert _found("Tonopah", {}) is None
    assert _found("Tonopah", {"US": 1}) == ("Tonopah", "US", "town")


def test_a_name_that_no_table_has_is_no_place() -> None:
    assert _found("Sarn Dunmarrow") is None


def test_a_table_finds_each_of_its_keys_and_nothing_between_them() -> None:
    keys = ["", "ab", "abc", "b", "zz", "zürn"]
    lines = "".join(f"{key}\t{n}\tName {n}\ttown\tXX\tOne\t\t{n}\t1.5\t-2.5\n" for n, key in enumerate(keys))
    table = GazetteerTable("".join(sorted(lines.splitlines(keepends=True), key=str.encode)).encode())
    assert [[place.place_id for place in table.candidates(key)] for key in keys] == [[n] for n in range(len(keys))]
    assert [table.candidates(key) for key in ("a", "aba", "abcd", "c", "zzz", "~")] == [()] * 6
    assert table.candidates("b") == (Place("Name 3", "XX", 1.5, -2.5, 3.0, "town", 3, "One", None),)
    assert GazetteerTable(b"").candidates("a") == ()


def test_a_name_in_doubt_tells_the_other_places() -> None:
    gazetteer = lexicon().gazetteer.within(Surroundings({"US": 2}))
    place = gazetteer.find("Springfield")
    assert place is not None
    told = json.loads(gazetteer.candidates("Springfield", place) or "[]")
    assert {one["admin1"] for one in told} >= {"Illinois", "Massachusetts"}
    assert place.admin1 not in {one["admin1"] for one in told}
    nairobi = gazetteer.find("Nairobi")
    assert nairobi is not None and gazetteer.candidates("Nairobi", nairobi) is None


def _read(text: str, name: str, parent: str | None = None) -> tuple[str, str | None, str] | None:
    gazetteer, _ = about(Article(text=text), lexicon().gazetteer)
    place = gazetteer.find(name, parent)
    return (place.name, place.admin1 or place.country_code, place.kind) if place is not None else None


@pytest.mark.parametrize(
    ("text", "name", "want"),
    [
        ("A barn burned in Paris. Crews came from Blossom and Lamar County.", "Paris", ("Paris", "Texas", "town")),
        ("A barn burned in Paris. The singer flew on to Nashville.", "Paris", ("Paris", "Île-de-France", "town")),
        (
            "Police in Union County said so, the Tennessee Highway Patrol too.",
            "Union County",
            ("Union County", "Tennessee", "district"),
        ),
        (
            "The bus left Springfield, Ill., at six. It reached Springfield at noon.",
            "Springfield",
            ("Springfield", "Illinois", "town"),
        ),
        ("Fog closed the port of Tacoma, Wash., on Monday.", "Wash.", ("Washington", "Washington", "region")),
        ("Fog closed the port of Tacoma, Washington, on Monday.", "Washington", ("Washington", "Washington", "region")),
        (
            "Senators met in Washington, and flew home on Monday.",
            "Washington",
            ("Washington D.C.", "District of Columbia", "region"),
        ),
        ("Hail fell in Oregon, Ohio and Nevada.", "Oregon", ("Oregon", "Oregon", "region")),
        ("A ferry left Batumi, Georgia, at night.", "Georgia", ("Georgia", "GE", "country")),
        ("The team of Lebanon beat Albany, Salem and Corvallis of Oregon.", "Lebanon", ("Lebanon", "Oregon", "town")),
        (
            "Troops of Albany, Salem and Corvallis of Oregon flew to Lebanon, then to Syria.",
            "Lebanon",
            ("Lebanon", "LB", "country"),
        ),
        ("Ida Blossom spoke in Texas. Texas is for Blossom, the union of Texas said.", "Blossom", None),
        ("Ida Houston spoke in Texas. Texas is for Houston, the union of Texas said.", "Houston", ("Houston", "Texas", "town")),
        ("Twelve died in East Tennessee.", "East Tennessee", ("Tennessee", "Tennessee", "region")),
        ("Cases rose in the Republic of South Sudan.", "Republic of South Sudan", ("South Sudan", "SS", "country")),
        ("A boat sank on Lake Tanganyika.", "Lake Tanganyika", ("Lake Tanganyika", None, "region")),
        ("Bandits came to Shiroro LGA of Niger State.", "Shiroro LGA", ("Shiroro", "Niger", "district")),
    ],
)
def test_names_are_read_with_what_the_article_names_beside_them(
    text: str, name: str, want: tuple[str, str | None, str] | None
) -> None:
    assert _read(text, name) == want


def test_every_country_has_a_point() -> None:
    gazetteer = lexicon().gazetteer
    missing = {place.country_code for place in gazetteer.places.values() if place.kind == "country" and place.latitude is None}
    assert missing == {"AN", "CS"}, "countries that are no more"


def test_places_of_one_name_in_sentences_lie_where_they_should() -> None:
    """Each sentence names a place that others share a name with; right is what lies within 161 km of its point."""
    table = lexicon().gazetteer
    with (Path(__file__).parent.parent / "cases" / "places.csv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    wrong = []
    for case in cases:
        gazetteer, _ = about(Article(text=case["text"]), table)
        place = gazetteer.find(case["name"], parent_after(case["text"], case["text"].index(case["name"]) + len(case["name"])))
        at = (float(case["latitude"]), float(case["longitude"]))
        country = place is not None and place.kind == "country"
        point = (place.latitude, place.longitude) if place is not None else (None, None)
        if not country and (point[0] is None or point[1] is None or distance((point[0], point[1]), at) > 161):
            wrong.append(f"{case['text']} {case['name']}: {place}")
    assert len(cases) > 400
    assert len(wrong) <= 18, "\n".join(wrong)
