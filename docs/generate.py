"""Writes the reference pages of the documentation from the code: `make docs` (or `python -m docs.generate`).

A test compares every committed page with what this module makes, so that the reference cannot drift from the code.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from copydesk.expectations import articles, documents, facts, sentences
from copydesk.flows import cli
from copydesk.flows.settings import load as settings
from copydesk.transforms import vocabulary
from copydesk.transforms.reject_reasons import RejectReason
from docs.command_line import commands_page
from docs.deployments import prefect_yaml
from docs.page_parts import NOTICE, first_sentence, table

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True)
class View:
    """A public view of the warehouse: what a row is, and (column, type, comment) of each column."""

    name: str
    comment: str
    columns: tuple[tuple[str, str, str], ...]


def views() -> list[View]:
    """The public views, as an empty home publishes them, by name."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        home, empty = Path(folder) / "home", Path(folder) / "empty"
        empty.mkdir()
        cli.main(["ingest", str(empty), "--home", str(home), "--jobs", "1"])
        with duckdb.connect(str((home / "warehouse.duckdb").resolve()), read_only=True) as db:
            found = db.execute(
                "SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal ORDER BY view_name"
            ).fetchall()
            query = (
                "SELECT column_name, data_type, comment FROM duckdb_columns() "
                "WHERE schema_name = 'main' AND table_name = ? ORDER BY column_index"
            )
            return [
                View(name=name, comment=comment, columns=tuple(db.execute(query, [name]).fetchall())) for name, comment in found
            ]


def tables_page() -> str:
    """Every view with its columns."""
    found = views()
    made = ["# Tables\n\n", NOTICE]
    made.append(
        "These are the views of `warehouse.duckdb`. Each has a comment on itself and on its columns; in SQL: "
        "`select * from duckdb_columns()`.\n\n"
        "Offsets count Unicode code points from 0, and ends are exclusive. `articles.text[span_start:span_end]` in Python's "
        "notation is the text of a fact or a sentence to the letter. For plain text the decoded file holds the same words "
        "between `raw_start` and `raw_end`.\n\n"
    )
    made.append(table(("view", "a row is"), [(f"[`{view.name}`](#{view.name})", view.comment) for view in found]))
    for view in found:
        made.append(f"\n## `{view.name}` {{ #{view.name} }}\n\n{view.comment}\n\n")
        rows = [(f"`{name}`", kind, comment or "") for name, kind, comment in view.columns]
        made.append(table(("column", "type", "holds"), rows))
    return "".join(made)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A setting: its name in `copydesk.toml`, its default as text, and what it does."""

    name: str
    default: str
    says: str


def all_settings() -> list[Setting]:
    """Every setting that a person can give, in the order of the class `AllSettings`."""
    return [
        Setting(name=name, default=_default(field.default), says=field.description or "")
        for name, field in settings.AllSettings.model_fields.items()
    ]


def _default(value: object) -> str:
    return "" if value in (None, (), "") else f"`{value}`"


def settings_page() -> str:
    """Every setting, with its name in the environment and in the file."""
    made = ["# Settings\n\n", NOTICE]
    made.append(
        "A flag beats the environment, the environment beats `copydesk.toml` in the folder where you run the command, and the "
        "file beats the default. Secrets belong into the environment.\n\n"
    )
    rows = [
        (f"`{one.name}`", f"`{settings.PREFIX}{one.name.upper()}`", one.default, one.says.replace("\n", " "))
        for one in all_settings()
    ]
    made.append(table(("in `copydesk.toml`", "in the environment", "default", "meaning"), rows))
    made.append('\nAn example of the file:\n\n```toml\nhome = "data"\nmax_rejects = 0.3\n```\n')
    return "".join(made)


def rejects_page() -> str:
    """Every reason for which a document is turned away, then every expectation that a row can break."""
    made = ["# Reject reasons and expectations\n\n", NOTICE]
    made.append(
        "Nothing is thrown away. Of every rejected document the log and the tables keep its bytes (the first `max_bytes` of "
        "them), its hash, its size, the reason and the rules that decided. How to work with rejects is in "
        "[Errors and rejects](../how-to/rejects.md).\n\n## Reasons\n\n"
    )
    rows = [(f"`{reason}`", reason.meaning, reason.remedy) for reason in RejectReason]
    made.append(table(("`rejects.reason`", "what it was", "what to do"), rows))
    made.append(
        "\n## Expectations\n\nA row that breaks one of these does not enter its table: it goes to `rejects` with "
        "`reason = 'expectation'` and the name of the expectation, and takes with it the rows that depend on it. "
        "What a fact is, field by field, is in [What a fact is](../facts.md).\n"
    )
    for name, suite in (("documents", documents), ("articles", articles), ("sentences", sentences), ("facts", facts)):
        made.append(f"\n### {name.capitalize()}\n\n")
        made.append(table(("`rejects.expectation`", "what must hold"), [(f"`{e.name}`", e.why) for e in suite.SUITE]))
    return "".join(made)


def vocabulary_page() -> str:
    """Every closed vocabulary with its values and their meanings."""
    made = ["# Vocabularies\n\n", NOTICE]
    made.append("Columns with a fixed set of values hold one of these. [What a fact is](../facts.md) has examples of most.\n")
    for kind in sorted(vocabulary.Term.__subclasses__(), key=lambda kind: inspect.getsourcelines(kind)[1]):
        made.append(f"\n## {kind.__name__}\n\n{first_sentence(kind)}\n\n")
        made.append(table(("value", "means"), [(f"`{term}`", term.meaning) for term in kind]))
    return "".join(made)


PAGES: dict[str, Callable[[], str]] = {
    "../prefect.yaml": prefect_yaml,
    "reference/commands.md": commands_page,
    "reference/tables.md": tables_page,
    "reference/settings.md": settings_page,
    "reference/vocabulary.md": vocabulary_page,
    "reference/reject-reasons.md": rejects_page,
}
"""Every generated page, and file, by its path from docs/."""


def main() -> int:
    """Writes every page whose text has changed. Settings of the machine's environment are put aside."""
    for name in [name for name in os.environ if name.startswith(settings.PREFIX)] + ["PREFECT_API_URL"]:
        os.environ.pop(name, None)
    for name, page in PAGES.items():
        path, text = FOLDER / name, page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"{path.resolve().relative_to(FOLDER.parent)} was written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
