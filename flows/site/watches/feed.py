"""The feed of a watch: the newest of what it found, for any reader of feeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from copydesk.flows.site.exports.atom import Entry, write_atom
from copydesk.flows.site.exports.rows import urn
from copydesk.flows.site.watches.definitions import Watch, feed_of
from copydesk.flows.site.watches.questions import Row
from copydesk.warehouse.home import Home
from copydesk.warehouse.store import whole

NEWEST = 100
"""Entries of a feed."""


def write_feed(home: Home, watch: Watch, rows: Iterable[Row], at: Mapping[str, str]) -> None:
    """Writes the newest of what a watch finds; what is no longer found leaves the feed."""
    newest = sorted(rows, key=lambda row: (at[row.key], row.key), reverse=True)[:NEWEST]
    home.feeds.mkdir(exist_ok=True)
    with whole(feed_of(home, watch.name)) as aside:
        write_atom(
            aside,
            urn("watch", f"{home} {watch.name}"),
            f"copydesk: {watch.name}",
            (_entry(watch, row.key, row.values, at[row.key]) for row in newest),
        )


def _entry(watch: Watch, key: str, values: Mapping[str, Any], at: str) -> Entry:
    return Entry(
        id=urn(f"watch {watch.name}", key),
        title=headline(watch, values),
        updated=datetime.fromisoformat(at),
        authors=[str(values.get("outlet") or "copydesk")],
        link=values.get("url"),
        summary=summary(watch, values),
    )


def headline(watch: Watch, values: Mapping[str, Any]) -> str:
    """What was found, in a line: a claim with who is behind it, a pair with both, an article's headline, a row's values."""
    if watch.sql is not None:
        return _listed(values.values())
    if watch.about == "articles":
        return _listed([values["title"] or "Without a headline", values["outlet"], values["published_on"]])
    if watch.about == "conflicts":
        sides = [_listed([values[f"text_{side}"], values[f"claimant_{side}"], values[f"outlet_{side}"]]) for side in "ab"]
        return f"{values['relation']}: {sides[0]} – {sides[1]}"
    return _listed(values[name] for name in ("text", "place_name", "claimant", "outlet", "published_on"))


def summary(watch: Watch, values: Mapping[str, Any]) -> str:
    """The sentences that prove what was found; of a question in SQL every column with its name."""
    if watch.sql is not None:
        return "\n".join(f"{name}: {value}" for name, value in values.items())
    if watch.about == "conflicts":
        return f"{values['why']}\n{values['sentence_a']}\n{values['sentence_b']}"
    return str(values.get("sentence") or values["title"] or "")


def _listed(values: Iterable[object]) -> str:
    return " · ".join(" ".join(str(value).split()) for value in values if value is not None)
