"""`copydesk entity`: who is named, under which names, and what people decide of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT, WhyChanged
from copydesk.flows.printing import say
from copydesk.flows.settings import Settings, settings_of
from copydesk.flows.settings.options import LockOptions
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    import duckdb

MOST_LISTED = 50
"""Entities that `list` prints at most."""

LISTED = (
    "SELECT entity_id, name, kind, country, facts, mentions, articles FROM entities "
    "WHERE $1 = '' OR contains(lower(strip_accents(name || ' ' || array_to_string(aliases, ' '))), lower(strip_accents($1))) "
    f"OR contains(entity_id, $1) ORDER BY facts DESC, mentions DESC, entity_id LIMIT {MOST_LISTED}"
)
ALIKE = (
    "SELECT entity_id, kind, country, facts FROM entities WHERE split_part(entity_id, '.', 1) = split_part($1, '.', 1) "
    "AND entity_id <> $1 ORDER BY entity_id"
)
SAID = "SELECT outlet, figures, quotes, statements, by_others FROM claimants WHERE entity_id = $1 ORDER BY outlet"
RULED = (
    "SELECT time, data->>'action' AS action, data->>'who' AS who, data->>'why' AS why FROM events "
    "WHERE type = 'entity.ruled' AND subject = $1 ORDER BY position"
)

Action = Literal["list", "show", "merge", "split", "rename", "kind", "undo"]


def run(  # an argument of the command each
    action: Annotated[Action, Parameter(help="What to do.")],
    identity: Annotated[
        str, Parameter(name="id", help="Id of an entity, or its beginning; for list, words of its names.")
    ] = "",
    other: Annotated[
        str | None, Parameter(name="other", help="merge: the id of the entity that it is. rename: the name. kind: the kind.")
    ] = None,
    /,
    *,
    printed: Annotated[str | None, Parameter(metavar="NAME", help="split: the printed name that is another's.")] = None,
    article: Annotated[str | None, Parameter(metavar="ID", help="split: the article in which it is another.")] = None,
    called: Annotated[str | None, Parameter(metavar="NAME", help="split: what the other is called.")] = None,
    why: WhyChanged = None,
    options: Annotated[LockOptions, FLAT] = LockOptions.defaults(),
) -> int:
    from copydesk.flows.commands.reading import open_warehouse

    settings = settings_of(options)
    if action == "undo":
        return _undo(settings, identity, why)
    db = open_warehouse(settings)
    try:
        if action == "list":
            return _list(db, identity)
        entity = _entity(db, identity)
        if action == "show":
            return _show(db, entity)
        into = (
            _entity(db, _given(other, "merge ID OTHER: give the id of the entity that it is.")) if action == "merge" else None
        )
    finally:
        db.close()
    reason = _given(why, f"{action} --why: say why, for those who come after.")
    if into is not None:
        return _merge(settings, entity, into, reason)
    if action == "split":
        return _split(settings, entity, reason, Part(printed, article, called))
    return _set(settings, entity, reason, action, other)


@dataclass(frozen=True)
class Part:
    """What is split off an entity: where it is printed by a name, or in an article, and what it is called."""

    printed: str | None
    article: str | None
    called: str | None


def _merge(settings: Settings, entity: dict[str, Any], into: dict[str, Any], why: str) -> int:
    from copydesk.flows.jobs.entities import merge

    merge(settings, entity, into, why)
    say(f"Merged {entity['name']} ({entity['entity_id']}) into {into['name']} ({into['entity_id']}).")
    return 0


def _split(settings: Settings, entity: dict[str, Any], why: str, part: Part) -> int:
    from copydesk.flows.jobs.entities import split

    name = _given(part.called or part.printed, "split: give what the other is called, --called NAME.")
    split(settings, entity, why, part.printed, part.article, name)
    say(f"Split {name} off {entity['name']} ({entity['entity_id']}).")
    return 0


def _set(settings: Settings, entity: dict[str, Any], why: str, action: str, value: str | None) -> int:
    """Says what an entity is called, or of what kind it is."""
    from copydesk.flows.jobs.entities import rename, set_kind

    told = _given(value, f"{action}: give the {'name' if action == 'rename' else 'kind'} behind the id.")
    (rename if action == "rename" else set_kind)(settings, entity, told, why)
    done = f"is called {told}" if action == "rename" else f"is of kind {told}"
    say(f"{entity['name']} ({entity['entity_id']}) {done} now.")
    return 0


def _undo(settings: Settings, identity: str, why: str | None) -> int:
    from copydesk.flows.jobs.entities import undo

    undo(settings, _given(identity, "undo ID: give the id of the entity."), _given(why, "--why: say why."))
    say(f"Took back what was decided of {identity}.")
    return 0


def _given(value: str | None, remedy: str) -> str:
    if not value:
        raise PermanentError(f"copydesk entity {remedy}")
    return value


def _entity(db: duckdb.DuckDBPyConnection, identity: str) -> dict[str, Any]:
    """The entity of an id or its beginning. Raises PermanentError where there is none, or there are several."""
    from copydesk.flows.commands.reading import only_row

    found = only_row(
        db, "entities", ("entity_id",), _given(identity, "needs the id of an entity. See: copydesk entity list NAME")
    )
    if found is None:
        raise PermanentError(f"There is no entity {identity!r} in this home. See: copydesk entity list NAME")
    return found


def _list(db: duckdb.DuckDBPyConnection, words: str) -> int:
    rows = db.execute(LISTED, [words]).fetchall()
    if not rows:
        say(f"Nobody here has a name with {words!r} in it." if words else "Nobody is named here yet.")
    for entity_id, name, kind, country, facts, mentions, articles in rows:
        where = f", {country}" if country else ""
        say(f"{entity_id}  {name} ({kind}{where}): {facts} facts, {mentions} mentions in {articles} articles")
    return 0


def _show(db: duckdb.DuckDBPyConnection, entity: dict[str, Any]) -> int:
    for name in ("entity_id", "name", "form", "kind", "country", "speaks_for", "first_seen", "last_seen", "wikidata_id"):
        if entity[name] is not None:
            say(f"{name + ':':14}{entity[name]}")
    say(f"{'aliases:':14}{', '.join(entity['aliases'])}")
    if entity["spokesmen"]:
        say(f"{'spokesmen:':14}{', '.join(entity['spokesmen'])}")
    for outlet, figures, quotes, statements, by_others in db.execute(SAID, [entity["entity_id"]]).fetchall():
        through = f", {by_others} of them by its people" if by_others else ""
        say(f"In {outlet or 'an outlet not named'}: {figures} figures, {quotes} quotations, {statements} statements{through}")
    for entity_id, kind, country, facts in db.execute(ALIKE, [entity["entity_id"]]).fetchall():
        say(f"Of the same name: {entity_id} ({kind}{f', {country}' if country else ''}, {facts} facts)")
    for time, action, who, why in db.execute(RULED, [entity["entity_id"]]).fetchall():
        say(f"Decided {time:%Y-%m-%d %H:%M} by {who}: {action}: {why}")
    return 0
