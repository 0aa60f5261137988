"""Names as things over documents: one claimant, one outlet, what people decide of them, the home's own tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.flows.jobs.entities import merge, rename, set_kind, split, undo
from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.runs.run import Progress
from copydesk.flows.runs.storage import open_log
from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.publish import publish
from copydesk.warehouse.state import State
from tests.conftest import Ingest, copydesk, rows
from tests.rule_sets import newer

MORNING = """Flood closes the road to Port Ellery

By Ida Moss

PORT ELLERY, 4 May 2024 - At least 14 people were killed in Port Ellery when the river rose on Friday night, the Kenyan Ministry of
Health said. The road to the harbour was shut at dawn and stayed shut all day long, residents told reporters.

"We closed the road in time," said Oto Radek, a spokesman for the Brell Risk Management Council (BRMC). Radek said that the
council had counted 300 cars an hour. The BRMC said that the bridge would open on Monday at noon.

Interior Minister Anna Holt said that help was on the way. "Nobody will be left alone," Holt said.
"""
EVENING = """Toll of the flood rises to 19

By Tom Karst

SELLIN, 5 May 2024 - Kenya’s health ministry said on Sunday that 19 people had been killed in Port Ellery. The number had been 14
on the day before, and nobody knows how many are missing in the valley below the dam.

The Brell Risk Management Council said that the bridge had been opened to lorries alone. Anne Holt said that more help would come
from the capital in the morning, and that schools would stay shut for another week.
"""


@pytest.fixture
def home(take: Ingest, tmp_path: Path) -> Path:
    """A home with two articles of two days."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "morning.txt").write_text(MORNING, encoding="utf-8")
    (folder / "evening.txt").write_text(EVENING, encoding="utf-8")
    take(folder)
    return tmp_path / "home"


def entity(home: Path, entity_id: str) -> dict[str, object]:
    """A row of the view of entities."""
    names = ("entity_id", "name", "kind", "country", "aliases", "spokesmen", "facts")
    found = rows(home, f"SELECT {', '.join(names)} FROM entities WHERE entity_id = '{entity_id}'")
    assert len(found) == 1, rows(home, "SELECT entity_id FROM entities")
    return dict(zip(names, found[0], strict=True))


def published(home: Path) -> None:
    """Publishes a home anew, as after its own tables changed."""
    settings = Settings(home=home)
    log = open_log(settings, settings.place)
    state = State.open()
    publish(settings.place, log, state)
    state.close()
    log.close()


def test_names_of_two_articles_are_the_same_things(home: Path) -> None:
    ministry = entity(home, "ke-ministry-of-health")
    assert (ministry["name"], ministry["kind"], ministry["country"]) == ("Kenyan Ministry of Health", "health_authority", "KE")
    council = entity(home, "brell-risk-management-council.government")
    assert {"BRMC", "Brell Risk Management Council"} <= set(map(str, council["aliases"] or ()))  # type: ignore[call-overload]
    assert council["spokesmen"] == ["Oto Radek"]
    told = rows(
        home, "SELECT DISTINCT claimant_name, claimant_id, speaker_id, body_id FROM facts WHERE attributed_to = 'Radek'"
    )
    radek = "oto-radek.person"
    assert told == [("Oto Radek", radek, radek, "brell-risk-management-council.government")]
    said = rows(
        home, "SELECT statements, quotes, by_others FROM claimants WHERE entity_id = 'brell-risk-management-council.government'"
    )
    assert said[0][1:] == (1, 2), "the spokesman's words count for the council too; what it counted is its own"


def test_residents_are_no_one_thing(home: Path) -> None:
    told = rows(home, "SELECT DISTINCT claimant_id, claimant_kind FROM facts WHERE attributed_to ILIKE '%residents%'")
    assert told == [(None, "witness")]


def test_mentions_point_at_their_text_and_at_entities(home: Path) -> None:
    assert rows(home, "SELECT count(*) > 5 FROM mentions") == [(True,)]
    wrong = rows(
        home,
        "SELECT m.text FROM mentions m JOIN articles a USING (article_id) "
        "WHERE substring(a.text, m.span_start + 1, m.span_end - m.span_start) <> m.text",
    )
    assert wrong == []
    whole = rows(home, "SELECT DISTINCT text FROM mentions WHERE entity_id = 'oto-radek.person' ORDER BY text")
    assert whole == [("Oto Radek",), ("Radek",)]
    assert rows(home, "SELECT count(*) FROM mentions ANTI JOIN entities USING (entity_id)") == [(0,)]


