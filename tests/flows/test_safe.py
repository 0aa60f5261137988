"""Safe by default: queries read the live files and nothing else, secrets stay secret, nothing is run that came from outside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk.flows.commands.reading import open_warehouse, run_query
from copydesk.flows.jobs.maintain import maintain
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.site.queries import EXAMPLES, QUERIES
from copydesk.warehouse.errors import PermanentError
from tests.conftest import ROOT, Ingest, article, copydesk, rows
from tests.homes import contents, folder_of

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


WRITING = [
    "EXPLAIN ANALYZE COPY (SELECT 42 AS gone) TO '{live}' (FORMAT parquet, USE_TMP_FILE false)",
    "EXPLAIN COPY (SELECT 42) TO '{live}' (USE_TMP_FILE false)",
    "EXPLAIN /* – */ ANALYZE COPY (SELECT 42) TO '{live}' (USE_TMP_FILE false)",
    "EXPLAIN (ANALYZE) COPY (SELECT 42) TO '{live}' (USE_TMP_FILE false)",
    "EXPLAIN ANALYZE WITH w AS (COPY (SELECT 42) TO '{live}' (USE_TMP_FILE false)) SELECT 1",
    "WITH w AS (COPY (SELECT 42) TO '{live}' (USE_TMP_FILE false)) SELECT * FROM w",
    "WITH w AS MATERIALIZED (COPY (SELECT 42) TO '{live}' (USE_TMP_FILE false)) FROM w UNION ALL FROM w",
    "WITH a AS (SELECT 1), w AS (COPY (SELECT 42) TO '{live}' (USE_TMP_FILE false)) FROM a",
    "SELECT 1; COPY (SELECT 42) TO '{live}' (USE_TMP_FILE false)",
    "SELECT 1; EXPLAIN ANALYZE COPY (SELECT 42) TO '{live}' (USE_TMP_FILE false); SELECT 2",
    "PREPARE p AS COPY (SELECT 42) TO '{live}' (USE_TMP_FILE false); EXECUTE p",
    "EXPLAIN ANALYZE EXECUTE p",
    "FROM query('WITH w AS (COPY (SELECT 42) TO ''{live}'' (USE_TMP_FILE false)) FROM w')",
    "EXPLAIN ANALYZE FROM query('SELECT 1')",
    "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "PRAGMA json_execute_serialized_sql('x')",
    "FROM enable_logging(level := 'trace', storage := 'file', storage_path := '{outside}')",
    "CALL enable_logging(storage := 'file', storage_path := '{outside}')",
    "FROM enable_profiling(save_location := '{outside}')",
    "SELECT write_log('x')",
    "FROM checkpoint()",
    "FROM force_checkpoint()",
    "FROM truncate_duckdb_logs()",
    "SELECT nextval('s')",
    "WITH w AS (INSERT INTO internal.dead SELECT * FROM internal.dead RETURNING *) FROM w",
    "WITH w AS (DELETE FROM internal.dead RETURNING *) FROM w",
    "EXPLAIN ANALYZE INSERT INTO internal.dead SELECT * FROM internal.dead",
    "EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1",
    "PIVOT articles ON language USING count(*)",
    "BEGIN; SELECT 1",
    "SET VARIABLE x = 1",
    "USE memory",
    "COPY articles FROM '{live}'",
    "VACUUM",
    "EXPORT DATABASE '{outside}'",
    "DETACH warehouse",
    "FROM options",
    "FROM read_parquet('{log}')",
    "FROM '{log}'",
    "",
    ";;",
]
"""Statements that write, or that reach other files or this program; in each the part that does stands at another place."""


def test_no_part_of_a_question_writes(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    take(tmp_path / "a.txt")
    live = next((home / "data" / "raw").glob("*.parquet"))
    places = {"live": live, "log": home / "log.sqlite", "outside": tmp_path / "out"}
    # As an old home has them: the questions alone must keep what is written safe.
    for path in home.rglob("*.parquet"):
        path.chmod(0o644)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    db = open_warehouse(Settings(home=home))
    for query in WRITING:
        with pytest.raises(PermanentError):
            run_query(db, query.format(**places))
        assert not (tmp_path / "out").exists(), query
        assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before, query


@pytest.mark.parametrize(
    "query",
    [
        "SELECT count(*) FROM articles",
        "FROM articles SELECT title",
        "TABLE articles",
        "VALUES (1), (2)",
        "(SELECT 1) UNION ALL SELECT 2 ORDER BY 1",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) FROM r",
        "EXPLAIN SELECT * FROM facts",
        "-- a note – with a dash\nEXPLAIN ANALYZE -- and one\n SELECT count(*) FROM facts",
        "EXPLAIN ANALYZE WITH a AS (FROM articles) FROM a",
        "DESCRIBE articles",
        "SHOW TABLES",
        "SUMMARIZE articles",
        "PIVOT articles ON language IN ('en', 'de') USING count(*)",
        "UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b INTO NAME n VALUE v",
        "FROM range(3)",
        "SELECT unnest([1, 2])",
        "SELECT title, (SELECT count(*) FROM facts f WHERE f.article_id = a.article_id) FROM articles a",
        "FROM duckdb_columns() LIMIT 1",
        "FROM query_table('articles')",
        "SELECT uuid(), random()",
        "SELECT 'INSERT_QUERY_NODE' AS type, {'type': 'COPY_QUERY_NODE'}",
        "SELECT 1; SELECT 2",
    ],
)
def test_whatever_only_reads_is_answered(sample_home: Path, query: str) -> None:
    assert run_query(open_warehouse(Settings(home=sample_home)), query)[1]


def test_all_examples_and_questions_of_the_report_are_answered(sample_home: Path) -> None:
    db = open_warehouse(Settings(home=sample_home))
    for query in [sql for _, sql in EXAMPLES] + list(QUERIES.values()):
        run_query(db, query)


def test_data_files_are_read_only_on_disk_and_go_all_the_same(
    take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, files = tmp_path / "home", 6
    monkeypatch.setattr("copydesk.warehouse.compaction.MOST_SMALL", files - 2)
    for number in range(files):
        (tmp_path / f"{number}.txt").write_text(article(number), encoding="utf-8")
        take(tmp_path / f"{number}.txt")
    written = [*(home / "data").rglob("*.parquet"), *(home / "published").rglob("*.parquet")]
    assert {path.stat().st_mode & 0o777 for path in written} == {0o444}
    assert maintain(Settings(home=home), Progress()).tally.counts["merged"]
    (home / "data" / "facts" / "stray.parquet").write_bytes(b"x")
    (home / "data" / "facts" / "stray.parquet").chmod(0o444)
    (tmp_path / "new.txt").write_text(article(99), encoding="utf-8")
    for path in home.rglob("*.parquet"):
        path.chmod(0o644 if path.name.startswith("merged") else 0o444)
    take(tmp_path / "new.txt")
    assert not (home / "data" / "facts" / "stray.parquet").exists()
    assert rows(home, "SELECT count(*) FROM articles") == [(files + 1,)]


def test_a_raw_file_of_other_columns_is_mended_as_unreadable(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    take(tmp_path / "a.txt")
    for columns in ({"gone": [42]}, {"data": [42], "sha256": ["x"], "size": [1], "document_id": ["x"], "revision": [1]}, {}):
        raw = max((home / "data" / "raw").glob("*.parquet"), key=lambda path: path.stat().st_mtime_ns)
        raw.unlink()
        pq.write_table(pa.table(columns), raw)
        done = copydesk("verify", "--repair", "--home", home)
        assert "Traceback" not in done.stderr
        assert (done.returncode, "mended: data/raw/" in done.stdout) == (0, True), done.stdout


@pytest.fixture
def locked(log: str) -> str:
    """A log whose address carries a password."""
    with psycopg.connect(log, autocommit=True) as connection:
        connection.execute("ALTER ROLE postgres PASSWORD 'hunter2-very-secret'")
    return log.replace("postgres:@", "postgres:hunter2-very-secret@")


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
    wrong = copydesk("ingest", "--home", home, env={"COPYDESK_LOG": locked.replace("/desk_", "/nothing_")})
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
    from copydesk.flows.cli import app

    _, bound, _ = app().parse_args(["up"])
    bound.apply_defaults()
    assert bound.arguments["host"] == "127.0.0.1"
