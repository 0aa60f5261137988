"""Units that stand with the prefixes of the metric system: `millivolts`, `3.2 GHz`, `4,500mAh`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

PREFIXES = {
    "nano": ("n",),
    "micro": ("µ", "μ", "u"),
    "milli": ("m",),
    "centi": ("c",),
    "hecto": ("h",),
    "kilo": ("k", "K"),
    "mega": ("M",),
    "giga": ("G",),
    "tera": ("T",),
    "peta": ("P",),
}
"""Prefixes and the letters that stand for them."""

AMBIGUOUS = 2
"""A symbol of fewer letters means too much else: `m` a metre or a million, `T` a tonne or a tesla."""

DURATION = "seconds"
"""The end of units that tell a time, whatever their prefix: `microseconds`."""

Unit = tuple[str, str]
"""A unit in the plural, and its measure."""


def metric_words(rows: Iterable[Mapping[str, str]]) -> dict[str, Unit]:
    """The words of the units of `metric_units.csv` in small letters; `alone` says whether one stands without a prefix.

    >>> row = {"words": "watt-hour", "symbol": "Wh", "unit": "watt-hours", "alone": "no", "prefixes": "kilo"}
    >>> sorted(metric_words([row]))[:4]
    ['kilowatt hour', 'kilowatt hours', 'kilowatt-hour', 'kilowatt-hours']
    """
    return {form: unit for row in rows for word, unit in _prefixed(row) for form in _forms(word)}


def metric_symbols(rows: Iterable[Mapping[str, str]]) -> dict[str, Unit]:
    """The symbols of these units, as printed: `mW` is no `MW`.

    >>> row = {"words": "watt", "symbol": "W", "unit": "watts", "alone": "yes", "prefixes": "milli mega"}
    >>> metric_symbols([row])
    {'mW': ('milliwatts', 'measurement'), 'MW': ('megawatts', 'measurement')}
    """
    symbols: dict[str, Unit] = {}
    for row in rows:
        for prefix in _prefixes(row):
            for letter in PREFIXES.get(prefix, ("",)):
                if len(letter + row["symbol"]) >= AMBIGUOUS:
                    symbols[letter + row["symbol"]] = _unit(prefix + row["unit"])
    return symbols


def _prefixed(row: Mapping[str, str]) -> Iterator[tuple[str, Unit]]:
    """The words of a row with each of its prefixes."""
    for prefix in _prefixes(row):
        for word in row["words"].split():
            yield prefix + word, _unit(prefix + row["unit"])


def _prefixes(row: Mapping[str, str]) -> list[str]:
    """The prefixes of a row, an empty one among them where the unit stands alone."""
    return [*([""] if row["alone"] == "yes" else []), *row["prefixes"].split()]


def _unit(plural: str) -> Unit:
    return plural, "duration" if plural.endswith(DURATION) else "measurement"


def _forms(word: str) -> Iterator[str]:
    """A word in singular and plural, with a blank for its hyphen."""
    for form in (word, word if word.endswith("z") else f"{word}s"):
        yield form
        if "-" in form:
            yield form.replace("-", " ")