def test_what_people_decide_survives_newer_rules_and_is_undone(home: Path) -> None:
    settings = Settings(home=home, jobs=1, max_rejects=1.0)
    typed = entity(home, "anna-holt.person")
    bare = entity(home, "anne-holt.person")
    merge(settings, bare, typed, "one minister, misprinted")
    rename(settings, entity(home, "anna-holt.person"), "Anna R. Holt", "as she signs")
    set_kind(settings, entity(home, "oto-radek.person"), "expert", "he only advises")
    assert reprocess(settings, Selection(), Progress(), newer("cleaning")).tally.counts["ingested"] == 2
    held = rows(
        home, "SELECT DISTINCT claimant_name, claimant_id, claimant_kind FROM facts WHERE claimant_id LIKE 'ann_-holt%'"
    )
    assert held == [("Anna R. Holt", "anna-holt.person", "government")]
    assert rows(home, "SELECT DISTINCT claimant_kind FROM facts WHERE speaker_id = 'oto-radek.person'") == [("expert",)]
    with pytest.raises(PermanentError, match="Take that back first"):
        merge(settings, entity(home, "anna-holt.person"), bare, "the wrong way round")
    undo(settings, "anne-holt.person", "they are two")
    assert entity(home, "anne-holt.person")["name"] == "Anne Holt"
    with pytest.raises(PermanentError, match="Nobody decided"):
        undo(settings, "anne-holt.person", "again")


def test_what_was_decided_of_a_persons_earlier_id_holds_for_the_one_of_now(home: Path) -> None:
    """Earlier rules put the kind of the office into the id; what people decided then stands in the log for good."""
    settings = Settings(home=home)
    earlier = {"entity_id": "anna-holt.government", "name": "Anna Holt", "kind": "government", "country": None}
    bare = {"entity_id": "anne-holt.other", "name": "Anne Holt", "kind": "other", "country": None}
    rename(settings, earlier, "Anna R. Holt", "as she signs")
    merge(settings, bare, earlier, "one minister, misprinted")
    assert rows(home, "SELECT entity_id, name FROM entities WHERE entity_id LIKE 'ann_-holt%'") == [
        ("anna-holt.government", "Anna R. Holt")
    ]
    undo(settings, "anne-holt.other", "they are two")
    assert rows(home, "SELECT name FROM entities WHERE entity_id LIKE 'anne-holt.%'") == [("Anne Holt",)]
    radek = {**entity(home, "oto-radek.person"), "entity_id": "oto-radek.other"}
    split(settings, radek, "another of that name", alias="Oto Radek", article_id=None, name="Oto Radek of Sellin")
    assert rows(home, "SELECT count(*) FROM entities WHERE name = 'Oto Radek of Sellin'") == [(1,)]


def test_a_name_is_split_off_in_one_article(home: Path) -> None:
    settings = Settings(home=home, jobs=1, max_rejects=1.0)
    council = entity(home, "brell-risk-management-council.government")
    (morning,) = rows(home, "SELECT article_id FROM articles WHERE text LIKE '%Radek%'")[0]
    split(settings, council, "another council", None, morning, "Old Brell Council")
    assert entity(home, "old-brell-council.government")["name"] == "Old Brell Council"
    assert entity(home, "brell-risk-management-council.government")["spokesmen"] is None
    with pytest.raises(PermanentError, match="is no name of"):
        split(settings, council, "no such name", "Sellin", None, "Sellin")
    with pytest.raises(PermanentError, match="There is no article 'nowhere'"):
        split(settings, council, "no such article", None, "nowhere", "Sellin")
    with pytest.raises(PermanentError, match="Say why"):
        split(settings, council, " ", None, morning[:10], "Sellin")
    split(settings, council, "by the beginning of an id", None, morning[:10], "Sellin Council")
    assert rows(home, "SELECT data->>'article_id' FROM events WHERE type = 'entity.ruled' ORDER BY position DESC LIMIT 1") == [
        (morning,)
    ]
    undo(settings, "brell-risk", "by the beginning of an id")
    assert entity(home, "brell-risk-management-council.government")["spokesmen"] is not None


