"""The questions of README.md: `python -m tests.readme` writes their answers anew after the rules changed."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import duckdb

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
QUESTION = re.compile(r"```sql\n(?P<query>.*?)```\n\n```text\n(?P<answer>.*?)```", re.DOTALL)


def answer(db: duckdb.DuckDBPyConnection, query: str) -> str:
    """The rows of a query as the README prints them: columns by a bar, null as a dot."""
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


def questions() -> list[tuple[str, str]]:
    return [(found["query"], found["answer"]) for found in QUESTION.finditer(README.read_text(encoding="utf-8"))]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        ingest(Settings(home=home, jobs=1), FolderSource("articles", [ROOT / "seeds" / "articles"]), {}, Progress())
        with open_home(home) as db:
            text = QUESTION.sub(
                lambda found: f"```sql\n{found['query']}```\n\n```text\n{answer(db, found['query'])}```",
                README.read_text(encoding="utf-8"),
            )
    README.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
