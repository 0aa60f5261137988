"""The command line. Heavy imports are late: help answers at once."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from copydesk.flows.printing import say, warn, write_out_what_has_no_code
from copydesk.warehouse.errors import CopydeskError

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Ends with 0; 1 for an error, 2 for bad usage, 3 for too many rejects, 4 for a home in use, 130 for Ctrl-C.
    """
    write_out_what_has_no_code()
    options = parser().parse_args(arguments)
    if not hasattr(options, "command"):
        parser().print_help()
        return 2
    try:
        return int(options.command(options))
    except CopydeskError as error:
        warn(_without_passwords(f"copydesk: {error}"))
        return error.exit_code
    except KeyboardInterrupt:
        warn("copydesk: stopped; what was committed is kept, the rest is taken up by the next run")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001  # whatever it says, it is told without passwords
        from copydesk.flows.commands.disk_errors import explained

        told = explained(error)
        if told is None:
            warn(_without_passwords("".join(traceback.format_exception(error)).rstrip("\n")))
            return 1
        warn(_without_passwords(f"copydesk: {told} ({type(error).__name__}: {str(error).strip()[:300]})"))
        return 1


def _without_passwords(text: str) -> str:
    """What an error says, with the passwords of addresses, and that of the event log, left out."""
    from copydesk.warehouse.passwords import secrets_of, without_passwords

    return without_passwords(text, secrets_of(os.environ.get("COPYDESK_LOG")))


def parser() -> argparse.ArgumentParser:
    """The parser of every command; the page docs/reference/commands.md is made from it."""
    top = argparse.ArgumentParser(
        prog="copydesk",
        description="Raw news text in; a validated warehouse of articles, sentences and attributed facts out.",
    )
    top.add_argument("--version", action=_Version, nargs=0, help="print the version and end")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    for add in (_add_ingest, _add_again, _add_served, _add_source, _add_reading, _add_review):
        add(commands)
    return top


