"""What a review at the desk writes, refuses and shows, beside other readers and runs."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from copydesk.flows.cli import main
from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.purge import purge
from copydesk.flows.runs.run import Progress, open_run
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.conflicts import Comparison
from copydesk.flows.site.desk.reader import Published
from copydesk.flows.sources.folder import FolderSource
from tests.conftest import article, rows
from tests.flows.desks import AskedDesk, compared, query_of


def said(home: Path) -> list[dict[str, object]]:
    """The events of reviews."""
    return [json.loads(row[0]) for row in rows(home, "SELECT data FROM events WHERE type = 'claim.reviewed' ORDER BY position")]


def figure(home: Path, text: str) -> str:
    return str(rows(home, f"SELECT claim_id FROM facts WHERE kind = 'figure' AND text = '{text}' ORDER BY claim_id")[0][0])


def test_what_is_said_is_the_event_that_the_command_writes(own: AskedDesk) -> None:
    claim = figure(own.home, "Seventeen people")
    own.say(claim, "confirm", why="read it")
    own.say(claim, "correct", why="they say eighteen", set_value_low="18", set_value_high="18", set_place_name="North Port")
    own.say(claim, "reject", why="of another flood")
    own.say(claim, "undo", why="it is the same")
    written = said(own.home)
    for action, why, *more in (
        ("confirm", "read it"),
        ("correct", "they say eighteen", "--set", "value_low=18", "--set", "value_high=18", "--set", "place_name=North Port"),
        ("reject", "of another flood"),
        ("undo", "it is the same"),
    ):
        assert main(["fact", action, claim, "--why", why, *more, "--home", str(own.home)]) == 0
    assert said(own.home)[len(written) :] == written
    assert [event["verdict"] for event in written] == ["confirmed", "corrected", "rejected", "undone"]


def test_a_review_is_seen_at_once_with_who_and_why_and_can_be_undone(own: AskedDesk) -> None:
    claim = figure(own.home, "19 people")
    answer = own.say(claim, "correct", why="heard\nit", who="Ada Märtens", set_measure="injured", set_as_of_end="2024-05-04")
    page = own.get(answer.headers["location"].removeprefix(own.keys.root + "/"))
    assert "Corrected: " in page
    assert "Ada Märtens" in page
    found = rows(own.home, f"SELECT measure, as_of_end::VARCHAR, review FROM facts WHERE claim_id = '{claim}'")
    assert found == [("injured", "2024-05-04", "corrected")]
    assert rows(own.home, "SELECT who, why FROM reviews") == [("Ada Märtens", "heard it")]
    assert [row["claim_id"] for row in own.json("facts.json?review=corrected")] == [claim]
    assert "heard it" in own.get("reviews")
    assert own.form(f"review/{claim}")["who"] == "Ada Märtens", "the name is kept in the browser"
    own.say(claim, "undo")
    assert rows(own.home, f"SELECT measure, review FROM facts WHERE claim_id = '{claim}'") == [("killed", None)]


def test_what_cannot_be_said_is_refused_with_what_was_typed_kept(own: AskedDesk) -> None:
    claim = figure(own.home, "19 people")
    for given, told in (
        ({"set_value_low": "many"}, "is no number"),
        ({"set_as_of_end": "2024-13-01"}, "is no day"),
        ({"set_value_low": "99"}, "the wrong way round"),
        ({"set_measure": ""}, "keeps a measure"),
        ({"set_measure": "nonsense"}, "is none of its words"),
        ({}, "Nothing was changed"),
        ({"why": "x" * 1001}, "up to 1000 are kept"),
    ):
        page = own.say(claim, "correct", 400, **{"set_place_name": "Kept Harbour", **given} if given else {}).text
        assert told in page.replace("&#39;", "'"), given
        assert not given or 'value="Kept Harbour"' in page
    own.say(claim, "undo", 400)
    own.say(claim, "shout", 400)
    assert said(own.home) == []


def test_a_form_that_the_desk_did_not_write_changes_nothing(own: AskedDesk) -> None:
    claim = figure(own.home, "19 people")
    form = {**own.form(f"review/{claim}"), "action": "reject"}
    path = f"{own.keys.root}/review/{claim}"
    other = AskedDesk(own.home).log_in()
    for changed, headers, status in (
        ({"token": ""}, {}, 403),
        ({"token": other.form(f"review/{claim}")["token"]}, {}, 403),
        ({"token": "é"}, {}, 403),
        ({}, {"Origin": "http://127.0.0.1:9999"}, 403),
        ({}, {"Origin": "null"}, 403),
        ({}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({}, {"Host": "rebind.example"}, 421),
        ({"why": "x" * 70_000}, {}, 413),
    ):
        answer = own.client.post(path, data={**form, **changed}, headers=headers)
        assert answer.status_code == status, (changed, headers)
    assert own.client.get(f"{path}?action=reject&token={form['token']}").status_code == 200
    assert said(own.home) == []


def test_two_readers_lose_nothing(own: AskedDesk) -> None:
    """Of a form that was written before somebody else's correction, only what its reader changed is said."""
    claim = figure(own.home, "Seventeen people")
    stale = own.form(f"review/{claim}")
    own.say(claim, "correct", who="Ada", set_place_name="North Port")
    late = {**stale, "action": "correct", "who": "Ben", "set_value_high": "19"}
    assert own.client.post(f"{own.keys.root}/review/{claim}", data=late).status_code == 303
    found = rows(own.home, f"SELECT place_name, value_low, value_high FROM facts WHERE claim_id = '{claim}'")
    assert found == [("North Port", 17.0, 19.0)]
    assert rows(own.home, "SELECT who FROM reviews ORDER BY position") == [("Ada",), ("Ben",)]


