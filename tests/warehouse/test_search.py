"""Words as they are looked for: folded alike in texts and questions, in every script; questions that mean nothing say so."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.warehouse.searching.marks import groups_in, marks
from copydesk.warehouse.searching.query import MOST_PARTS, EmptyQuestion, question_of
from copydesk.warehouse.searching.words import indexed, tokens, words


def found(text: str, asked: str) -> bool:
    """Whether FTS5 finds a question in a text, as the index has it."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5 (body, content='', tokenize='ascii')")
        db.execute("INSERT INTO t (rowid, body) VALUES (1, ?)", (indexed(text),))
        return bool(db.execute("SELECT rowid FROM t WHERE t MATCH ?", (question_of(asked).match,)).fetchall())


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The Flood in Port Ellery", "flood ellery"),
        ("Port Ellery’s mayor", "Ellery"),
        ("a state-run mill", "state-run"),
        ("Überschwemmung in Łódź", "uberschwemmung lodz"),
        ("33,000 have fled", "33000"),
        ("33\u202f000 ont fui", "33,000"),
        ("33.000 Menschen", "33'000"),
        ("a cost of 3.5 million", '"3.5 million"'),
        ("the harbour road is closed", '"harbour road"'),
        ("the harbours", "harbour*"),
        ("storm at sea", "flood OR storm"),
        ("storm at sea", "storm -flood"),
        ("storm at sea", "storm NOT flood AND sea"),
        ("港口发生爆炸，十二人死亡", "爆炸"),
        ("港口发生爆炸，十二人死亡", "爆"),
        ("港口发生爆炸，十二人死亡", "发生爆炸"),
        ("港口2024年33,000人", "33000"),
        ("น้ำท่วมในเมืองท่า", "ท่วม"),
        ("항구에서 폭발이 일어났다", "항구 폭발"),
        ("बाढ़ में बारह लोग मारे गए", "बाढ़ लोग"),
        ("قتل ٣٤ شخصاً", "34 شخصا"),
        ("Ναυάγιο στο λιμάνι της Ανδρου", "ναυαγιο Άνδρου"),
        ("Наводнение в порту", "НАВОДНЕНИЕ"),
    ],
)
def test_a_question_is_found_in_its_text_and_marked_there(text: str, asked: str) -> None:
    question = question_of(asked)
    assert found(text, asked)
    assert groups_in(text, question) == len(question.groups)
    assert marks(text, question)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("the road to the harbour", '"harbour road"'),
        ("harbours", "harbour"),
        ("storm and flood", "storm -flood"),
        ("a hurricane", "flood OR storm"),
        ("港口爆炸", "口港"),
        ("港口爆炸 ferry", '"爆 ferry"'),
        ("33,000", "33"),
    ],
)
def test_what_is_not_there_is_not_found(text: str, asked: str) -> None:
    assert not found(text, asked)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("", "holds no word"),
        ("  ", "holds no word"),
        ("AND (", "holds no word"),
        ('"', "holds no word"),
        ("* ^ : + ()", "holds no word"),
        ("-mine", "only says what to leave out"),
        ("NOT mine", "only says what to leave out"),
        ("OR flood", "OR stands without"),
        ("flood OR", "ends with an operator"),
        ("flood NOT", "ends with an operator"),
        ("flood OR OR storm", "OR stands without"),
        (" ".join(f"word{n}" for n in range(MOST_PARTS + 1)), "words at most"),
    ],
)
def test_a_question_that_asks_for_nothing_says_what_to_write(asked: str, says: str) -> None:
    with pytest.raises(EmptyQuestion, match=says):
        question_of(asked)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_no_question_is_an_error_of_the_index(asked: str) -> None:
    try:
        match = question_of(asked).match
    except EmptyQuestion:
        return
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5 (body, content='', tokenize='ascii')")
        assert db.execute("SELECT rowid FROM t WHERE t MATCH ?", (match,)).fetchall() == []


LETTERS = st.text(alphabet="abcÉß0123456789,.' ’\u0301_-港口 ท่\u00a0Ł", max_size=40)


@given(LETTERS)
@settings(deadline=None)
def test_a_text_folded_whole_has_the_words_of_the_text_folded_word_by_word(text: str) -> None:
    assert indexed(text).split() == " ".join(tokens(list(words(text)))).split()


@given(LETTERS)
@settings(deadline=None)
def test_every_word_of_a_text_is_found_in_it_and_marked_where_it_stands(text: str) -> None:
    for word in words(text):
        asked = text[word.start : word.end]
        if not asked[0].isalnum():
            continue
        question = question_of(f'"{asked}"')
        assert found(text, f'"{asked}"')
        assert any(start <= word.start and word.end <= end for start, end in marks(text, question))
