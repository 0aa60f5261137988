"""Feeds are read by a program of their own, whatever lies in the working folder, and by what names a page in them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from copydesk.flows.sources.answers import Fetched
from copydesk.flows.sources.feeds import feed_entries
from copydesk.flows.sources.found import Content

ITEMS = (
    "<item><link>https://post.example/1</link><guid>x</guid></item>",
    "<item><link></link><guid>\n https://post.example/2 </guid></item>",
    "<item><guid>https://post.example/3</guid></item>",
    '<item><guid isPermaLink="false">tag:post.example,2024:4</guid></item>',
)


def addresses(*items: str) -> tuple[list[str], Counter[str]]:
    body = f"<rss version='2.0'><channel><title>Post</title>{''.join(items)}</channel></rss>".encode()
    skipped: Counter[str] = Counter()
    feed = Fetched("https://post.example/feed", "application/xml", Content(body, len(body), ""))
    return [entry.address for entry in feed_entries(feed, skipped)], skipped


def test_an_entry_without_a_link_is_known_by_the_address_that_is_its_identity() -> None:
    found, skipped = addresses(*ITEMS)
    assert found == [f"https://post.example/{number}" for number in (1, 2, 3)]
    assert skipped["entry_without_link"] == 1


def test_nothing_of_the_working_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("html.py", "json.py", "feedparser.py", "copydesk/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert addresses(ITEMS[0])[0] == ["https://post.example/1"]
    assert not (tmp_path / "ran").exists()
