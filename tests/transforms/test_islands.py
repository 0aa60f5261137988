"""What is kept far below an article is none of it: paragraphs of a foot, notices that ask for consent."""

from __future__ import annotations

from datetime import date

from copydesk.flows.wiring import lexicon
from copydesk.transforms.cleaning.edges import below_thread
from copydesk.transforms.cleaning.islands import FAR, islands
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.pieces import split_pieces
from copydesk.transforms.cleaning.printed_dates import DateReader

PROSE = "The rowers of Sarn won the race on Saturday before some 400 people, the club said in the evening."
OTHER = "The Quay Paper has told the news of the coast since 1911 and is read in four towns."
NOTICE = "These cookies let our partners, who are third parties, measure how visitors with their consent use the site."
LINES = [f"Harbour, part {number}" for number in range(FAR)]


def page_of(lines: list[str], left: list[str]) -> Page:
    """A page of which all lines are kept but those of a list."""
    page = Page(split_pieces("\n\n".join(lines)), lexicon(), DateReader(lexicon()), date(2024, 5, 15))
    page.kept = frozenset(at for at, piece in enumerate(page.pieces) if piece.text not in left)
    return page


def test_a_paragraph_far_below_is_left_out() -> None:
    assert islands(page_of([PROSE] * 6 + LINES + [OTHER], LINES)) == {6 + FAR}


def test_a_paragraph_near_by_stays() -> None:
    assert islands(page_of([PROSE] * 6 + LINES[1:] + [OTHER], LINES)) == set()


def test_what_may_be_the_second_half_of_an_article_stays() -> None:
    assert islands(page_of([PROSE] * 6 + LINES + [OTHER] * 2, LINES)) == set()


def test_what_stands_above_stays() -> None:
    assert islands(page_of([OTHER, *LINES, *[PROSE] * 6], LINES)) == set()


def test_a_notice_is_left_out_though_it_is_longer() -> None:
    assert islands(page_of([PROSE] * 4 + LINES + [NOTICE] * 9, LINES)) == set(range(4 + FAR, 13 + FAR))


def test_an_article_on_cookies_stays() -> None:
    assert islands(page_of([NOTICE] * 6, LINES)) == set()


def test_a_review_below_its_deck_and_the_number_of_comments_stays() -> None:
    mine = "I rowed for an hour and I can tell you that my hands were blue, but I would do it again for you!"
    page = page_of(["A book about the rowers of Sarn, told by one who was there.", "Comments", *[mine] * 5], ["Comments"])
    page.roles[1] = ("comment_prompt", "line:comments")
    assert below_thread(page) == set()
