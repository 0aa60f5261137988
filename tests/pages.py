"""What the pages print: answers to questions in SQL, and what commands print. `python -m tests.pages` writes both anew.

A question is an ```sql block followed by a ```text block with its answer over the sample articles. A transcript is a page's
```console blocks: the lines after `$ ` are commands, run in the page's order in one folder, the other lines what they print.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from copydesk.flows import cli
from tests.processes import UNLESS_TOLD, server

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
QUESTIONS = ROOT / "docs" / "how-to" / "questions.md"
"""The page of the ten questions; README.md has three of them."""

TRANSCRIPTS = (ROOT / "docs" / "tutorial.md",)

QUESTION = re.compile(r"```sql\n(?P<query>.*?)```\n\n```text\n(?P<answer>.*?)```", re.DOTALL)
CONSOLE = re.compile(r"(?<=```console\n)(?P<text>.*?)(?=```)", re.DOTALL)
COMMAND = re.compile(r"^\$ (?P<command>(?:.*\\\n)*.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
MOMENT = re.compile(r"20(?:2[5-9]|[3-9]\d)-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:\+00:00|Z)?")
"""A time at which the pages are written; the sample articles are of 2024 and earlier."""

DOCUMENT = re.compile(r"(?<=2024-06-21 09:30  )[0-9a-f]{8}(?=  )")
"""The beginning of a document's id, behind the time in a list of rejects."""


def answer(db: duckdb.DuckDBPyConnection, query: str) -> str:
    """The rows of a query as the pages print them: columns separated by a bar, None as a dot."""
    cursor = db.execute(query)
    names = [column[0] for column in cursor.description or ()]
    cells = [names, *([_cell(value) for value in row] for row in cursor.fetchall())]
    widths = [max(len(row[n]) for row in cells) for n in range(len(names))]
    return "".join(
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in cells
    )


def _cell(value: object) -> str:
    if value is None:
        return "."
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def open_home(home: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str((home / "warehouse.duckdb").resolve()), read_only=True)


def questions(page: Path = QUESTIONS) -> list[tuple[str, str]]:
    """The questions of a page: the query of each, and the answer that is printed."""
    return [(found["query"], found["answer"]) for found in QUESTION.finditer(page.read_text(encoding="utf-8"))]


def with_answers(text: str, db: duckdb.DuckDBPyConnection) -> str:
    """A page's text with every answer written anew."""
    return QUESTION.sub(lambda found: f"```sql\n{found['query']}```\n\n```text\n{answer(db, found['query'])}```", text)


def with_transcript(text: str, folder: Path) -> str:
    """A page's text with what its commands print now, run one after the other in an empty folder."""
    shutil.copytree(ROOT / "seeds" / "articles", folder / "seeds" / "articles")
    return CONSOLE.sub(lambda block: "".join(_run_again(block["text"], folder)), text)


def _run_again(block: str, folder: Path) -> Iterator[str]:
    for found in COMMAND.finditer(block):
        yield f"$ {found['command']}\n{printed(found['command'], folder)}"


def printed(command: str, folder: Path) -> str:
    """What a command prints on its standard output, and as an error where it fails; without what differs between machines.

    The folder is shown as /news, the time as one moment, the id of a document, which its address makes, as one id.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COPYDESK_") and k != "PREFECT_API_URL"}
    environment |= {**UNLESS_TOLD, "PYTHONPATH": str(ROOT), "COLUMNS": "110"}
    script = f'copydesk() {{ {sys.executable} -m tests.processes ask {server()} "$@"; }}\n{command}'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=folder, env=environment, check=False)
    shown = done.stdout + (done.stderr if done.returncode else "")
    shown = MOMENT.sub("2024-06-21 09:30", shown.replace(str(folder.resolve()), "/news"))
    shown = DOCUMENT.sub("766e2e6a", shown)
    return "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def main() -> int:
    """Writes the answers and transcripts of all pages anew."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        cli.main(["ingest", str(ROOT / "seeds" / "articles"), "--home", str(home), "--jobs", "1"])
        with open_home(home) as db:
            for page in (README, QUESTIONS):
                page.write_text(with_answers(page.read_text(encoding="utf-8"), db), encoding="utf-8")
        for number, page in enumerate(TRANSCRIPTS):
            folder = Path(scratch) / f"transcript-{number}"
            folder.mkdir()
            page.write_text(with_transcript(page.read_text(encoding="utf-8"), folder), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
