"""The flow: typed and described parameters, a few tasks, artifacts that show what the warehouse holds."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ARTICLES, article, copydesk, rows
from tests.flows.serving import eventually
from tests.told import TOLD, written


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    """A temporary Prefect server with a database of its own."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=1200):
        yield


@pytest.fixture(scope="module")
def ran(server: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    from copydesk.flows.served.ingest import ingest

    home = tmp_path_factory.mktemp("prefect") / "home"
    state = ingest(paths=[str(ARTICLES)], home=str(home), source="articles", jobs=1, return_state=True)
    return home, state


def artifacts() -> dict[str, Any]:
    from prefect.client.orchestration import get_client

    async def read() -> list[Any]:
        async with get_client() as client:
            return await client.read_artifacts()

    return {artifact.key: artifact for artifact in asyncio.run(read()) if artifact.key}


def test_the_flow_does_the_same_as_the_command(ran: tuple[Path, Any], sample_home: Path) -> None:
    home, state = ran
    assert state.is_completed(), state
    for query in ("SELECT count(*) FROM articles", "SELECT count(*) FROM facts", "SELECT count(*) FROM rejects"):
        assert rows(home, query) == rows(sample_home, query)


def test_the_artifacts_show_the_numbers_that_duckdb_gives(ran: tuple[Path, Any]) -> None:
    home, _ = ran
    found = artifacts()
    numbers = found["ingest-run"].data
    facts = rows(home, "SELECT count(*) FROM facts")[0][0]
    assert f"| facts | {facts} |" in numbers
    assert "| ingested | 15 |" in numbers
    assert "not_text" in str(found["ingest-rejects"].data)


def test_every_parameter_has_a_type_and_a_description() -> None:
    from copydesk.flows.served.ingest import ingest
    from copydesk.flows.settings.options import RunOptions

    parameters = ingest.parameters.model_dump()["properties"]
    assert set(parameters) == {"source", "paths", "settle"} | set(RunOptions.model_fields)
    for name, parameter in parameters.items():
        assert parameter.get("description"), name
        assert parameter.get("type"), name


def test_a_bad_parameter_is_refused_before_anything_runs(server: None, tmp_path: Path) -> None:
    from prefect.exceptions import ParameterTypeError

    from copydesk.flows.served.ingest import ingest

    with pytest.raises(ParameterTypeError, match="max_rejects"):
        ingest(paths=[str(tmp_path)], home=str(tmp_path / "home"), max_rejects=2.0)
    assert not (tmp_path / "home").exists()


def test_too_many_rejects_fail_the_run_and_keep_what_passed(server: None, tmp_path: Path) -> None:
    from copydesk.flows.served.ingest import ingest
    from tests.homes import folder_of

    folder = folder_of(tmp_path, 6)
    for n in range(6):
        (folder / f"empty-{n}.txt").write_bytes(b" " * (n + 1))
    state = ingest(paths=[str(folder)], home=str(tmp_path / "home"), jobs=1, settle=0, return_state=True)
    assert state.is_failed()
    assert "6 of 12 documents were rejected" in str(state.message)
    assert rows(tmp_path / "home", "SELECT count(*) FROM articles") == [(6,)]


def test_the_command_runs_the_flow_where_a_server_is_named(server: None, tmp_path: Path) -> None:
    from prefect.settings import PREFECT_API_URL

    url = PREFECT_API_URL.value()
    told = copydesk("ingest", ARTICLES, "--home", tmp_path / "home", "--jobs", "1", env={"PREFECT_API_URL": url})
    assert told.returncode == 0, told.stderr
    assert re.search(r"Beginning flow run 'articles 20[\d :-]+' for flow 'ingest'", told.stderr + told.stdout)
    assert rows(tmp_path / "home", "SELECT count(*) FROM articles") == [(15,)]


def parameters_of(home: Path, kind: str) -> dict[str, Any]:
    from copydesk.flows.runs.storage import open_log
    from copydesk.flows.settings import Settings
    from copydesk.warehouse.events import RunStarted
    from copydesk.warehouse.home import Home

    log = open_log(Settings(home=home), Home(home))
    try:
        started = [one.event for one in log.read(0) if isinstance(one.event, RunStarted) and one.event.kind == kind]
        return dict(started[-1].parameters)
    finally:
        log.close()


def test_command_and_form_record_the_same(server: None, tmp_path: Path) -> None:
    from copydesk.flows.served.ingest import ingest

    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(article(1), encoding="utf-8")
    by_command, by_form = tmp_path / "command", tmp_path / "form"
    done = copydesk("ingest", "news", "--home", by_command, "--jobs", "1", "--max-seconds", "9", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    ingest(source="news", paths=[str(tmp_path / "news")], home=str(by_form), jobs=1, max_seconds=9.0, settle=0.0)
    recorded = parameters_of(by_command, "ingest")
    assert recorded == parameters_of(by_form, "ingest")
    assert recorded["paths"] == [str(tmp_path / "news")]
    assert recorded["max_seconds"] == 9.0
    assert rows(by_command, "SELECT title FROM articles") == rows(by_form, "SELECT title FROM articles")


def test_what_a_form_decides_of_an_entity_is_kept_and_undone(server: None, tmp_path: Path) -> None:
    from copydesk.flows.served.entity_forms import rule
    from copydesk.flows.served.ingest import ingest

    home, folder = str(tmp_path / "home"), tmp_path / "in"
    folder.mkdir()
    text = (
        "Board counts its losses\n\nBy Ida Ferrell\nMay 3, 2024\n\n11 people were killed when the river rose, the Harbour Board "
        "said on Friday. The Harbour Board had warned of the storm for days. The Mill Council said the mill stood empty.\n"
    )
    (folder / "one.txt").write_text(text, encoding="utf-8")
    assert ingest(paths=[str(folder)], home=home, source="storm", settle=0.0, jobs=1, return_state=True).is_completed()

    def ruled(action: str, **values: str) -> Any:
        return rule(action=action, home=home, why="seen", who="Ola Marlow", return_state=True, **values)

    def names() -> set[str]:
        return {row[0] for row in rows(Path(home), "SELECT name FROM entities")}

    (board,) = [row[0] for row in rows(Path(home), "SELECT entity_id FROM entities WHERE name = 'Harbour Board'")]
    assert ruled("rename", entity=board, value="Harbor Board").is_completed()
    assert "Harbor Board" in names()
    assert "'potato' is no kind" in ruled("kind", entity=board, value="potato").message
    assert "needs a value" in ruled("merge", entity=board).message
    assert "no entity 'nobody'" in ruled("kind", entity="nobody", value="police").message
    assert ruled("undo", entity=board).is_completed()
    assert "Harbour Board" in names()
    (who,) = {row[0] for row in rows(Path(home), "SELECT data->>'who' FROM events WHERE type = 'entity.ruled'")}
    assert who == "Ola Marlow"


def test_what_a_form_decides_of_stories_is_kept_and_undone(server: None, tmp_path: Path) -> None:
    from copydesk.flows.served.ingest import ingest
    from copydesk.flows.served.story_forms import rule_stories

    home, folder = str(tmp_path / "home"), written(tmp_path / "in", (TOLD[0], TOLD[-1]))
    assert ingest(paths=[str(folder)], home=home, source="storm", settle=0.0, jobs=1, return_state=True).is_completed()

    def ruled(action: str, story: str, **values: Any) -> Any:
        return rule_stories(action=action, story=story, home=home, why="seen", who="Ola", return_state=True, **values)

    def stories() -> list[str]:
        return [row[0] for row in rows(Path(home), "SELECT DISTINCT story_id FROM articles ORDER BY 1")]

    one, other = stories()
    assert "merge needs another story" in ruled("merge", one).message
    assert "There is no story 'nowhere'" in ruled("merge", one, other="nowhere").message
    assert "are all articles of the story" in ruled("split", one, articles=[one]).message
    assert stories() == [one, other]
    assert ruled("merge", one, other=other).is_completed()
    assert stories() == [other]
    assert ruled("split", other, articles=[other]).is_completed()
    assert len(stories()) == 2
    assert ruled("undo", other).is_completed()
    assert ruled("undo", one).is_completed()
    assert stories() == [one, other]


def test_a_watch_tells_of_a_run_as_a_table_and_as_an_event(server: None, tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client

    from copydesk.flows.served.ingest import ingest
    from copydesk.flows.served.watch_forms import add_watched, remove_watched

    home, folder = tmp_path / "home", tmp_path / "in"
    folder.mkdir()
    assert add_watched(name="all_dead", measure="killed", home=str(home), return_state=True).is_completed()
    refused = add_watched(name="all_dead", measure="killed", home=str(home), return_state=True)
    assert "has a watch 'all_dead'" in refused.message
    text = (
        "Board counts its losses\n\nBy Ida Ferrell\nMay 3, 2024\n\n{} people were killed in Dallas when the river rose, the "
        "Harbour Board said on Friday. The board had warned of the storm for days, and the mill by the river stood empty.\n"
    )
    states = []
    for number in (11, 14):
        (folder / f"{number}.txt").write_text(text.format(number), encoding="utf-8")
        states.append(ingest(paths=[str(folder)], home=str(home), source="storm", settle=0.0, jobs=1, return_state=True))
    assert ["found by watches" in state.message for state in states] == [False, True]
    table = artifacts()["watch-all-dead"]
    assert "14 people" in str(table.data)
    assert "11 people" not in str(table.data), "what stood at the beginning is not new"
    assert table.description == "watch all_dead: 1 new of 2"

    def matched() -> Any:
        with get_client(sync_client=True) as client:
            name = {"any_resource": {"id": ["copydesk.watch.all_dead"]}, "event": {"name": ["copydesk.watch.matched"]}}
            return client._client.post("/events/filter", json={"filter": name}).json()["events"]

    (event,) = eventually(matched)
    assert (event["payload"]["new"], event["payload"]["found"]) == (1, 2)
    assert remove_watched(name="all_dead", home=str(home), return_state=True).is_completed()
    assert "all_dead" not in (home / "watches.toml").read_text(encoding="utf-8")


def test_a_source_is_added_and_removed_by_their_flows(server: None, tmp_path: Path) -> None:
    from copydesk.flows.served.source_forms import add, remove
    from copydesk.flows.sources.registry import read_sources
    from copydesk.warehouse.home import Home

    home = tmp_path / "home"
    (home / "inbox").mkdir(parents=True)
    told = add(name="valley", kind="folder", location=str(home / "inbox"), home=str(home), return_state=True)
    assert told.message.startswith("Added valley"), told
    assert list(read_sources(Home(home))) == ["valley"]
    told = remove(name="valley", home=str(home), return_state=True)
    assert told.message.startswith("Removed valley"), told
    assert read_sources(Home(home)) == {}
