"""Sources at the desk: what a trial shows, what is added, what is refused, rejects that are decided again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from copydesk.flows.jobs.apart import Apart
from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.trial import add_asked, try_source
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.flows.sources.registry import read_sources
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from tests.conftest import article, rows
from tests.flows.desks import AskedDesk
from tests.flows.serving import eventually


@pytest.fixture
def desk(tmp_path: Path) -> AskedDesk:
    """The desk of a home of one article, with an empty document that was turned away."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(article(1), encoding="utf-8")
    (tmp_path / "in" / "empty.txt").write_text("  ", encoding="utf-8")
    settings = Settings(home=tmp_path / "home", jobs=1, max_rejects=1.0)
    ingest(settings, FolderSource("wire", [tmp_path / "in"]), {}, Progress())
    return AskedDesk(tmp_path / "home").log_in()


def inbox_of(desk: AskedDesk) -> Path:
    inbox = desk.home / "inbox"
    inbox.mkdir(exist_ok=True)
    return inbox


def test_a_trial_shows_what_would_come_in_and_keeps_nothing(desk: AskedDesk) -> None:
    inbox = inbox_of(desk)
    (inbox / "new.txt").write_text(article(2), encoding="utf-8")
    (inbox / "known.txt").write_text(article(1), encoding="utf-8")
    (inbox / "nothing.txt").write_text("", encoding="utf-8")
    before = rows(desk.home, "SELECT count(*) FROM events")
    asked = {"name": "drops", "kind": "folder", "location": str(inbox), "outlet": "Coastal Wire"}
    page = desk.send("sources/new", 200, action="try", **asked).text
    for uri, becomes in (("new.txt", "article"), ("known.txt", "duplicate"), ("nothing.txt", "turned away")):
        assert f"{becomes}</td>" in page.partition(uri)[2].partition("</tr>")[0], uri
    assert "Road to the harbour to open again" in page
    assert 'value="Coastal Wire"' in page, "what was typed is kept"
    assert rows(desk.home, "SELECT count(*) FROM events") == before
    assert read_sources(Home(desk.home)) == {}


def test_an_added_source_is_that_of_the_form_of_prefect_and_is_shown(desk: AskedDesk) -> None:
    asked = {"name": "drops", "kind": "folder", "location": str(inbox_of(desk)), "schedule": "*/15 * * * *"}
    page = desk.follow(desk.send("sources/new", action="add", **asked))
    assert "Added drops." in page
    assert "nothing came yet" in page
    added = read_sources(Home(desk.home))["drops"]
    assert (added.kind, added.schedule, added.confined) == ("folder", "*/15 * * * *", True)
    again = desk.send("sources/new", 400, action="try", **asked).text
    assert "has a source" in again


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"location": "/etc"}, "lies outside what runs from the Prefect UI may read"),
        ({"location": "auth-string"}, "lies outside"),
        ({"name": "No Name"}, "is no name for a source"),
        ({"schedule": "often"}, "cron expression"),
        ({"kind": "wizard"}, "kind"),
        ({"kind": "feed", "location": "http://127.0.0.1:8080/feed"}, "private"),
        ({"kind": "feed", "location": "http://127.0.0.1:9/feed", "allow": ("127.0.0.1:9",)}, "no host whose private address"),
        ({"location": ""}, "has no location"),
        ({"most": "many"}, "most"),
    ],
)
def test_what_may_not_be_read_or_is_wrong_is_refused(desk: AskedDesk, changed: dict[str, Any], told: str) -> None:
    given = {"kind": "folder", "location": str(inbox_of(desk)), **changed}
    name = given.pop("name", "drops")
    settings = Settings(home=desk.home, jobs=1)
    for asked in (try_source, add_asked) if told != "private" else (try_source,):
        with pytest.raises(PermanentError, match=told):
            asked(settings, name, given)
    assert read_sources(Home(desk.home)) == {}


def test_a_refusal_keeps_what_was_typed(desk: AskedDesk) -> None:
    asked = {"name": "drops", "kind": "folder", "location": "/etc", "outlet": "Kept Outlet"}
    page = desk.send("sources/new", 400, action="add", **asked).text
    assert "lies outside what runs from the Prefect UI may read" in page
    assert 'value="Kept Outlet"' in page
    assert read_sources(Home(desk.home)) == {}


def test_a_form_that_the_desk_did_not_write_adds_nothing(desk: AskedDesk) -> None:
    asked = {"name": "drops", "kind": "folder", "location": str(inbox_of(desk)), "action": "add"}
    for token in ("", "x"):
        assert desk.client.post(f"{desk.keys.root}/sources/new", data={**asked, "token": token}).status_code == 403
        assert desk.client.post(f"{desk.keys.root}/requeue", data={"token": token}).status_code == 403
    assert read_sources(Home(desk.home)) == {}


def test_rejects_are_decided_again_beside_the_requests(desk: AskedDesk) -> None:
    page = desk.get("sources")
    assert 'name="reason" value="empty' in page or 'name="reason"' in page
    ((reason,),) = rows(desk.home, "SELECT reason FROM documents WHERE status = 'rejected'")
    assert "is no reason of a reject" in desk.send("requeue", 400, reason="nonsense").text.replace("&#39;", "'")
    desk.send("requeue", reason=reason)
    eventually(lambda: "1 decided again" in desk.get("sources"))
    assert rows(desk.home, "SELECT kind, outcome FROM runs WHERE kind = 'requeue'") == [("requeue", "completed")]
    assert rows(desk.home, "SELECT reason FROM documents WHERE status = 'rejected'") == [(reason,)]


def test_a_file_of_sources_that_is_wrong_is_told_and_the_page_stands(desk: AskedDesk) -> None:
    (desk.home / "sources.toml").write_text("[sources.wire]\nkind = 'folder'\n", encoding="utf-8")
    page = desk.get("sources")
    assert "has no location" in page
    assert "Last runs" in page


def fails(what: str) -> None:
    """A job that fails."""
    raise PermanentError(f"{what} is wrong.")


def test_what_a_job_raises_is_told_by_the_one_who_asks() -> None:
    job = Apart(fails, "this")
    with pytest.raises(PermanentError, match=r"this is wrong\."):
        job.answer(600.0)
