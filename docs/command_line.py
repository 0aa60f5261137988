"""The page of the command line: every command with its arguments, and the exit codes, as cyclopts and the errors have them."""

from __future__ import annotations

import inspect
import typing
from dataclasses import dataclass

import cyclopts

from copydesk.flows import cli
from copydesk.warehouse import errors
from docs.page_parts import NOTICE, first_sentence, sentence, table


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
    made.append(table(("command", "does"), [(f"[`{c.name}`](#copydesk-{c.name})", c.says) for c in commands()]))
    for command in commands():
        made.append(f"\n## `copydesk {command.name}` {{ #copydesk-{command.name} }}\n\n{sentence(command.says)}\n\n")
        made.append(table(("argument", "meaning"), [(f"`{a.shown}`", a.says) for a in command.arguments]))
    made.append("\n## Exit codes\n\n")
    made.append(table(("code", "means"), [(str(code), says) for code, says in exit_codes()]))
    return "".join(made)


def exit_codes() -> list[tuple[int, str]]:
    """Every exit code of the command line with what it means: those of the errors are their classes' first sentences."""
    classes = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.CopydeskError)]
    own = {kind.exit_code: first_sentence(kind) for kind in classes if "exit_code" in vars(kind) and kind.exit_code > 1}
    return [
        (0, "Done."),
        (1, "An error; the message says what to do."),
        (2, "Bad usage: an unknown command or option."),
        *sorted(own.items()),
        (130, "Stopped by Ctrl-C; what was committed is kept."),
    ]
