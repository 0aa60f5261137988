"""The command line: a function of `commands` each, imported when it is asked for, so that help answers at once."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

from copydesk.flows.commands.disk_errors import NO_MEMORY, explained
from copydesk.flows.printing import warn, write_out_what_has_no_code
from copydesk.flows.workers.lazy_imports import loading
from copydesk.warehouse.errors import CopydeskError

if TYPE_CHECKING:
    from cyclopts import App, CycloptsError

COMMANDS = {
    "ingest": ("ingest:run", "Take in files and folders."),
    "reprocess": ("reprocess:run", "Make again, by today's rules, what older rules made."),
    "requeue": ("reprocess:run_requeue", "Decide again what was turned away."),
    "up": ("up:run", "Run a Prefect server and serve the deployments, on this machine."),
    "desk": ("desk:run", "Serve the pages to look, search and review, on this machine."),
    "mcp": ("mcp:run", "Let programs ask the home, by the Model Context Protocol."),
    "deploy": ("deploy:run", "Register the deployments on the server of PREFECT_API_URL."),
    "source": ("source:run", "Say what is read, from where and when."),
    "watch": ("watch:run", "Say what is watched for: questions that every run asks again, telling what is new."),
    "status": ("status:run", "Say what the home holds and how the last run went."),
    "sql": ("sql:run", "Ask in SQL; without a query, a prompt."),
    "search": ("search:run", "Find articles, sentences or facts by their words, the best first."),
    "report": ("report:run", "Write a static site of what the home holds."),
    "show": ("show:run", "Print an article with its blocks and facts, or a fact in its sentence."),
    "clean": ("clean:run", "Print one file's blocks with their roles, or why lines were left out; needs no home."),
    "maintain": ("maintain:run", "Merge small files, sweep what nobody reads any more."),
    "verify": ("verify:run", "Check the home against its log."),
    "rebuild": ("rebuild:run", "Make again what today's rules made, and compare; writes nothing."),
    "rejects": ("rejects:run", "List what was turned away and why."),
    "publish": ("publish:run", "Publish the warehouse anew, as after a home was moved."),
    "diff": ("diff:run", "Say what came, went or changed between two times, and why."),
    "backup": ("backup:run", "Write the home to one file, while runs may go on."),
    "restore": ("backup:run_restore", "Make a home of a backup."),
    "export": ("export:run", "Write a view to a file."),
    "fact": ("review:run_fact", "Say what you think of a claim: recorded, applied, kept over every reprocess."),
    "entity": ("entity:run", "Say who is who: list, show, merge, split, rename those who are named or say something."),
    "story": ("story:run", "Say which articles are about one event: list, show, merge, split stories."),
    "document": ("review:run_document", "Take a document out, or back."),
}
"""Every command: the function of `copydesk.flows.commands` that does it, and what its help says."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Ends with 0; 1 for an error, 2 for bad usage, 3 for too many rejects, 4 for a home in use, 130 for Ctrl-C.
    """
    write_out_what_has_no_code()
    given = list(sys.argv[1:] if arguments is None else arguments)
    with loading():
        from cyclopts import CycloptsError
    try:
        with loading():
            application = app(given[0] if given else "")
        if not given:
            application.help_print([])
            return 2
        return int(application(given, exit_on_error=False, print_error=False, result_action="return_value") or 0)
    except CycloptsError as error:
        warn(_without_passwords(_bad_usage(error)))
        return 2
    except CopydeskError as error:
        # A name with a line break in it forges no line of its own.
        warn(_without_passwords(f"copydesk: {error}").replace("\n", "\n  "))
        return error.exit_code
    except KeyboardInterrupt:
        warn("copydesk: stopped; what was committed is kept, the rest is taken up by the next run")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except MemoryError:
        os.write(sys.stderr.fileno(), NO_MEMORY)
        return 1
    except Exception as error:  # noqa: BLE001  # whatever it says, it is told without passwords
        told = explained(error)
        if told is None:
            warn(_without_passwords("".join(traceback.format_exception(error)).rstrip("\n")))
            return 1
        warn(_without_passwords(f"copydesk: {told} ({type(error).__name__}: {str(error).strip()[:300]})"))
        return 1


def app(asked: str = "") -> App:
    """The application of every command; the page docs/reference/commands.md is made from it.

    The command that is `asked` for is loaded at once, the others where they are needed.
    """
    from cyclopts import App, Parameter

    made = App(
        name="copydesk",
        help="Raw news text in; a validated warehouse of articles, sentences and attributed facts out.",
        help_format="plaintext",
        version=_version,
        default_parameter=Parameter(negative=(), show_default=lambda value: None if value == () else str(value)),
        suppress_keyboard_interrupt=False,
        group_parameters="Options",
    )
    for number, (name, (place, says)) in enumerate(COMMANDS.items()):
        if name == asked:
            made.command(_command(place, name, says, number))
        else:
            made.command(f"copydesk.flows.commands.{place}", name=name, help=says, sort_key=number)
    return made


def _command(place: str, name: str, says: str, number: int) -> App:
    """The application of one command.

    Every option says itself what it is for, so no docstring is read for it: cyclopts would look for the docstrings of the
    fields of each class of options in its source, which takes longer than all the rest of the help.
    """
    from importlib import import_module

    from cyclopts import App, ArgumentCollection, Parameter

    arguments: list[ArgumentCollection] = []

    class Command(App):
        def assemble_argument_collection(
            self, *, default_parameter: Parameter | None = None, parse_docstring: bool = False
        ) -> ArgumentCollection:
            if not arguments:  # help asks three times for the same
                arguments.append(super().assemble_argument_collection(default_parameter=default_parameter))
            return arguments[0]

    module, _, function = place.partition(":")
    made = Command(name=name, help=says, sort_key=number)
    made.default(getattr(import_module(f"copydesk.flows.commands.{module}"), function))
    return made


def _version() -> str:
    from importlib.metadata import version

    return f"copydesk {version('copydesk')}"


def _bad_usage(error: CycloptsError) -> str:
    """What is wrong with a command line: the option, the value, what is allowed, and where to read on."""
    from pydantic import BaseModel, ValidationError

    command = " ".join(["copydesk", *(error.command_chain or ())])
    cause = error.__cause__
    if isinstance(cause, ValidationError) and error.argument is not None:
        from copydesk.flows.settings.options import flag, told

        kinds = (error.argument.hint, *get_args(error.argument.hint))
        model = next(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel))
        said = told(cause, model, flag)
    else:
        said = str(error)
    return f"{command}: {said}\nSee: {command} --help"


def _without_passwords(text: str) -> str:
    """What an error says, with the passwords of addresses, and that of the event log, left out."""
    from copydesk.warehouse.passwords import secrets_of, without_passwords

    return without_passwords(text, secrets_of(os.environ.get("COPYDESK_LOG")))


if __name__ == "__main__":
    sys.exit(main())
