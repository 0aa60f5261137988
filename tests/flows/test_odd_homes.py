"""A home may have any name that a folder can have: every command works there, and reads no neighbour's files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from copydesk.flows.cli import main
from copydesk.flows.served.children import environment_of
from copydesk.flows.settings import Settings
from tests.conftest import Ingest, article, copydesk, rows

NAMES = {
    "marks": " two  blanks $HOME & ~ ha#sh q?uestion pct%41%2f quo'te dou\"ble semi;colon [1] a*b{c,d} new\nline esc\x1b[31m Übersicht-各地",
    "memory": ":memory:",
    "uri": "file:desk?mode=memory",
}
"""Names by what would take them for something else, each with every mark that it would."""


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command in this process and gives what it printed; it must succeed."""

    def run(*arguments: str | Path) -> str:
        ended = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert ended == 0, said.err
        assert "\x1b" not in said.out + said.err
        return said.out

    return run


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_command_works_whatever_the_home_is_called(
    name: str, tmp_path: Path, told: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    home, copy = Path(name), Path(f"{name} copy")
    given = tmp_path / "given"
    given.mkdir()
    for number in (1, 2):
        (given / f"{number}.txt").write_text(article(number), encoding="utf-8")
    at = ("--home", home)
    told("ingest", given, *at, "--jobs", "1")
    assert "2 rows" not in told("sql", "select count(*) as n from articles", *at, "--format", "csv")
    assert told("sql", "select count(*) as n from articles", *at, "--format", "csv").split() == ["n", "2"]
    document, text_fact = rows(home, "SELECT a.document_id, f.fact_id FROM articles a JOIN facts f USING (article_id) LIMIT 1")[
        0
    ]
    told("show", document, *at)
    told("status", *at)
    told("rejects", *at)
    told("export", "articles", Path(f"{name}.csv"), *at)
    told("fact", "confirm", text_fact, "--why", "read it", *at)
    told("publish", *at)
    told("diff", "--from", "1", "--to", "9999", *at)
    told("report", "--out", Path(f"{name} report"), *at)
    told("maintain", *at)
    told("rebuild", *at, "--jobs", "1")
    assert "2 rows" not in told("backup", Path(f"{name}.tar"), *at)
    told("restore", Path(f"{name}.tar"), "--home", copy)
    assert rows(copy, "SELECT count(*) FROM articles") == [(2,)]
    told("document", "purge", document, "--why", "asked", "--yes", *at)
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]
    sorted((home / "data" / "facts").glob("*.parquet"))[-1].unlink()
    told("verify", "--repair", *at)
    assert "All is as the log says" in told("verify", *at)
    strays = {path.name for path in tmp_path.iterdir()}
    assert strays == {"given", name, f"{name} copy", f"{name}.csv", f"{name}.tar", f"{name} report"}


@pytest.mark.parametrize(("name", "neighbour"), [("home[1]", "home1"), ("desk*", "desk-two"), ("d?sk", "dusk")])
def test_a_home_shows_its_own_rows_and_not_a_neighbours_that_its_name_fits(
    take: Ingest, tmp_path: Path, name: str, neighbour: str
) -> None:
    (tmp_path / "a.txt").write_text(article(1, "Ours"), encoding="utf-8")
    take(tmp_path / "a.txt", home=tmp_path / name)
    shutil.copytree(tmp_path / name, tmp_path / neighbour, symlinks=True)
    assert rows(tmp_path / name, "SELECT count(*) FROM articles") == [(1,)]
    told = copydesk("sql", "SELECT count(*) AS n FROM sentences", "--home", tmp_path / name, "--format", "csv")
    assert int(told.stdout.split()[1]) == rows(tmp_path / name, "SELECT count(*) FROM internal.sentences_live")[0][0]
    (found,) = rows(tmp_path / name, "SELECT count(*), count(DISTINCT sentence_id) FROM sentences")
    assert found[0] == found[1]


def test_a_home_behind_a_link_is_the_same_home(take: Ingest, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    take(tmp_path / "a.txt", home=tmp_path / "real")
    (tmp_path / "link").symlink_to("real")
    assert "1 ingested" in copydesk("status", "--home", tmp_path / "link").stdout
    assert copydesk("backup", tmp_path / "b.tar", "--home", tmp_path / "link").returncode == 0
    (tmp_path / "empty").mkdir()
    (tmp_path / "to-empty").symlink_to("empty")
    done = copydesk("restore", tmp_path / "b.tar", "--home", tmp_path / "to-empty")
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "empty", "SELECT count(*) FROM articles") == [(1,)]


@pytest.mark.parametrize("name", ["q?uestion#1%41", ":memory:"])
def test_the_servers_database_lies_in_the_home(tmp_path: Path, name: str) -> None:
    (tmp_path / name / "prefect").mkdir(parents=True)
    environment = environment_of(Settings(home=tmp_path / name), "127.0.0.1", 4200, "desk:key", ())
    address = environment["PREFECT_API_DATABASE_CONNECTION_URL"]
    with create_engine(address.replace("+aiosqlite", "")).begin() as database:
        database.execute(text("CREATE TABLE flow (id INT)"))
    assert [path.name for path in (tmp_path / name / "prefect").iterdir()] == ["prefect.db"]
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", [b"b\xe4r", b"back\\slash"])
def test_a_name_that_duckdb_cannot_open_is_refused_before_anything_is_written(tmp_path: Path, name: bytes) -> None:
    home = os.fsdecode(bytes(tmp_path) + b"/" + name)
    for command in ("ingest", "status", "backup", "publish"):
        more = [str(tmp_path / "x.tar")] if command == "backup" else []
        told = copydesk(command, *more, "--home", home)
        assert told.returncode == 1
        assert "Rename it" in told.stderr
        assert "Traceback" not in told.stderr
    assert list(tmp_path.iterdir()) == []
