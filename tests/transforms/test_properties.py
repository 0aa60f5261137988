"""What holds for every text: spans point at their words, nothing raises, the same gives the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.flows.wiring import lexicon, transformer
from copydesk.transforms.cleaning.characters import clean
from copydesk.transforms.cleaning.decode import decode
from copydesk.transforms.dates import find_dates
from copydesk.transforms.numbers import find_numbers, read_numbers
from copydesk.transforms.sentences import split_sentences
from tests.conftest import ARTICLES
from tests.extractions import raw_of, well_made

WORDS = st.sampled_from(
    "The police said that at least 14 people were killed in Port Ellery on Monday . , “ ” \" ' ( ) \n \n\n - — : half a million "
    "$4.5bn 2,000-pound 33,000 dozens of between 20 and 30 according to Gen. Oto Radek Dr. U.S. No. 5 since October 7 1½ % # * _ [a](b) "
    "… 東京で話した。 وقال \u200f \u00ad \u200b é 🙂 By Mira Oduya 3 May 2024 © comments".split(" ")
)
TEXTS = st.lists(WORDS, max_size=80).map(" ".join) | st.text(max_size=400)
CALM = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(TEXTS)
@CALM
def test_sentences_are_in_order_apart_and_leave_only_white_space(text: str) -> None:
    at = 0
    for span in split_sentences(text):
        assert at <= span.start < span.end <= len(text)
        assert not text[at : span.start].strip()
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        at = span.end
    assert not text[at:].strip()


@given(TEXTS)
@CALM
def test_numbers_are_in_order_and_bounded(text: str) -> None:
    for number in [*find_numbers(text), *read_numbers(text)]:
        assert 0 <= number.start <= number.at <= number.end <= len(text)
        assert number.low is not None or number.high is not None
        assert number.low is None or number.high is None or number.low <= number.high


@given(TEXTS, st.none() | st.dates(date(1980, 1, 1), date(2050, 1, 1)))
@CALM
def test_dates_are_in_order_and_bounded(text: str, reference: date | None) -> None:
    for span in find_dates(text, reference):
        assert 0 <= span.start < span.end <= len(text)
        assert span.first is None or span.last is None or span.first <= span.last


@given(TEXTS, st.integers(0, 40), st.integers(0, 80))
@CALM
def test_cleaning_keeps_the_way_back(text: str, start: int, size: int) -> None:
    end = min(len(text), start + size)
    start = min(start, end)
    cleaned, runs = clean(text, start, end)
    for at, raw_at, length in runs:
        for n in range(length):
            same = cleaned[at + n] == text[raw_at + n]
            assert same or (cleaned[at + n].isspace() and text[raw_at + n].isspace())


@given(st.binary(max_size=300) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
@CALM
def test_decoding_gives_text_or_a_verdict(data: bytes) -> None:
    decode(data)


@given(st.lists(TEXTS, min_size=1, max_size=12).map("\n\n".join), st.sampled_from(["text/plain", "text/html"]))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_comes_in_spans_point_at_their_text(text: str, media: str) -> None:
    well_made(transformer().transform(raw_of(text.encode("utf-8", "replace"), media), 1 << 20))


def test_blocks_tile_the_raw_text_of_the_samples() -> None:
    for path in sorted(ARTICLES.rglob("*.txt")):
        text = decode(path.read_bytes())
        if not isinstance(text, str):
            continue
        made = transformer().transform(raw_of(text.encode()), 1 << 20)
        at = 0
        for block in made.blocks:
            assert block.raw_start is not None and block.raw_end is not None
            assert not any(ch.isalnum() for ch in text[at : block.raw_start]), path
            at = block.raw_end
        assert not any(ch.isalnum() for ch in text[at:]), path


def test_raw_offsets_hold_the_same_words() -> None:
    for path in sorted(ARTICLES.rglob("*.txt")):
        text = decode(path.read_bytes())
        if not isinstance(text, str):
            continue
        made = transformer().transform(raw_of(text.encode()), 1 << 20)
        for sentence in made.sentences:
            words = "".join(ch for ch in text[sentence.raw_start : sentence.raw_end] if ch.isalnum())
            assert words == "".join(ch for ch in sentence.text if ch.isalnum())


def test_every_numeral_of_a_body_is_in_the_ledger() -> None:
    for path in sorted(ARTICLES.rglob("*.txt")):
        assert not missed_numerals(path), path.name


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_every_numeral_of_the_shared_pages_is_in_the_ledger(shared: Path, every: int) -> None:
    pages = sorted((shared / "corpora" / "pages").glob("*.txt"))[::every]
    assert pages
    for path in pages:
        assert not missed_numerals(path), path.name


def missed_numerals(path: Path) -> list[str]:
    """Digits of an article's body that no entry of its ledger covers, each with what stands around it."""
    text = decode(path.read_bytes())
    made = transformer().transform(raw_of(text.encode()), 1 << 20) if isinstance(text, str) else None
    if made is None or made.article is None:
        return []
    covered = {at for number in made.numbers for at in range(number.span_start, number.span_end)}
    body = made.article.text
    return [body[max(0, at - 20) : at + 20] for at, ch in enumerate(body) if ch.isdigit() and at not in covered]


def test_the_lexicon_has_no_empty_reason() -> None:
    import csv
    import io

    from copydesk.flows.wiring import tables

    for name, table in tables().items():
        for row in csv.DictReader(io.StringIO(table)):
            assert row["why"], f"{name}: {row}"
    assert lexicon().verbs["said"].lemma == "say"
