"""What programs may ask: by JSON over HTTP with the auth string, and by the Model Context Protocol."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from copydesk.flows.settings import Settings
from copydesk.flows.site.answers.answers import Answers
from copydesk.flows.site.answers.numbers import words_of
from copydesk.flows.site.answers.tools import QUESTIONS, server_of
from copydesk.warehouse.errors import PermanentError
from tests.conftest import ROOT, Ingest, rows
from tests.flows.desks import AUTH_STRING, AskedDesk
from tests.flows.serving import CLIENT, STOPS_WITHIN, eventually, free_port

STORM = (
    "{title}\n\nBy Ida Ferrell\nMay {day}, 2024\n\nDALLAS — {dead} people were killed in Dallas when the river rose, the Harbour "
    "Board said on Friday. The board had warned of the storm for days.\n\n{hurt} people were injured in Houston, and the fire at "
    "the mill by the river was put out in the same night, said the mayor of the town, who has held the post for years.\n"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from copydesk.flows.jobs.ingest import ingest
    from copydesk.flows.runs.run import Progress
    from copydesk.flows.sources.folder import FolderSource

    folder = tmp_path_factory.mktemp("storm")
    told = [("The river rises", 3, "11", "40"), ("A town counts its dead after a night of wind", 10, "More than 6,000", "52")]
    for number, (title, day, dead, hurt) in enumerate(told):
        text = STORM.format(title=title, day=day, dead=dead, hurt=hurt) + f"\nThe town is home to {number + 3} mills.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    ingest(Settings(home=folder / "home", jobs=1, max_rejects=1.0), FolderSource("storm", [folder]), {}, Progress())
    return folder / "home"


@pytest.fixture
def answers(home: Path) -> Answers:
    return Answers(Settings(home=home))


def proven(published: dict[str, Any], article: dict[str, Any]) -> bool:
    """Whether the characters that a fact names are its words."""
    return str(article["text"][published["span_start"] : published["span_end"]]) == published["text"]


def test_every_answer_carries_the_characters_that_prove_it(answers: Answers, home: Path) -> None:
    hit = answers.search('"river rose"', among="facts", measure="killed")["hits"][0]
    fact = answers.fact(hit["id"])
    article = answers.article(fact["article_id"])
    assert proven(fact, article)
    assert all(proven(one, article) for one in article["facts_found"])
    assert fact["sentence"]["text"] in article["text"]
    assert fact["article"]["article_id"] == article["article_id"]
    series = answers.series("killed", place="texas")
    assert (series["total"], [row["place_name"] for row in series["rows"]]) == (2, ["Dallas", "Dallas"])
    assert answers.series("killed", since="2024-05-04")["total"] == 1
    said = answers.entity("Harbour Board")
    assert {row["fact_id"] for row in said["facts"]} >= {row["fact_id"] for row in series["rows"]}
    assert said["by_outlet"]
    pairs = answers.conflicts(measure="killed")
    assert pairs["total"] == rows(home, "SELECT count(*) FROM figure_conflicts WHERE measure = 'killed'")[0][0]


def test_a_story_is_answered_with_its_origins_and_numbers(answers: Answers, home: Path) -> None:
    found = answers.stories(outlet=None)
    assert found["total"] == rows(home, "SELECT count(*) FROM stories")[0][0] > 0
    assert answers.stories(place="dallas")["total"] > 0
    assert answers.stories(place="Nowhere", since="2024-05-01")["total"] == 0
    assert answers.stories(entity="Harbour Board", until="2024-05-04")["total"] == 1
    story = answers.story(found["rows"][0]["story_id"])
    assert {row["article_id"] for row in story["articles_found"]} == {
        row[0] for row in rows(home, f"SELECT article_id FROM articles WHERE story_id = '{story['story_id']}'")
    }
    assert all(row["chain"] for row in story["articles_found"])
    assert [row["fact_id"] for row in story["timeline"]]
    assert [row["fact_ids"] for row in story["claim_groups"]]
    with pytest.raises(PermanentError, match="There is no story"):
        answers.story("nothing")


def test_pages_of_an_answer_follow_each_other(answers: Answers) -> None:
    whole = answers.series("killed")["rows"]
    assert [answers.series("killed", limit=1, skip=n)["rows"][0] for n in range(2)] == whole


def test_a_number_is_looked_for_by_its_value_and_what_is_counted(answers: Answers) -> None:
    asked = answers.check_number(11, "dead or killed in Dallas")
    assert asked["is_printed"]
    assert [row["text"] for row in asked["printed"]] == ["11 people"]
    assert "11 people were killed in Dallas" in asked["printed"][0]["sentence"]
    assert [row["text"] for row in asked["otherwise"]] == ["More than 6,000 people"]
    asked = answers.check_number(6438, "killed in Dallas")
    assert (asked["is_printed"], asked["printed"]) == (False, [])
    assert [row["text"] for row in asked["allowed"]] == ["More than 6,000 people"]
    assert answers.check_number(40, "killed")["is_printed"] is False, "forty were injured"
    first = rows(Path(answers._settings.place.root), "SELECT article_id FROM articles ORDER BY published_on")[0][0]
    assert answers.check_number(52, "injured", article_id=first)["printed"] == []
    assert answers.check_number(2024, "killed")["numerals"] is not None
    assert words_of("The 11 dead") == {"dead"}


@pytest.mark.parametrize(
    ("question", "given", "told"),
    [
        ("article", {"article_id": "nothing"}, "There is no article 'nothing'"),
        ("fact", {"fact_id": "nothing"}, "There is no fact 'nothing'"),
        ("entity", {"name": "Nobody"}, "Nobody here is called 'Nobody'"),
        ("series", {"measure": "ghosts"}, "'ghosts' is no measure. The measures are: killed"),
        ("series", {"measure": "killed", "since": "soon"}, "since: "),
        ("search", {"words": "   "}, "words"),
        ("search", {"words": "river", "outlet": "No Paper"}, "Nothing here is printed by 'No Paper'"),
        ("check_number", {"value": 3, "text": "dead", "article_id": "none either"}, "There is no article"),
        ("check_number", {"value": 3, "text": "dead", "article_id": "nothing"}, "There is no article"),
    ],
)
def test_what_cannot_be_asked_is_told(answers: Answers, question: str, given: dict[str, Any], told: str) -> None:
    with pytest.raises(PermanentError) as refused:
        getattr(answers, question)(**given)
    assert told in str(refused.value)
    answer = asyncio.run(called(answers, question, given))
    assert answer.is_error
    assert told in answer.content[0].text
    assert "Traceback" not in answer.content[0].text


async def called(answers: Answers, question: str, given: dict[str, Any]) -> Any:
    async with Client(server_of(answers, "0")) as client:
        return await client.call_tool(question, given)


def test_a_home_without_anything_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match="copydesk ingest FOLDER"):
        Answers(Settings(home=tmp_path / "none")).series("killed")


def test_tools_are_described_and_read_only(answers: Answers) -> None:
    async def listed() -> Any:
        async with Client(server_of(answers, "0")) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert [tool.name for tool in tools] == list(QUESTIONS)
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)
    described = {name: tool.input_schema["properties"] for name, tool in zip(QUESTIONS, tools, strict=True)}
    assert set(described["check_number"]) == {"value", "text", "article_id", "limit"}
    assert described["search"]["limit"]["maximum"] == 100
    refused = asyncio.run(called(answers, "search", {"words": "river", "limit": 5000}))
    assert refused.is_error


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "much"])
def test_what_is_no_number_is_refused(home: Path, value: str) -> None:
    asked = AskedDesk(home).client.get(
        "/copydesk/api/check_number", params={"value": value, "text": "dead"}, headers=basic(AUTH_STRING)
    )
    assert asked.status_code == 422


def test_readers_that_open_at_once_are_all_answered(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: Answers(Settings(home=home)).series("killed")["total"], range(24)))
    assert found == [2] * 24


def basic(string: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(string.encode()).decode()}"}


def test_the_api_answers_to_the_auth_string_alone(home: Path) -> None:
    client = AskedDesk(home).client
    path = "/copydesk/api/series"
    asked = {"measure": "killed", "place": "Dallas"}
    for headers in ({}, basic("not the auth string"), {"Authorization": f"Bearer {AUTH_STRING}"}):
        refused = client.get(path, params=asked, headers=headers)
        assert (refused.status_code, "killed" in refused.text) == (401, False)
    answer = client.get(path, params=asked, headers=basic(AUTH_STRING))
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == 2
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(path, headers=basic(AUTH_STRING)).status_code == 405
    told = client.get("/copydesk/api/series", params={"measure": "ghosts"}, headers=basic(AUTH_STRING))
    assert (told.status_code, told.json()["detail"].split(".")[0]) == (400, "'ghosts' is no measure")
    wrong = client.get("/copydesk/api/search", params={"words": "river", "limit": 5000}, headers=basic(AUTH_STRING))
    assert wrong.status_code == 422
    stranger = client.get(path, params=asked, headers={**basic(AUTH_STRING), "Origin": "https://evil.example"})
    assert stranger.status_code == 403
    described = client.get("/copydesk/api/openapi.json", headers=basic(AUTH_STRING)).json()
    assert {f"/copydesk/api/{name}" for name in QUESTIONS} == set(described["paths"])
    assert client.get("/copydesk/api/openapi.json").status_code == 401


def test_a_program_asks_over_its_own_pipe(home: Path) -> None:
    parameters = StdioServerParameters(
        command=sys.executable, args=["-P", "-m", "copydesk.flows.cli", "mcp", "--home", str(home)], cwd=str(home), env={}
    )

    async def asked() -> Any:
        async with Client(stdio_client(parameters)) as client:
            return await client.call_tool("check_number", {"value": 11, "text": "killed in Dallas"})

    answer = asyncio.run(asked())
    assert not answer.is_error
    assert answer.structured_content["is_printed"] is True
    assert json.loads(answer.content[0].text)["printed"][0]["text"] == "11 people"


@pytest.fixture
def served(home: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the protocol over HTTP."""
    port = free_port()
    command = [sys.executable, "-P", "-m", "copydesk.flows.cli", "mcp", "--port", str(port), "--home", str(home)]
    with (tmp_path / "told").open("wb") as told:
        process = subprocess.Popen(command, cwd=tmp_path, stdout=told, stderr=told, env={**os.environ, "PYTHONPATH": str(ROOT)})
    address = f"http://127.0.0.1:{port}/mcp"
    try:
        eventually(lambda: CLIENT.get(address).status_code == 401)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(STOPS_WITHIN) == 0, (tmp_path / "told").read_text()