def test_while_a_run_has_the_home_a_review_says_so_and_keeps_what_was_typed(
    own: AskedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copydesk.flows.site.desk.base.WAIT", 0.0)
    claim = figure(own.home, "19 people")
    with open_run(Settings(home=own.home, jobs=1), "a long run", {}, Progress()):
        page = own.say(claim, "correct", 409, set_place_name="Kept Harbour", why="as they say").text
        assert "a long run run" in page
        assert 'value="Kept Harbour"' in page
        assert 'value="as they say"' in page
        assert "Port Ellery" in own.get("articles"), "pages are read meanwhile"
    assert said(own.home) == []
    own.say(claim, "correct", set_place_name="Kept Harbour")
    assert len(said(own.home)) == 1


def test_the_queue_begins_with_what_is_most_in_doubt_and_ends(own: AskedDesk) -> None:
    compared(own, "conflicts")
    (fact,) = rows(
        own.home,
        "WITH doubt AS (SELECT claim_id, fact_id, 1 - least(confidence, coalesce(confidence_place, 1), "
        "coalesce(confidence_as_of, 1)) + CASE WHEN fact_id IN (SELECT unnest([fact_id_a, fact_id_b]) FROM figure_conflicts "
        "WHERE relation = 'contradicts') THEN 0.3 ELSE 0 END AS doubt FROM facts WHERE kind = 'figure') "
        "SELECT claim_id FROM doubt ORDER BY doubt DESC, fact_id LIMIT 1",
    )
    page = own.get("review")
    assert f"/review/{fact[0]}" in page
    torn = "SELECT claim_id FROM facts JOIN figure_conflicts ON fact_id = fact_id_a WHERE relation = 'contradicts' ORDER BY fact_id"
    assert "cannot hold beside" in own.get(f"review/{rows(own.home, torn)[0][0]}")
    assert rows(own.home, query_of(page))[0][0] == fact[0], "the query that is shown gives the queue"
    left = len(rows(own.home, query_of(page)))
    assert f"{left} claims to review" in page
    answer = own.say(fact[0], "confirm", back="?skip=1")
    assert "skip=1" in answer.headers["location"]
    after = own.get(answer.headers["location"].removeprefix(own.keys.root + "/"))
    assert f"{left - 1} claims to review" in after
    assert "Right: " in after
    assert "You have skipped all" in own.get(f"review?skip={left}")
    assert "There is no claim that fits" in own.get("review?place=Nowhere")
    assert "to review" in own.get("review?kind=quote")


def test_what_is_published_later_is_shown_by_the_next_request(own: AskedDesk, tmp_path: Path) -> None:
    assert own.json("articles.json?source=afterwards") == []
    (tmp_path / "new.txt").write_text(article(7), encoding="utf-8")
    source = FolderSource("afterwards", [tmp_path / "new.txt"])
    ingest(Settings(home=own.home, jobs=1, max_rejects=1.0), source, {}, Progress())
    assert "ingest of afterwards" in own.get("")
    assert len(own.json("articles.json?source=afterwards")) == 1


def test_pairs_of_a_purged_document_are_not_shown_while_figures_are_compared_anew(
    own: AskedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copydesk.flows.site.desk.conflicts.PATIENCE", 0.0)
    pair = json.loads(own.client.get(f"{own.keys.root}/conflicts.json").text)[0]
    assert pair["article_id_a"] in compared(own, "conflicts")
    document = rows(own.home, f"SELECT document_id FROM documents WHERE article_id = '{pair['article_id_a']}'")[0][0]
    begun, go_on = threading.Event(), threading.Event()
    compare = Comparison._compare

    def waits(comparison: Comparison, published: Published) -> None:
        begun.set()
        go_on.wait()
        compare(comparison, published)

    monkeypatch.setattr(Comparison, "_compare", waits)
    purge(Settings(home=own.home, jobs=1), document, "asked for")
    try:
        page = own.get("conflicts")
        assert begun.is_set()
        assert "Figures are being compared" in page
        assert pair["article_id_a"] not in page
    finally:
        go_on.set()
    assert pair["article_id_a"] not in compared(own, "conflicts")
