"""The desk without a browser: who is let in, what lists answer, what a review writes, what stands in a page."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import threading
from pathlib import Path
from urllib.parse import urlencode

import pytest

from copydesk.flows.cli import main
from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.purge import purge
from copydesk.flows.runs.news import new_articles
from copydesk.flows.runs.run import Progress, open_run
from copydesk.flows.served.run_markdown import report
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.conflicts import Comparison
from copydesk.flows.site.desk.keys import DAYS, Keys
from copydesk.flows.site.desk.listing import ROWS
from copydesk.flows.site.desk.reader import Published
from copydesk.flows.site.desk.work_lists import LISTS
from copydesk.flows.sources.folder import FolderSource
from tests.conftest import ARTICLES, Ingest, article, copydesk, rows
from tests.flows.desks import AUTH_STRING, TOKEN, AskedDesk, query_of
from tests.hostile import HOSTILE

PAGES = (
    "",
    "articles",
    "facts",
    "search",
    "search?q=harbour",
    "conflicts",
    "review",
    "sources",
    "rejects",
    "documents",
    "runs",
    "reviews",
    "entities",
    "entities?q=brandt",
    "precision",
    "sources/new",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles and a hostile one; not to be written to."""
    base = tmp_path_factory.mktemp("desk")
    shutil.copytree(ARTICLES, base / "in")
    (base / "in" / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    source = FolderSource("desk", [base / "in"])
    ingest(Settings(home=base / "home", jobs=1, max_rejects=1.0), source, {}, Progress())
    return base / "home"


@pytest.fixture(scope="module")
def desk(home: Path) -> AskedDesk:
    return AskedDesk(home).log_in()


@pytest.fixture
def own(home: Path, tmp_path: Path) -> AskedDesk:
    """The desk of a copy of the home, to be written to."""
    shutil.copytree(home, tmp_path / "home", symlinks=True)
    with open_run(Settings(home=tmp_path / "home", jobs=1), "moved", {}, Progress()):
        pass  # its first step publishes what was moved
    return AskedDesk(tmp_path / "home").log_in()


# Who is let in


def test_without_the_auth_string_nothing_answers(home: Path) -> None:
    desk = AskedDesk(home)
    article = rows(home, "SELECT article_id FROM articles LIMIT 1")[0][0]
    paths = [
        *PAGES,
        "places",
        "series",
        "places/named?name=Port+Ellery",
        "complete/places?q=port",
        "articles.csv",
        "facts.json",
        "assets/desk.js",
        f"articles/{article}",
        "nothing",
    ]
    answers = {path: desk.client.get(f"{desk.keys.root}/{path}") for path in paths}
    assert {answer.status_code for answer in answers.values()} == {401}
    assert not any("Port Ellery" in answer.text for answer in answers.values())
    for path in ("review/x", "entities/x", f"articles/{article}", "sources/new", "requeue"):
        assert desk.client.post(f"{desk.keys.root}/{path}", data={"action": "confirm"}).status_code == 401
    for path in ("/copydesk/", "/copydesk/other", "/copydesk/desk/facts"):
        assert desk.client.get(path).status_code == 401
        assert desk.keys.root not in desk.client.get(path).text, "the path of the desk is told to nobody outside"
    wrong = desk.client.post("/copydesk/desk", data={"string": "not it"})
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (403, False)


def test_the_auth_string_leads_to_the_page_that_was_asked_for(home: Path) -> None:
    desk = AskedDesk(home)
    wanted = f"{desk.keys.root}/facts?measure=killed"
    asked = desk.client.get(wanted).text
    assert f'value="{wanted}"' in asked
    let_in = desk.client.post("/copydesk/desk", data={"string": AUTH_STRING, "next": wanted})
    assert (let_in.status_code, let_in.headers["location"]) == (303, wanted)
    cookie = let_in.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f"Path={desk.keys.root};" in cookie, "no other server of the machine is sent it"
    for elsewhere in ("https://other.example/", "//other.example/", f"{desk.keys.root}/\\other.example", "/elsewhere"):
        led = desk.client.post("/copydesk/desk", data={"string": AUTH_STRING, "next": elsewhere})
        assert led.headers["location"] == f"{desk.keys.root}/"


def test_the_printed_address_opens_once(home: Path) -> None:
    desk = AskedDesk(home)
    assert desk.client.get(f"/copydesk/enter/{TOKEN}x").status_code == 403
    assert desk.client.get(f"/copydesk/enter/{TOKEN}").status_code == 303
    assert "What is new" in desk.get("")
    assert AskedDesk(home).client.get("/copydesk/enter/").status_code == 403
    assert desk.client.get(f"/copydesk/enter/{TOKEN}").status_code == 403


def test_a_session_ends_by_its_time_and_with_the_auth_string() -> None:
    now = 0.0
    keys = Keys(AUTH_STRING, lambda: now)
    session = keys.session()
    assert keys.is_session(session)
    told, _, signature = session.rpartition(".")
    for forged in ("", ".", "x.y.z", f"9{told}.{signature}", f"{told}.", f"{told}.{signature}é"):
        assert not keys.is_session(forged)
    assert not Keys(AUTH_STRING + "x", lambda: now).is_session(session)
    assert Keys(AUTH_STRING + "x").root != keys.root
    now = DAYS * 86_400.0
    assert not keys.is_session(session)


def test_the_door_is_that_of_up(desk: AskedDesk) -> None:
    path = f"{desk.keys.root}/facts"
    assert desk.client.get(path, headers={"Host": "rebind.example:4400"}).status_code == 421
    assert desk.client.get(path, headers={"Origin": "http://127.0.0.1:9999"}).status_code == 403
    assert desk.client.get(path, headers={"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}).status_code == 403
    policy = desk.client.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_other_machines_are_let_in_by_the_operator_alone(home: Path) -> None:
    refused = copydesk("desk", "--home", home, "--host", "0.0.0.0")  # noqa: S104  # what is asked for is refused
    assert refused.returncode == 1
    assert "is reached from other machines" in refused.stderr
    assert copydesk("desk", "--home", home, "--port", "80000").returncode == 1
    missing = copydesk("desk", "--home", home / "nothing")
    assert (missing.returncode, "There is no home" in missing.stderr) == (1, True)
    assert not (home / "nothing").exists()


# Lists


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_shows_the_query_that_gives_its_rows(desk: AskedDesk, home: Path, name: str) -> None:
    page = desk.get(name)
    asked = rows(home, query_of(page)) if "<pre" in page else []
    assert page.count("<tr>") == (len(asked) + 1 if asked else 0)


@pytest.mark.parametrize(
    ("path", "condition"),
    [
        ("articles?q=harbour", "title ILIKE '%harbour%'"),
        ("articles?q=5%25", "title ILIKE '%5!%%' ESCAPE '!'"),
        ("articles?q=board's", "title ILIKE '%board''s%'"),
        ("articles?from=2024-05-03&to=2024-05-06", "published_on BETWEEN '2024-05-03' AND '2024-05-06'"),
        ("articles?outlet=Coastal+Wire&originals=1", "outlet = 'Coastal Wire' AND duplicate_of IS NULL"),
        ("articles?language=de", "language = 'de'"),
        ("articles?source=nothing", "false"),
    ],
)
def test_articles_are_narrowed(desk: AskedDesk, home: Path, path: str, condition: str) -> None:
    wanted = {row[0] for row in rows(home, f"SELECT article_id FROM articles WHERE {condition}")}
    found = desk.json(path.replace("articles", "articles.json", 1))
    assert {row["article_id"] for row in found} == wanted
    assert set(re.findall(r"/articles/(\w+)\"", desk.get(path))) >= wanted


@pytest.mark.parametrize(
    ("given", "condition"),
    [
        ({"kind": "quote"}, "f.kind = 'quote'"),
        ({"measure": "killed", "place": "Port Ellery"}, "f.measure = 'killed' AND f.place_name = 'Port Ellery'"),
        ({"who": "MINISTRY"}, "coalesce(f.speaker, f.attributed_to) ILIKE '%ministry%' OR f.claimant_name ILIKE '%ministry%'"),
        ({"claimant_kind": "police"}, "f.claimant_kind = 'police'"),
        ({"outlet": "Coastal Wire", "kind": "figure"}, "a.outlet = 'Coastal Wire' AND f.kind = 'figure'"),
        ({"sure": "0.5"}, "least(f.confidence, coalesce(confidence_place, 1), coalesce(confidence_as_of, 1)) <= 0.5"),
        ({"review": "confirmed"}, "false"),
        ({"review": "open", "q": "people"}, "f.text ILIKE '%people%'"),
        ({"from": "2024-06-01"}, "a.published_on >= '2024-06-01'"),
    ],
)
def test_facts_are_narrowed(desk: AskedDesk, home: Path, given: dict[str, str], condition: str) -> None:
    wanted = {row[0] for row in rows(home, f"SELECT fact_id FROM facts f JOIN articles a USING (article_id) WHERE {condition}")}
    found = desk.json(f"facts.json?{urlencode(given)}")
    assert {row["fact_id"] for row in found} == wanted
    told = csv.DictReader(io.StringIO(desk.client.get(f"{desk.keys.root}/facts.csv?{urlencode(given)}").text))
    assert [row["fact_id"] for row in told] == [row["fact_id"] for row in found]


def test_pages_hold_every_row_once_in_the_order_that_is_asked_for(desk: AskedDesk, home: Path) -> None:
    (total,) = rows(home, "SELECT count(*) FROM facts")[0]
    assert total > 2 * ROWS
    for sort in ("confidence", "-value_low", "place_name", "nonsense"):
        shown = []
        for page in range(1, -(-total // ROWS) + 1):
            told = desk.get(f"facts?sort={sort}&page={page}")
            shown += re.findall(r"/articles/(\w+)#([\w-]+)\"", told)
        assert len(shown) == len(set(shown)) == total
        whole = desk.json(f"facts.json?sort={sort}")
        assert [(row["article_id"], row["fact_id"].rpartition("-")[2]) for row in whole] == shown
    falling = [row["value_low"] for row in desk.json("facts.json?sort=-value_low") if row["value_low"] is not None]
    assert falling == sorted(falling, reverse=True)


def test_what_a_filter_cannot_take_is_said(desk: AskedDesk) -> None:
    for path, told in {
        "articles?from=tomorrow": "is no time",
        "facts?sure=much": "“much” is no number",
        "facts?sure=nan": "“nan” is no number",
        "articles?since=x": "how long ago",
        "articles?q=%00": "all of which can be seen",
        f"articles?q={'x' * 400}": "up to 300 characters",
        "?since=x": "how long ago",
        "review?place=%00": "all of which can be seen",
    }.items():
        assert told in desk.get(path, 400)
    for path in ("articles?page=0", "articles?page=99999", "articles?page=x", "articles?sort=text;", "facts?unknown=1"):
        assert 'role="status"' in desk.get(path)
    assert "There is no such page" in desk.get("nothing", 404)
    assert "There is no such article now" in desk.get("articles/nothing", 404)
    assert "There is no such fact now" in desk.get("facts/nothing", 404)
    assert "There is no such run" in desk.get("runs/nothing", 404)


def test_a_fact_leads_to_its_place_and_a_run_to_what_it_brought(desk: AskedDesk, home: Path) -> None:
    fact, article = rows(home, "SELECT fact_id, article_id FROM facts WHERE kind = 'figure' ORDER BY fact_id LIMIT 1")[0]
    led = desk.client.get(f"{desk.keys.root}/facts/{fact}").headers["location"]
    assert led == f"{desk.keys.root}/articles/{article}#{fact.rpartition('-')[2]}"
    page = desk.get(f"articles/{article}")
    assert f'id="{fact.rpartition("-")[2]}"' in page
    (run, ingested) = rows(home, "SELECT run_id, ingested FROM runs WHERE kind = 'ingest'")[0]
    assert f"All {ingested} articles" in desk.get(f"runs/{run}")
    assert len(desk.json(f"articles.json?run={run}")) == ingested


def test_conflicts_are_those_of_the_view(desk: AskedDesk, home: Path) -> None:
    desk_of_pairs = desk.json("conflicts.json")
    assert len(desk_of_pairs) == rows(home, "SELECT count(*) FROM figure_conflicts")[0][0] > 0
    page = compared(desk, "conflicts?relation=contradicts")
    assert page.count('<div class="pair">') == sum(pair["relation"] == "contradicts" for pair in desk_of_pairs) > 0
    assert "Cannot both hold" in page
    assert "There is no such pair" in desk.get("conflicts?measure=nothing")


LOOSE = {
    "first": """Flood at Port Ellery takes the lower town

3 May 2024

More than 40 people were killed in Port Ellery on Wednesday, the police said. The river broke its banks at the mill.

Rescuers searched the houses by the river for a second day, and the road to the harbour was closed until the evening.
""",
    "second": """Schools stay shut while the harbour is cleared

3 May 2024

30 people were killed in Port Ellery on Wednesday, the health ministry said. Nobody knows yet when lessons begin again.

Volunteers carried mud out of the library all morning. A baker gave away bread, and the choir sang in the square at noon.
""",
}
"""Articles that name no outlet."""


def test_what_no_outlet_is_known_of_is_of_its_source(take: Ingest, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in LOOSE.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    take(tmp_path / "in")
    assert rows(tmp_path / "home", "SELECT DISTINCT outlet FROM figure_series") == [(None,)]
    loose = AskedDesk(tmp_path / "home").log_in()
    page = compared(loose, "conflicts")
    assert "test, on the word of" in page
    assert "None" not in page
    overview = loose.get("")
    assert "2 figures of 1 outlet, 30 to 40 or more" in overview
    assert "None" not in overview
    assert {row["as_of"] for row in loose.json("facts.json?kind=figure")} == {"2024-05-01"}
    done = copydesk("report", "--home", tmp_path / "home")
    assert done.returncode == 0, done.stderr
    for name in ("series.html", "conflicts.html"):
        written = (tmp_path / "home" / "report" / name).read_text(encoding="utf-8")
        assert ("test" in written, '"outlet":null' in written.replace(" ", "")) == (True, False), name


def compared(desk: AskedDesk, path: str) -> str:
    """A page once the figures of what is published are compared: they are beside the requests."""
    while "Figures are being compared" in (page := desk.get(path)):
        pass
    return page


def test_no_text_of_a_document_is_markup(desk: AskedDesk, home: Path) -> None:
    hostile = rows(home, "SELECT article_id FROM articles WHERE text LIKE '%svg%' OR text LIKE '%</script>%'")[0][0]
    claim = rows(home, f"SELECT claim_id FROM facts WHERE article_id = '{hostile}' ORDER BY fact_id LIMIT 1")[0][0]
    attack = urlencode({"q": '"><script>x</script>', "place": "'\"><img src=x>"})
    for path in (*PAGES, f"articles/{hostile}", f"review/{claim}", f"articles?{attack}", f"facts?{attack}", f"review?{attack}"):
        page = desk.get(path)
        assert not re.search(r"<script(?! defer src=)|<img|<svg|href=\"javascript:", page), path
        assert not re.search(r"<[^>]+ on\w+=", re.sub(r'"[^"]*"', '""', page)), path
    assert "&lt;/script&gt;" in desk.get(f"articles/{hostile}")


def test_the_artifact_of_a_run_leads_to_the_desk(take: Ingest, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    run = take(tmp_path / "a.txt")
    ((found,),) = rows(tmp_path / "home", "SELECT article_id FROM articles")
    told = report(run, new_articles(run), desk="http://127.0.0.1:4200/copydesk/key")
    assert f"(http://127.0.0.1:4200/copydesk/key/runs/{run.run_id})" in told
    assert f"(http://127.0.0.1:4200/copydesk/key/articles/{found})" in told
    assert "](file:" not in told, "a browser opens no file from a page"
    assert "](" not in report(run, new_articles(run)), "without a desk there is nothing to lead to"
    desk = AskedDesk(tmp_path / "home").log_in()
    assert "All 1 article" in desk.get(f"runs/{run.run_id}")


# Review


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
    assert "cannot hold beside" in page
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


# Search


def test_a_search_lists_what_the_command_lists_with_the_words_marked(desk: AskedDesk, home: Path) -> None:
    told = json.loads(copydesk("search", "harbour police", "--in", "facts", "--format", "json", "--home", home).stdout)
    page = desk.get("search?q=harbour+police&in=facts")
    assert told
    assert re.findall(r'<li><a href="[^"]*/facts/([^"]+)"', page) == [row["id"] for row in told]
    assert "<mark>harbour</mark>" in page and "<mark>police</mark>" in page
    assert desk.client.get(f"{desk.keys.root}/facts/{told[0]['id']}").status_code == 303
    narrowed = desk.get("search?q=harbour&in=sentences&measure=killed&place=Port+Ellery&from=2024-05-01&to=2024-05-31")
    assert "<mark>" in narrowed


def test_a_search_that_asks_for_nothing_or_badly_is_told_in_a_sentence(desk: AskedDesk) -> None:
    assert 'role="alert"' not in desk.get("search?q=")
    for asked, told in (
        ({"q": "-"}, 'role="alert"'),
        ({"q": "harbour", "outlet": "Nobody's Paper"}, "Nothing here is printed by"),
        ({"q": "harbour", "from": "someday"}, "someday"),
        ({"q": "harbour", "measure": "nonsense"}, "is no measure"),
    ):
        assert told in desk.get(f"search?{urlencode(asked)}", 400), asked
    assert "Port Ellery" not in desk.get("search?q=zzzz")


def test_hostile_words_of_a_search_stay_words(desk: AskedDesk) -> None:
    page = desk.get("search?" + urlencode({"q": '"><script>alert(1)</script>'}))
    assert "<script>alert" not in page
    found = desk.get("search?q=onerror&in=articles")
    assert "<img src=x" not in found
