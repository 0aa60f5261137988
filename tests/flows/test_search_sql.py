"""Search inside SQL finds what `copydesk search` finds, and says in words what cannot be asked."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from copydesk.flows.jobs.search import question, search
from copydesk.flows.settings import Settings
from copydesk.warehouse.home import Home
from copydesk.warehouse.published import open_to_questions
from copydesk.warehouse.search import Found, Wanted
from copydesk.warehouse.search_sql import add_search
from tests.conftest import copydesk


def ask(home: Path, words: str, **more: Any) -> Found:
    return search(Settings(home=home), Wanted(question=question(words), **more))


def sql(home: Path, query: str) -> list[dict[str, Any]]:
    told = copydesk("sql", query, "--format", "json", "--home", home)
    assert told.returncode == 0, told.stderr
    found: list[dict[str, Any]] = json.loads(told.stdout)
    return found


def test_sql_searches_as_the_command_does(sample_home: Path) -> None:
    for among in ("articles", "sentences", "facts"):
        hits = ask(sample_home, "flood", among=among, limit=5).hits
        found = sql(sample_home, f"SELECT * FROM search('flood', among := '{among}', most := 5)")
        assert [(row["rank"], row["id"], row["score"], row["text"]) for row in found] == [
            (rank, hit.id, hit.score, hit.text) for rank, hit in enumerate(hits, 1)
        ]
        assert [row["marks"] for row in found] == [[list(mark) for mark in hit.marks] for hit in hits]


def test_a_search_in_sql_is_narrowed_paged_and_joined(sample_home: Path) -> None:
    narrowed = ask(sample_home, "the", measure="killed", place="port ellery", since=date(2024, 5, 1), limit=2, skip=1).hits
    found = sql(
        sample_home,
        "SELECT s.rank, a.title FROM search('the', measure := 'killed', place := 'Port Ellery', since := DATE '2024-05-01', "
        "most := 2, skip := 1) s JOIN articles a USING (article_id) ORDER BY rank",
    )
    assert [(row["rank"], row["title"]) for row in found] == [(2 + place, hit.title) for place, hit in enumerate(narrowed)]
    each = "SELECT word, count(*) AS found FROM (VALUES ('flood'), ('sluice')) w(word), search(word, most := 100) GROUP BY word"
    assert {row["word"]: row["found"] for row in sql(sample_home, each)} == {
        word: ask(sample_home, word, limit=100).total for word in ("flood", "sluice")
    }


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("search('AND OR (')", "OR stands without"),
        ("search(NULL)", "holds no word"),
        ("search('flood', among := 'pages')", "is none of articles, sentences, facts"),
        ("search('flood', measure := 'deads')", "The measures are: killed"),
        ("search('flood', outlets := ['Nobody''s Post'])", "The outlets are: Coastal Wire"),
        ("search('flood', most := 0)", "most is 1 to"),
    ],
)
def test_a_search_in_sql_that_cannot_be_asked_says_what_to_write(sample_home: Path, call: str, says: str) -> None:
    told = copydesk("sql", f"SELECT * FROM {call}", "--home", sample_home)
    assert (told.returncode, "Traceback" in told.stderr) == (1, False)
    assert says in told.stderr


def test_what_is_not_given_to_a_search_in_sql_counts_as_left_out(sample_home: Path) -> None:
    plain = sql(sample_home, "SELECT id, score FROM search('flood')")
    nulls = (
        "SELECT id, score FROM search('flood', among := NULL, outlets := [NULL], measure := NULL, most := NULL, skip := NULL)"
    )
    assert sql(sample_home, nulls) == plain != []
    nested = "WITH hits AS (FROM search('\"flood\" OR sluice''s', most := 3)) SELECT count(*) AS many FROM hits JOIN articles USING (article_id)"
    assert sql(sample_home, nested)[0]["many"] > 0


@pytest.mark.parametrize(
    "words", ["x" * 100_000, "'; DROP TABLE facts; --", "flood\x00", "((((((", "*", '"', "NEAR(a b)", "🌊"]
)
def test_no_words_break_a_search_in_sql(sample_home: Path, words: str) -> None:
    with open_to_questions(Home(sample_home)) as db:
        add_search(db, lambda wanted: search(Settings(home=sample_home), wanted))
        try:
            db.execute("SELECT * FROM search($1)", [words]).fetchall()
        except duckdb.Error as error:
            assert "Traceback" not in str(error)
            assert "Error: " in str(error)
        assert db.execute("SELECT count(*) FROM facts").fetchall()[0][0] > 0


def test_sql_makes_a_damaged_index_anew(sample_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home, symlinks=True)
    assert copydesk("publish", "--home", home).returncode == 0
    index = home / "cache" / "search.sqlite"
    whole = index.read_bytes()
    index.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
    told = copydesk("sql", "SELECT count(*) AS many FROM search('flood')", "--format", "json", "--home", home)
    assert "Traceback" not in told.stderr
    if told.returncode:
        assert "copydesk publish" in told.stderr or "copydesk search" in told.stderr, told.stderr
    else:
        assert json.loads(told.stdout)[0]["many"] > 0


def test_sql_makes_the_index_that_is_missing(sample_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home, symlinks=True)
    assert copydesk("publish", "--home", home).returncode == 0
    (home / "cache" / "search.sqlite").unlink()
    assert sql(home, "SELECT count(*) AS many FROM search('flood')")[0]["many"] > 0
    assert (home / "cache" / "search.sqlite").exists()
