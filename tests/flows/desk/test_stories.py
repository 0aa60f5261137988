"""Pages of stories at the desk: what they show is what the views hold."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from copydesk.flows.jobs.review import review_claim
from copydesk.flows.settings import Settings
from copydesk.warehouse.stories import kept
from copydesk.warehouse.stories.kept_files import FOLDER
from tests.conftest import Ingest, rows
from tests.flows.desks import AskedDesk, query_of
from tests.flows.serving import eventually

SEVERAL = "SELECT story_id FROM stories WHERE articles > 1 ORDER BY articles DESC, story_id"


def seen(page: str) -> str:
    """What a person reads of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_stories_are_listed_and_narrowed(desk: AskedDesk, home: Path) -> None:
    every = desk.json("stories.json")
    assert {one["story_id"] for one in every} == {row[0] for row in rows(home, "SELECT story_id FROM stories")}
    several = desk.json("stories.json?several=1")
    assert [one["story_id"] for one in several if one["articles"] < 2] == []
    assert {one["story_id"] for one in several} == {row[0] for row in rows(home, SEVERAL)} != set()
    listed = desk.get("stories?several=1")
    assert all(f"/stories/{quote(one['story_id'], safe='')}" in listed for one in several)


def test_a_story_shows_origins_claims_numbers_and_articles(desk: AskedDesk, home: Path) -> None:
    story_id = rows(home, SEVERAL)[0][0]
    page = desk.get(f"stories/{story_id}")
    title, articles, outlets, origins = rows(
        home, f"SELECT title, articles, len(outlets), origins FROM stories WHERE story_id = '{story_id}'"
    )[0]
    told = seen(page)
    assert title in told
    assert f"{articles} articles of {outlets} outlet" in told
    assert f"{origins} origin" in told
    for (article_id,) in rows(home, f"SELECT article_id FROM articles WHERE story_id = '{story_id}'"):
        assert f"/articles/{article_id}" in page
    groups = rows(home, f"SELECT first_text, fact_ids[1] FROM claim_groups WHERE story_id = '{story_id}'")
    assert groups
    for text, fact_id in groups:
        assert " ".join(text.split()) in told
        assert f"/facts/{quote(fact_id, safe='')}" in page
    printed = rows(home, f"SELECT text, change FROM timeline WHERE story_id = '{story_id}'")
    assert printed
    assert {change for _, change in printed if change not in told} == set()
    assert rows(home, query_of(page))
    assert "{{" not in page


def test_stories_are_joined_split_and_taken_back_by_forms(own: AskedDesk) -> None:
    (one, _), (other, title), *_ = rows(own.home, "SELECT story_id, title FROM stories ORDER BY articles DESC, story_id")
    page = own.follow(
        own.send(f"stories/{one}", action="merge", other=f"https://desk/stories/{other}", why="one event", who="Ola")
    )
    assert "is a part of this one now" in page
    told = seen(own.get(f"stories/{one}"))
    assert "No story has this id now" in told
    assert "by Ola" in told
    assert rows(own.home, f"SELECT count(*) FROM articles WHERE story_id = '{one}'") == [(0,)]
    assert "Nothing holds" not in own.follow(own.send(f"stories/{one}", action="undo", why="two events"))
    articles = [row[0] for row in rows(own.home, f"SELECT article_id FROM articles WHERE story_id = '{one}' ORDER BY 1")]
    assert len(articles) > 1
    last = next(
        row[0] for row in rows(own.home, f"SELECT article_id FROM articles WHERE article_id <> '{one}' AND story_id = '{one}'")
    )
    split = own.follow(own.send(f"stories/{one}", action="split", why="another", **{f"article:{last}": "on"}))
    assert "are another story now" in split
    assert rows(own.home, f"SELECT story_id FROM articles WHERE article_id = '{last}'") == [(last,)]
    assert own.client.get(f"{own.keys.root}/complete/stories?q={quote(title[:6])}").json()


