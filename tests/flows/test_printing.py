"""What came from outside is printed as text: no field, name or message of it does anything to a terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copydesk.flows.cli import main
from copydesk.flows.printing import visible
from tests.conftest import Ingest, article, copydesk, rows

OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
TURNED = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
ESCAPE = "\x1b]0;owned\x07"
TURN = "\u202egnp"
PAGE = """<html><head><title>Harbour road {escape} open</title><meta name="author" content="Nora {escape} Castell">
<meta property="og:site_name" content="The {escape} Courier"></head><body><article><h1>Harbour road {escape} open</h1>
<p>{words}</p><p>{words}</p></article><footer>Write to {escape} us {turn}</footer></body></html>"""
WORDS = "The council of the town said on Monday that at least 14 people had crossed the harbour road {number} before it was closed. "


@pytest.fixture
def hostile(take: Ingest, tmp_path: Path) -> Path:
    """A home of documents that hold escapes wherever a document can."""
    folder = tmp_path / "in"
    folder.mkdir()
    words = "".join(WORDS.format(number=number) for number in range(6))
    page = PAGE.format(escape=ESCAPE, turn=TURN, words=words)
    (folder / f"page{ESCAPE.replace('/', '')}.html").write_text(page, encoding="utf-8")
    text = article(1, f"Road {ESCAPE} to the harbour") + f"\nContact: {ESCAPE} desk {TURN}\n"
    (folder / f"plain{TURN}.txt").write_text(text, encoding="utf-8")
    told = {"text": article(2), "title": f"A row {ESCAPE}", "url": f"https://courier.example/{ESCAPE}", "author": f"Ida {TURN}"}
    (folder / "rows.jsonl").write_text(json.dumps(told) + "\n", encoding="utf-8")
    (folder / f"short{ESCAPE}.txt").write_text(f"Too {ESCAPE} short", encoding="utf-8")
    take(folder)
    return tmp_path / "home"


def commands(home: Path, folder: Path) -> Iterator[list[str]]:
    at = ["--home", str(home)]
    for query in ("from articles", "from documents", "select role, text from blocks", "select * from rejects"):
        for form in ("table", "csv", "json"):
            yield ["sql", query, "--format", form, *at]
    for (article_id,) in rows(home, "SELECT article_id FROM articles"):
        yield ["show", article_id, *at]
        yield ["show", article_id, "--blocks", *at]
    for (fact_id,) in rows(home, "SELECT min(fact_id) FROM facts GROUP BY article_id"):
        yield ["show", fact_id, *at]
    for path in sorted(folder.iterdir()):
        yield ["clean", str(path), *at]
    yield ["ingest", str(folder), "--dry-run", "--home", str(home.parent / "fresh")]
    yield ["ingest", str(folder / f"nothing{ESCAPE}"), *at]
    yield ["sql", f"select '{ESCAPE}' as \"name {ESCAPE}\"", *at]
    yield ["sql", f"select nonsense{ESCAPE}", *at]
    yield ["show", f"nothing{ESCAPE}", *at]
    for name in ("rejects", "status", "verify"):
        yield [name, *at]
    yield ["diff", "--from", "1", "--to", "99999", *at]
    yield ["source", "list", *at]
    for among in ("articles", "sentences", "facts"):
        for form in ("table", "csv", "json"):
            yield ["search", "harbour", "--in", among, "--format", form, *at]
    yield ["search", f"harbour {ESCAPE}", "--outlet", f"Nobody {ESCAPE}{TURN}", *at]
    yield ["entity", "list", *at]
    yield ["entity", "show", f"nobody{ESCAPE}{TURN}", *at]
    (home / "entities.csv").write_text(f"name,kind\nIda {ESCAPE},{ESCAPE}{TURN}\n", encoding="utf-8")
    yield ["publish", *at]


def test_no_field_or_message_does_anything_to_a_terminal(
    hostile: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (hostile / "sources.toml").write_text(
        f"[sources.odd]\nkind = 'folder'\nlocation = {json.dumps('/nowhere/' + ESCAPE + TURN)}\n", encoding="utf-8"
    )
    seen = 0
    for command in commands(hostile, tmp_path / "in"):
        main(command)
        told = capfd.readouterr()
        printed = told.out + told.err
        assert not OBEYED.search(printed), (command, printed)
        if "csv" not in command:
            assert not TURNED.search(printed), (command, printed)
        assert "Traceback" not in printed
        seen += "owned" in printed
    assert seen > 10


def test_a_name_with_a_line_break_forges_no_line(take: Ingest, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    take(tmp_path)
    forged = "\nAll is as the log says.\nbelow: folder /"
    place = json.dumps(f"/nowhere/{forged}")
    (home / "sources.toml").write_text(f"[sources.odd]\nkind = 'folder'\nlocation = {place}\n", encoding="utf-8")
    for command in (["source", "list"], ["source", "check", "odd"], ["ingest", "--source", "odd"], ["status"], ["rejects"]):
        main([*command, "--home", str(home)])
        told = capfd.readouterr()
        assert not any(line.startswith(("All is", "below")) for line in (told.out + told.err).splitlines()), (command, told)


def test_what_is_logged_beside_does_nothing_to_a_terminal() -> None:
    """Prefect's own lines, and its tracebacks, with the words of whatever went wrong."""
    code = (
        "import copydesk.flows.served.ingest\n"
        "from prefect.logging import get_logger\n"
        "logger = get_logger('copydesk')\n"
        "logger.error('%s is %d', 'owned\\x1b]0;a\\x07\\u202e', 7)\n"
        "try: raise ValueError('owned\\x9b31m')\n"
        "except ValueError: logger.exception('failed')\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "owned\\x1b]0;a\\x07\\u202e is 7" in told.stderr
    assert "ValueError: owned\\x9b31m" in told.stderr
    assert not OBEYED.search(told.stderr) and not TURNED.search(told.stderr)


