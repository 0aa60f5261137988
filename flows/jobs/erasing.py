"""Erases the texts of a purged document from what is beside the log and the data: report, feeds, inbox, Prefect's files.

Everything here may be done twice: a purge that was killed does it again.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from copydesk.warehouse.home import Home
from copydesk.warehouse.redaction import naming

PREFECT = "prefect"
"""The folder of a home in which `copydesk up` keeps its server's database and log."""

LEAST_LETTERS = 12
"""A title shorter than this is not searched for in what Prefect keeps: it may be a word of anything."""

LEAST_SENTENCE = 25
DELETED = ("artifact", "artifact_collection", "log", "events", "event_resources")
"""Tables of Prefect's database whose rows are deleted whole where they name the document: they may quote it, too."""

SQLITE_HEADER = b"SQLite format 3\0"
BUSY_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What is to be found nowhere: addresses, titles, and sentences of a document."""

    addresses: frozenset[str]
    titles: frozenset[str] = frozenset()
    sentences: frozenset[str] = frozenset()

    @property
    def telling(self) -> list[str]:
        """The texts that are long enough to tell of this document alone."""
        long = [title for title in self.titles if len(title) >= LEAST_LETTERS]
        return [*self.addresses, *long, *(sentence for sentence in self.sentences if len(sentence) >= LEAST_SENTENCE)]


def erase_beside(home: Home, texts: Texts, contents: Collection[str]) -> list[str]:
    """Erases the texts from the report, the feeds of watches, the inbox and Prefect's files of a home.

    Args:
        home: the home.
        texts: what is to be found nowhere.
        contents: the SHA-256 of each content of the document: a file of the inbox that holds one of them is deleted.

    Returns:
        What remains and how it goes, a sentence each.
    """
    remains = [*_made(home.report), *_made(home.feeds), *_prefect(home, texts), *_sources(home, texts, contents)]
    settings = home.root / "sources.toml"
    if settings.is_file() and naming(texts.addresses).search(settings.read_text(encoding="utf-8", errors="replace")):
        remains.append(f"{settings} names its address. Take it out there.")
    return remains


def _made(folder: Path) -> Iterator[str]:
    """Deletes what a folder of pages or feeds holds, also where it is a link to a folder elsewhere; names what stays."""
    if not folder.is_dir():
        return
    for path in sorted(folder.resolve().iterdir()):
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        except OSError as error:
            yield f"{path} may quote it and could not be deleted ({error.strerror}). Delete it there."


def _sources(home: Home, texts: Texts, contents: Collection[str]) -> Iterator[str]:
    """Deletes the document's file where it is in the home's own inbox; names its files that are elsewhere."""
    inbox = Path(home.inbox).resolve()
    for path in sorted(Path(address) for address in texts.addresses if address.startswith("/")):
        if not path.is_file():
            continue
        mine = path.resolve().is_relative_to(inbox) and hashlib.sha256(path.read_bytes()).hexdigest() in contents
        if mine and not home.remote:
            path.unlink()
        else:
            yield f"Its source {path} is no part of this home and still holds it. Delete it there."


def _prefect(home: Home, texts: Texts) -> Iterator[str]:
    folder = home.root / PREFECT
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if not path.is_file() or path.is_symlink():
            continue
        with path.open("rb") as file:
            is_database = file.read(len(SQLITE_HEADER)) == SQLITE_HEADER
        if is_database:
            yield from _erase_from_database(path, texts)
        elif not path.name.endswith(("-wal", "-shm")):
            overwrite(path, texts.telling)
    server = os.environ.get("PREFECT_API_URL")
    if server:
        yield f"The Prefect server at {server} may name it in logs, artifacts and parameters of runs. Delete those runs there."


def overwrite(path: Path, texts: Collection[str]) -> None:
    """Writes x over every occurrence of the texts in a file, in place: a server that appends to it goes on."""
    forms = {form.encode() for text in texts for form in _written(text)}
    if not forms:
        return
    pattern = re.compile(b"|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)))
    with path.open("r+b") as file:
        for found in pattern.finditer(file.read()):
            file.seek(found.start())
            file.write(b"x" * (found.end() - found.start()))


def _erase_from_database(path: Path, texts: Texts) -> Iterator[str]:
    """Deletes rows and replaces texts in a SQLite database; what was there is overwritten on the disk as well."""
    finder = _Finder(texts)
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as db:
            db.execute("PRAGMA secure_delete = ON")
            db.execute("BEGIN IMMEDIATE")
            for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                _erase_from_table(db, table, finder)
            db.execute("COMMIT")
            busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if busy:
                yield f"{path}-wal is in use and may hold it until `copydesk up` is stopped. Stop it and start it again."
            else:
                db.execute("VACUUM")
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        yield f"{path} may name it and could not be changed ({error}). Stop `copydesk up` and delete that file."


def _erase_from_table(db: sqlite3.Connection, table: str, finder: _Finder) -> None:
    name = '"' + table.replace('"', '""') + '"'
    if "WITHOUT ROWID" in db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0].upper():
        return
    cursor = db.execute(f"SELECT rowid AS place, * FROM {name}")
    columns = [column[0] for column in cursor.description][1:]
    for place, *values in cursor.fetchall():
        matches = {column: value for column, value in zip(columns, values, strict=True) if finder.tells(value)}
        if matches and table in DELETED:
            db.execute(f"DELETE FROM {name} WHERE rowid = ?", (place,))
            continue
        for column, value in matches.items():
            quoted = '"' + column.replace('"', '""') + '"'
            db.execute(f"UPDATE {name} SET {quoted} = ? WHERE rowid = ?", (finder.without(value), place))


def _written(text: str) -> set[str]:
    """A text as it may stand in a file: plain, in JSON, in JSON within JSON, in an address."""
    once = json.dumps(text)[1:-1]
    return {text, once, json.dumps(once)[1:-1], quote(text), quote(text, safe="/:")}


class _Finder:
    """Finds texts whether or not they are escaped for JSON, Markdown, HTML or an address."""

    def __init__(self, texts: Texts) -> None:
        self._addresses = naming(map(_plain, texts.addresses))
        self._others = [_plain(text) for text in texts.telling if text not in texts.addresses]
        self._forms = sorted(
            {form for text in texts.telling for form in (text, json.dumps(text)[1:-1], _plain(text))}, key=len, reverse=True
        )

    def tells(self, value: object) -> bool:
        """Whether a value of a database holds one of the texts."""
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if not isinstance(value, str):
            return False
        plain = _plain(value)
        return any(
            self._addresses.search(form) is not None or any(text in form for text in self._others)
            for form in {plain, _plain(unquote(plain))}
        )

    def without(self, value: str | bytes) -> str | bytes:
        """The value with the texts replaced; an empty one of its kind where that is not enough."""
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        for form in self._forms:
            text = text.replace(form, "purged")
        if self.tells(text):
            text = {"{": "{}", "[": "[]"}.get(text.lstrip()[:1], "")
        return text.encode() if isinstance(value, bytes) else text


def _plain(text: str) -> str:
    r"""A text without escapes of JSON, Markdown and HTML, its white space as single blanks.

    >>> _plain('St\\u00fcrm \\*here\\* &amp; \\"there\\"')
    'Stürm *here* & "there"'

    JSON writes a letter past the first 65,536 as two.

    >>> _plain('\\ud83d\\ude00 here') == "\N{GRINNING FACE} here"
    True
    """
    text = re.sub(r"(?:\\+u[0-9a-fA-F]{4})+", _letters, text)
    text = re.sub(r"\\+[nrt]", " ", text)
    return " ".join(html.unescape(text.replace("\\", "")).split())


def _letters(escapes: re.Match[str]) -> str:
    """The letters that escapes of JSON stand for."""
    units = b"".join(int(unit, 16).to_bytes(2, "little") for unit in re.findall(r"u([0-9a-fA-F]{4})", escapes[0]))
    return units.decode("utf-16-le", "replace")
