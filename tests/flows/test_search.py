"""Search: what is found, in step with the log whatever happens to the index, and nothing of what was purged."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from copydesk.flows.jobs.maintain import maintain
from copydesk.flows.jobs.purge import purge
from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.jobs.review import review_claim, withdraw
from copydesk.flows.jobs.search import question, search
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.search import Found, Wanted
from tests.conftest import ARTICLES, Ingest, article, copydesk, rows
from tests.homes import folder_of, found, left_of
from tests.rule_sets import newer


def ask(home: Path, words: str, **more: Any) -> Found:
    return search(Settings(home=home), Wanted(question=question(words), **more))


def titles(home: Path, words: str, **more: Any) -> list[str | None]:
    return [hit.title for hit in ask(home, words, **more).hits]


def held(home: Path) -> list[list[tuple[object, ...]]]:
    """All that an index holds, without the row numbers, which follow the order of the runs."""
    with closing(sqlite3.connect(home / "cache" / "search.sqlite")) as db:
        asked = (
            "SELECT output_id, article_id, title, outlet, source, outlet_key, day FROM articles",
            "SELECT name, span_start, span_end FROM sentences",
            "SELECT name, claim_id, kind, measure, place, place_key, claimant, rejected FROM facts",
            "SELECT * FROM reviews",
        )
        tables = [db.execute(one).fetchall() for one in asked]
        for table in ("article_words", "sentence_words", "fact_words"):
            db.execute(f"CREATE VIRTUAL TABLE temp.v_{table} USING fts5vocab (main, {table}, 'col')")
            tables.append(db.execute(f"SELECT term, col, doc, cnt FROM v_{table}").fetchall())
    return [sorted(table, key=repr) for table in tables]


def test_articles_sentences_and_facts_are_found_with_their_marks(sample_home: Path) -> None:
    hits = ask(sample_home, "sluice inquiry").hits
    assert hits[0].title == "Sluice inquiry opens in Port Ellery with a dispute over nine hours"
    assert [hits[0].title[start:end] for start, end in hits[0].title_marks] == ["Sluice", "inquiry"]
    for among, id_, table in (("articles", "article_id", "articles"), ("sentences", "sentence_id", "sentences")):
        for hit in ask(sample_home, "flood", among=among).hits:
            assert rows(sample_home, f"SELECT 1 FROM {table} WHERE {id_} = '{hit.id}'")
            assert {hit.text[start:end].casefold() for start, end in hit.marks} == {"flood"}
    texts = dict(rows(sample_home, "SELECT article_id, text FROM articles"))
    facts = dict(rows(sample_home, "SELECT fact_id, text FROM facts"))
    hits = ask(sample_home, "flood", among="facts", measure="killed", limit=100).hits
    assert hits
    for hit in hits:
        assert texts[hit.article_id][hit.span[0] : hit.span[1]] == hit.text
        assert hit.fact is not None
        assert hit.text[hit.fact[0] : hit.fact[1]] == facts[hit.id]
        assert hit.measure == "killed"


def test_every_filter_holds_and_a_page_follows_the_other(sample_home: Path) -> None:
    everything = ask(sample_home, "the", limit=100)
    assert everything.total == len(everything.hits)
    pages = [ask(sample_home, "the", limit=2, skip=skip).hits for skip in range(0, everything.total, 2)]
    assert [hit.id for page in pages for hit in page] == [hit.id for hit in everything.hits]
    assert {hit.outlet for hit in ask(sample_home, "the", outlets=("valley-ECHO",)).hits} == {"Valley Echo"}
    since = ask(sample_home, "the", since=date(2024, 6, 1), limit=100).hits
    assert since
    assert {hit.id for hit in since} < {hit.id for hit in everything.hits}
    placed = rows(
        sample_home, "SELECT DISTINCT article_id FROM facts WHERE place_name = 'Port Ellery' AND measure = 'killed' ORDER BY 1"
    )
    hits = ask(sample_home, "the", place="port ellery", measure="killed", limit=100).hits
    assert sorted((hit.id,) for hit in hits) == placed
    sentences = ask(sample_home, "the", among="sentences", measure="killed", limit=100).hits
    told = rows(sample_home, "SELECT DISTINCT sentence_id FROM facts WHERE measure = 'killed'")
    assert {hit.id for hit in sentences} <= {one for (one,) in told}


def test_the_command_prints_marks_and_rows_and_says_what_is_wrong_in_a_sentence(sample_home: Path) -> None:
    told = copydesk("search", '"health ministry"', "--home", sample_home)
    assert "[health ministry]" in told.stdout.casefold()
    asked = copydesk("search", "flood", "--in", "facts", "--limit", "2", "--format", "json", "--home", sample_home)
    for row in json.loads(asked.stdout):
        assert [row["text"][start:end].casefold() for start, end in row["marks"]] == ["flood"]
    for arguments, says in (
        (["AND OR ("], "OR stands without"),
        (["(^*"], "holds no word"),
        (["flood", "--outlet", "Nobody's Post"], "The outlets are: Coastal Wire"),
        (["flood", "--measure", "deads"], "The measures are: killed"),
        (["flood", "--since", "soon"], "a day such as"),
    ):
        told = copydesk("search", *arguments, "--home", sample_home)
        assert (told.returncode, "Traceback" in told.stderr) == (1, False)
        assert says in told.stderr


def test_without_a_home_it_says_what_to_do_first(tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match="copydesk ingest"):
        ask(tmp_path / "none", "flood")


def damaged_bytes(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in range(4096, len(data)):
        data[place] ^= 0x5A
    path.write_bytes(data)


def no_table(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE article_words")


def other_values(sql: str) -> Callable[[Path], None]:
    """Puts what was never written there into an index that is a good database."""

    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute(sql)

    return damage


OTHER_VALUES = {
    "no zlib": "UPDATE texts SET text = x'00112233'",
    "no bytes": "UPDATE texts SET text = NULL",
    "no texts": "DELETE FROM texts",
    "no day": "UPDATE articles SET published_on = 'someday'",
    "title of bytes": "UPDATE articles SET title = x'ff00'",
    "no position": "UPDATE meta SET value = 'x' WHERE key = 'position'",
}


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        lambda path: path.write_bytes(b"no database at all" * 500),
        damaged_bytes,
        no_table,
        *map(other_values, OTHER_VALUES.values()),
    ],
    ids=["missing", "no database", "pages", "no table", *OTHER_VALUES],
)
def test_an_index_that_is_missing_or_damaged_is_made_anew_when_it_is_asked(
    sample_home: Path, tmp_path: Path, damage: Any
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home, symlinks=True)
    assert copydesk("publish", "--home", home).returncode == 0
    before, answer = held(home), titles(home, "flood")
    damage(home / "cache" / "search.sqlite")
    assert titles(home, "flood") == answer
    assert held(home) == before
    assert found(home) == []


def test_a_damaged_index_ends_no_run(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    take(folder_of(tmp_path, 2))
    other_values(OTHER_VALUES["no zlib"])(home / "cache" / "search.sqlite")
    claim = rows(home, "SELECT claim_id FROM facts ORDER BY claim_id LIMIT 1")[0][0]
    rejected = copydesk("fact", "reject", claim, "--why", "of another road", "--home", home)
    assert rejected.returncode == 0, rejected.stderr
    assert ask(home, "council").total == 2
    assert found(home) == []


def test_an_index_that_grew_with_every_run_is_what_one_made_at_once_is(take: Ingest, tmp_path: Path) -> None:
    """Through new articles, changed ones, newer rules, reviews, a withdrawal and merged files."""
    home, folder = tmp_path / "home", folder_of(tmp_path, 4)
    given = Settings(home=home, jobs=1)
    take(folder)
    take(ARTICLES)
    (folder / "001.txt").write_text(article(71, "Bridge of Arlen to close"), encoding="utf-8")
    take(folder)
    assert titles(home, "bridge arlen") == ["Bridge of Arlen to close (71)"]
    reprocess(given, Selection(), Progress(), rules=newer())
    claims = [row[0] for row in rows(home, "SELECT claim_id FROM figures ORDER BY claim_id LIMIT 3")]
    review_claim(given, claims[0], "reject", "not so", {})
    review_claim(given, claims[1], "correct", "elsewhere", {"place_name": "Quendale", "attributed_to": "Vosstrup"})
    review_claim(given, claims[2], "reject", "not so", {})
    review_claim(given, claims[2], "undo", "it is so", {})
    document = rows(home, "SELECT document_id FROM documents WHERE source_uri LIKE '%002.txt'")[0][0]
    withdraw(given, document, "wrong")
    maintain(given, Progress())
    assert [hit.place for hit in ask(home, "vosstrup", among="facts", place="Quendale").hits] == ["Quendale"]
    grown = held(home)
    assert found(home) == []
    (home / "cache" / "search.sqlite").unlink()
    ask(home, "flood")
    assert held(home) == grown


def test_the_ranking_does_not_depend_on_the_order_of_the_runs(take: Ingest, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 5)
    take(folder, home=tmp_path / "one")
    for path in sorted(folder.iterdir(), reverse=True):
        take(path, home=tmp_path / "other")
    for among in ("articles", "sentences", "facts"):
        one, other = (ask(tmp_path / name, "road harbour", among=among, limit=3) for name in ("one", "other"))
        assert [replace(hit, id="") for hit in one.hits] == [replace(hit, id="") for hit in other.hits]


def test_nothing_of_a_purged_document_is_in_the_index(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 2)
    (folder / "gone.txt").write_text(article(60).replace("The council", "Tobias Quarrelsome of the council"), encoding="utf-8")
    take(folder)
    assert ask(home, "quarrelsome").total == 1
    document = rows(home, "SELECT document_id FROM documents WHERE source_uri LIKE '%gone.txt'")[0][0]
    purge(Settings(home=home, jobs=1), document, "asked for")
    for among in ("articles", "sentences", "facts"):
        assert ask(home, "quarrelsome", among=among).total == 0
    assert left_of(home, "quarrelsome") == []
    assert found(home) == []


def test_an_index_of_another_log_is_found_and_not_gone_on_with(take: Ingest, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 3)
    take(folder / "000.txt", home=tmp_path / "other")
    take(folder / "001.txt")
    home = tmp_path / "home"
    shutil.copyfile(tmp_path / "other" / "cache" / "search.sqlite", home / "cache" / "search.sqlite")
    assert [one.kind for one in found(home)] == ["search_index"]
    take(folder / "002.txt")
    assert ask(home, "council", limit=100).total == 2
    assert found(home) == []


def other_text(db: sqlite3.Connection) -> None:
    db.execute("UPDATE texts SET text = (SELECT text FROM texts WHERE id = 2) WHERE id = 1")


def fewer_words(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM sentence_words_docsize WHERE id = (SELECT max(id) FROM sentence_words_docsize)")


def fewer_articles(db: sqlite3.Connection) -> None:
    db.execute("UPDATE articles SET output_id = 'x' WHERE id = 1")


@pytest.mark.parametrize("damage", [other_text, fewer_words, fewer_articles])
def test_verify_finds_an_index_that_tells_otherwise_and_repair_makes_it_anew(take: Ingest, tmp_path: Path, damage: Any) -> None:
    home = tmp_path / "home"
    take(folder_of(tmp_path, 3))
    before = held(home)
    with closing(sqlite3.connect(home / "cache" / "search.sqlite", isolation_level=None)) as db:
        damage(db)
    assert {one.kind for one in found(home)} == {"search_index"}
    assert copydesk("verify", "--repair", "--home", home).returncode == 0
    assert held(home) == before


def test_readers_ask_while_a_run_writes(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 2)
    take(folder)
    totals: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            totals.append(ask(home, "council").total)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(2, 5):
        (folder / f"{number:03}.txt").write_text(article(number), encoding="utf-8")
        take(folder)
    done.set()
    reader.join()
    assert totals == sorted(totals)
    assert set(totals) <= {2, 3, 4, 5}
    assert ask(home, "council").total == 5


def test_a_home_that_cannot_be_written_is_searched_all_the_same(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    take(folder_of(tmp_path, 2))
    (home / "cache").chmod(0o555)
    (home / "cache" / "search.sqlite").chmod(0o444)
    try:
        assert ask(home, "council").total == 2
    finally:
        (home / "cache").chmod(0o755)
