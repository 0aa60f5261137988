"""The command `sql`: it reads alone, answers every question of a line or a pipe, and has a prompt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.flows.settings import Settings
from tests.conftest import copydesk


def test_sql_reads_and_writes_nothing(sample_home: Path, tmp_path: Path) -> None:
    told = copydesk("sql", "SELECT count(*) AS n FROM articles", "--home", sample_home, "--format", "json")
    assert json.loads(told.stdout) == [{"n": 15}]
    live = next((sample_home / "data" / "facts").iterdir())
    for query in (
        f"COPY (SELECT 1) TO '{live}'",
        f"COPY (SELECT 1) TO '{tmp_path}/x.csv'",
        "CREATE TABLE t (a INT)",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SET enable_external_access = true",
        "ATTACH 'other.duckdb'",
        "",
        "-- nothing",
    ):
        refused = copydesk("sql", query, "--home", sample_home)
        assert refused.returncode == 1, query
        assert "copydesk:" in refused.stderr
    assert not (tmp_path / "x.csv").exists()


def test_sql_answers_every_question_of_a_line(sample_home: Path) -> None:
    told = copydesk("sql", "SELECT 'first' AS word; SELECT 'second' AS word", "--home", sample_home, "--format", "csv")
    assert told.stdout.split() == ["word", "first", "word", "second"]
    refused = copydesk("sql", "SELECT 'first' AS word; DROP TABLE articles", "--home", sample_home)
    assert (refused.returncode, "first" in refused.stdout) == (1, False)


def test_sql_without_a_home_says_how_to_begin(tmp_path: Path) -> None:
    told = copydesk("sql", "SELECT 1", "--home", tmp_path / "none")
    assert told.returncode == 1
    assert "copydesk ingest" in told.stderr


def test_queries_from_a_pipe_are_answered_to_the_last_and_one_that_fails_stops_no_other(sample_home: Path) -> None:
    told = copydesk(
        "sql", "--home", sample_home, input="SELECT nothing;\nSELECT count(*)\nFROM articles;\nSELECT 'last' AS word"
    )
    assert told.returncode == 1, "one of them failed"
    assert "The query failed" in told.stderr
    assert "15" in told.stdout and "last" in told.stdout
    assert "copydesk>" not in told.stdout and "Ctrl-D" not in told.stdout
    words = copydesk("sql", "--home", sample_home, input=".views\n.examples 1\n")
    assert words.returncode == 0, words.stderr
    assert "figure_conflicts" in words.stdout
    for word in (".quit", ".exit;", "quit;", "exit"):
        left = copydesk("sql", "--home", sample_home, input=f".tables\n{word}\nSELECT 'after' AS word;\n")
        assert left.returncode == 0, left.stderr
        assert "figure_conflicts" in left.stdout and "after" not in left.stdout


def test_the_prompt_takes_lines_together_completes_and_keeps_a_private_history(
    sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    from copydesk.flows.commands.reading import open_warehouse
    from copydesk.flows.commands.sql_prompt import completer, prompted

    monkeypatch.setenv("HOME", str(tmp_path))
    db = open_warehouse(Settings(home=sample_home))
    with create_pipe_input() as keyboard:
        keyboard.send_text("SELECT title\rFROM articles;\r.views\rquit\r\x04")
        asked = list(prompted(db, keyboard, DummyOutput()))
    assert asked == ["SELECT title\nFROM articles;", ".views", "quit"]
    history = tmp_path / ".copydesk_history"
    assert history.stat().st_mode & 0o777 == 0o600
    found = {one.text for one in completer(db).get_completions(Document("SELECT * FROM figure_c"), CompleteEvent())}
    assert found == {"figure_conflicts"}
    assert "FROM articles;" in history.read_text(encoding="utf-8")
