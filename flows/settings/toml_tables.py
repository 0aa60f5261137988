"""A TOML file of a home that holds named tables of one kind, such as sources.toml; edited with its comments kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.lock import alone

LARGEST = 16 << 20
"""Bytes of such a file."""


@dataclass(frozen=True, kw_only=True)
class TomlTables:
    """The tables of one file.

    Args:
        home: the home that holds the file.
        file: its name, such as sources.toml.
        key: the name of the table that holds the others, such as sources.
        one: what each of them is, such as source.
    """

    home: Home
    file: str
    key: str
    one: str

    @property
    def address(self) -> str:
        """The address of the file, for messages."""
        return self.home.store.address(self.file)

    def read(self) -> dict[str, Mapping[str, Any]]:
        """The tables by name, in the order of the file; none where there is no file. Raises PermanentError."""
        tables: dict[str, Mapping[str, Any]] = {}
        for name, table in self._document().unwrap().get(self.key, {}).items():
            if not isinstance(table, Mapping):
                raise PermanentError(f"{self.address}: [{self.key}.{name}] is no table.")
            tables[str(name)] = table
        return tables

    def add(self, name: str, values: Mapping[str, Any]) -> None:
        """Writes a table into the file; comments and other tables stay. Raises PermanentError where there is one already."""
        with alone(self._lock):
            self._add(name, values)

    def _add(self, name: str, values: Mapping[str, Any]) -> None:
        document = self._document()
        tables = document.setdefault(self.key, tomlkit.table(is_super_table=True))
        if name in tables:
            raise PermanentError(f"{self.address} has a {self.one} {name!r}. Remove it first, or choose another name.")
        table = tomlkit.table()
        for key, value in values.items():
            table[key] = list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value
        tables[name] = table
        self._write(document)

    def remove(self, name: str) -> None:
        """Takes a table out of the file. Raises PermanentError where there is none of that name."""
        with alone(self._lock):
            document = self._document()
            if name not in document.get(self.key, {}):
                raise PermanentError(f"{self.address} has no {self.one} {name!r}. See: copydesk {self.one} list")
            del document[self.key][name]
            self._write(document)

    @property
    def _lock(self) -> Path:
        """The file that one who changes the tables holds, so that two at once lose nothing."""
        return self.home.prepared().cache / f"{self.file}.lock"

    def _document(self) -> tomlkit.TOMLDocument:
        """The file, whose only table is the key. Raises PermanentError for any other, and for what is no TOML."""
        try:
            with self.home.store.open(self.file) as file:
                data = file.read(LARGEST + 1)
            if len(data) > LARGEST:
                raise PermanentError(f"{self.address} is no file of {self.key}: it has more than {LARGEST:,} bytes.")
            document = tomlkit.parse(data.decode())
        except FileNotFoundError:
            return tomlkit.document()
        except (TOMLKitError, ValueError, RecursionError, OSError) as error:
            raise PermanentError(f"{self.address} cannot be read: {error}. Mend it or move it away.") from error
        example = f"A {self.one} is a table such as [{self.key}.wire]."
        if wrong := sorted(set(document) - {self.key}):
            raise PermanentError(f"{self.address}: there is no place for {wrong[0]!r}. {example}")
        if not isinstance(document.get(self.key, {}), Mapping):
            raise PermanentError(f"{self.address}: {self.key} is no table. {example}")
        return document

    def _write(self, document: tomlkit.TOMLDocument) -> None:
        with self.home.prepared().store.writing(self.file) as aside:
            aside.write_text(tomlkit.dumps(document), encoding="utf-8")
