"""What the page of an entity shows, and what its forms decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from copydesk.flows.jobs import entities as deciding
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.base import said_who, said_why
from copydesk.flows.site.desk.lists import OUTLET
from copydesk.flows.site.desk.name_lists import LETTERS
from copydesk.flows.site.desk.reader import Published, Row
from copydesk.transforms.vocabulary import ClaimantKind, values
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.scans import quoted

MOST = 12
"""Articles, claims and people that a page shows; links lead to all."""

NAMES = """SELECT text, sum(n)::BIGINT AS n FROM (
  SELECT text, count(*) AS n FROM mentions WHERE entity_id = $1 GROUP BY text
  UNION ALL SELECT coalesce(speaker, attributed_to), count(*) FROM facts WHERE claimant_id = $1 GROUP BY ALL)
WHERE text IS NOT NULL GROUP BY text ORDER BY n DESC, text LIMIT 60"""
SAID = f"""SELECT {OUTLET} AS outlet, count(*) FILTER (f.kind = 'figure') AS figures,
  count(*) FILTER (f.kind = 'quote') AS quotes, count(*) FILTER (f.kind = 'statement') AS statements,
  count(*) FILTER (f.claimant_id IS DISTINCT FROM $1) AS by_others,
  min(a.published_on) AS first, max(a.published_on) AS last
FROM facts f JOIN articles a USING (article_id)
WHERE (f.claimant_id = $1 OR f.body_id = $1) AND f.review IS DISTINCT FROM 'rejected'
GROUP BY ALL ORDER BY count(*) DESC, 1"""
LATEST = f"""SELECT f.fact_id, f.article_id FROM facts f JOIN articles a USING (article_id)
WHERE f.claimant_id = $1 OR f.body_id = $1
QUALIFY row_number() OVER (PARTITION BY f.kind ORDER BY a.published_on DESC NULLS LAST, f.fact_id) <= {MOST}"""
CLAIMS = f"""SELECT f.kind, f.measure, f.text, f.place_name, f.place_id, f.fact_id, f.claim_id, f.article_id,
  coalesce(f.speaker, f.attributed_to) AS speaker, f.claimant_id, {OUTLET} AS outlet, a.published_on
FROM (SELECT * FROM facts WHERE fact_id IN ({{facts}})) f JOIN articles a USING (article_id)
WHERE article_id IN ({{articles}}) ORDER BY f.kind, a.published_on DESC NULLS LAST, f.fact_id"""
"""The last claims of each kind, in two steps: some have tens of thousands, and a row of a claim is wide."""

ARTICLES = f"""SELECT a.article_id, a.title, {OUTLET} AS outlet, a.published_on FROM articles a
WHERE a.article_id IN (SELECT article_id FROM mentions WHERE entity_id = $1
  UNION ALL SELECT article_id FROM facts WHERE claimant_id = $1)
ORDER BY a.published_on DESC NULLS LAST, a.title, a.article_id LIMIT {MOST}"""
PEOPLE = "SELECT entity_id, name, facts FROM entities WHERE speaks_for = $1 ORDER BY facts DESC, name, entity_id LIMIT 40"
ALIKE = """SELECT entity_id, name, kind, country, facts, mentions FROM entities
WHERE entity_id <> $1 AND (split_part(entity_id, '.', 1) = split_part($1, '.', 1) OR lower(name) = lower($2))
ORDER BY facts DESC, mentions DESC, entity_id LIMIT 20"""
RULED = """SELECT time, data->>'action' AS action, data->>'who' AS who, data->>'why' AS why, data->>'into_id' AS into_id,
  data->>'name' AS name, data->>'kind' AS kind, data->>'alias' AS alias, data->>'article_id' AS article_id
