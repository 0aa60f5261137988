"""`sources.toml` of a home: what is read, from where, and when. Edited with its comments kept."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from copydesk.flows.settings.options import told
from copydesk.flows.settings.toml_tables import TomlTables
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

WEB = ("urls", "feed", "sitemap")


def path_of(home: Home) -> str:
    """The address of a home's sources, for messages."""
    return _tables(home).address


def _tables(home: Home) -> TomlTables:
    return TomlTables(home=home, file="sources.toml", key="sources", one="source")


def read_sources(home: Home) -> dict[str, Spec]:
    """The sources of a home by name, in the order of the file. Relative locations are resolved from the file's folder.

    Raises PermanentError that names the source, the value and the remedy.
    """
    specs = {}
    for name, table in _tables(home).read().items():
        spec = spec_of(name, table, path_of(home))
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
    values = {name: getattr(spec, name) for name in Spec.model_fields if name != "name"}
    values["location"] = stored_location(home, spec)
    said = {name: value for name, value in values.items() if value and value != Spec.model_fields[name].default}
    _tables(home).add(spec.name, said)


def remove_source(home: Home, name: str) -> None:
    """Takes a source out of the file; what it brought stays in the warehouse.

    Raises PermanentError where there is none of that name.
    """
    _tables(home).remove(name)


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
