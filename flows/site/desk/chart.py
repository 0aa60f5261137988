"""Charts as SVG that works without script: where marks and axes stand. The templates draw them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from copydesk.flows.site.article import number_text

WIDTH, HEIGHT = 860, 400
LEFT, RIGHT, TOP, BOTTOM = 92, 20, 40, 44
TICKS = 6
NEAR = 13.0
"""Pixels between two marks that do not cover each other."""

SIDES = (0, 1, -1, 2, -2, 3, -3)
"""Where a mark is put, in steps to the side of its day: the first place that is free."""

SHAPES = (
    "M-5,0a5,5 0 1 0 10,0a5,5 0 1 0 -10,0Z",
    "M-4.6,-4.6H4.6V4.6H-4.6Z",
    "M0,-6L5.6,4.2H-5.6Z",
    "M0,-6.2L6.2,0L0,6.2L-6.2,0Z",
    "M0,6L5.6,-4.2H-5.6Z",
    "M-6,-2H-2V-6H2V-2H6V2H2V6H-2V2H-6Z",
    "M0,-6.4L1.6,-2L6.2,-2L2.6,1L4,5.6L0,2.9L-4,5.6L-2.6,1L-6.2,-2L-1.6,-2Z",
    "M-6,3L-3,-4H3L6,3Z",
)
"""The outlines by which outlets are told apart; of more outlets than shapes the first come again."""


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A line of an axis, in pixels, with what it says."""

    at: float
    told: str


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A figure in a chart.

    Args:
        x, y: Where it stands, in pixels
        low, high: The ends of a bar from bound to bound, in pixels; None for one number
        open: `up` or `down` where a bound is open
        hollow: Whether it was printed as about so many
        kind: The kind of claimant, which gives the colour
        shape: The outline, which tells the outlet
        row: The figure
    """

    x: float
    y: float
    low: float | None
    high: float | None
    open: str
    hollow: bool
    kind: str
    shape: str
    row: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart of figures of one unit over time."""

    x_ticks: Sequence[Tick]
    y_ticks: Sequence[Tick]
    marks: Sequence[Mark]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    foot: int = HEIGHT - BOTTOM


def chart_of(rows: Sequence[Mapping[str, Any]], outlets: Sequence[str], day: str = "as_of", log: bool = False) -> Chart | None:
    """The chart of figures of one unit; None where none has a day and a value.

    Args:
        rows: The figures, all of one unit and rate
        outlets: The outlets in the order of their shapes
        day: The column of the day
        log: Whether the scale is logarithmic
    """
    placed = [row for row in rows if row[day] is not None and middle(row) is not None]
    if not placed:
        return None
    days = [row[day] for row in placed]
    values = [value for row in placed for value in (row["value_low"], row["value_high"]) if value is not None]
    first, last = min(days), max(days)
    scale = Scale.of(values, log)
    shapes = {outlet: SHAPES[number % len(SHAPES)] for number, outlet in enumerate(outlets)}
    marks = [_mark(row, _across(row[day], first, last), scale, shapes) for row in placed]
    return Chart(
        x_ticks=[Tick(at=_across(one, first, last), told=told) for one, told in day_ticks(first, last)],
        y_ticks=[Tick(at=scale.at(value), told=number_text(value)) for value in scale.ticks],
        marks=apart(marks),
    )


def apart(marks: Sequence[Mark]) -> list[Mark]:
    """Marks that would cover each other, moved to the side of their day, a few steps at most."""
    placed: dict[tuple[int, int], list[Mark]] = {}
    made = []
    for mark in marks:
        moved = next(
            (one for one in (replace(mark, x=round(mark.x + step * NEAR, 1)) for step in SIDES) if not _covers(placed, one)),
            mark,
        )
        placed.setdefault(_cell(moved), []).append(moved)
        made.append(moved)
    return made


