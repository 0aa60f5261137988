"""Writes the reference pages of the documentation from the code: `make docs` (or `python -m docs.generate`).

A test compares every committed page with what this module makes, so that the reference cannot drift from the code.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import os
import re
import sys
import tempfile
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cyclopts
import duckdb

from copydesk.expectations import articles, documents, facts, sentences
from copydesk.flows import cli
from copydesk.flows.settings import load as settings
from copydesk.transforms import vocabulary
from copydesk.transforms.reject_reasons import RejectReason
from copydesk.warehouse import errors

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

FOLDER = Path(__file__).resolve().parent
NOTICE = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n\n"


@dataclass(frozen=True, kw_only=True)
class Argument:
    """One option or positional argument of a command, as its help shows it."""

    shown: str
    says: str


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command of the command line with its arguments, in the order of its help."""

    name: str
    says: str
    arguments: tuple[Argument, ...]


def commands() -> list[Command]:
    """Every command of the command line. This is the one place that knows how the command line is built."""
    app = cli.app()
    return [
        Command(
            name=name,
            says=says,
            arguments=tuple(_argument(one) for one in app[name].assemble_argument_collection() if one.show),
        )
        for name, (_, says) in cli.COMMANDS.items()
    ]


def _argument(argument: cyclopts.Argument) -> Argument:
    """An argument as the help shows it."""
    choices = argument.get_choices()
    positional = not argument.name.startswith("-")
    value = "|".join(choices) if choices else argument.parameter.metavar or _metavar(argument)
    many = argument.field_info.kind is argument.field_info.VAR_POSITIONAL
    if positional:
        shown = value if argument.required else f"[{value}{'...' if many else ''}]"
    else:
        shown = argument.name if argument.hint is bool else f"{argument.name} {value}"
    default = argument.field_info.default
    named = isinstance(default, (int, float, str)) and not isinstance(default, bool)
    beside = f" Default: {default}." if named else " It must be given." if argument.required and not positional else ""
    return Argument(shown=shown, says=f"{argument.parameter.help or ''}{beside}")


def _metavar(argument: cyclopts.Argument) -> str:
    """What stands for the value of an argument that names nothing: its own name, or its type."""
    if not argument.name.startswith("-"):
        return argument.name
    kind = next((kind for kind in (*typing.get_args(argument.hint), argument.hint) if isinstance(kind, type)), str)
    return {str: "TEXT", int: "N", float: "NUMBER"}.get(kind, kind.__name__.upper())


def commands_page() -> str:
    """Every command with its arguments, then the exit codes."""
    made = ["# Commands\n\n", NOTICE]
    made.append("`copydesk COMMAND --help` prints the same. `copydesk --version` prints the version of the program.\n\n")
    made.append(_table(("command", "does"), [(f"[`{c.name}`](#copydesk-{c.name})", c.says) for c in commands()]))
    for command in commands():
        made.append(f"\n## `copydesk {command.name}` {{ #copydesk-{command.name} }}\n\n{_sentence(command.says)}\n\n")
        made.append(_table(("argument", "meaning"), [(f"`{a.shown}`", a.says) for a in command.arguments]))
    made.append("\n## Exit codes\n\n")
    made.append(_table(("code", "means"), [(str(code), says) for code, says in exit_codes()]))
    return "".join(made)


def exit_codes() -> list[tuple[int, str]]:
    """Every exit code of the command line with what it means: those of the errors are their classes' first sentences."""
    classes = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.CopydeskError)]
    own = {kind.exit_code: _first_sentence(kind) for kind in classes if "exit_code" in vars(kind) and kind.exit_code > 1}
    return [
        (0, "Done."),
        (1, "An error; the message says what to do."),
        (2, "Bad usage: an unknown command or option."),
        *sorted(own.items()),
        (130, "Stopped by Ctrl-C; what was committed is kept."),
    ]


