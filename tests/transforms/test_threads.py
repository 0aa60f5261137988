"""Readers' comments are told from articles by several signs, and no text that is mostly article loses half of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.transforms.cleaning.decode import decode
from copydesk.transforms.cleaning.pieces import split_pieces
from tests.extractions import made
from tests.threads import Thread, threads, whole

MOSTLY_ARTICLE = 0.6
MARKED = [thread for thread in threads() if thread.mark != "none"]
UNMARKED = [thread for thread in threads() if thread.mark == "none"]


def kept(text: str, media: str = "text/plain") -> str:
    found = made(text, media).article
    return found.text if found else ""


def share(paragraphs: list[str] | tuple[str, ...], text: str) -> float:
    """The share of the words of paragraphs that a text has, whole paragraphs only."""
    words = [len(paragraph.split()) for paragraph in paragraphs]
    return sum(n for n, paragraph in zip(words, paragraphs, strict=True) if paragraph in text) / max(1, sum(words))


@pytest.mark.parametrize("thread", MARKED, ids=lambda thread: thread.mark)
def test_marked_comments_are_left_out_and_the_report_stays(thread: Thread) -> None:
    text = kept(thread.text)
    assert all(paragraph in text for paragraph in thread.report)
    assert not [comment for comment in thread.comments if comment in text]


@pytest.mark.parametrize("thread", UNMARKED, ids=range(len(UNMARKED)))
def test_unmarked_comments_are_left_out_and_the_report_stays(thread: Thread) -> None:
    text = kept(thread.text)
    assert all(paragraph in text for paragraph in thread.report)
    assert not [comment for comment in thread.comments if comment in text]


@pytest.mark.parametrize(("text", "paragraphs"), list(whole()), ids=range(40))
def test_what_only_looks_like_a_thread_stays_whole(text: str, paragraphs: tuple[str, ...]) -> None:
    assert share(paragraphs, kept(text)) == 1.0


@pytest.mark.parametrize("noise", [0, 3, 6])
def test_a_text_that_is_mostly_article_keeps_half_of_it(noise: int) -> None:
    for text, paragraphs in whole():
        furniture = [f"Harbour news in brief, part {number}" for number in range(noise)]
        for media, page in (
            ("text/plain", "\n\n".join([*furniture, text, *furniture])),
            ("text/html", "".join(f"<div>{line}</div>" for line in [*furniture, *text.split("\n\n"), *furniture])),
        ):
            assert share(paragraphs, kept(page, media)) >= 0.5, (media, paragraphs[0])


@pytest.mark.parametrize("ending", [".txt", ".html"])
def test_no_page_of_the_corpora_that_is_mostly_article_loses_half_of_it(shared: Path, ending: str) -> None:
    lost = []
    for told in sorted((shared / "corpora" / "pages").glob("*.article.json"))[::4]:
        paragraphs = json.loads(told.read_text(encoding="utf-8"))["paragraphs"]
        name = told.name.removesuffix(".article.json")
        plain = decode(told.with_name(f"{name}.txt").read_bytes())
        assert isinstance(plain, str)
        prose = sum(piece.words for piece in split_pieces(plain) if piece.prose)
        words = sum(len(paragraph.split()) for paragraph in paragraphs)
        if words < MOSTLY_ARTICLE * prose:
            continue
        page = decode(told.with_name(f"{name}{ending}").read_bytes())
        text = kept(str(page), "text/html" if ending == ".html" else "text/plain")
        if len(text.split()) < words / 2:
            lost.append(name)
    assert not lost
