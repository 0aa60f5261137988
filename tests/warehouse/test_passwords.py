"""No message shows a password, whatever is wrong with the address that carries it."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.flows.settings import load_settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.lock import Holder, postgres_lock
from copydesk.warehouse.log import postgres_log
from copydesk.warehouse.passwords import check_no_password, postgres_parts, secrets_of, without_passwords
from tests.conftest import article, copydesk

PASSWORD = "s3cretPW"  # noqa: S105  # of an invented desk
ME = Holder("0123456789", 1, "here", "ingest")

MALFORMED = (
    "desk:s3cretPW@h/db",
    "postgresql://desk:s3cr%zzetPW@h/db",
    "postgresql://desk:s3cretPW@more@h/db",
    "postgresql://desk:s3cretPW/x@127.0.0.1/db",
    "postgresql://desk:x?s3cretPW@h/db",
    "postgresql://desk:x#s3cretPW@h/db",
    "postgresql://desk:x s3cretPW@h/db",
    "postgresql://desk:s3cretPW@[::1/db",
    "postgresql://desk:s3cretPW@h/db?nope=s3cretPW",
    "postgresql://desk:s3cretPW@h",
    "postgres//desk:s3cretPW@h/db",
    "mysql://desk:s3cretPW@h/db",
    "host=h password='s3cretPW dbname=db",
    "host=h password=s3cretPW nope=1 dbname=db",
    "password=s3cretPW",
)
UNREACHABLE = (
    "postgresql://desk:s3cretPW@127.0.0.1:9/db",
    "postgresql://desk:s3cretPW@127.0.0.1:99999/db",
    "postgresql://desk:s3cretPW@127.0.0.1:port/db",
    "postgresql://desk@127.0.0.1:9/db?password=s3cretPW",
    "postgresql://desk:s3cretPW@nowhere.invalid/db",
    "host=127.0.0.1 port=9 user=desk password=s3cretPW dbname=db",
    "postgresql://desk:s3cretPW@127.0.0.1:9/db?sslmode=nope",
)


@pytest.mark.parametrize("address", [*MALFORMED, *UNREACHABLE])
def test_an_address_of_the_log_that_is_wrong_is_said_without_its_password(address: str) -> None:
    """The pool of the log waits five seconds for a server, so one of those that cannot be reached is enough."""
    attempts: list[Callable[[], object]] = [lambda: postgres_lock(address, ME, 0, print).__enter__()]
    if address not in UNREACHABLE[1:]:
        attempts.append(lambda: postgres_log(address))
    for attempt in attempts:
        with pytest.raises(PermanentError) as caught:
            attempt()
        told = "".join(traceback.format_exception(caught.value))
        assert PASSWORD not in told
        assert "etPW" not in told
        assert "COPYDESK_LOG" in str(caught.value)


@pytest.mark.parametrize("address", [MALFORMED[0], MALFORMED[3], UNREACHABLE[0]])
@pytest.mark.parametrize("command", ["ingest", "verify"])
def test_no_command_shows_it(tmp_path: Path, address: str, command: str) -> None:
    (tmp_path / "road.txt").write_text(article(1), encoding="utf-8")
    arguments = ("ingest", tmp_path / "road.txt") if command == "ingest" else (command,)
    told = copydesk(*arguments, "--home", tmp_path / "home", "--wait", "0", env={"COPYDESK_LOG": address})
    assert told.returncode == 1
    assert "copydesk: The " in told.stderr
    assert "Traceback" not in told.stderr
    assert "etPW" not in told.stderr + told.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("executor", "dask://desk:s3cretPW@h:8786"),
        ("executor", "tcp://h:1?token=s3cretPW"),
        ("jobs", "http://desk:s3cretPW@h/"),
        ("home", "s3://KEY:s3cretPW@desk/home"),
        ("home", "s3://KEY:s3cret/PW@desk/home"),
        ("home", "s3://desk/home?secret=s3cretPW"),
        ("home", "s3://desk/home?aws_secret_access_key=s3cretPW"),
    ],
)
def test_no_setting_shows_it(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(PermanentError) as caught:
        load_settings({name: value}, {"COPYDESK_LOG": "postgresql://127.0.0.1/db"}, tmp_path / "none.toml")
    assert "PW" not in "".join(traceback.format_exception(caught.value))


def test_a_path_with_a_key_in_it_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    told = copydesk("ingest", "s3://KEY:s3cretPW@desk/in", "--home", tmp_path / "home")
    assert told.returncode == 1
    assert "AWS_SECRET_ACCESS_KEY" in told.stderr
    assert PASSWORD not in told.stderr
    assert not (tmp_path / "home" / "log.sqlite").exists()
    for fine in ("s3://desk/in", "s3://desk/in/a@b:c.txt", "sftp://desk@h/in", "s3://desk/secret/tokens"):
        check_no_password(fine, "home")


def test_a_source_whose_location_holds_a_key_is_refused(tmp_path: Path) -> None:
    told = copydesk(
        "source", "add", "wire", "--kind", "folder", "--location", "s3://KEY:s3cretPW@desk/in", "--home", tmp_path / "home"
    )
    assert told.returncode == 1
    assert "AWS_SECRET_ACCESS_KEY" in told.stderr
    assert PASSWORD not in told.stderr
    assert not (tmp_path / "home" / "sources.toml").exists()


def test_the_end_of_a_run_that_failed_is_recorded_without_it(tmp_path: Path) -> None:
    from copydesk.flows.runs.run import Progress, open_run
    from copydesk.flows.settings import Settings
    from copydesk.warehouse.events import ClaimReviewed, RunFinished
    from copydesk.warehouse.log import sqlite_log

    settings = Settings(home=tmp_path / "home")
    with (
        pytest.raises(RuntimeError),
        open_run(settings, "review", {}, Progress()) as run,
    ):
        run.append(ClaimReviewed(claim_id="claim", verdict="confirmed", why="seen", who="Nora Castell"))
        raise RuntimeError("postgresql://desk:s3cretPW@h/db went away")
    log = sqlite_log(settings.place.log)
    ends = [one.event for one in log.read() if isinstance(one.event, RunFinished)]
    log.close()
    assert [end.detail for end in ends] == ["RuntimeError: postgresql://***@h/db went away"]


def test_good_addresses_are_read() -> None:
    assert postgres_parts("postgresql://desk:p%40w%2F@h:5433/db?sslmode=require") == {
        "user": "desk",
        "password": "p@w/",
        "host": "h",
        "port": "5433",
        "dbname": "db",
        "sslmode": "require",
    }
    assert postgres_parts("postgresql:///db?host=/var/run")["host"] == "/var/run"
    assert postgres_parts("host=h dbname='a b' password='x y'") == {"host": "h", "dbname": "a b", "password": "x y"}
    assert secrets_of("postgresql://desk:p%40w@h/db") == ["postgresql://desk:p%40w@h/db", "p@w"]
    assert secrets_of(None) == []


def test_what_the_address_says_of_the_connection_holds_for_the_log_as_well(postgres: str) -> None:
    import psycopg

    opened = postgres_log(f"{postgres}&application_name=harbour-desk")
    try:
        assert opened.position() == 0
        with psycopg.connect(postgres) as connection:
            names = connection.execute("SELECT application_name FROM pg_stat_activity").fetchall()
    finally:
        opened.close()
    assert ("harbour-desk",) in names


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("postgresql://desk:pw@h/db broke", "postgresql://***@h/db broke"),
        ("postgresql://desk:p/w@h/db broke", "postgresql://***@h/db broke"),
        ("see https://valley.example/@nora and mail nora@valley.example", None),
        ("https://valley.example:8443/road?token=abc&page=2", "https://valley.example:8443/road?token=***&page=2"),
        ("https://valley.example/feed?key=abc&sig=d%2Fe was lost", "https://valley.example/feed?key=***&sig=*** was lost"),
        ("https://valley.example/?X-Amz-Credential=a&page=2", "https://valley.example/?X-Amz-Credential=***&page=2"),
        ("'https://valley.example/a#access_token=abc' is gone", "'https://valley.example/a#access_token=***' is gone"),
        ("password=pw user=desk", "password=*** user=desk"),
        ("nothing to hide", None),
    ],
)
def test_texts_lose_their_passwords_and_nothing_else(text: str, told: str | None) -> None:
    assert without_passwords(text) == (told or text)


def test_an_error_that_nobody_foresaw_shows_none(tmp_path: Path) -> None:
    """Its traceback is printed, for those who mend it, without what the address of the log holds."""
    code = (
        "import sys, copydesk.flows.cli as cli\n"
        "from copydesk.flows.commands import status\n"
        "def fail(): raise RuntimeError('lost: ' + __import__('os').environ['COPYDESK_LOG'])\n"
        "status.run = fail\n"
        "sys.exit(cli.main(['status']))"
    )
    import subprocess
    import sys

    environment = {**os.environ, "COPYDESK_LOG": UNREACHABLE[0]}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "RuntimeError: lost: " in done.stderr
    assert PASSWORD not in done.stderr
