"""The report without a browser: its overview, a part of a home, an earlier state, pages served on demand, its questions."""

from __future__ import annotations

import shutil
import socket
import threading
from contextlib import closing
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

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
    assert "1 articles are new" in (home / "report" / "index.html").read_text(encoding="utf-8")
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


def test_pages_that_are_not_written_are_served_when_they_are_asked_for(
    sample_home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = Home(sample_home)
    with closing(Warehouse(home, Part())) as warehouse:
        report = Report(warehouse, Shown(Part(), 1, now(), last_report(tmp_path)))
        write_report(report, tmp_path, lambda _: None)
        shutil.rmtree(tmp_path / "articles")
        made = server(report, tmp_path, 0)
        serving = threading.Thread(target=made.serve_forever)
        serving.start()
        try:
            address = f"http://127.0.0.1:{made.server_port}"
            known = warehouse.article_ids(1)[0]
            answer = httpx.get(f"{address}/{article_path(known)}", trust_env=False, timeout=300)
            assert answer.status_code == 200
            assert answer.headers["content-security-policy"] == POLICY
            assert "<article" in answer.text
            assert httpx.get(f"{address}/articles/zz/nothing.html", trust_env=False, timeout=300).status_code == 404
            assert httpx.get(f"{address}/../../etc/passwd", trust_env=False, timeout=300).status_code == 404
            assert httpx.get(f"{address}/index.html", trust_env=False, timeout=300).status_code == 200
            assert (
                httpx.get(f"{address.replace('127.0.0.1', 'localhost')}/index.html", trust_env=False, timeout=300).status_code
                == 200
            )
            for host in ("rebind.example", f"rebind.example:{made.server_port}", "127.0.0.1", "127.0.0.1:1", ""):
                for method in ("GET", "HEAD"):
                    strange = httpx.request(method, f"{address}/index.html", headers={"Host": host}, trust_env=False)
                    assert strange.status_code == 421, host
                    assert "copydesk" not in strange.text
            for path in (
                "%00",
                "articles/%00.html",
                "a%00b",
                "%ff",
                "%0d%0aX:1",
                "x" * 5000,
                "articles/" + "y" * 300 + ".html",
            ):
                assert httpx.get(f"{address}/{path}", trust_env=False, timeout=300).status_code == 400, path
            for path in ("articles", "articles/", "assets/", "%2e%2e/%2e%2e/etc/passwd", "articles/../../x"):
                assert httpx.get(f"{address}/{path}", trust_env=False, timeout=300, follow_redirects=True).status_code == 404, (
                    path
                )
            assert raw(made.server_port, b"GET http://[::1 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % made.server_port) == 400
            assert raw(made.server_port, b"GET / HTTP/1.1\r\n\r\n") == 421
            assert raw(made.server_port, b"\xff\x00 / HTTP/1.1\r\n\r\n") in (400, 501)
            told = capfd.readouterr()
            assert "Traceback" not in told.err
        finally:
            made.shutdown()
            serving.join()
            made.server_close()


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
    serving = threading.Thread(target=made.serve_forever)
    serving.start()

    def status(path: str, method: str = "GET") -> int:
        return raw(made.server_port, f"{method} {path} HTTP/1.1\r\nHost: localhost:{made.server_port}\r\n\r\n".encode())

    try:
        for path in ("/", "/index.html", "/index.html?x=1", "/articles/aa/1.html"):
            assert (status(path), status(path, "HEAD")) == (200, 200), path
        for path in (
            *("/auth-string", "/sources.toml", "/log.sqlite", "/other.html", "/report.json", "/quality.html"),
            *("/assets/style.css", "/articles/bb/secret.html", "/articles/aa/%2e%2e/%2e%2e/auth-string", "/%61uth-string"),
            *(
                "//auth-string",
                "/./auth-string",
                "/%252e%252e/secret",
                "/..%2fsecret",
                "/index.html/../auth-string",
                "auth-string",
            ),
            *("http://localhost/auth-string", "*", "/assets/../auth-string", "/articles/../log.sqlite", "/index.html%2f"),
        ):
            assert (status(path), status(path, "HEAD")) == (404, 404), path
    finally:
        made.shutdown()
        serving.join()
        made.server_close()


def test_the_notebook_runs_on_a_warehouse(sample_home: Path) -> None:
    import os
    import subprocess
    import sys

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