def test_the_tables_of_the_home_add_names_and_outlets(home: Path) -> None:
    (home / "entities.csv").write_text(
        "name,also,kind,country,wikidata_id\nBrell Council,BRMC|Brell Risk Management Council,expert,KE,Q1\n", encoding="utf-8"
    )
    published(home)
    council = entity(home, "brell-council")
    assert (council["name"], council["kind"], council["country"]) == ("Brell Council", "expert", "KE")
    assert rows(home, "SELECT wikidata_id FROM entities WHERE entity_id = 'brell-council'") == [("Q1",)]


@pytest.mark.parametrize(
    ("table", "text", "told"),
    [
        ("entities.csv", "name,kind\nBrell Council,ministry\n", "line 2: kind 'ministry' is none of"),
        ("entities.csv", "title\nBrell Council\n", "no column 'name'"),
        ("entities.csv", "name,country\nBrell Council,Kenya\n", "line 2: country 'Kenya'"),
        ("entities.csv", "name,also\nBrell Council,BRMC\nOther Council,BRMC\n", "line 3: 'BRMC' is a name of 'Brell Council'"),
        ("outlets.csv", "host,name\nhttps://a.example/b c,Echo\n", "line 2: host"),
        ("outlets.csv", "host,name\na.example,\n", "line 2: 'name' is empty"),
        ("places.csv", "name,kind\nPort Ellery,harbour\n", "line 2: kind 'harbour' is none of"),
        ("places.csv", "name,latitude,longitude\nPort Ellery,95,3\n", "line 2: latitude '95' is not in degrees"),
        ("places.csv", "name,latitude\nPort Ellery,5\n", "line 2: latitude and longitude go together"),
        ("places.csv", "name,country,pcode\nPort Ellery,KE,5 01\n", "line 2: pcode '5 01'"),
        ("places.csv", "name,geonames_id\nPort Ellery,x1\n", "line 2: geonames_id 'x1'"),
        ("places.csv", "name,also\nPort Ellery,Ellery\nOld Ellery,Ellery\n", "line 3: 'Ellery' is a name of 'Port Ellery'"),
        ("places.csv", "name,pcode\nPort Ellery,KE01\nPort Ellery,KE02\n", "line 3: 'Port Ellery' is a name of 'Port Ellery'"),
        ("places.csv", "name,pcode\nPort Ellery,KE01\nMill Reach,KE01\n", "line 3: pcode 'KE01' is that of line 2 too"),
        ("places.csv", "name,geonames_id\nPort Ellery,7\nMill Reach,7\n", "line 3: geonames_id '7' is that of line 2 too"),
        ("places.csv", "name,geonames_id\nPort Ellery,99999999999999999999\n", "is no whole number"),
        ("places.csv", "name,geonames_id\nPort Ellery,١٢\n", "is no whole number"),
        ("places.csv", "name,latitude,longitude\nPort Ellery,nan,3\n", "line 2: latitude 'nan' is not in degrees"),
        ("places.csv", "name,country\nPort Ellery,ÄÖ\n", "is no ISO 3166"),
        ("places.csv", "name\n!!!\n", "line 2: '!!!' has no letter"),
        ("places.csv", "name,pcode\nEllery, Port,KE01\n", "line 2: it has more fields than the first line"),
        ("places.csv", 'name,pcode\n"Port Ellery,KE01\n', "cannot be read as CSV in UTF-8"),
    ],
)
def test_a_bad_table_is_named_with_its_line_and_loses_nothing(home: Path, table: str, text: str, told: str) -> None:
    before = rows(home, "SELECT count(*) FROM facts")
    (home / table).write_text(text, encoding="utf-8")
    with pytest.raises(PermanentError, match=table) as error:
        published(home)
    assert told in str(error.value)
    assert rows(home, "SELECT count(*) FROM facts") == before


