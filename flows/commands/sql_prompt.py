"""The prompt of `copydesk sql`: colours, completion, lines that belong together, a history that nobody else reads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from copydesk.flows.commands.reading import run_query
from copydesk.flows.printing import say, warn

if TYPE_CHECKING:
    import duckdb
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

HISTORY = Path("~/.copydesk_history")
WELCOME = (
    "End a query with ; and leave with .quit or Ctrl-D. Tab completes names; .views lists the views, .examples some queries."
)
NAMES = (
    "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal "
    "UNION SELECT column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal "
    "UNION SELECT keyword_name FROM duckdb_keywords() UNION SELECT DISTINCT function_name FROM duckdb_functions() "
    "WHERE function_name SIMILAR TO '[a-z_0-9]+'"
)


def prompted(db: duckdb.DuckDBPyConnection, given: Input | None = None, shown: Output | None = None) -> Iterator[str]:
    """The queries that a person types, each to its semicolon, until Ctrl-D; Ctrl-C drops what is typed.

    `given` and `shown` stand for keyboard and screen in tests.
    """
    say(WELCOME)
    session = _session(db, given, shown)
    while True:
        try:
            query = session.prompt("copydesk> ").strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if query:
            yield query


def _session(db: duckdb.DuckDBPyConnection, given: Input | None, shown: Output | None) -> PromptSession[str]:
    return PromptSession(
        history=_history(),
        completer=completer(db),
        complete_while_typing=False,
        lexer=PygmentsLexer(SqlLexer),
        multiline=True,
        key_bindings=_keys(),
        prompt_continuation="     ...> ",
        input=given,
        output=shown,
    )


def completer(db: duckdb.DuckDBPyConnection) -> WordCompleter:
    """Completes views, their columns, DuckDB's functions and keywords."""
    _, rows = run_query(db, NAMES)
    return WordCompleter(sorted({str(row[0]) for row in rows} | {".views", ".examples", ".quit"}), ignore_case=True)


def is_whole(text: str) -> bool:
    """Whether what was typed is answered as it stands: a query to its semicolon, a word that begins with a dot, or `quit`.

    >>> is_whole("select 1"), is_whole("select 1;"), is_whole(".views"), is_whole(""), is_whole("quit")
    (False, True, True, True, True)
    """
    stripped = text.strip()
    return not stripped or stripped.startswith(".") or stripped.endswith(";") or stripped in ("quit", "exit")


def _keys() -> KeyBindings:
    """Enter answers what is whole, and begins a new line in what is not."""
    keys = KeyBindings()

    @keys.add("enter")
    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if is_whole(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return keys


def _history() -> FileHistory | None:
    """The history of earlier prompts, in a file that only its owner may read; none where it cannot be kept."""
    path = HISTORY.expanduser()
    try:
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
        path.chmod(0o600)
    except OSError as error:
        warn(f"copydesk: the history is not kept: {path}: {error.strerror}")
        return None
    return FileHistory(str(path))