def _add_ingest(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Taking in."""
    ingest = _command(commands, "ingest", "take in files and folders", _late("ingest"))
    ingest.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="file or folder: .txt .md .html .htm, each also .gz; .zip .tar .jsonl .csv .parquet .warc (default: the inbox)",
    )
    ingest.add_argument("--source", metavar="NAME", help="name of the source; without a PATH one of sources.toml")
    _add_jobs(ingest)
    ingest.add_argument("--dry-run", action="store_true", help="say what would become of each document; write nothing")
    _add_max_rejects(ingest)
    ingest.add_argument(
        "--max-bytes", type=int, metavar="BYTES", help="size over which a document is turned away (default: 32 MB)"
    )
    _add_wait(ingest)


def _add_again(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Making again."""
    again = _command(commands, "reprocess", "make again, by today's rules, what older rules made", _late("reprocess"))
    again.add_argument("--stage", default="all", metavar="STAGE", help="what must have changed: clean, facts or all (default)")
    again.add_argument("--source", metavar="NAME", help="only documents of this source")
    again.add_argument("--since", type=_day, metavar="DAY", help="only documents received on this day or later")
    again.add_argument("--until", type=_day, metavar="DAY", help="only documents received on this day or earlier")
    back = _command(commands, "requeue", "decide again what was turned away", _late("reprocess", "run_requeue"))
    back.add_argument("--reason", metavar="SLUG", help="only rejects of this reason, or that broke this expectation")
    back.add_argument("--source", metavar="NAME", help="only rejects of this source")
    for made in (again, back):
        _add_jobs(made)
        _add_max_rejects(made)
        _add_wait(made)


def _add_served(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Serving from the Prefect UI."""
    up = _command(commands, "up", "run a Prefect server and serve the deployments, on this machine", _late("up"))
    up.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen on (default: 127.0.0.1)")
    up.add_argument("--port", type=int, default=4200, metavar="N", help="port to listen on (default: 4200)")
    up.add_argument(
        "--origin",
        action="append",
        metavar="URL",
        help="address by which people reach it through a proxy: https://desk.example.org; may be given again",
    )
    deploy = _command(commands, "deploy", "register the deployments on the server of PREFECT_API_URL", _late("deploy"))
    deploy.add_argument(
        "--pool", metavar="NAME", help="work pool whose workers run them (default: copydesk)", default="copydesk"
    )


def _add_source(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What is read."""
    source = _command(commands, "source", "say what is read, from where and when", _late("source"))
    source.add_argument("action", choices=("list", "add", "check", "remove"), help="what to do")
    source.add_argument("name", nargs="?", metavar="NAME", help="name of the source")
    source.add_argument("--kind", metavar="KIND", help="folder, glob, archive, rows, warc, urls, feed or sitemap")
    source.add_argument("--location", metavar="WHERE", help="folder, pattern, file or web address")
    source.add_argument("--schedule", metavar="CRON", help="when it is read, as a cron expression (default: by hand)")
    source.add_argument("--outlet", metavar="NAME", help="the outlet that publishes it, where it is one")
    source.add_argument("--language", metavar="CODE", help="its language as ISO 639-1, where it is one")
    source.add_argument("--column", action="append", metavar="WHAT=NAME", help="column of text, title, date or url in a table")
    source.add_argument("--most", type=int, metavar="N", help="web pages fetched in one run (default: 500)")
    source.add_argument("--allow", action="append", metavar="HOST", help="host with a private address that may be fetched")


def _add_reading(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Reading the home."""
    _command(commands, "status", "say what the home holds and how the last run went", _late("status"))
    sql = _command(commands, "sql", "ask in SQL; without a query, a prompt", _late("sql"))
    sql.add_argument("query", nargs="?", metavar="QUERY", help="a query over the warehouse's views")
    sql.add_argument("--format", choices=("table", "csv", "json"), default="table", help="how rows are printed")
    _add_report(commands)
    show = _command(commands, "show", "print an article with its blocks and facts, or a fact in its sentence", _late("show"))
    show.add_argument("id", metavar="ID", help="id of an article, document, fact, claim or sentence, or its beginning")
    show.add_argument("--blocks", action="store_true", help="print every block of the source with its role in the margin")
    clean = _command(commands, "clean", "print one file's blocks with their roles, without a home", _late("clean"))
    clean.add_argument("file", type=Path, metavar="FILE", help="a file of a kind that ingest takes")
    tidy = _command(commands, "maintain", "merge small files, sweep what nobody reads any more", _late("maintain"))
    _add_wait(tidy)
    check = _command(commands, "verify", "check the home against its log", _late("verify"))
    check.add_argument("--repair", action="store_true", help="mend what raw bytes and log allow first, and say what cannot be")
    check.add_argument("--yes", action="store_true", help="let the repair delete what no event names, and go on with a cut log")
    _add_wait(check)
    redo = _command(commands, "rebuild", "make again what today's rules made, and compare; writes nothing", _late("rebuild"))
    _add_jobs(redo)
    _add_wait(redo)
    _command(commands, "rejects", "list what was turned away and why", _late("rejects"))
    publish = _command(commands, "publish", "publish the warehouse anew, as after a home was moved", _late("publish"))
    _add_wait(publish)
    publish.add_argument("--as-of", metavar="WHEN", help="as it was at a position of the log, a time, or a day's end (UTC)")
    publish.add_argument("--to", type=Path, metavar="FILE", help="where the warehouse as it was is written")
    between = _command(commands, "diff", "say what came, went or changed between two times, and why", _late("diff"))
    between.add_argument("--from", dest="since", required=True, metavar="WHEN", help="position of the log, time, or day")
    between.add_argument("--to", dest="until", metavar="WHEN", help="position of the log, time, or day (default: now)")
    between.add_argument("--format", choices=("table", "csv", "json"), default="table", help="how rows are printed")
    _add_wait(between)
    save = _command(commands, "backup", "write the home to one file, while runs may go on", _late("backup"))
    save.add_argument("file", type=Path, metavar="FILE", help="where to: a .tar file that is not there yet")
    back = _command(commands, "restore", "make a home of a backup", _late("backup", "run_restore"))
    back.add_argument("file", type=Path, metavar="FILE", help="what `copydesk backup` wrote")
    export = _command(commands, "export", "write a view to a file", _late("export"))
    export.add_argument("table", metavar="TABLE", help="a view: articles, facts, figure_conflicts, …")
    export.add_argument("file", type=Path, metavar="FILE", help="where to: .parquet, .csv or .json")


def _add_report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Looking."""
    report = _command(commands, "report", "write a static site of what the home holds", _late("report"))
    report.add_argument("--out", type=Path, metavar="DIR", help="where to (default: report in the home)")
    report.add_argument("--open", action="store_true", help="open it in a browser")
    report.add_argument("--since", type=_day, metavar="DAY", help="only articles published on this day or later")
    report.add_argument("--source", metavar="NAME", help="only articles of this source")
    report.add_argument("--as-of", metavar="WHEN", help="as it was at a position of the log, a time, or a day's end (UTC)")
    report.add_argument("--serve", action="store_true", help="serve it on this machine, with a page for every article")
    report.add_argument("--port", type=int, default=4300, metavar="N", help="port to serve on (default: 4300)")
    _add_wait(report)


def _add_review(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What people say."""
    fact = _command(
        commands,
        "fact",
        "say what you think of a claim: recorded, applied, kept over every reprocess",
        _late("review", "run_fact"),
    )
    fact.add_argument("action", choices=("confirm", "reject", "correct", "undo"), help="what to say")
    fact.add_argument("id", metavar="ID", help="id of a fact or claim, or its beginning")
    fact.add_argument("--set", action="append", metavar="NAME=VALUE", help="what to correct: --set value_low=14")
    fact.add_argument("--unset", action="append", metavar="NAME", help="a field whose correction is taken back")
    document = _command(commands, "document", "take a document out, or back", _late("review", "run_document"))
    document.add_argument("action", choices=("withdraw", "restore", "purge"), help="what to do")
    document.add_argument("--yes", action="store_true", help="let purge erase its bytes for good")
    document.add_argument("id", metavar="ID", help="id of a document or article, or its address, or its beginning")
    for made in (fact, document):
        made.add_argument("--why", required=True, metavar="TEXT", help="why, for those who come after")
        _add_wait(made)


class _Version(argparse.Action):
    """Prints the version, which is looked up only when asked for, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from copydesk.flows.wiring import program_version

        say(f"copydesk {program_version()}")
        parser.exit()


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, run: Command
) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    made.add_argument("--home", metavar="DIR", help="folder, or s3:// address, that holds everything (default: ./data)")
    made.set_defaults(command=run)
    return made


def _late(module: str, name: str = "run") -> Command:
    """A command of `copydesk.flows.commands`, imported when it is run."""

    def run(options: argparse.Namespace) -> int:
        command: Command = getattr(import_module(f"copydesk.flows.commands.{module}"), name)
        return command(options)

    return run


def _add_wait(command: argparse.ArgumentParser) -> None:
    command.add_argument("--wait", type=float, metavar="SECONDS", help="how long to wait for another run (default: 600)")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-05-03") from None


def _add_jobs(command: argparse.ArgumentParser) -> None:
    command.add_argument("--executor", metavar="ADDRESS", help="a Dask cluster that transforms them: dask://HOST:PORT")
    command.add_argument("--jobs", type=int, metavar="N", help="processes that transform documents (default: one a core)")


def _add_max_rejects(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--max-rejects", type=float, metavar="SHARE", help="share of rejects over which the run fails (default: 0.2)"
    )


if __name__ == "__main__":
    sys.exit(main())
