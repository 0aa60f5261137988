"""A measure at a place over time: who printed which number when, a chart a unit, never two units in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from copydesk.flows.site.desk.chart import Chart, chart_of
from copydesk.flows.site.desk.filters import clean
from copydesk.flows.site.desk.name_lists import LETTERS
from copydesk.flows.site.desk.overview import reported
from copydesk.flows.site.desk.reader import Published, Row
from copydesk.flows.site.matching import LIES_IN
from copydesk.transforms.vocabulary import ClaimantKind, Measure, Modality, Scope, values
from copydesk.warehouse.scans import quoted

MOST_ROWS = 600
"""Figures of a page: those that are about the latest days."""

MOST_CHARTS = 3
"""Charts of a page; the other units have links."""

BY = {"as_of": "the day that it is about", "published_on": "the day of printing"}
MODALITIES = ("actual", "any", *(one for one in Modality if one != Modality.ACTUAL))
COLUMNS = (
    "as_of, published_on, measure, unit, rate, place_name, place_id, text, value_low, value_high, qualifier, hedge, scope, "
    "modality, item, part_of, claimant, claimant_id, claimant_kind, outlet, confidence, fact_id, claim_id, article_id"
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A series as an address asks for it."""

    values: Mapping[str, str]
    place: Row | None
    """The row of the view `places` of the place that is asked for; None where there is none."""

    @classmethod
    def of(cls, published: Published, given: Mapping[str, str]) -> Asked:
        """What an address asks for. Raises BadFilter for what nobody can have typed."""
        names = (
            "measure",
            "place",
            "placed",
            "within",
            "unit",
            "rate",
            "scope",
            "outlet",
            "kind",
            "modality",
            "parts",
            "by",
            "scale",
        )
        values = {name: told for name in names if (told := clean(name, given.get(name, "")))}
        return cls(values=values, place=place_of(published, values.get("placed", ""), values.get("place", "")))

    @property
    def day(self) -> str:
        """The column of the day by which it is drawn."""
        return "published_on" if self.values.get("by") == "published_on" else "as_of"

    def conditions(self, without: Sequence[str] = ()) -> str:
        """The conditions of the query, but for some of them."""
        found = [f"measure = {quoted(self.values['measure'])}"] if "measure" in self.values else []
        for name, column in (("unit", "unit"), ("scope", "scope"), ("kind", "claimant_kind"), ("rate", "rate")):
            if name in self.values and name not in without:
                value = self.values[name]
                found.append(f"{column} IS NULL" if value == "-" else f"{column} = {quoted(value)}")
        if "outlet" in self.values and "outlet" not in without:
            found.append(f"coalesce(outlet, source) = {quoted(self.values['outlet'])}")
        if (modality := self.values.get("modality", "actual")) != "any":
            found.append(f"modality = {quoted(modality)}")
        if "parts" not in self.values:
            found.append("part_of IS NULL")
        return "\n  AND ".join(["(value_low IS NOT NULL OR value_high IS NOT NULL)", *found, *self._there()])

    def _there(self) -> list[str]:
        if self.place is None:
            return [f"place_name = {quoted(self.values['place'])}"] if "place" in self.values else []
        inside = LIES_IN.get(str(self.place["precision"])) if "within" in self.values else None
        if inside and all(self.place[one] is not None for one in inside):
            return [f"{one} = {quoted(str(self.place[one]))}" for one in inside]
        if self.place["place_id"] is not None:
            return [f"place_id = {self.place['place_id']}"]
        return [f"place_name = {quoted(self.place['name'])}", "place_id IS NULL"]

    def sql(self, table: str = "figure_series f JOIN (SELECT article_id, source FROM articles) USING (article_id)") -> str:
        """The query of the figures, as it is shown; `table` is what it is asked of."""
        columns = COLUMNS.replace(" outlet,", " coalesce(outlet, source) AS outlet,")
        return (
            f"SELECT {columns}\nFROM {table}\nWHERE {self.conditions()}\nORDER BY {self.day} DESC NULLS LAST, outlet, fact_id"
        )

    def counts_sql(self) -> str:
        """The query of what else may be chosen: the figures by all values of what a series is narrowed by."""
        values = ", ".join(f"coalesce(CAST({column} AS VARCHAR), '-') AS {name}" for name, column in CHOSEN.items())
        return f"SELECT {values}, count(*) AS n FROM internal.told_figures WHERE {self.conditions([*CHOSEN])} GROUP BY ALL"

    def address(self, **changed: str | None) -> str:
        """The part of an address after its path that asks for this, with some of it changed; None takes a value out."""
        return "?" + urlencode({name: value for name, value in {**self.values, **changed}.items() if value})


