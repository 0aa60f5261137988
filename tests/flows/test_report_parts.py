"""The report without a browser: its overview, a part of a home, an earlier state, pages served on demand, its questions."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from copydesk.flows.site.build import POLICY, Report, Shown, article_path, last_report, now, write_report
from copydesk.flows.site.data import Part, Warehouse
from copydesk.flows.site.serve import Handler, server
from copydesk.warehouse.home import Home
from tests.conftest import ARTICLES, ROOT, Ingest, article, copydesk, rows


def test_the_overview_is_small_and_says_what_is_new(take: Ingest, tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.txt").write_text(article(number), encoding="utf-8")
    take(folder)
    assert copydesk("report", "--home", home).returncode == 0
    first = {path: path.stat().st_mtime_ns for path in (home / "report" / "articles").rglob("*.html")}
    (folder / "2.txt").write_text(article(2), encoding="utf-8")
    take(folder)
    assert copydesk("report", "--home", home).returncode == 0
    assert "1 new article since the last report" in (home / "report" / "index.html").read_text(encoding="utf-8")
    assert {path: path.stat().st_mtime_ns for path in first} == first, "what stands there as it would be is left"
    document = rows(home, "SELECT document_id FROM documents WHERE source_uri LIKE '%0.txt'")[0][0]
    assert copydesk("document", "withdraw", document, "--why", "x", "--home", home).returncode == 0
    assert copydesk("report", "--home", home).returncode == 0
    assert len(list((home / "report" / "articles").rglob("*.html"))) == 2
    assert (home / "report" / "index.html").stat().st_size < 1_000_000


def test_a_part_and_an_earlier_state_are_shown(take: Ingest, tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    shutil.copytree(ARTICLES, folder)
    take(folder)
    position = rows(home, "SELECT max(position) FROM events")[0][0]
    (folder / "new.txt").write_text(article(7), encoding="utf-8")
    take(folder)
    counts = {}
    for name, flags in {
        "all": (),
        "then": ("--as-of", str(position)),
        "late": ("--since", "2024-05-05"),
    }.items():
        done = copydesk("report", "--home", home, "--out", tmp_path / name, *flags)
        assert done.returncode == 0, done.stderr
        counts[name] = len(list((tmp_path / name / "articles").rglob("*.html")))
    late = rows(home, "SELECT count(*) FROM articles WHERE coalesce(published_on, received_at::DATE) >= DATE '2024-05-05'")[0][
        0
    ]
    assert counts == {"all": 16, "then": 15, "late": late}
    nothing = copydesk("report", "--home", home, "--out", tmp_path / "none", "--source", "nothing")
    assert (nothing.returncode, "Nothing came from a source 'nothing'" in nothing.stderr) == (1, True)


def raw(port: int, request: bytes) -> int:
    """The status that a server answers to a request as it is."""
    with socket.create_connection(("127.0.0.1", port), timeout=300) as connection:
        connection.sendall(request)
        return int(connection.makefile("rb").readline().split()[1])


@contextmanager
def serving(made: ThreadingHTTPServer) -> Iterator[str]:
    """The address of a server, which serves meanwhile."""
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{made.server_port}"
    finally:
        made.shutdown()
        thread.join()
        made.server_close()


@pytest.fixture
def unwritten(sample_home: Path, tmp_path: Path) -> Iterator[tuple[Report, ThreadingHTTPServer]]:
    """A report of the sample home whose pages of articles are not written, and its server."""
    with closing(Warehouse(Home(sample_home), Part())) as warehouse:
        report = Report(warehouse, Shown(Part(), 1, now(), last_report(tmp_path)))
        write_report(report, tmp_path, lambda _: None)
        shutil.rmtree(tmp_path / "articles")
        yield report, server(report, tmp_path, 0)


def asked(address: str, path: str, **more: Any) -> httpx.Response:
    return httpx.get(f"{address}/{path}", trust_env=False, timeout=300, **more)


MALFORMED = ("%00", "articles/%00.html", "a%00b", "%ff", "%0d%0aX:1", "x" * 5000, f"articles/{'y' * 300}.html")
NOT_THERE = ("articles", "articles/", "assets/", "%2e%2e/%2e%2e/etc/passwd", "articles/../../x")


def test_pages_that_are_not_written_are_served_when_they_are_asked_for(
    unwritten: tuple[Report, ThreadingHTTPServer], capfd: pytest.CaptureFixture[str]
) -> None:
    report, made = unwritten
    with serving(made) as address:
        answer = asked(address, article_path(report.warehouse.article_ids(1)[0]))
        assert answer.status_code == 200
        assert answer.headers["content-security-policy"] == POLICY
        assert "<article" in answer.text
        assert asked(address, "articles/zz/nothing.html").status_code == 404
        assert asked(address, "../../etc/passwd").status_code == 404
        for host in ("127.0.0.1", "localhost"):
            assert asked(f"http://{host}:{made.server_port}", "index.html").status_code == 200
        for path in MALFORMED:
            assert asked(address, path).status_code == 400, path
        for path in NOT_THERE:
            assert asked(address, path, follow_redirects=True).status_code == 404, path
    assert "Traceback" not in capfd.readouterr().err


def test_a_request_of_another_host_or_of_none_is_refused(
    unwritten: tuple[Report, ThreadingHTTPServer], capfd: pytest.CaptureFixture[str]
) -> None:
    """A page of another site whose name leads here would read the report otherwise."""
    _, made = unwritten
    port = made.server_port
    with serving(made) as address:
        for host in ("rebind.example", f"rebind.example:{port}", "127.0.0.1", "127.0.0.1:1", ""):
            for method in ("GET", "HEAD"):
                given = {"headers": {"Host": host}, "trust_env": False, "timeout": 300}
                strange = httpx.request(method, f"{address}/index.html", **given)
                assert strange.status_code == 421, host
                assert "copydesk" not in strange.text
        assert raw(port, b"GET http://[::1 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port) == 400
        assert raw(port, b"GET / HTTP/1.1\r\n\r\n") == 421
        assert raw(port, b"\xff\x00 / HTTP/1.1\r\n\r\n") in (400, 501)
    assert "Traceback" not in capfd.readouterr().err


NOT_SERVED = (
    *("/auth-string", "/sources.toml", "/log.sqlite", "/other.html", "/report.json", "/quality.html"),
    *("/assets/style.css", "/articles/bb/secret.html", "/articles/aa/%2e%2e/%2e%2e/auth-string", "/%61uth-string"),
    *("//auth-string", "/./auth-string", "/%252e%252e/secret", "/..%2fsecret", "/index.html/../auth-string", "auth-string"),
    *("http://localhost/auth-string", "*", "/assets/../auth-string", "/articles/../log.sqlite", "/index.html%2f"),
)


def test_what_else_lies_in_the_folder_of_a_report_is_not_served(tmp_path: Path) -> None:
    """Its folder is chosen with --out, and may hold other things, or links to them."""
    folder = tmp_path / "out"
    (folder / "articles" / "aa").mkdir(parents=True)
    (folder / "assets").mkdir()
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    for name in ("index.html", "auth-string", "sources.toml", "log.sqlite", "other.html", "articles/aa/1.html", "report.json"):
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "quality.html").symlink_to(tmp_path / "secret")
    (folder / "assets" / "style.css").symlink_to("../../secret")
    (folder / "articles" / "bb").symlink_to(tmp_path)
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    made = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder), make=lambda article_id: None))

    def status(path: str, method: str = "GET") -> int:
        return raw(made.server_port, f"{method} {path} HTTP/1.1\r\nHost: localhost:{made.server_port}\r\n\r\n".encode())

    with serving(made):
        for path in ("/", "/index.html", "/index.html?x=1", "/articles/aa/1.html"):
            assert (status(path), status(path, "HEAD")) == (200, 200), path
        for path in NOT_SERVED:
            assert (status(path), status(path, "HEAD")) == (404, 404), path


def test_the_notebook_runs_on_a_warehouse(sample_home: Path) -> None:
    pytest.importorskip("marimo")
    done = subprocess.run(
        [sys.executable, str(ROOT / "seeds" / "notebooks" / "questions.py")],
        env={**os.environ, "COPYDESK_HOME": str(sample_home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_question_of_the_report_can_be_asked_at_the_prompt(sample_home: Path) -> None:
    from copydesk.flows.site.queries import EXAMPLES, QUERIES

    for sql in [*QUERIES.values(), *(sql for _, sql in EXAMPLES)]:
        done = copydesk("sql", sql, "--home", sample_home, "--format", "csv")
        assert done.returncode == 0, done.stderr
