"""Why a line of a document is no part of its article: the rule that left it out, and what was seen of the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from copydesk.transforms.cleaning.html import clean_markup, read_markup
from copydesk.transforms.cleaning.markup_selection import MarkupPage, line_scores
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.cleaning.plain_text import read_plain
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.types import RawDocument
from copydesk.transforms.vocabulary import ARTICLE_ROLES

RULES = {
    "line": "the whole line is a phrase of the table furniture",
    "start": "the line begins with a phrase of the table furniture",
    "has": "a phrase of the table furniture stands in the line",
    "repeats_over_site": "the line stands on many pages of its site",
    "register_turns": "from here on readers' comments follow, by two kinds of signs",
    "below_comment_prompt": "the line stands below the one that asks for comments",
    "below_footer": "the line stands below the foot",
    "below_teaser_heading": "the line stands below one that heads other stories",
    "prose_below_body": "prose below the last line of the article",
    "below_body": "a short line below the last line of the article",
    "above_body": "the line stands above the first line of the article",
    "unlike_the_article": "the body model leaves it out, between lines of the article",
    "line_between_paragraphs": "the body model leaves out a short line between lines of the article",
    "credit_in_brackets": "the credit of a picture ends the line",
    "placed_in_picture": "the line says where in the picture somebody stands",
    "credit_line": "the line is the credit of a picture",
    "above_credit": "a sentence with a day at its end stands right above the credit of a picture",
    "printed_twice_running": "the sentence is printed twice running, as the text of a picture and under it",
    "person_in_picture": "a person and, in brackets, where the picture is from",
    "row_of_buttons": "a row of buttons below the headline",
    "title_with_outlet": "the headline again with the name of its outlet",
    "date_between_paragraphs": "the line is a date",
    "printed_date": "the line says when it was published",
    "names_before_date": "names stand before the date",
    "day_handed_in": "the line says when the manuscript reached its publisher",
    "name_beside_date": "a name stands beside the date",
    "by_word": "a by-word opens the line",
    "named_in_metadata": "the page's metadata names these authors",
    "printed_twice": "the short line is printed more than once",
    "metadata": "the page's metadata gives this line as the headline",
    "markdown_heading": "the headline, marked as a heading",
    "headline_above_body": "the headline model ranks it first",
    "sentence_under_title": "a sentence between the headline and the text",
    "trafilatura_comments": "trafilatura takes it for a reader's comment",
    "hidden": "the page does not show it",
    "printed_above": "what the page shows holds it already",
    "prose_left_out": "the body model leaves the paragraph out",
    "line_left_out": "the body model leaves the line out",
    "place_and_day": "the line holds the place and the day of the report, or the place and the agency",
    "agency_below_place": "the agency stands on the line below place and day",
    "deck_above_lead": "a short sentence stands above the paragraph that the dateline or the byline opens",
    "printed_again": "the paragraph stands in the article already",
    "number_in_a_box": "a number alone on a line, and what it counts, which the article says as well",
    "short_line_at_the_end": "a short line without a stop ends the text: it is torn off, or leads on",
    "signs_a_post": "the line signs a post of a social network that the page shows",
    "signs_the_report": "the line signs the report",
    "behind_the_last_sentence": "who signs the report, or the mark of its end, stands behind its last sentence",
    "unnamed": "no rule names it",
}
"""What each reason says; of `start:read_more` the part before the colon is looked up, and the rest is the phrase."""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A line that is no part of the article: its role, the slug of the reason, the rule in words, what was seen of it."""

    text: str
    role: str
    reason: str
    rule: str
    evidence: tuple[str, ...]


def left_out(text: str, raw: RawDocument, lexicon: Lexicon, dates: DateReader) -> list[LeftOut]:
    """Every line of a decoded document that its article does not hold, in order, with the reason for it."""
    if raw.media_type.startswith("text/html"):
        return list(_of_markup(text, raw, lexicon, dates))
    return list(_of_plain(read_plain(text, raw, lexicon, dates, frozenset())))


def rule_of(reason: str) -> str:
    """The rule behind the slug of a reason, in words.

    >>> rule_of("start:read_more")
    "the line begins with a phrase of the table furniture: 'read more'"
    """
    kind, _, phrase = reason.partition(":")
    said = RULES.get(kind, kind)
    return f"{said}: {phrase.replace('_', ' ')!r}" if phrase else said


def _of_markup(text: str, raw: RawDocument, lexicon: Lexicon, dates: DateReader) -> Iterator[LeftOut]:
    page = read_markup(text, raw.url, (raw.received_at + timedelta(days=1)).date(), lexicon, dates)
    scores = [float(score) for score in line_scores(page, lexicon)]
    for at, block in enumerate(clean_markup(text, raw, lexicon, dates).blocks):
        if block.role not in ARTICLE_ROLES:
            seen = (*_seen(page.pieces[at], scores, at), *_seen_of_markup(page, at))
            yield _left(page.pieces[at], block.role, block.reason, seen)


def _of_plain(page: Page) -> Iterator[LeftOut]:
    for at, piece in enumerate(page.pieces):
        role, reason = page.roles[at]
        if role in ARTICLE_ROLES:
            continue
        place = (
            "above the first line of the article"
            if at < page.first
            else "below the last line of the article"
            if at > page.last
            else "between lines of the article"
        )
        yield _left(piece, role, reason, (*_seen(piece, page.scores, at), place))


def _left(piece: Piece, role: str, reason: str, evidence: Sequence[str]) -> LeftOut:
    return LeftOut(text=piece.text, role=role, reason=reason, rule=rule_of(reason), evidence=tuple(evidence))


def _seen(piece: Piece, scores: Sequence[float], at: int) -> Iterator[str]:
    """What a line shows in every kind of document: its score, its length, whether it is prose."""
    if at < len(scores):
        yield f"score {scores[at]:+.1f}"
    yield f"{piece.words} {'word' if piece.words == 1 else 'words'}"
    yield "prose" if piece.prose else "no prose"


def _seen_of_markup(page: MarkupPage, at: int) -> Iterator[str]:
    """What markup adds: where the line stands, how much of it is links, what trafilatura did with it."""
    place = page.places[at]
    yield f"<{place.tag}>" if place.tag.isalnum() else place.tag
    if page.linked[at]:
        yield f"{page.linked[at]:.0%} links"
    if place.aside:
        yield "in an element beside the article"
    if place.hidden:
        yield "hidden"
    if at in page.comments:
        yield "a comment for trafilatura"
    yield "trafilatura takes it" if page.taken[at] else "trafilatura leaves it out"
