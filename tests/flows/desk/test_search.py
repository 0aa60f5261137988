"""The search of the desk answers what the command answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlencode

from tests.conftest import copydesk
from tests.flows.desks import AskedDesk


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
