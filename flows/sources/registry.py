"""`sources.toml` of a home: what is read, from where, and when. Edited with its comments kept."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from copydesk.flows.sources.addresses import BadAddress, parse_address, printable
from copydesk.flows.sources.containers.columns import NAMES
from copydesk.flows.sources.containers.member import Options
from copydesk.flows.sources.folder import FolderSource, Holds
from copydesk.flows.sources.found import Source
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.passwords import check_no_password
from copydesk.warehouse.store import is_remote

FILES = {"folder": None, "glob": None, "archive": "archive", "rows": "rows", "warc": "warc"}
"""Kinds of files, and the one kind of container that is read of them."""

FILE = "sources.toml"
WEB = ("urls", "feed", "sitemap")
KINDS = (*FILES, *WEB)
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
MOST = 500


@dataclass(frozen=True)
class Spec:
    """A source as `sources.toml` has it."""

    name: str
    kind: str
    location: str
    schedule: str | None = None
    """A cron expression; none means that it is run by hand."""

    outlet: str | None = None
    language: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """For tables of rows: text, title, date, time, url, authors, language and outlet to the names of their columns."""

    most: int = MOST
    """Pages of the web fetched in one run."""

    allow: tuple[str, ...] = ()
    """Hosts with private addresses that may be fetched, as HOST or HOST:PORT."""

    proxy: str | None = None
    """The address of a proxy through which pages are fetched; those that the environment names are not used."""

    @property
    def shown(self) -> str:
        """The location for people to see, without logins and keys."""
        return printable(self.location)

    confined: bool = False
    """Whether it was added from the Prefect UI: a run from there reads of it what the operator allowed, and no more."""

    delimiter: str | None = None
    """The mark between the fields of a CSV; found out by its first rows where it is None."""


def path_of(home: Home) -> str:
    """The address of a home's sources, for messages."""
    return home.store.address(FILE)


def read_sources(home: Home) -> dict[str, Spec]:
    """The sources of a home by name, in the order of the file. Relative locations are resolved from the file's folder.

    Raises PermanentError that names the source, the value and the remedy.
    """
    document = _document(home)
    found = {}
    for name, table in document.get("sources", {}).items():
        if not isinstance(table, Mapping):
            raise PermanentError(f"{path_of(home)}: [sources.{name}] is no table.")
        spec = spec_of(str(name), dict(table), str(path_of(home)))
        found[name] = replace(spec, location=resolved_location(home, spec))
    return found


def spec_of(name: str, values: Mapping[str, Any], origin: str) -> Spec:
    """A source of named values, checked.

    Raises PermanentError that names the source, the value and the remedy.
    """
    known = {f.name for f in fields(Spec)} - {"name"}
    wrong = sorted(set(values) - known)
    if wrong:
        raise PermanentError(
            f"{origin}: source {name!r} has {wrong[0]!r}, which is no setting of a source: {', '.join(sorted(known))}."
        )
    if not NAME.fullmatch(name):
        raise PermanentError(f"{origin}: {name!r} is no name for a source. Use small letters, digits, - and _.")
    kind, location = str(values.get("kind", "")), str(values.get("location", ""))
    if kind not in KINDS:
        raise PermanentError(f"{origin}: source {name!r} has the kind {kind!r}. The kinds are {', '.join(KINDS)}.")
    if not location:
        raise PermanentError(f"{origin}: source {name!r} has no location: the folder, file or address to read.")
    if kind in FILES:
        check_no_password(location, f"{origin}: source {name!r}: location")
    schedule = values.get("schedule")
    if schedule is not None:
        _check_cron(str(schedule), f"{origin}: source {name!r}")
    columns = dict(values.get("columns", {}))
    if set(columns) - set(NAMES):
        raise PermanentError(f"{origin}: source {name!r}: columns may name {', '.join(NAMES)}.")
    delimiter = _delimiter(values.get("delimiter"), f"{origin}: source {name!r}")
    most = values.get("most", MOST)
    if not isinstance(most, int) or most < 1:
        raise PermanentError(f"{origin}: source {name!r}: most is {most!r}; it must be a whole number from 1.")
    return Spec(
        name,
        kind,
        location,
        str(schedule) if schedule else None,
        values.get("outlet"),
        values.get("language"),
        columns,
        most,
        tuple(values.get("allow", ())),
        confined=bool(values.get("confined", False)),
        proxy=_checked_proxy(values.get("proxy"), f"{origin}: source {name!r}"),
        delimiter=delimiter,
    )


def _checked_proxy(proxy: object, origin: str) -> str | None:
    if proxy is None:
        return None
    try:
        parse_address(str(proxy))
    except BadAddress as error:
        raise PermanentError(f"{origin}: proxy is no address such as http://proxy.example:3128: {error}.") from error
    return str(proxy)