CHOSEN = {"outlet": "coalesce(outlet, source)", "scope": "scope", "kind": "claimant_kind", "unit": "unit"}
"""What a series is narrowed by, and its column."""


def place_of(published: Published, placed: str, name: str) -> Row | None:
    """The place of an id, or that of a name of which there are most figures; None where there is none."""
    if not placed and not name:
        return None
    named = LETTERS.format("name") + " = " + LETTERS.format(quoted(name))
    condition = f"CAST(place_id AS VARCHAR) = {quoted(placed)}" if placed else named
    return published.of("places").one(
        f"SELECT * FROM places WHERE {condition} ORDER BY figures DESC, name, country_code, admin1 LIMIT 1"
    )


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The figures of one unit and rate: their chart, None where none has a day and a value."""

    unit: str
    rate: str | None
    figures: int
    chart: Chart | None


def series_page(published: Published, given: Mapping[str, str]) -> dict[str, Any]:
    """What the template of a series is given. Raises BadFilter for what nobody can have typed."""
    asked = Asked.of(published, given)
    most = reported(published)
    if "measure" not in asked.values and most and asked.place is None and "place" not in asked.values:
        first = {"measure": most[0]["measure"], "place": most[0]["place_name"]}
        asked = Asked.of(published, {**first, **given, **first})
    chosen = "measure" in asked.values
    rows = published.indexed.ask(f"{asked.sql('internal.told_figures')}\nLIMIT {MOST_ROWS}") if chosen else []
    outlets = [name for name, _ in Counter(row["outlet"] for row in rows).most_common()]
    return {
        "asked": asked,
        "values": asked.values,
        "rows": rows,
        "panels": _panels(rows, outlets, asked),
        "outlets": outlets,
        "kinds": sorted({row["claimant_kind"] or "itself" for row in rows}),
        "counts": _counts(published, asked) if chosen else {name: [] for name in CHOSEN},
        "measures": _measures(published, asked),
        "reported": most,
        "by": BY,
        "modalities": MODALITIES,
        "scopes": values(Scope),
        "claimant_kinds": values(ClaimantKind),
        "most": MOST_ROWS,
        "sql": asked.sql(),
    }


def _panels(rows: Sequence[Row], outlets: Sequence[str], asked: Asked) -> list[Panel]:
    """The charts, that of the most figures first."""
    parted: dict[tuple[str, str | None], list[Row]] = {}
    for row in rows:
        parted.setdefault((row["unit"], row["rate"]), []).append(row)
    order = sorted(parted, key=lambda one: (-len(parted[one]), one[0] or "", one[1] or ""))
    log = asked.values.get("scale") == "log"
    return [
        Panel(
            unit=unit,
            rate=rate,
            figures=len(parted[unit, rate]),
            chart=chart_of(parted[unit, rate], outlets, asked.day, log) if number < MOST_CHARTS else None,
        )
        for number, (unit, rate) in enumerate(order)
    ]


def _counts(published: Published, asked: Asked) -> dict[str, list[tuple[str, int]]]:
    """For each filter its values, those of the most figures first: of the figures that the other filters leave."""
    found: dict[str, Counter[str]] = {name: Counter() for name in CHOSEN}
    for row in published.indexed.ask(asked.counts_sql()):
        for name, counted in found.items():
            if all(row[other] == asked.values[other] for other in CHOSEN if other != name and other in asked.values):
                counted[row[name]] += row["n"]
    return {name: sorted(counted.items(), key=lambda one: (-one[1], one[0])) for name, counted in found.items()}


def _measures(published: Published, asked: Asked) -> list[tuple[str, int]]:
    """All measures of the place that is asked for, with their figures; of all places where none is."""
    there = " AND ".join(["true", *asked._there()])
    sql = f"SELECT measure, count(*) AS n FROM internal.told_figures WHERE {there} GROUP BY ALL"
    kept = published.known.setdefault("measures", {})
    if there not in kept:
        kept[there] = {row["measure"]: row["n"] for row in published.indexed.ask(sql)}
    return [(one, kept[there].get(one, 0)) for one in values(Measure)]