def test_the_table_of_places_gives_a_place_its_name_its_parents_its_point_and_its_code(home: Path) -> None:
    told = (
        "SELECT DISTINCT place_name, country_code, admin1, place_precision, latitude FROM figures WHERE place LIKE '%Ellery%'"
    )
    assert rows(home, told) == [("Port Ellery", None, None, None, None)]
    (home / "places.csv").write_text(
        "name,also,kind,country,admin1,latitude,longitude,pcode\n"
        "Ellery,Port Ellery|Ellery Harbour,town,KE,Kilifi,-3.6,39.8,KE003\nKilifi,,region,KE,,,,KE0\n",
        encoding="utf-8",
    )
    published(home)
    assert rows(home, told) == [("Ellery", "KE", "Kilifi", "town", -3.6)]
    assert rows(home, "SELECT name, admin1, pcode, latitude FROM places WHERE name = 'Ellery'") == [
        ("Ellery", "Kilifi", "KE003", -3.6)
    ]
    (home / "places.csv").unlink()
    published(home)
    assert rows(home, told) == [("Port Ellery", None, None, None, None)]


def test_numbers_of_a_table_are_taken_however_they_are_written(home: Path) -> None:
    (home / "places.csv").write_text(
        "name,also,geonames_id,latitude,longitude\nEllery,Port Ellery,007,-0_3.6,+39.8e0\n", encoding="utf-8-sig"
    )
    published(home)
    assert rows(home, "SELECT place_id, latitude, longitude FROM places WHERE name = 'Ellery'") == [(7, -3.6, 39.8)]


def test_places_of_one_name_have_each_their_code_by_country_and_number(home: Path) -> None:
    (home / "places.csv").write_text(
        "name,country,pcode,geonames_id\nPort Ellery,KE,KE003,\nPort Ellery,SD,SD003,\nPort Ellery,SD,SD004,9\n"
        + "".join(f"Place number {number},KE,KE1{number},\n" for number in range(3000)),
        encoding="utf-8",
    )
    published(home)
    assert len(rows(home, "SELECT * FROM internal.own_places")) == 3003
    assert len(rows(home, "SELECT DISTINCT pcode FROM places WHERE name = 'Port Ellery'")) == 1


def test_misprints_of_an_outlet_join_by_the_host_that_it_prints(take: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    page = "<html><head><link rel='canonical' href='https://sheet.example/{n}'><meta property='og:site_name' content='{name}'></head>"
    for n, name in enumerate(("Sellin Sheet", "Selin Sheet", "Sellin Sheet")):
        text = page.format(n=n, name=name) + f"<body><h1>Flood {n}</h1><p>{MORNING} {n}</p></body></html>"
        (folder / f"{n}.html").write_text(text, encoding="utf-8")
    (folder / "plain.txt").write_text(EVENING, encoding="utf-8")
    take(folder)
    home = tmp_path / "home"
    assert rows(home, "SELECT outlet_id, name, printed, articles FROM outlets") == [
        ("sheet.example", "Sellin Sheet", ["Selin Sheet", "Sellin Sheet"], 3)
    ]
    assert rows(home, "SELECT DISTINCT outlet FROM figure_series WHERE outlet IS NULL OR outlet IN ('test', 'news')") == [
        (None,)
    ]
    (home / "outlets.csv").write_text("host,name,country,kind\nsheet.example,The Sellin Sheet,KE,paper\n", encoding="utf-8")
    published(home)
    assert rows(home, "SELECT outlet_id, name, country, kind FROM outlets") == [
        ("sheet.example", "The Sellin Sheet", "KE", "paper")
    ]


def test_the_command_lists_shows_and_decides(home: Path) -> None:
    listed = copydesk("entity", "list", "brell", "--home", home)
    assert "brell-risk-management-council.government  Brell Risk Management Council (government)" in listed.stdout
    changed = copydesk(
        "entity", "rename", "brell-risk-management-council.government", "Brell Council", "--why", "its new name", "--home", home
    )
    assert changed.returncode == 0, changed.stderr
    shown = copydesk("entity", "show", "brell-risk-management-council.government", "--home", home)
    assert "Brell Council" in shown.stdout
    assert "rename: its new name" in shown.stdout
    refused = copydesk("entity", "kind", "oto-radek.person", "wizard", "--why", "x", "--home", home)
    assert refused.returncode == 1
    assert "no kind of claimant" in refused.stderr
