"""A claim that the rules missed is added at the desk: it stands beside theirs, over reprocessing, until its document is purged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.flows.cli import main
from copydesk.flows.jobs.purge import purge
from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from tests.conftest import Ingest, rows
from tests.flows.desks import AskedDesk
from tests.rule_sets import newer

TEXT = """Road to the harbour stays shut

Nora Castell

3 May 2024

The council met on Monday. Over the weekend it was a busy time, and the baker of the old town,
where two scores of guests were hurt by a falling roof, gave away bread. Two scores of guests were hurt, the choir sang.

Nobody knows yet when lessons begin again. The road was closed until the evening, and the mayor went home on foot.
"""
ADDED = {
    "kind": "figure",
    "words": "two scores of guests",
    "set_measure": "injured",
    "set_value_low": "40",
    "set_value_high": "40",
    "set_unit": "people",
    "set_place": "Port Ellery",
    "set_attributed_to": "the choir",
    "why": "a score is twenty",
    "who": "Ada Märtens",
}


@pytest.fixture
def desk(take: Ingest, tmp_path: Path) -> AskedDesk:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "roof.txt").write_text(TEXT, encoding="utf-8")
    take(tmp_path / "in")
    return AskedDesk(tmp_path / "home").log_in()


def article_of(desk: AskedDesk) -> str:
    return str(rows(desk.home, "SELECT article_id FROM articles")[0][0])


SHOWN = """SELECT text, measure, value_low, value_high, qualifier, place_name, attributed_to, review FROM facts
WHERE extractor = 'person'"""


def test_a_claim_is_added_where_its_words_stand_and_read_by_every_view(desk: AskedDesk) -> None:
    article = article_of(desk)
    answer = desk.send(f"articles/{article}", **ADDED)
    assert "facts/" in answer.headers["location"]
    found = rows(desk.home, SHOWN)
    assert found == [("two scores of guests", "injured", 40.0, 40.0, "exact", "Port Ellery", "the choir", None)]
    ((start, end, text, claim, fact, sentence),) = rows(
        desk.home,
        "SELECT f.span_start, f.span_end, a.text, claim_id, fact_id, s.text FROM facts f JOIN articles a USING (article_id) "
        "JOIN sentences s USING (sentence_id) WHERE f.extractor = 'person'",
    )
    assert text[start:end] == found[0][0]
    assert found[0][0] in sentence
    assert rows(desk.home, f"SELECT text FROM figure_series WHERE fact_id = '{fact}'") == [(found[0][0],)]
    page = desk.get(f"articles/{article}")
    assert f'href="#{fact.rpartition("-")[2]}"' in page, "it is marked in the text"
    event = json.loads(rows(desk.home, "SELECT data FROM events WHERE type = 'claim.added'")[0][0])
    assert (event["who"], event["why"], event["claim_id"]) == ("Ada Märtens", "a score is twenty", claim)
    desk.say(claim, "correct", set_value_high="45")
    desk.say(claim, "reject")
    assert rows(desk.home, SHOWN)[0][3::4] == (45.0, "rejected")


def test_of_words_that_stand_twice_those_of_the_sentence_are_taken(desk: AskedDesk) -> None:
    article = article_of(desk)
    last = rows(desk.home, "SELECT max(ordinal) FROM sentences WHERE text ILIKE '%scores%'")[0][0]
    desk.send(f"articles/{article}", **{**ADDED, "words": "scores of guests", "sentence": str(last)})
    ((start,),) = rows(desk.home, "SELECT span_start FROM facts WHERE extractor = 'person'")
    assert rows(desk.home, f"SELECT ordinal FROM sentences WHERE {start} BETWEEN span_start AND span_end") == [(last,)]


def test_it_stands_over_a_reprocess_and_an_undone_home_has_none(desk: AskedDesk, tmp_path: Path) -> None:
    desk.send(f"articles/{article_of(desk)}", **ADDED)
    before = rows(desk.home, SHOWN)
    reprocess(Settings(home=desk.home, jobs=1), Selection(), Progress(), newer())
    assert rows(desk.home, "SELECT count(*) FROM articles_history") == [(2,)], "it was made again"
    assert rows(desk.home, SHOWN) == before
    position = rows(desk.home, "SELECT position - 1 FROM events WHERE type = 'claim.added'")[0][0]
    then = tmp_path / "then.duckdb"
    assert main(["publish", "--as-of", str(position), "--to", str(then), "--home", str(desk.home)]) == 0
    import duckdb

    with duckdb.connect(str(then), read_only=True) as db:
        assert db.execute(SHOWN).fetchall() == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"words": "words that nobody printed"}, "do not stand in the article"),
        ({"words": " "}, "Mark the words"),
        ({"kind": "rumour"}, "is no kind of claim"),
        ({"set_measure": ""}, "keeps a measure"),
        ({"set_value_low": "", "set_value_high": ""}, "keeps a measure"),
        ({"set_value_low": "many"}, "is no number"),
        ({"set_value_low": "50"}, "the wrong way round"),
        ({"kind": "quote"}, "A quote has no"),
        ({"why": "x" * 1001}, "are kept"),
    ],
)
def test_what_is_no_claim_is_refused_with_what_was_typed_kept(desk: AskedDesk, changed: dict[str, str], told: str) -> None:
    page = desk.send(f"articles/{article_of(desk)}", 400, **{**ADDED, **changed}).text
    assert told in page
    assert 'value="Port Ellery"' in page
    assert rows(desk.home, SHOWN) == []


def test_a_claim_is_added_once_and_by_forms_of_the_desk_alone(desk: AskedDesk) -> None:
    article = article_of(desk)
    assert desk.client.post(f"{desk.keys.root}/articles/{article}", data={**ADDED, "token": "x"}).status_code == 403
    desk.send(f"articles/{article}", **ADDED)
    assert "was added already" in desk.send(f"articles/{article}", 400, **ADDED).text
    desk.send("articles/nothing", 404, **ADDED)
    assert len(rows(desk.home, SHOWN)) == 1


def test_a_purge_erases_its_words_from_the_log(desk: AskedDesk, whole_text: Callable[[Path], bytes]) -> None:
    desk.send(f"articles/{article_of(desk)}", **ADDED)
    assert b"a score is twenty" in whole_text(desk.home)
    document = rows(desk.home, "SELECT document_id FROM documents")[0][0]
    purge(Settings(home=desk.home, jobs=1), document, "asked for")
    assert rows(desk.home, SHOWN) == []
    assert b"a score is twenty" not in whole_text(desk.home)
    assert b"of guests" not in whole_text(desk.home)
    assert main(["verify", "--home", str(desk.home)]) == 0
    assert main(["rebuild", "--home", str(desk.home)]) == 0
    assert rows(desk.home, SHOWN) == []


@pytest.fixture
def whole_text() -> Callable[[Path], bytes]:
    """The bytes of everything that a home holds."""
    return lambda home: b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def test_a_claim_on_an_article_that_another_document_prints_stays(take: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "twice"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    take(folder)
    desk = AskedDesk(tmp_path / "home").log_in()
    desk.send(f"articles/{article_of(desk)}", **ADDED)
    assert len(rows(desk.home, SHOWN)) == 1
    documents = [row[0] for row in rows(desk.home, "SELECT document_id FROM documents ORDER BY source_uri")]
    purge(Settings(home=desk.home, jobs=1), documents[0], "asked for")
    assert len(rows(desk.home, SHOWN)) == 1
    purge(Settings(home=desk.home, jobs=1), documents[1], "asked for")
    assert rows(desk.home, SHOWN) == []


def test_what_was_decided_of_a_name_in_a_purged_article_goes_with_it(
    take: Ingest, tmp_path: Path, whole_text: Callable[[Path], bytes]
) -> None:
    folder = tmp_path / "named"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{TEXT}\nMayor Ilse Marrow said the road would stay shut.\n", encoding="utf-8")
    take(folder)
    desk = AskedDesk(tmp_path / "home").log_in()
    article_id = article_of(desk)
    entity_id = rows(desk.home, "SELECT entity_id FROM entities WHERE name LIKE '%Marrow'")[0][0]
    decided = {"action": "split", "article": article_id, "called": "Zebedee Quux", "why": "page two says so", "who": "Ada"}
    assert desk.send(f"entities/{entity_id}", **decided).status_code == 303
    assert b"Zebedee" in whole_text(desk.home)
    purge(Settings(home=desk.home, jobs=1), rows(desk.home, "SELECT document_id FROM documents")[0][0], "asked for")
    left = whole_text(desk.home)
    assert b"Zebedee" not in left
    assert b"page two says so" not in left
    assert main(["verify", "--home", str(desk.home)]) == 0
