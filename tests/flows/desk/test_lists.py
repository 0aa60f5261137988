"""The lists of the desk: what narrows them, the order of their rows, the query that gives them; no text of a document is markup."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from copydesk.flows.runs.news import new_articles
from copydesk.flows.served.run_markdown import report
from copydesk.flows.site.desk.listing import ROWS
from copydesk.flows.site.desk.work_lists import LISTS
from tests.conftest import Ingest, article, copydesk, rows
from tests.flows.desks import PAGES, AskedDesk, compared, query_of


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
