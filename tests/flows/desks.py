"""The desk of a home, for tests: asked in this process, behind its door and its entrance."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from copydesk.flows.served.desk import desk_of
from copydesk.flows.served.door import Door, own_origins
from copydesk.flows.served.login import Login
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.keys import Keys

AUTH_STRING = "the auth string of a test"
OWN = "http://127.0.0.1:4400"
TOKEN = "the-token-of-the-printed-address"  # noqa: S105  # made up


@dataclass
class AskedDesk:
    """A desk, asked by a browser that is logged in or not."""

    home: Path
    keys: Keys = field(default_factory=lambda: Keys(AUTH_STRING))

    def __post_init__(self) -> None:
        login = Login(TOKEN, AUTH_STRING)
        pages = desk_of(Settings(home=self.home, jobs=1), AUTH_STRING, lambda token: login.given_for(token) is not None)
        self.client = TestClient(Door(pages, pages, own_origins("127.0.0.1", 4400)), base_url=OWN, follow_redirects=False)

    def log_in(self) -> AskedDesk:
        """Takes the cookie that the auth string gives."""
        assert self.client.post("/copydesk/desk", data={"string": AUTH_STRING}).status_code == 303
        return self

    def get(self, path: str, status: int = 200) -> str:
        """The text of a page."""
        answer = self.client.get(f"{self.keys.root}/{path}")
        assert answer.status_code == status, (path, answer.status_code, answer.text)
        return answer.text

    def json(self, path: str) -> list[dict[str, Any]]:
        """The rows of a download."""
        rows: list[dict[str, Any]] = self.client.get(f"{self.keys.root}/{path}").json()
        return rows

    def form(self, path: str) -> dict[str, str]:
        """The fields of the form of review on a page, as a browser would send them."""
        said = self.get(path).partition('<form id="say"')[2].partition("</form>")[0]
        found: dict[str, str] = {}
        for tag in re.findall(r"<input[^>]*>", said):
            told = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            found[told["name"]] = html.unescape(told.get("value", ""))
        for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', said, re.DOTALL):
            chosen = re.search(r'value="([^"]*)" selected', options)
            found[name] = html.unescape(chosen[1]) if chosen else ""
        return found

    def send(self, path: str, status: int = 303, **fields: str) -> Any:
        """Sends a form of the desk with these fields, as a browser would that loaded it."""
        token = html.unescape(re.findall(r'name="token" value="([^"]*)"', self.get("sources/new"))[0])
        answer = self.client.post(f"{self.keys.root}/{path}", data={"token": token, **fields}, headers={"Origin": OWN})
        assert answer.status_code == status, answer.text
        return answer

    def follow(self, answer: Any) -> str:
        """The page that an answer leads to."""
        return self.get(answer.headers["location"].removeprefix(self.keys.root + "/"))

    def say(self, claim: str, action: str, status: int = 303, **changed: str) -> Any:
        """Fills in the form of a claim and presses a button."""
        sent = {**self.form(f"review/{claim}"), **changed, "action": action}
        answer = self.client.post(f"{self.keys.root}/review/{claim}", data=sent, headers={"Origin": OWN})
        assert answer.status_code == status, answer.text
        return answer


def query_of(page: str) -> str:
    """The query that a page shows."""
    return html.unescape(re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)[-1])


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
"""Pages of the desk that every home has."""


def compared(desk: AskedDesk, path: str) -> str:
    """A page once the figures of what is published are compared: they are beside the requests."""
    while "Figures are being compared" in (page := desk.get(path)):
        pass
    return page
