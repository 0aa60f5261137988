"""Names as things in the views: what people and the home's own tables say of entities and outlets is applied here."""

from __future__ import annotations

from copydesk.transforms.vocabulary import ClaimantKind, FactKind, listed
from copydesk.warehouse.fact_columns import slug_sql
from copydesk.warehouse.series import View


def _split(row: str, entity: str, printed: str) -> str:
    """SQL of the entity that a row's is, where what it prints, or its article, was split off; null elsewhere."""
    return (
        f"(SELECT min(p.into_id) FROM internal.splits p WHERE p.entity_id = {row}.{entity} "
        f"AND (p.article_id IS NULL OR p.article_id = {row}.article_id) AND (p.alias IS NULL OR p.alias = {printed}))"
    )


CALLED = "(SELECT min(p.name) FROM internal.splits p WHERE p.into_id = {id})"


def _joined(row: str, column: str, name: str) -> str:
    """SQL that joins what the home's table and people say of the entity in a column: tables `l_name` and `r_name`."""
    return (
        f" LEFT JOIN internal.listed l_{name} ON l_{name}.slug = split_part({row}.{column}, '.', 1)"
        f" LEFT JOIN internal.rulings r_{name} ON r_{name}.entity_id = coalesce(l_{name}.entity_id, {row}.{column})"
    )


def _ruled(name: str, column: str, own: str) -> str:
    return f"coalesce(r_{name}.{column}, l_{name}.{column}, f.{own}) AS {own}"


def _one(name: str, own: str) -> str:
    return f"coalesce(r_{name}.into_id, l_{name}.entity_id, f.{own}) AS {own}"


FACT_PRINTED = slug_sql("coalesce(f.speaker, f.attributed_to)")
RULED = f"""
CREATE OR REPLACE VIEW internal.facts_named AS
WITH parted AS (
  SELECT f.*, {_split("f", "claimant_id", FACT_PRINTED)} AS other, {_split("f", "body_id", "NULL")} AS other_body
  FROM internal.facts_live f
), split AS (
  SELECT f.* EXCLUDE (other, other_body) REPLACE (coalesce(other, claimant_id) AS claimant_id,
    coalesce({CALLED.format(id="other")}, claimant_name) AS claimant_name,
    CASE WHEN speaker_id = claimant_id THEN coalesce(other, speaker_id) ELSE speaker_id END AS speaker_id,
    CASE WHEN body_id = claimant_id THEN coalesce(other, body_id) ELSE coalesce(other_body, body_id) END AS body_id)
  FROM parted f
)
SELECT f.* REPLACE ({_one("c", "claimant_id")}, {_ruled("c", "name", "claimant_name")}, {_ruled("c", "kind", "claimant_kind")},
  {_ruled("c", "country", "claimant_country")}, {_one("s", "speaker_id")}, {_one("b", "body_id")})
FROM split f{_joined("f", "claimant_id", "c")}{_joined("f", "speaker_id", "s")}{_joined("f", "body_id", "b")}
"""
RULED_MENTIONS = f"""
CREATE OR REPLACE VIEW internal.mentions_named AS
WITH parted AS (
  SELECT f.*, {_split("f", "entity_id", slug_sql("f.text"))} AS other, {_split("f", "body_id", "NULL")} AS other_body
  FROM internal.mentions_live f
), split AS (
  SELECT f.* EXCLUDE (other, other_body) REPLACE (coalesce(other, entity_id) AS entity_id,
    coalesce({CALLED.format(id="other")}, name) AS name, coalesce(other_body, body_id) AS body_id)
  FROM parted f
)
SELECT f.* REPLACE ({_one("c", "entity_id")}, {_ruled("c", "name", "name")}, {_ruled("c", "kind", "kind")},
  {_ruled("c", "country", "country")}, {_one("b", "body_id")})
FROM split f{_joined("f", "entity_id", "c")}{_joined("f", "body_id", "b")}
"""
"""The rows of facts and mentions with what people said of entities, and the home's own table of them."""

PLAIN = "CREATE OR REPLACE VIEW internal.{table}_named AS SELECT * FROM internal.{table}_live"


def named_rows(ruled: bool) -> list[list[str]]:
    """The statements of the rows of facts and mentions under their entities; where nobody ruled any, as they were found."""
    if not ruled:
        return [[PLAIN.format(table="facts")], [PLAIN.format(table="mentions")]]
    return [[RULED], [RULED_MENTIONS]]


