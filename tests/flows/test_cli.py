"""The command line: quick help, settings in order, answers and refusals."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from copydesk.flows.cli import main
from copydesk.flows.settings import Settings, load_settings
from copydesk.warehouse.errors import PermanentError
from tests.conftest import copydesk, rows
from tests.homes import ODD_FILES, odd_file
from tests.processes import holder

HEAVY = ("duckdb", "eventsourcing", "great_expectations", "httpx", "numpy", "pandas", "prefect", "pyarrow", "trafilatura")
LOADED = """
import contextlib, io, sys
from copydesk.flows.cli import COMMANDS, main
for arguments in [], *([name] for name in COMMANDS):
    with contextlib.redirect_stdout(io.StringIO()) as told:
        assert main([*arguments, "--help"]) == 0
    assert told.getvalue().startswith(" ".join(["Usage: copydesk", *arguments]))
    assert not sys.modules.keys() & set(%r), (arguments, sys.modules.keys() & set(%r))
"""


def test_help_loads_nothing_heavy() -> None:
    told = subprocess.run([sys.executable, "-c", LOADED % (HEAVY, HEAVY)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


def test_help_is_as_wide_as_the_terminal_and_plain_in_a_pipe() -> None:
    narrow, wide = (copydesk("ingest", "--help", env={"COLUMNS": str(columns)}) for columns in (60, 140))
    assert narrow.returncode == wide.returncode == 0
    assert max(map(len, narrow.stdout.splitlines())) <= 60 < max(map(len, wide.stdout.splitlines())) <= 140
    assert "\x1b" not in narrow.stdout + wide.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ingest", "--jobs", "many"), "--jobs: 'many' is no whole number"),
        (("ingest", "--max-rejects", "2"), "--max-rejects is '2'; it must be from 0 to 1"),
        (("ingest", "--wait", "nan"), "--wait: 'nan' is no number"),
        (
            ("ingest", "--executor", "tcp://desk:s3cretPW@h:1"),
            "--executor is 'tcp://***@h:1'; it must be such as dask://HOST:PORT",
        ),
        (("ingest", "--jbos", "1"), "--jbos"),
        (("ingest", "--jobs"), "--jobs"),
        (("ingset",), '"ingset"'),
        (("reprocess", "--stage", "all of it"), "--stage is 'all of it'; it must be 'all', 'clean' or 'facts'"),
        (("reprocess", "--since", "20260"), "--since: '20260' is no time. Give a day such as 2026-05-03"),
        (("sql", "--fromat", "json"), "There is no option --fromat"),
        (("sql", "--format", "xml"), "--format"),
        (("up", "--port", "high"), "--port"),
        (("source", "frob"), "ACTION"),
        (("source", "add", "x", "--kind", "ftp", "--location", "y"), "--kind is 'ftp'"),
        (("source", "add", "x", "--kind", "rows", "--location", "y", "--delimiter", ";;"), "--delimiter: ';;' is no mark"),
        (("fact", "confirm", "abc"), "--why"),
        (("show",), "id"),
    ],
)
def test_bad_usage_names_the_option_and_ends_with_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    code, told = main(arguments), capsys.readouterr()
    assert (code, told.out) == (2, ""), told.err
    assert words in told.err
    assert "PW" not in told.err and "Traceback" not in told.err
    assert "--help" in told.err
    assert not (tmp_path / "home").exists()


def test_no_command_shows_the_help_and_fails() -> None:
    told = copydesk()
    assert told.returncode == 2
    assert "ingest" in told.stdout


def test_a_flag_beats_the_environment_beats_the_file(tmp_path: Path) -> None:
    file = tmp_path / "copydesk.toml"
    file.write_text('home = "from-file"\njobs = 3\nmax_rejects = 0.5\n')
    environment = {"COPYDESK_HOME": "from-environment", "COPYDESK_JOBS": "4"}
    settings = load_settings({"home": Path("from-flag"), "jobs": None}, environment, file)
    assert (str(settings.home), settings.jobs, settings.max_rejects) == ("from-flag", 4, 0.5)
    assert load_settings({}, {}, tmp_path / "none.toml") == Settings()


@pytest.mark.parametrize(
    ("flags", "file", "words"),
    [
        ({"jobs": "many"}, "", "--jobs: 'many' is no whole number"),
        ({"max_rejects": 2.0}, "", "--max-rejects is 2.0; it must be from 0 to 1"),
        ({}, "max_memory = 3", "copydesk.toml: max_memory is 3; it must be from 67108864 to"),
        ({}, "jobs = 1.5", "copydesk.toml: jobs: 1.5 is no whole number"),
        ({}, "wait = nan", "copydesk.toml: wait: nan is no number"),
        ({}, "origins = [1]", "copydesk.toml: origins: [1] is no list of texts"),
        ({}, "log = {password = 's3cretPW'}", "copydesk.toml: log: *** is no text"),
        ({}, "hoem = 'x'", "there is no setting 'hoem'"),
        ({}, "home = ", "cannot be read"),
    ],
)
def test_a_bad_setting_names_the_value_and_the_remedy(tmp_path: Path, flags: dict[str, object], file: str, words: str) -> None:
    path = tmp_path / "copydesk.toml"
    path.write_text(file)
    with pytest.raises(PermanentError) as caught:
        load_settings(flags, {}, path)
    assert words in str(caught.value)
    assert "PW" not in str(caught.value)


HOSTILE_SETTINGS = {
    "a NUL in a path": 'home = "a\\u0000b"',
    "a NUL in a list": 'allowed_roots = ["a\\u0000b"]',
    "digits without end": "jobs = " + "9" * 5000,
    "lists in lists": "allowed_roots = " + "[" * 5000 + "]" * 5000,
    "tables in tables": "a = " + "{a=" * 5000 + "1" + "}" * 5000,
    "two megabytes": "# " + "a" * 2_000_000,
    "a name of nobody": 'allowed_roots = ["~nobody-of-this-name/x"]',
    "a home that leads to itself": 'home = "loop"',
    "marks of bytes": "\ufeffhome = 'a'",
}


@pytest.mark.parametrize("what", HOSTILE_SETTINGS)
def test_a_hostile_file_of_settings_is_told_in_a_sentence(tmp_path: Path, what: str) -> None:
    (tmp_path / "copydesk.toml").write_text(HOSTILE_SETTINGS[what], encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(PermanentError):
        patch.chdir(tmp_path)
        load_settings({}, {})


@pytest.mark.parametrize("kind", ODD_FILES)
def test_what_is_no_file_of_settings_is_not_read(tmp_path: Path, kind: str) -> None:
    """A pipe into which nobody writes is not waited for, a device without an end not read."""
    with pytest.raises(PermanentError, match="cannot be read"):
        load_settings({}, {}, odd_file(tmp_path / "copydesk.toml", kind))


def test_a_root_that_leads_to_itself_is_a_root(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "copydesk.toml").write_text("allowed_roots = ['loop']", encoding="utf-8")
    assert load_settings({}, {}, tmp_path / "copydesk.toml").allowed_roots == (str(tmp_path / "loop"),)


def test_a_bad_variable_is_named_and_an_empty_one_is_none(tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match=r"^COPYDESK_MAX_REJECTS is '2'; it must be from 0 to 1"):
        load_settings({}, {"COPYDESK_MAX_REJECTS": "2"}, tmp_path / "none.toml")
    given = {"COPYDESK_JOBS": "", "COPYDESK_ALLOWED_HOSTS": "a.example, b.example", "COPYDESK_FILE": "", "COPYDESK_OTHER": "1"}
    assert load_settings({}, given, tmp_path / "none.toml") == Settings(allowed_hosts=("a.example", "b.example"))


def test_the_version_is_printed() -> None:
    told = copydesk("--version")
    assert (told.returncode, told.stdout, told.stderr) == (0, f"copydesk {version('copydesk')}\n", "")


def test_a_day_that_is_none_is_said_in_words(tmp_path: Path) -> None:
    told = copydesk("report", "--since", "someday", "--home", tmp_path)
    assert told.returncode == 2
    assert "'someday' is no time. Give a day such as 2026-05-03" in told.stderr


@pytest.mark.parametrize("since", ["yesterday", "-7d", "today", "2024-05-03"])
def test_a_day_is_understood_in_the_same_ways_everywhere(own_home: Path, since: str) -> None:
    for command in (["rejects", "--since", since], ["search", "river", "--since", since], ["reprocess", f"--since={since}"]):
        told = copydesk(*command, "--home", own_home)
        assert told.returncode == 0, told.stderr


def test_show_prints_an_article_a_fact_and_a_document(sample_home: Path) -> None:
    article, document = rows(
        sample_home, "SELECT article_id, document_id FROM articles WHERE source_uri LIKE '%courier-flood.md'"
    )[0]
    shown = copydesk("show", article, "--home", sample_home)
    assert "[At least 14 people] have been killed" in shown.stdout
    assert "At least 14" in copydesk("show", document[:8], "--home", sample_home).stdout
    blocks = copydesk("show", article, "--blocks", "--home", sample_home).stdout
    assert "footer         | To contact the Courier" in blocks
    fact = rows(sample_home, "SELECT fact_id FROM figures WHERE text = 'At least 14 people'")[0][0]
    shown = copydesk("show", fact, "--home", sample_home)
    assert "attributed_to  the harbour police" in shown.stdout
    assert "»At least 14 people«" in shown.stdout
    assert copydesk("show", "nothing-like-it", "--home", sample_home).returncode == 1


def test_a_home_that_is_a_file_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    for command in (("status",), ("sql", "SELECT 1"), ("rejects",)):
        told = copydesk(*command, "--home", tmp_path / "file")
        assert told.returncode == 1
        assert "is a file; a home is a folder" in told.stderr


def test_status_rejects_and_export(sample_home: Path, tmp_path: Path) -> None:
    assert "15 ingested" in copydesk("status", "--home", sample_home).stdout
    told = copydesk("rejects", "--home", sample_home).stdout
    assert "not_text" in told
    identity = rows(sample_home, "SELECT document_id FROM rejects")[0][0]
    assert identity[:8] in told
    assert "1 rejects" in copydesk("rejects", "--reason", "not_text", "--since", "2024-01-01", "--home", sample_home).stdout
    assert "0 rejects" in copydesk("rejects", "--source", "nobody", "--home", sample_home).stdout
    assert "0 rejects" in copydesk("rejects", "--since", "2100-01-01", "--home", sample_home).stdout
    (row,) = json.loads(copydesk("rejects", "--format", "json", "--home", sample_home).stdout)
    assert (row["document_id"], row["reason"]) == (identity, "not_text")
    for ending in (".parquet", ".csv", ".json"):
        told = copydesk("export", "articles", tmp_path / f"articles{ending}", "--home", sample_home)
        assert told.returncode == 0, told.stderr
        assert "15 rows" in told.stdout
    for view in ("figure_series", "figure_conflicts", "source_health"):  # of views that ask other views
        told = copydesk("export", view, tmp_path / f"{view}.csv", "--home", sample_home)
        assert told.returncode == 0, told.stderr
    assert "There is no view 'nonsense'" in copydesk("export", "nonsense", tmp_path / "x.csv", "--home", sample_home).stderr
    assert "write to .parquet, .csv, .json, " in copydesk("export", "facts", tmp_path / "x.xls", "--home", sample_home).stderr


def test_a_moved_home_is_published_anew(sample_home: Path, tmp_path: Path) -> None:
    import shutil

    home = tmp_path / "moved"
    shutil.copytree(sample_home, home, symlinks=True)
    told = copydesk("sql", "SELECT 1", "--home", home)
    assert told.returncode == 1 and "copydesk publish" in told.stderr
    assert copydesk("publish", "--home", home).returncode == 0
    assert "15" in copydesk("sql", "SELECT count(*) FROM articles", "--home", home).stdout


def test_another_run_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    process = holder(tmp_path / "home" / "lock")
    try:
        told = copydesk("ingest", tmp_path, "--home", tmp_path / "home", "--wait", "0.2")
    finally:
        process.kill()
    assert told.returncode == 4
    assert "in use by publish run abcdefgh" in told.stderr
