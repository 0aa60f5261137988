"""A home that an earlier release wrote opens, is sound, and takes in more: `tests/homes/` holds backups of such homes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.conftest import ROOT, article, copydesk, rows
from tests.homes import first, left_of

HOMES = sorted((ROOT / "tests" / "homes").glob("release-*.tar.gz"))
HELD = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM documents), (SELECT count(*) FROM rejects)"


@pytest.fixture(params=HOMES, ids=lambda path: path.name.removesuffix(".tar.gz"))
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    backup = tmp_path / "old.tar"
    backup.write_bytes(gzip.decompress(request.param.read_bytes()))
    restored = copydesk("restore", backup, "--home", tmp_path / "home")
    assert restored.returncode == 0, restored.stderr
    return tmp_path / "home"


def test_an_old_home_is_sound_and_says_what_it_said(home: Path) -> None:
    published = copydesk("publish", "--home", home)
    assert published.returncode == 0, published.stderr
    assert rows(home, HELD) == [(4, 6, 1)]
    assert rows(home, "SELECT value_low, review FROM facts WHERE review IS NOT NULL") == [(14.0, "corrected")]
    assert rows(home, "SELECT count(*) FROM documents WHERE status = 'withdrawn'") == [(1,)]
    checked = copydesk("verify", "--home", home)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_an_old_home_goes_on(home: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(article(1), encoding="utf-8")
    taken = copydesk("ingest", tmp_path / "new.txt", "--home", home, "--jobs", "1")
    assert taken.returncode == 0, taken.stderr
    assert rows(home, HELD) == [(5, 7, 1)]
    again = copydesk("reprocess", "--home", home, "--jobs", "1", "--max-rejects", "1")
    assert again.returncode == 0, again.stderr
    assert rows(home, "SELECT value_low, review FROM facts WHERE review IS NOT NULL") == [(14.0, "corrected")]
    checked = copydesk("verify", "--home", home)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def well(home: Path, *arguments: object) -> str:
    """What a command says of a home; it has to end well, and leave the home sound."""
    for command in (arguments, ("verify",)):
        done = copydesk(*command, "--home", home)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        if command is arguments:
            told = done.stdout
    return told


@pytest.fixture
def published(home: Path) -> Path:
    assert copydesk("publish", "--home", home).returncode == 0
    return home


def test_a_correction_of_an_old_home_is_corrected_again_and_taken_back(published: Path) -> None:
    ((fact, before),) = rows(published, "SELECT fact_id, value_low FROM facts WHERE review = 'corrected'")
    query = f"SELECT value_low, review FROM facts WHERE fact_id = '{fact}'"
    well(published, "fact", "correct", fact, "--set", "value_low=15", "--why", "counted again")
    assert rows(published, query) == [(15.0, "corrected")]
    well(published, "fact", "correct", fact, "--unset", "value_low", "--why", "the text is right")
    ((taken_back, review),) = rows(published, query)
    assert review is None
    assert taken_back not in (15.0, before)


def test_a_document_that_was_withdrawn_in_an_old_home_is_restored(published: Path) -> None:
    query = "SELECT document_id, status FROM documents WHERE source_uri LIKE '%lantern-flood.txt'"
    ((document, status),) = rows(published, query)
    assert status == "withdrawn"
    well(published, "document", "restore", document, "--why", "the outlet agrees")
    assert rows(published, query) == [(document, "ingested")]
    assert rows(published, HELD) == [(5, 6, 1)]


@pytest.mark.parametrize("name", ["courier-inquiry.txt.gz", "rows.jsonl#1", "lantern-flood.txt", "broken.txt"])
def test_nothing_of_a_document_that_is_purged_is_left_in_an_old_home(published: Path, name: str) -> None:
    """Also of one that was withdrawn, and of one that was rejected."""
    query = f"SELECT document_id, article_id FROM documents WHERE source_uri LIKE '%{name}'"
    ((document, article_id),) = rows(published, query)
    ((articles, _, rejects),) = rows(published, HELD)
    text = [row[0] for row in rows(published, f"SELECT text FROM sentences WHERE article_id = '{article_id}'")]
    assert bool(text) == (article_id is not None)
    assert left_of(published, name)
    well(published, "document", "purge", document, "--why", "court order", "--yes")
    assert left_of(published, name, *text) == []
    assert rows(published, HELD)[0][0] == articles - (article_id is not None)
    assert rows(published, HELD)[0][2] == rejects - (name == "broken.txt")


@pytest.mark.parametrize("table", ["articles", "facts", "sentences", "blocks"])
def test_a_file_that_an_old_home_lost_is_made_again(published: Path, table: str) -> None:
    """Today's rules may find more in an article than those of old did: the articles are counted."""
    whose = "document_id" if table == "blocks" else "article_id"
    before = rows(published, f"SELECT count(DISTINCT {whose}) FROM {table}")
    first(published, table).unlink()
    assert copydesk("verify", "--home", published).returncode == 1
    told = well(published, "verify", "--repair")
    assert f"mended: data/{table}/" in told
    assert rows(published, f"SELECT count(DISTINCT {whose}) FROM {table}") == before