FROM events WHERE type = 'entity.ruled' AND subject = $1 ORDER BY position"""
INTO = """SELECT r.entity_id FROM internal.rulings r WHERE r.into_id = $1
UNION SELECT p.entity_id FROM internal.splits p WHERE p.into_id = $1 ORDER BY 1"""
ACTIONS = ("merge", "split", "rename", "kind", "undo")
ENTITY = "SELECT * FROM entities WHERE entity_id = $1"
SHOWN_SQL = "SELECT * FROM facts WHERE claimant_id = '{0}' OR body_id = '{0}'"


def entity_page(published: Published, entity_id: str) -> dict[str, Any] | None:
    """What the template of an entity is given; None where there is none, and nobody decided anything of one."""
    entities = published.of("entities")
    entity = published.indexed.one(ENTITY, [entity_id])
    rulings = _standing(published.ask(RULED, [entity_id]))
    if entity is None:
        if not rulings:
            return None
        return {"entity": None, "entity_id": entity_id, "rulings": rulings, **_forms()}
    body = entities.one(ENTITY, [entity["speaks_for"]]) if entity["speaks_for"] else None
    return {
        "entity": entity,
        "entity_id": entity_id,
        "body": body,
        "names": published.indexed.ask(NAMES, [entity_id]),
        "said": published.indexed.ask(SAID, [entity_id]),
        "claims": _claims(published, entity_id),
        "articles": published.indexed.ask(ARTICLES, [entity_id]),
        "people": entities.ask(PEOPLE, [entity_id]),
        "alike": entities.ask(ALIKE, [entity_id, entity["name"]]),
        "merged": [row["entity_id"] for row in published.ask(INTO, [entity_id])],
        "rulings": rulings,
        "sql": SHOWN_SQL.format(entity_id.replace("'", "''")),
        **_forms(),
    }


def _claims(published: Published, entity_id: str) -> dict[str, list[Row]]:
    """The last claims of an entity, and of those who speak for it, by their kinds."""
    latest = published.indexed.ask(LATEST, [entity_id])
    facts, articles = (", ".join(sorted({quoted(row[name]) for row in latest})) for name in ("fact_id", "article_id"))
    claims: dict[str, list[Row]] = {}
    for row in published.indexed.ask(CLAIMS.format(facts=facts, articles=articles)) if latest else ():
        claims.setdefault(row["kind"], []).append(row)
    return claims


def _forms() -> dict[str, Any]:
    return {"kinds": values(ClaimantKind), "typed": {}, "problem": ""}


def _standing(rulings: list[Row]) -> list[Row]:
    """What was decided of an entity since it was last taken back."""
    last = max((number for number, row in enumerate(rulings) if row["action"] == "undo"), default=-1)
    return rulings[last + 1 :]


def decide(settings: Settings, published: Published, entity_id: str, form: Mapping[str, str]) -> str:
    """Records what a form decides of an entity; gives the id of the entity to show then.

    Raises HomeLocked where a run has the home for longer than the settings wait, PermanentError for what cannot be decided.
    """
    action, why, who = form.get("action", ""), said_why(form), said_who(form)
    if action not in ACTIONS:
        raise PermanentError("Say what to decide: whether it is another, is two, or what it is called or is.")
    if action == "undo":
        deciding.undo(settings, entity_id, why, who)
        return entity_id
    entity = published.indexed.one(ENTITY, [entity_id])
    if entity is None:
        raise PermanentError(f"There is no entity {entity_id!r} now.")
    if action == "merge":
        into = named(published, form.get("other", ""))
        deciding.merge(settings, entity, into, why, who)
        return str(into["entity_id"])
    if action == "split":
        _split(settings, entity, form, why, who)
        return entity_id
    given = form.get("name" if action == "rename" else "kind", "").strip()
    if not given:
        raise PermanentError(f"Give the {'name' if action == 'rename' else 'kind'}.")
    rule: Callable[..., object] = deciding.rename if action == "rename" else deciding.set_kind
    rule(settings, entity, given, why, who)
    return entity_id


def _split(settings: Settings, entity: Row, form: Mapping[str, str], why: str, who: str | None) -> None:
    alias, article = form.get("alias", "").strip() or None, form.get("article", "").strip() or None
    name = form.get("called", "").strip() or alias
    if name is None:
        raise PermanentError(
            "Give the printed name that is another's, or the article in which it is another, and what that is called."
        )
    deciding.split(settings, entity, why, alias=alias, article_id=article, name=name, who=who)


def named(published: Published, given: str) -> Row:
    """The entity of an id, or of a name that only one has. Raises PermanentError that names those to choose from."""
    told = given.strip()
    if not told:
        raise PermanentError("Give the name or the id of the entity that it is.")
    if (found := published.indexed.one(ENTITY, [told])) is not None:
        return found
    entities = published.of("entities")
    letters = LETTERS.format("$1")
    rows = entities.ask(
        f"SELECT * FROM entities WHERE {LETTERS.format('name')} = {letters} "
        f"OR list_contains([{LETTERS.format('one')} for one in aliases], {letters}) "
        "ORDER BY facts DESC, mentions DESC, entity_id LIMIT 6",
        [told],
    )
    if not rows:
        raise PermanentError(f"Nobody here is called {told!r}. Give a name as the list of names has it, or an id.")
    if len(rows) > 1:
        listed = "; ".join(f"{row['entity_id']} ({row['name']}, {row['kind']}, {row['facts']} claims)" for row in rows)
        raise PermanentError(f"More than one is called {told!r}. Give the id of one of these: {listed}.")
    return rows[0]
