"""The home's own tables, `entities.csv`, `outlets.csv`, `places.csv`: what people add of names and places without code."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from copydesk.transforms.names.folding import slug_of
from copydesk.transforms.names.outlets import HOST
from copydesk.transforms.vocabulary import ClaimantKind, PlaceKind, listed, values
from copydesk.warehouse.errors import PermanentError

ENTITIES = "entities.csv"
OUTLETS = "outlets.csv"
PLACES = "places.csv"
LONGEST_NUMBER = 18

Row = dict[str, str | None]
OWN_PLACE = ("slug", "name", "kind", "country", "admin1", "admin2", "latitude", "longitude", "pcode", "place_id")
"""Columns of the home's own places."""

COUNTRY = re.compile(r"[A-Z]{2}")
PCODE = re.compile(r"[A-Za-z]{2,3}[A-Za-z0-9-]*")
"""A code of a place as OCHA gives them: the letters of the country, and more."""


def own_entities(root: Path) -> list[Row]:
    """A row for each name of each entity of a home's `entities.csv`: slug, entity_id, name, kind, country, wikidata_id.

    Columns of the file: `name`; and as far as they are wanted `also` (further names, with `|` between), `kind`, `country`
    (ISO 3166 alpha-2), `wikidata_id`, `why`. Raises PermanentError for a file that cannot be read as that.
    """
    found: dict[str, Row] = {}
    for line, row in _rows(root / ENTITIES, required="name"):
        kind, country = row.get("kind") or None, row.get("country") or None
        where = f"{root / ENTITIES}, line {line}"
        if kind is not None and kind not in values(ClaimantKind):
            raise PermanentError(f"{where}: kind {kind!r} is none of {listed(ClaimantKind)}. Correct it, or leave it empty.")
        _check_country(where, country)
        for name in (row["name"], *_also(row)):
            slug = slug_of(name)
            if slug in found and found[slug]["name"] != row["name"]:
                raise PermanentError(f"{where}: {name!r} is a name of {found[slug]['name']!r} too. Keep it in one row.")
            found[slug] = {
                "slug": slug,
                "entity_id": slug_of(row["name"]),
                "name": row["name"],
                "kind": kind,
                "country": country,
                "wikidata_id": row.get("wikidata_id") or None,
            }
    return list(found.values())


def own_outlets(root: Path) -> list[Row]:
    """A row for each host and name of each outlet of a home's `outlets.csv`: key, outlet_id, name, names, country, kind, owner.

    Columns of the file: `host` (several with `|` between) or none, `name`, and `also`, `country`, `kind`, `why`, `owner` as
    far as they are wanted. Raises PermanentError for a file that cannot be read as that.
    """
    found: dict[str, Row] = {}
    for line, row in _rows(root / OUTLETS, required="name"):
        where = f"{root / OUTLETS}, line {line}"
        _check_country(where, row.get("country") or None)
        hosts = [host.strip() for host in (row.get("host") or "").split("|") if host.strip()]
        for host in hosts:
            if HOST.fullmatch(host) is None:
                raise PermanentError(
                    f"{where}: host {host!r} is no host such as echo.example. Give it without https:// and path."
                )
        keys = [host.casefold().removeprefix("www.") for host in hosts]
        slugs = [slug_of(name) for name in (row["name"], *_also(row))]
        for key in [*keys, *slugs]:
            if key in found and found[key]["name"] != row["name"]:
                raise PermanentError(f"{where}: {key!r} is {found[key]['name']!r} in a line above. Keep it in one row.")
            found[key] = {
                "key": key,
                "outlet_id": [*keys, *slugs][0],
                "name": row["name"],
                "names": "|".join((row["name"], *_also(row))),
                "country": row.get("country") or None,
                "kind": row.get("kind") or None,
                "owner": row.get("owner") or None,
            }
    return list(found.values())