def _first_sentence(kind: type) -> str:
    return (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " ")


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
    made.append(_table(("view", "a row is"), [(f"[`{view.name}`](#{view.name})", view.comment) for view in found]))
    for view in found:
        made.append(f"\n## `{view.name}` {{ #{view.name} }}\n\n{view.comment}\n\n")
        rows = [(f"`{name}`", kind, comment or "") for name, kind, comment in view.columns]
        made.append(_table(("column", "type", "holds"), rows))
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
    made.append(_table(("in `copydesk.toml`", "in the environment", "default", "meaning"), rows))
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
    made.append(_table(("`rejects.reason`", "what it was", "what to do"), rows))
    made.append(
        "\n## Expectations\n\nA row that breaks one of these does not enter its table: it goes to `rejects` with "
        "`reason = 'expectation'` and the name of the expectation, and takes with it the rows that depend on it. "
        "What a fact is, field by field, is in [What a fact is](../facts.md).\n"
    )
    for table, suite in (("documents", documents), ("articles", articles), ("sentences", sentences), ("facts", facts)):
        made.append(f"\n### {table.capitalize()}\n\n")
        made.append(_table(("`rejects.expectation`", "what must hold"), [(f"`{e.name}`", e.why) for e in suite.SUITE]))
    return "".join(made)


def vocabulary_page() -> str:
    """Every closed vocabulary with its values and their meanings."""
    made = ["# Vocabularies\n\n", NOTICE]
    made.append("Columns with a fixed set of values hold one of these. [What a fact is](../facts.md) has examples of most.\n")
    for kind in sorted(vocabulary.Term.__subclasses__(), key=lambda kind: inspect.getsourcelines(kind)[1]):
        made.append(f"\n## {kind.__name__}\n\n{_first_sentence(kind)}\n\n")
        made.append(_table(("value", "means"), [(f"`{term}`", term.meaning) for term in kind]))
    return "".join(made)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([_cell(text) for text in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    """A text in a cell of a Markdown table: bars are escaped, angle brackets outside code too.

    >>> _cell("a|b and `x|y`")
    'a\\\\|b and `x\\\\|y`'
    """
    parts = re.split(r"(`[^`]*`)", text.replace("|", "\\|"))
    return "".join(part if part.startswith("`") else part.replace("<", "&lt;") for part in parts)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].removesuffix(".") + "."


PREFECT_YAML = """\
# Written by `make docs` from the code. Change flows/served/deployments.py, not this file.
# The deployments for the workers of a work pool. The home is the workers' own: no run can choose another. All workers share it:
#   prefect work-pool create copydesk --type process
#   prefect deploy --all
#   COPYDESK_HOME=/srv/copydesk prefect worker start --pool copydesk
name: copydesk
prefect-version: {version}

deployments:
"""


def prefect_yaml() -> str:
    """The file by which `prefect deploy --all` registers the deployments of a home without sources, for a work pool."""
    from prefect import __version__

    from copydesk.flows.served.deployments import deployments

    with tempfile.TemporaryDirectory() as empty:
        listed = deployments(settings.Settings(home=Path(empty)), pool="copydesk")
    release = ".".join([*__version__.split(".")[:2], "0"])
    return PREFECT_YAML.format(version=release) + "".join(map(_deployment, listed))


def _deployment(deployment: RunnerDeployment) -> str:
    """What the file says of one deployment; texts are written as JSON, which is YAML too."""
    from prefect.client.schemas.schedules import CronSchedule

    limit = deployment.concurrency_options
    crons = [{"cron": one.schedule.cron} for one in deployment.schedules or () if isinstance(one.schedule, CronSchedule)]
    said: dict[str, Any] = {
        "entrypoint": deployment.entrypoint,
        "parameters": deployment.parameters,
        "schedules": crons,
        "concurrency_limit": limit and {"limit": deployment.concurrency_limit, "collision_strategy": limit.collision_strategy},
        "work_pool": {"name": deployment.work_pool_name},
    }
    lines = [f"  - name: {deployment.name}", *(f"    {name}: {json.dumps(value)}" for name, value in said.items() if value)]
    return "\n".join(lines) + "\n"


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