def test_json_reads_back_as_it_was(hostile: Path, capfd: pytest.CaptureFixture[str]) -> None:
    query = "select text from blocks where role <> 'body' order by output_id, ordinal"
    assert main(["sql", query, "--format", "json", "--home", str(hostile)]) == 0
    assert [tuple(row.values()) for row in json.loads(capfd.readouterr().out)] == rows(hostile, query)


def test_articles_hold_no_control_characters_and_their_bytes_keep_them(hostile: Path) -> None:
    for row in rows(hostile, "SELECT title, authors, outlet, url, dateline FROM articles"):
        assert not OBEYED.search(str(row)), row
    titles = [row[0] for row in rows(hostile, "SELECT title FROM articles ORDER BY title")]
    assert any("]0;owned" in title for title in titles if title)


@pytest.mark.parametrize("form", ["table", "csv"])
def test_on_a_terminal_marks_of_direction_are_shown_too(hostile: Path, form: str) -> None:
    query = "select chr(8238) || 'gnp' as name, chr(27) || '[31m' as colour"
    command = [sys.executable, "-m", "copydesk.flows.cli", "sql", query, "--format", form, "--home", str(hostile)]
    terminal, end = pty.openpty()
    with os.fdopen(end, "wb") as shown, subprocess.Popen(command, stdout=shown, env={**os.environ, "NO_COLOR": "1"}) as process:
        process.wait()
        printed = os.read(terminal, 1 << 16)
    os.close(terminal)
    text = printed.decode()
    assert "\\u202egnp" in text and "\\x1b[31m" in text
    assert "\u202e" not in text and "\x1b[31m" not in text


def test_letters_that_the_encoding_lacks_end_no_command(hostile: Path) -> None:
    for form, escaped in (("table", "\\xfc"), ("csv", "\\xfc"), ("json", "\\u00fc")):
        told = copydesk(
            "sql", "select '各地 ü' as place", "--format", form, "--home", hostile, env={"PYTHONIOENCODING": "ascii"}
        )
        assert (told.returncode, f"\\u5404\\u5730 {escaped}" in told.stdout) == (0, True), told.stderr


def test_every_control_character_is_written_out_and_letters_are_not() -> None:
    controls = [chr(code) for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"]
    for letter in (*controls, *"\u202a\u202e\u2066\u2069"):
        assert visible(letter) == (f"\\x{ord(letter):02x}" if ord(letter) < 256 else f"\\u{ord(letter):04x}")
    assert visible("b\udce4r") == "b\\xe4r"
    assert visible("é 各 \u200f א\n\t") == "é 各 \u200f א\n\t"