def names_a_path(kind: str, location: str) -> bool:
    """Whether a source's location is a path, and no address."""
    return kind in (*FILES, "urls") and not is_remote(location)


def resolved_location(home: Home, spec: Spec) -> str:
    """The location of a source, where it is a relative path from the folder of `sources.toml`, in full."""
    if not names_a_path(spec.kind, spec.location) or Path(spec.location).is_absolute():
        return spec.location
    if home.remote is not None:
        return f"{home.remote}/{spec.location}"
    root = str(home.root.resolve())
    return os.path.normpath(os.path.join(glob.escape(root) if spec.kind == "glob" else root, spec.location))  # noqa: PTH118


def stored_location(home: Home, spec: Spec) -> str:
    """The location as it is written: relative to the folder of `sources.toml` where it lies in it, or in the one around it.

    So a home can be moved together with what it reads.
    """
    if home.remote is not None or not names_a_path(spec.kind, spec.location) or not Path(spec.location).is_absolute():
        return spec.location
    root, place = home.root.resolve(), os.path.normpath(spec.location)
    beside = root.parent != Path(root.anchor) and Path(place).is_relative_to(root.parent)
    return os.path.relpath(place, root) if beside and Path(place) != root.parent else place


def _delimiter(value: Any, origin: str) -> str | None:
    """The mark between fields that a source names: one character, or `tab`.

    Raises PermanentError for any other.
    """
    mark = {"tab": "\t", "\\t": "\t"}.get(str(value).lower(), value)
    if mark is None or (isinstance(mark, str) and len(mark) == 1 and mark not in '"\\\r\n\0' and not mark.isalnum()):
        return mark
    raise PermanentError(f'{origin}: delimiter is {value!r}; it must be one mark, as ";" or "|", or "tab".')


def _check_cron(schedule: str, origin: str) -> None:
    from prefect.client.schemas.schedules import CronSchedule
    from pydantic import ValidationError

    try:
        CronSchedule(cron=schedule)
    except ValidationError as error:
        remedy = "For every quarter of an hour: */15 * * * *"
        raise PermanentError(f"{origin}: {schedule!r} is no cron expression. {remedy}") from error


def add_source(home: Home, spec: Spec) -> None:
    """Writes a source into the file; comments and other sources stay as they are.

    Raises PermanentError where there is one of that name.
    """
    document = _document(home)
    tables = document.setdefault("sources", tomlkit.table(is_super_table=True))
    if spec.name in tables:
        raise PermanentError(f"{path_of(home)} has a source {spec.name!r}. Remove it first, or choose another name.")
    table = tomlkit.table()
    for f in fields(Spec)[1:]:
        value = stored_location(home, spec) if f.name == "location" else getattr(spec, f.name)
        if value and value != f.default:
            table[f.name] = list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value
    tables[spec.name] = table
    _write(home, document)


def remove_source(home: Home, name: str) -> None:
    """Takes a source out of the file; what it brought stays in the warehouse.

    Raises PermanentError where there is none of that name.
    """
    document = _document(home)
    if name not in document.get("sources", {}):
        raise PermanentError(f"{path_of(home)} has no source {name!r}. See: copydesk source list")
    del document["sources"][name]
    _write(home, document)


def _document(home: Home) -> tomlkit.TOMLDocument:
    try:
        with home.store.open(FILE) as file:
            return tomlkit.parse(file.read().decode())
    except FileNotFoundError:
        return tomlkit.document()
    except (TOMLKitError, UnicodeDecodeError, OSError) as error:
        raise PermanentError(f"{path_of(home)} cannot be read: {error}. Mend it or move it away.") from error


def _write(home: Home, document: tomlkit.TOMLDocument) -> None:
    with home.prepared().store.writing(FILE) as aside:
        aside.write_text(tomlkit.dumps(document), encoding="utf-8")


def source_of(
    spec: Spec, max_bytes: int, settle: float = 0.0, holds: Holds | None = None, again: Sequence[Any] | None = None
) -> Source:
    """The source that a specification describes, ready to be asked; files that `holds` refuses are not read.

    `again` names what alone is to be read of it: entries of pages, or addresses of files.
    """
    if spec.kind in WEB:
        from copydesk.flows.sources.fetch import Fetcher
        from copydesk.flows.sources.web import WebSource

        fetcher = Fetcher(max_bytes, spec.allow, proxy=spec.proxy)
        return WebSource(
            spec.name, spec.kind, spec.location, fetcher, spec.most, spec.outlet, spec.language, again, holds=holds
        )
    return FolderSource(
        spec.name,
        [spec.location] if again is None else again,
        settle,
        only=FILES[spec.kind],
        options=Options(columns=spec.columns, delimiter=spec.delimiter, language=spec.language),
        outlet=spec.outlet,
        pattern=spec.kind == "glob" and again is None,
        holds=holds,
    )
