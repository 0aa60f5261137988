"""Safe by default: queries read the live files and nothing else, secrets stay secret, nothing is run that came from outside."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import ROOT, copydesk, rows
from tests.flows.test_ingest import contents, folder_of

OURS = ("flows", "transforms", "expectations", "warehouse", "seeds")


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1) TO '{live}' (FORMAT parquet)",
        "COPY (SELECT 1) TO '{outside}' (FORMAT csv)",
        "COPY articles TO '{outside}' (FORMAT parquet)",
        "EXPORT DATABASE '{outside}'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM glob('{home}/**')",
        "SELECT * FROM read_blob('{log}')",
        "ATTACH '{log}' AS l (TYPE sqlite)",
        "ATTACH '{outside}' AS o",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_paths = ['/etc/passwd']",
        "PRAGMA enable_external_access",
        "CREATE TABLE t AS SELECT 1",
        "CREATE TEMP TABLE t AS SELECT 1",
        "CREATE SECRET s (TYPE s3)",
        "CALL pragma_version()",
        "SELECT 1; DROP VIEW articles",
        "SELECT getenv('HOME')",
        "CHECKPOINT",
    ],
)
def test_a_query_reads_live_files_and_nothing_else_and_writes_nothing(sample_home: Path, tmp_path: Path, query: str) -> None:
    live = sorted((sample_home / "data" / "facts").glob("*.parquet"))[0]
    before, bytes_before = contents(sample_home), live.read_bytes()
    places = {"live": live, "home": sample_home, "log": sample_home / "log.sqlite", "outside": tmp_path / "out"}
    done = copydesk("sql", query.format(**places), "--home", sample_home)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert "root:" not in done.stdout
    assert not (tmp_path / "out").exists()
    assert live.read_bytes() == bytes_before
    assert contents(sample_home) == before


@pytest.fixture
def locked(postgres: str) -> Iterator[str]:
    """A log whose address carries a password."""
    name = f"safe_{os.getpid()}_{os.urandom(3).hex()}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        connection.execute("ALTER ROLE postgres PASSWORD 'hunter2-very-secret'")
    head, _, tail = postgres.rpartition("/postgres?")
    yield f"{head.replace('postgres:@', 'postgres:hunter2-very-secret@')}/{name}?{tail}"


def test_a_password_is_neither_told_nor_kept(locked: str, tmp_path: Path) -> None:
    assert "hunter2" in locked
    home, environment = tmp_path / "home", {"COPYDESK_LOG": locked}
    told = []
    for command in (
        ("ingest", folder_of(tmp_path, 2), "--home", home, "--jobs", "1"),
        ("status", "--home", home),
        ("verify", "--home", home),
        ("backup", tmp_path / "b.tar", "--home", home),
    ):
        done = copydesk(*command, env=environment)
        told.append(done.stdout + done.stderr)
    wrong = copydesk("ingest", "--home", home, env={"COPYDESK_LOG": locked.replace("/safe_", "/nothing_")})
    assert wrong.returncode == 1
    told.append(wrong.stdout + wrong.stderr)
    assert "hunter2" not in "".join(told)
    for path in home.rglob("*"):
        assert not path.is_file() or b"hunter2" not in path.read_bytes(), path
    assert not [row for row in rows(home, "SELECT data FROM events") if "hunter2" in str(row)]


def calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)
            yield from (f"{k.arg}={ast.unparse(k.value)}" for k in node.keywords if k.arg == "shell")


def test_nothing_runs_a_shell_evaluates_text_or_unpickles() -> None:
    forbidden = {
        "eval",
        "exec",
        "os.system",
        "os.popen",
        "pickle.loads",
        "pickle.load",
        "shell=True",
        "yaml.load",
        "marshal.loads",
    }
    for folder in OURS:
        for path in (ROOT / folder).rglob("*.py"):
            found = forbidden & set(calls(ast.parse(path.read_text(encoding="utf-8"))))
            assert not found, f"{path}: {found}"


def test_servers_listen_on_loopback_unless_told_otherwise() -> None:
    from copydesk.flows.cli import parser

    assert parser().parse_args(["up"]).host == "127.0.0.1"
