"""Who is let in at the desk: by the auth string or the printed address, through the door of `copydesk up`."""

from __future__ import annotations

from pathlib import Path

from copydesk.flows.site.desk.keys import DAYS, Keys
from tests.conftest import copydesk, rows
from tests.flows.desks import AUTH_STRING, PAGES, TOKEN, AskedDesk
from tests.flows.serving import EVERYWHERE


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
    refused = copydesk("desk", "--home", home, "--host", EVERYWHERE)
    assert refused.returncode == 1
    assert "is reached from other machines" in refused.stderr
    assert copydesk("desk", "--home", home, "--port", "80000").returncode == 1
    missing = copydesk("desk", "--home", home / "nothing")
    assert (missing.returncode, "There is no home" in missing.stderr) == (1, True)
    assert not (home / "nothing").exists()