def _cell(mark: Mark) -> tuple[int, int]:
    return int(mark.x // NEAR), int(mark.y // NEAR)


def _covers(placed: Mapping[tuple[int, int], Sequence[Mark]], mark: Mark) -> bool:
    column, row = _cell(mark)
    return any(
        abs(one.x - mark.x) < NEAR - 1 and abs(one.y - mark.y) < NEAR - 1
        for across in (column - 1, column, column + 1)
        for down in (row - 1, row, row + 1)
        for one in placed.get((across, down), ())
    )


def middle(row: Mapping[str, Any]) -> float | None:
    """The number that a figure is drawn at: the middle of its bounds, else the bound that it has.

    >>> middle({"value_low": 3.0, "value_high": 5.0}), middle({"value_low": None, "value_high": 5.0})
    (4.0, 5.0)
    """
    low, high = row["value_low"], row["value_high"]
    if low is not None and high is not None:
        return float(low) / 2 + float(high) / 2
    found = low if low is not None else high
    return None if found is None else float(found)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Values to pixels, from the foot of the chart to its top."""

    first: float
    last: float
    ticks: Sequence[float]
    log: bool = False

    @classmethod
    def of(cls, values: Sequence[float], log: bool) -> Scale:
        """A scale that holds all values and begins at 0; a logarithmic one holds those above 0 alone."""
        above = [value for value in values if value > 0]
        if log and above:
            low, high = math.floor(math.log10(min(above))), math.ceil(math.log10(max(above)))
            powers = range(low, max(high, low + 1) + 1)
            return cls(first=float(powers[0]), last=float(powers[-1]), ticks=[10.0**one for one in powers], log=True)
        ticks = round_ticks(min(0.0, *values), max(*values, 0.0))
        return cls(first=ticks[0], last=ticks[-1], ticks=ticks)

    def at(self, value: float) -> float:
        """Where a value stands, in pixels from the top."""
        place = (math.log10(value) if value > 0 else self.first) if self.log else value
        share = (place - self.first) / (self.last - self.first)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP), 1)


def round_ticks(low: float, high: float) -> list[float]:
    """Round numbers from below the least value to above the greatest.

    >>> round_ticks(0, 27_708)
    [0.0, 5000.0, 10000.0, 15000.0, 20000.0, 25000.0, 30000.0]
    >>> round_ticks(0, 0)
    [0.0, 1.0]
    """
    if high <= low:
        high = low + 1
    rough = (high - low) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    if last - first == 0:
        last += 1
    ticks = [round(one * step, 12) for one in range(first, last + 1)]
    return [ticks[0], ticks[-1]] if high - low == 1 and low == 0 else ticks


def day_ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Days of the axis, each with what it says: days, months or years, as many as fit.

    >>> [told for _, told in day_ticks(date(2026, 5, 1), date(2026, 5, 3))]
    ['2026-05-01', '2026-05-02', '2026-05-03']
    >>> [told for _, told in day_ticks(date(2025, 11, 20), date(2026, 3, 3))]
    ['2025-12', '2026-01', '2026-02', '2026-03']
    """
    length = (last - first).days
    if length <= 60:
        step = max(1, -(-length // TICKS))
        return [(one, one.isoformat()) for one in (first + timedelta(days=n) for n in range(0, length + 1, step))]
    months = [(year, month) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    starts = [date(year, month, 1) for year, month in months if first <= date(year, month, 1) <= last]
    if length > 900:
        years = [one for one in starts if one.month == 1]
        return [(one, str(one.year)) for one in years[:: max(1, -(-len(years) // TICKS))]]
    return [(one, f"{one:%Y-%m}") for one in starts[:: max(1, -(-len(starts) // TICKS))]]


def _across(day: date, first: date, last: date) -> float:
    """Where a day stands, in pixels from the left; one day alone stands in the middle."""
    inset = 14
    width = WIDTH - LEFT - RIGHT - 2 * inset
    share = (day - first).days / (last - first).days if last > first else 0.5
    return round(LEFT + inset + share * width, 1)


def _mark(row: Mapping[str, Any], x: float, scale: Scale, shapes: Mapping[str, str]) -> Mark:
    low, high = row["value_low"], row["value_high"]
    bar = low is not None and high is not None and low != high
    return Mark(
        x=x,
        y=scale.at(middle(row) or 0.0),
        low=scale.at(low) if bar else None,
        high=scale.at(high) if bar else None,
        open="up" if high is None else "down" if low is None else "",
        hollow=row["qualifier"] == "about",
        kind=row["claimant_kind"] or "itself",
        shape=shapes[row["outlet"]],
        row=row,
    )
