"""Outlets and who owns them, as the shipped table of outlets and the home's own say."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files
from pathlib import Path

from copydesk.transforms.names.folding import slug_of
from copydesk.warehouse.own_tables import own_outlets

Row = dict[str, str | None]


def known_outlets(root: Path) -> list[Row]:
    """Every outlet that a table lists, the home's own first: outlet_id, name, kind, names with `|` between, owner_id, owner.

    Raises PermanentError where the home's table cannot be read.
    """
    found: dict[str, Row] = {}
    for row in own_outlets(root):
        found.setdefault(str(row["outlet_id"]), _row(row["outlet_id"], row["kind"], row["names"], row["owner"]))
    for row in _shipped():
        found.setdefault(str(row["outlet_id"]), row)
    return list(found.values())


def _row(outlet_id: str | None, kind: str | None, names: str | None, owner: str | None) -> Row:
    return {
        "outlet_id": outlet_id,
        "name": (names or "").partition("|")[0],
        "kind": kind,
        "names": names,
        "owner_id": slug_of(owner) if owner else None,
        "owner": owner or None,
    }


@cache
def _shipped() -> tuple[Row, ...]:
    text = (files("copydesk.seeds") / "tables" / "outlets.csv").read_text(encoding="utf-8")
    return tuple(
        _row(
            row["host"].split("|")[0],
            row["kind"] or None,
            "|".join(filter(None, (row["name"], row["also"]))),
            row.get("owner") or None,
        )
        for row in csv.DictReader(io.StringIO(text))
    )