def own_places(root: Path) -> list[Row]:
    """A row for each name of each place of a home's `places.csv`, in the order of the columns of `OWN_PLACE`.

    Columns of the file: `name`; and as far as they are wanted `also` (further names, with `|` between), `kind` (town, district,
    region, country), `country` (ISO 3166 alpha-2), `admin1`, `admin2`, `latitude` and `longitude` (degrees),
    `pcode` (of the places of OCHA), `geonames_id`, `why`. Raises PermanentError for a file that cannot be read as that.
    """
    found: dict[tuple[str | None, ...], Row] = {}
    numbers: dict[tuple[str, str], int] = {}
    for line, row in _rows(root / PLACES, required="name"):
        where = f"{root / PLACES}, line {line}"
        place = _place(where, row)
        for column, number in (("geonames_id", place["place_id"]), ("pcode", place["pcode"])):
            if number is not None and numbers.setdefault((column, number), line) != line:
                raise PermanentError(
                    f"{where}: {column} {number!r} is that of line {numbers[column, number]} too. Keep one of the two rows."
                )
        for slug, name in {slug_of(name): name for name in (row["name"], *_also(row))}.items():
            if not slug:
                raise PermanentError(f"{where}: {name!r} has no letter. Give the name as it is printed.")
            key = (slug, place["country"], place["place_id"])
            if key in found:
                raise PermanentError(
                    f"{where}: {name!r} is a name of {found[key]['name']!r} in a line above. Keep it in one row; "
                    "where there are two places of one name in a country, give each its geonames_id."
                )
            found[key] = {**place, "slug": slug}
    return list(found.values())


def _place(where: str, row: dict[str, str]) -> Row:
    """A row of places.csv, checked."""
    country, kind, number = row.get("country") or None, row.get("kind") or None, row.get("geonames_id") or None
    _check_country(where, country)
    if kind is not None and kind not in values(PlaceKind):
        raise PermanentError(f"{where}: kind {kind!r} is none of {listed(PlaceKind)}. Correct it, or leave it empty.")
    if number is not None and not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER):
        raise PermanentError(f"{where}: geonames_id {number!r} is no whole number. Correct it, or leave it empty.")
    pcode = row.get("pcode") or None
    if pcode is not None and PCODE.fullmatch(pcode) is None:
        raise PermanentError(f"{where}: pcode {pcode!r} is none such as SD05014. Give letters and digits, or leave it empty.")
    for column, most in (("latitude", 90), ("longitude", 180)):
        _check_degrees(where, column, row.get(column) or None, most)
    if bool(row.get("latitude")) != bool(row.get("longitude")):
        raise PermanentError(f"{where}: latitude and longitude go together. Give both, or neither.")
    return {
        "name": row["name"],
        "kind": kind,
        "country": country,
        "admin1": row.get("admin1") or None,
        "admin2": row.get("admin2") or None,
        **{name: str(float(row[name])) if row.get(name) else None for name in ("latitude", "longitude")},
        "pcode": pcode,
        "place_id": str(int(number)) if number is not None else None,
    }


def _check_degrees(where: str, column: str, given: str | None, most: int) -> None:
    """Raises PermanentError for a coordinate that is none."""
    try:
        at = float(given) if given is not None else 0.0
    except ValueError:
        at = most + 1.0
    if not -most <= at <= most:
        raise PermanentError(
            f"{where}: {column} {given!r} is not in degrees from -{most} to {most}. Correct it, or leave it empty."
        )


def _also(row: dict[str, str]) -> list[str]:
    return [name.strip() for name in (row.get("also") or "").split("|") if name.strip()]


def _check_country(where: str, country: str | None) -> None:
    if country is not None and COUNTRY.fullmatch(country) is None:
        raise PermanentError(
            f"{where}: country {country!r} is no ISO 3166 alpha-2 code such as KE. Correct it, or leave it empty."
        )


def _rows(path: Path, required: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file with their line numbers; none where there is no such file."""
    if not path.is_file():
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if required not in (reader.fieldnames or ()):
                raise PermanentError(f"{path} has no column {required!r} in its first line. Give it one.")
            for row in reader:
                if any(value.strip() for value in row.get(None) or ()):
                    raise PermanentError(
                        f"{path}, line {reader.line_num}: it has more fields than the first line. Put a field with a comma in "
                        'quotation marks: "Ellery, Port".'
                    )
                plain = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
                if not plain[required]:
                    raise PermanentError(
                        f"{path}, line {reader.line_num}: {required!r} is empty. Fill it, or take the line out."
                    )
                yield reader.line_num, plain
    except (csv.Error, UnicodeDecodeError) as error:
        raise PermanentError(f"{path} cannot be read as CSV in UTF-8 ({error}). Save it as that.") from error