SEEN = """
SELECT entity_id, name, kind, country, form, body_id, text, article_id, 0 AS fact FROM internal.mentions_named
UNION ALL
SELECT claimant_id, claimant_name, claimant_kind, claimant_country, CASE WHEN speaker_id IS NULL THEN 'body' ELSE 'person' END,
  CASE WHEN speaker_id IS NOT NULL THEN body_id END, coalesce(speaker, attributed_to), article_id, 1
FROM facts WHERE claimant_id IS NOT NULL AND review IS DISTINCT FROM 'rejected'
"""
ENTITIES = f"""
WITH seen AS ({SEEN}), counted AS (
  SELECT s.entity_id, mode(s.name) AS name, mode(s.form) AS form, mode(s.kind) AS kind, mode(s.country) AS country,
    mode(s.body_id) AS body_id, list_sort(list(DISTINCT s.text)) AS aliases, sum(s.fact)::BIGINT AS facts,
    count(*) FILTER (s.fact = 0) AS mentions, count(DISTINCT s.article_id) AS articles,
    list_sort(list(DISTINCT a.outlet) FILTER (a.outlet IS NOT NULL)) AS outlets,
    min(a.published_on) AS first_seen, max(a.published_on) AS last_seen
  FROM seen s JOIN articles a USING (article_id) GROUP BY s.entity_id
), spoken AS (
  SELECT body_id AS entity_id, list_sort(list(DISTINCT name)) AS spokesmen
  FROM seen WHERE form = 'person' AND body_id IS NOT NULL GROUP BY body_id
)
SELECT c.entity_id, c.name, c.form, c.kind, c.country, c.aliases, c.body_id AS speaks_for, s.spokesmen, c.facts, c.mentions,
  c.articles, c.outlets, c.first_seen, c.last_seen, w.wikidata_id
FROM counted c LEFT JOIN spoken s USING (entity_id)
  LEFT JOIN (SELECT DISTINCT entity_id, wikidata_id FROM internal.listed) w USING (entity_id)
"""
CLAIMANTS = f"""
WITH said AS (
  SELECT claimant_id AS entity_id, false AS by_others, * FROM facts WHERE claimant_id IS NOT NULL
  UNION ALL
  SELECT body_id AS entity_id, true AS by_others, * FROM facts WHERE body_id <> claimant_id
), named AS (SELECT entity_id, name, kind, country FROM entities)
SELECT s.entity_id, coalesce(n.name, s.entity_id) AS name, n.kind, n.country, a.outlet_id, a.outlet,
  count(*) FILTER (s.kind = '{FactKind.FIGURE}') AS figures, count(*) FILTER (s.kind = '{FactKind.QUOTE}') AS quotes,
  count(*) FILTER (s.kind = '{FactKind.STATEMENT}') AS statements, count(*) FILTER (s.by_others) AS by_others,
  min(a.published_on) AS first_said, max(a.published_on) AS last_said
FROM said s JOIN articles a USING (article_id) LEFT JOIN named n ON n.entity_id = s.entity_id
WHERE s.review IS DISTINCT FROM 'rejected'
GROUP BY ALL
"""
OUTLETS = """
SELECT outlet_id, mode(outlet) AS name, CASE WHEN contains(outlet_id, '.') THEN outlet_id END AS host,
  mode(outlet_country) AS country, mode(language) AS language, mode(outlet_kind) AS kind,
  list_sort(list(DISTINCT outlet_printed) FILTER (outlet_printed IS NOT NULL)) AS printed, count(*) AS articles,
  min(published_on) AS first_published, max(published_on) AS last_published
FROM articles WHERE outlet_id IS NOT NULL GROUP BY outlet_id
"""
ENTITY = {
    "entity_id": "the body's row in the table of bodies, else its folded name, kind and country; of a person the folded name",
    "name": "its one name here",
    "kind": listed(ClaimantKind, " "),
    "country": "ISO 3166 alpha-2, where its name or the table tells it",
}
NAME_VIEWS = (
    View(
        "entities",
        "Every person and body that is named or says something, under all its names.",
        ENTITIES,
        {
            **ENTITY,
            "form": "person or body",
            "aliases": "its names as printed",
            "speaks_for": "of a person: the entity_id of the body spoken for, as most articles have it",
            "spokesmen": "of a body: the names of those who speak for it",
            "facts": "claims on its word",
            "mentions": "times that it is named",
            "articles": "articles that name it",
            "outlets": "outlets of these articles",
            "first_seen": "day of publication of the first of these articles",
            "last_seen": "day of publication of the last",
            "wikidata_id": "its id in Wikidata, as entities.csv of the home gives it",
        },
    ),
    View(
        "claimants",
        "What an entity said, by outlet; a body's rows count what its people said for it too.",
        CLAIMANTS,
        {
            **ENTITY,
            "outlet_id": "the outlet as a thing: a row of outlets",
            "outlet": "who printed it",
            "figures": "figures on its word",
            "quotes": "quotations",
            "statements": "reported speech",
            "by_others": "how many of these its people said for it",
            "first_said": "day of publication of the first",
            "last_said": "day of publication of the last",
        },
    ),
    View(
        "outlets",
        "Every outlet, under all its printed names.",
        OUTLETS,
        {
            "outlet_id": "the outlet: its host, else its folded name",
            "name": "its one name here; for an outlet that no table lists, the name that most of its articles print",
            "host": "its host, where known",
            "country": "ISO 3166 alpha-2, where the table of outlets has it",
            "language": "ISO 639-1 code of most of its articles",
            "kind": "paper, broadcaster, agency, site, magazine, official; where the table of outlets has it",
            "printed": "its name as its pages print it, each form once",
            "articles": "articles of it here",
            "first_published": "day of publication of the first",
            "last_published": "day of publication of the last",
        },
    ),
)
