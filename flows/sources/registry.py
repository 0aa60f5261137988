"""`sources.toml` of a home: what is read, from where, and when. Edited with its comments kept."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from copydesk.flows.settings.options import told
from copydesk.flows.sources.containers.member import Options
from copydesk.flows.sources.folder import FolderSource, Holds
from copydesk.flows.sources.found import Source
from copydesk.flows.sources.source_options import NAME, Spec
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.passwords import check_no_password
from copydesk.warehouse.store import is_remote

FILES = {"folder": None, "glob": None, "archive": "archive", "rows": "rows", "warc": "warc"}
"""The kinds of sources that read files, each with the one kind of container that it reads; None for all files."""

FILE = "sources.toml"
LARGEST = 16 << 20
"""Bytes of a file of sources."""

WEB = ("urls", "feed", "sitemap")


def path_of(home: Home) -> str:
    """The address of a home's sources, for messages."""
    return home.store.address(FILE)


def read_sources(home: Home) -> dict[str, Spec]:
    """The sources of a home by name, in the order of the file. Relative locations are resolved from the file's folder.

    Raises PermanentError that names the source, the value and the remedy.
    """
    specs = {}
    for name, table in _document(home).unwrap().get("sources", {}).items():
        if not isinstance(table, Mapping):
            raise PermanentError(f"{path_of(home)}: [sources.{name}] is no table.")
        spec = spec_of(str(name), table, str(path_of(home)))
        specs[name] = spec.model_copy(update={"location": resolved_location(home, spec)})
    return specs


def spec_of(name: str, values: Mapping[str, Any], origin: str) -> Spec:
    """A source of named values, checked.

    Raises PermanentError that names the source, the value and the remedy.
    """
    known = Spec.model_fields.keys() - {"name"}
    if wrong := sorted(set(values) - known):
        raise PermanentError(
            f"{origin}: source {name!r} has {wrong[0]!r}, which is no setting of a source: {', '.join(sorted(known))}."
        )
    if not re.fullmatch(NAME, name):
        raise PermanentError(f"{origin}: {name!r} is no name for a source. Use small letters, digits, - and _.")
    if not values.get("location"):
        raise PermanentError(f"{origin}: source {name!r} has no location: the folder, file or address to read.")
    try:
        spec = Spec.model_validate({**values, "name": name})
    except ValidationError as error:
        raise PermanentError(told(error, Spec, lambda field: f"{origin}: source {name!r}: {field}")) from None
    if spec.kind in FILES:
        check_no_password(spec.location, f"{origin}: source {name!r}: location")
    return spec


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


def add_source(home: Home, spec: Spec) -> None:
    """Writes a source into the file; comments and other sources stay as they are.

    Raises PermanentError where there is one of that name.
    """
    document = _document(home)
    tables = document.setdefault("sources", tomlkit.table(is_super_table=True))
    if spec.name in tables:
        raise PermanentError(f"{path_of(home)} has a source {spec.name!r}. Remove it first, or choose another name.")
    table = tomlkit.table()
    for name, field in Spec.model_fields.items():
        value = stored_location(home, spec) if name == "location" else getattr(spec, name)
        if name != "name" and value and value != field.default:
            table[name] = list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value
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
    """The file, whose only table is `sources`. Raises PermanentError for any other, and for what is no TOML."""
    try:
        with home.store.open(FILE) as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise PermanentError(f"{path_of(home)} is no file of sources: it has more than {LARGEST:,} bytes.")
        document = tomlkit.parse(data.decode())
    except FileNotFoundError:
        return tomlkit.document()
    except (TOMLKitError, ValueError, RecursionError, OSError) as error:
        raise PermanentError(f"{path_of(home)} cannot be read: {error}. Mend it or move it away.") from error
    if wrong := sorted(set(document) - {"sources"}):
        raise PermanentError(
            f"{path_of(home)}: there is no place for {wrong[0]!r}. A source is a table such as [sources.wire]."
        )
    if not isinstance(document.get("sources", {}), Mapping):
        raise PermanentError(f"{path_of(home)}: sources is no table. A source is a table such as [sources.wire].")
    return document


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
            name=spec.name,
            kind=spec.kind,
            location=spec.location,
            fetcher=fetcher,
            most=spec.most,
            outlet=spec.outlet,
            language=spec.language,
            again=again,
            holds=holds,
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