def test_over_http_it_answers_to_the_auth_string_alone(served: str, home: Path) -> None:
    from mcp.client.streamable_http import streamable_http_client

    assert CLIENT.post(served, json={}, headers=basic("wrong")).status_code == 401
    right = basic((home / "auth-string").read_text(encoding="utf-8").strip())
    assert CLIENT.post(served, json={}, headers={**right, "Host": "evil.example"}).status_code == 421
    assert CLIENT.post(served, json={}, headers={**right, "Origin": "https://evil.example"}).status_code == 403

    async def asked() -> Any:
        import httpx2

        async with (
            httpx2.AsyncClient(headers=right, timeout=300, trust_env=False) as web,
            Client(streamable_http_client(served, http_client=web)) as client,
        ):
            return await client.call_tool("series", {"measure": "killed"})

    answer = asyncio.run(asked())
    assert not answer.is_error
    assert answer.structured_content["total"] == 2


def test_a_purged_article_is_answered_no_longer(take: Ingest, tmp_path: Path) -> None:
    """The reader of a server that runs on sees what is published later."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.txt").write_text(STORM.format(title="The river rises", day=3, dead=11, hurt=40), encoding="utf-8")
    take(folder)
    answers = Answers(Settings(home=tmp_path / "home"))
    assert answers.series("killed")["total"] == 1
    (folder / "2.txt").write_text(STORM.format(title="Another night", day=9, dead=14, hurt=41), encoding="utf-8")
    take(folder)
    assert answers.series("killed")["total"] == 2
