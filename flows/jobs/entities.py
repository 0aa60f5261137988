"""Records what people decide of entities, as events: they survive every reprocess, and can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.flows.jobs.beginnings import meant
from copydesk.flows.jobs.person import person_name, reason
from copydesk.flows.printing import visible
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import conclude
from copydesk.flows.settings import Settings
from copydesk.transforms.names.folding import PERSON, entity_id_of, person_id_of, slug_of
from copydesk.transforms.vocabulary import ClaimantKind, listed, values
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.events import EntityRuled

Entity = Mapping[str, Any]
"""A row of the view `entities`."""

MOST_NAMED = 4
"""Ids that an error names where a beginning may mean several."""


def entity_of(settings: Settings, identity: str) -> dict[str, Any]:
    """The entity of an id or its beginning, in what the home has published. Raises PermanentError for none or several."""
    from copydesk.warehouse.published import open_to_questions

    home = settings.place
    if not home.warehouse.exists():
        raise PermanentError(f"{home} has published nothing yet. Run: copydesk publish --home {home}")
    db = open_to_questions(home)
    try:
        for condition in ("entity_id = $1", "starts_with(entity_id, $1)"):
            cursor = db.execute(f"SELECT * FROM entities WHERE {condition} ORDER BY entity_id LIMIT {MOST_NAMED}", [identity])
            names = [column[0] for column in cursor.description or ()]
            found = cursor.fetchall()
            if len(found) > 1:
                raise PermanentError(f"{identity!r} may mean {', '.join(row[0] for row in found)}. Give the whole id of one.")
            if found:
                return dict(zip(names, found[0], strict=True))
    finally:
        db.close()
    raise PermanentError(f"There is no entity {identity!r} in this home. See: copydesk entity list NAME")


def merge(settings: Settings, entity: Entity, into: Entity, why: str, who: str | None = None) -> Run:
    """Records that two entities are one: everything of the first is of the second from now on.

    Raises PermanentError where both are one already.
    """
    if entity["entity_id"] == into["entity_id"]:
        raise PermanentError(f"{entity['entity_id']} is that already. Give two entities.")
    told = {"into_id": into["entity_id"], "name": into["name"], "kind": into["kind"], "country": into["country"]}
    return _rule(settings, entity["entity_id"], "merge", why, who, **told)


def split(
    settings: Settings,
    entity: Entity,
    why: str,
    alias: str | None,
    article_id: str | None,
    name: str,
    who: str | None = None,
) -> Run:
    """Records that an entity is two: where it is printed by a name, or in one article, it is the one called `name`.

    Raises PermanentError where neither a printed name nor an article is given, or nothing there is printed so.
    """
    if alias is None and article_id is None:
        raise PermanentError("Say what is split off: --printed NAME, or --article ID.")
    slug = slug_of(alias) if alias is not None else None
    if slug is not None and slug not in map(slug_of, entity["aliases"]):
        raise PermanentError(f"{alias!r} is no name of {entity['entity_id']}. Its names: {', '.join(entity['aliases'])}.")
    name = _plain(name)
    into = (
        person_id_of(name)
        if entity["entity_id"].split(".")[1:2] == [PERSON]
        else entity_id_of(name, entity["kind"], entity["country"])
    )
    if into == entity["entity_id"]:
        into += ".2"
    return _rule(settings, entity["entity_id"], "split", why, who, into_id=into, name=name, alias=slug, article_id=article_id)


def rename(settings: Settings, entity: Entity, name: str, why: str, who: str | None = None) -> Run:
    """Records what an entity is called."""
    return _rule(settings, entity["entity_id"], "rename", why, who, name=_plain(name))


def set_kind(settings: Settings, entity: Entity, kind: str, why: str, who: str | None = None) -> Run:
    """Records of what kind an entity is. Raises PermanentError for a kind that is none."""
    if kind not in values(ClaimantKind):
        raise PermanentError(f"{kind!r} is no kind of claimant. The kinds: {listed(ClaimantKind)}.")
    return _rule(settings, entity["entity_id"], "kind", why, who, kind=kind)


def undo(settings: Settings, entity_id: str, why: str, who: str | None = None) -> Run:
    """Ends everything that was decided of an entity, given by its id or the beginning of it.

    Raises PermanentError where nothing was, or where several are meant.
    """
    return _rule(settings, entity_id, "undo", why, who)


def _rule(settings: Settings, entity_id: str, action: str, why: str, who: str | None, **told: str | None) -> Run:
    """Records a ruling; `who` decides it, the person who is logged in on this machine where it is None."""
    why = reason(why)
    with open_run(settings, "entity", {"entity": entity_id, "action": action}, Progress()) as run:
        if action == "undo":
            entity_id = _decided(run, entity_id)
        if told.get("article_id") is not None:
            told["article_id"] = _article(run, str(told["article_id"]))
        if action == "merge" and _leads(run, str(told["into_id"]), entity_id):
            raise PermanentError(
                f"{told['into_id']} was merged into {entity_id}. Take that back first: copydesk entity undo {told['into_id']}"
            )
        run.append(EntityRuled(entity_id=entity_id, action=action, why=why, who=who or person_name(), **told))
        run.tally.counts["reviewed"] += 1
        conclude(run)
    return run


def _decided(run: Run, given: str) -> str:
    """The entity of which something was decided, by its id or its beginning. Raises PermanentError for none or several."""
    decided = {str(row[0]) for row in run.state.rows("SELECT entity_id FROM entity_rulings UNION SELECT entity_id FROM splits")}
    return meant(given, sorted(decided), f"Nobody decided anything of {given}: there is nothing to take back.", MOST_NAMED)


def _article(run: Run, given: str) -> str:
    """The article that is meant by an id or its beginning. Raises PermanentError for none or several."""
    found = run.state.rows(
        "SELECT DISTINCT article_id FROM outputs WHERE substr(article_id, 1, ?) = ? "
        "ORDER BY article_id <> ?, article_id LIMIT 2",
        len(given),
        given,
        given,
    )
    if not found or not given:
        raise PermanentError(f"There is no article {given!r} in this home. Give the id of the article in which it is another.")
    if len(found) > 1 and found[0][0] != given:
        raise PermanentError(f"{given!r} may mean several articles. Give the whole id of one.")
    return str(found[0][0])


def _leads(run: Run, entity_id: str, to: str) -> bool:
    """Whether an entity was merged into another, perhaps by way of others."""
    return bool(run.state.rows("SELECT 1 FROM rulings WHERE entity_id = ? AND into_id = ?", entity_id, to))


def _plain(name: str) -> str:
    """A name as given. Raises PermanentError for one without a letter, or with characters that cannot be seen."""
    if not slug_of(name) or visible(name) != name or name != name.strip():
        raise PermanentError(f"{name!r} is no name: it needs letters, and nothing that cannot be seen.")
    return name