def test_what_a_form_cannot_decide_is_told_beside_what_was_typed(own: AskedDesk) -> None:
    ((one,),) = rows(own.home, "SELECT story_id FROM stories ORDER BY articles DESC, story_id LIMIT 1")
    for fields, told in (
        ({"action": "merge", "other": "nowhere"}, "There is no story"),
        ({"action": "merge", "other": one}, "is that story already"),
        ({"action": "merge"}, "is no id of a story"),
        ({"action": "split"}, "Say which articles"),
        ({"action": "undo"}, "there is nothing to take back"),
        ({"action": "burn"}, "Say what to decide"),
    ):
        answer = own.send(f"stories/{one}", 400, why="typed <b>before</b>", **fields)
        assert told in html.unescape(answer.text)
        assert "<b>before</b>" not in answer.text
    assert rows(own.home, "SELECT count(*) FROM events WHERE type = 'story.ruled'") == [(0,)]


def test_pages_are_the_same_where_a_large_home_keeps_rows(own: AskedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    story_id = rows(own.home, SEVERAL)[0][0]
    paths = (f"stories/{story_id}", "conflicts")
    eventually(lambda: "What does not agree" in seen(own.get(paths[0])))
    before = [seen(own.get(path)) for path in paths]
    monkeypatch.setattr(kept, "LEAST", 1)
    ((claim,),) = rows(own.home, "SELECT claim_id FROM facts WHERE kind = 'quote' ORDER BY claim_id LIMIT 1")
    review_claim(Settings(home=own.home, jobs=1), claim, "confirm", "read", {})
    assert (own.home / FOLDER).exists()
    eventually(lambda: [seen(own.get(path)) for path in paths] == before)


def test_an_article_leads_to_its_story_where_there_are_others(desk: AskedDesk, home: Path) -> None:
    story_id = rows(home, SEVERAL)[0][0]
    article_id = rows(home, f"SELECT article_id FROM articles WHERE story_id = '{story_id}' ORDER BY 1")[0][0]
    assert f"/stories/{story_id}" in desk.get(f"articles/{article_id}")
    alone = rows(home, "SELECT story_id FROM stories WHERE articles = 1 ORDER BY 1")
    for (one,) in alone[:1]:
        article_id = rows(home, f"SELECT article_id FROM articles WHERE story_id = '{one}'")[0][0]
        assert f"/stories/{one}" not in desk.get(f"articles/{article_id}")
    assert {one["article_id"] for one in desk.json(f"articles.json?story={story_id}")} == {
        row[0] for row in rows(home, f"SELECT article_id FROM articles WHERE story_id = '{story_id}'")
    }


def test_the_overview_begins_with_the_stories_of_most_origins(desk: AskedDesk, home: Path) -> None:
    page = desk.get("")
    first = rows(home, "SELECT story_id FROM stories WHERE articles > 1 ORDER BY origins DESC, articles DESC, story_id")[0][0]
    shown = re.findall(r"/stories/([^\"?]+)\"", page)
    assert shown[0] == first
    assert page.index("<h2>Stories</h2>") < page.index("<h2>Most reported</h2>")


def test_a_story_that_is_not_there_says_so(desk: AskedDesk) -> None:
    assert "There is no such story now" in desk.get("stories/nothing", 404)


def test_hostile_text_of_a_story_stays_text(take: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = (
        "<script>alert(1)</script> & the flood at Port Quenby\n\nBy Ida Ferrell\nMay 3, 2024\n\n{} people were killed in Port Quenby "
        "when the Sellin river rose, the harbour police said on Friday. The harbour police had warned of the Sellin for days, and "
        "the mill at Port Quenby stood empty when the dam at Lower Sellin broke.\n"
    )
    for number in (11, 12):
        (folder / f"{number}.txt").write_text(text.format(number), encoding="utf-8")
    take(folder)
    desk = AskedDesk(tmp_path / "home").log_in()
    story_id = rows(tmp_path / "home", "SELECT story_id FROM stories")[0][0]
    for path in ("", "stories", f"stories/{story_id}"):
        assert "<script>alert" not in desk.get(path)
    assert "&lt;script&gt;" in desk.get("stories")
