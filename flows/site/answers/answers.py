"""Answers for programs: every one carries the ids of facts and the characters that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from copydesk.flows.jobs.search import asked_day, question, search
from copydesk.flows.settings import Settings
from copydesk.flows.site.answers.asked import (
    EntityName,
    Identity,
    Kind,
    Limit,
    Name,
    Number,
    OutletName,
    PlaceName,
    Relation,
    Since,
    Skip,
    Until,
    Words,
    checked_measure,
)
from copydesk.flows.site.answers.numbers import check_number
from copydesk.flows.site.desk.reader import Published, Reader
from copydesk.flows.site.matching import NAMED, SAID_BY, WITHIN
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.search import Wanted

if TYPE_CHECKING:
    from copydesk.warehouse.search import Hit

ARTICLE = "SELECT * FROM articles WHERE article_id = $article"
FACT = "SELECT * FROM facts WHERE fact_id = $fact OR claim_id = $fact ORDER BY fact_id LIMIT 1"
FACTS = "SELECT * FROM facts WHERE article_id = $article ORDER BY span_start, span_end DESC, fact_id LIMIT $limit OFFSET $skip"
COPIES = "SELECT article_id, outlet, published_on, similarity FROM articles WHERE duplicate_of = $article ORDER BY article_id"
SENTENCE = "SELECT text, span_start, span_end FROM sentences WHERE sentence_id = $sentence"
HEAD = "article_id, title, outlet, outlet_id, published_on, url, source, source_uri, dateline, agency, duplicate_of"
ENTITIES = f"SELECT * FROM entities WHERE entity_id IN ({NAMED}) ORDER BY facts DESC, entity_id LIMIT 20"
BY_OUTLET = (
    f"SELECT * FROM claimants WHERE entity_id IN ({NAMED}) ORDER BY figures + quotes + statements DESC, outlet LIMIT 100"
)
SAID = f"""SELECT x.kind, x.text, x.measure, x.value_low, x.value_high, x.hedge, x.place_name, x.fact_id, x.article_id,
x.span_start, x.span_end, s.text AS sentence, a.outlet, a.published_on
FROM facts x JOIN articles a USING (article_id) JOIN sentences s USING (sentence_id) WHERE {SAID_BY}
ORDER BY a.published_on DESC NULLS LAST, x.fact_id LIMIT $limit"""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A view of which rows may be asked: its name, the order of its rows, and what each argument asks of a row `x`."""

    view: str
    order: str
    conditions: Mapping[str, str]


SERIES = Rows(
    view="figure_series",
    order="x.as_of NULLS LAST, x.outlet, x.fact_id",
    conditions={
        "measure": "x.measure = $measure",
        "place": WITHIN,
        "entity": f"(x.claimant_id IN ({NAMED}) OR lower(x.claimant) = lower($entity))",
        "outlet": "lower(x.outlet) = lower($outlet)",
        "since": "x.as_of >= $since",
        "until": "x.as_of <= $until",
    },
)
CONFLICTS = Rows(
    view="figure_conflicts",
    order="x.relation, x.measure, x.place_name, x.fact_id_a, x.fact_id_b",
    conditions={
        "measure": "x.measure = $measure",
        "place": WITHIN,
        "relation": "x.relation = $relation",
        "outlet": "lower($outlet) IN (lower(x.outlet_a), lower(x.outlet_b))",
    },
)

STORIES = Rows(
    view="stories",
    order="x.origins DESC, x.articles DESC, x.story_id",
    conditions={
        "place": "list_contains(list_transform(x.places, lambda one: lower(one)), lower($place))",
        "entity": f"x.story_id IN (SELECT a.story_id FROM mentions m JOIN articles a USING (article_id) "
        f"WHERE m.entity_id IN ({NAMED}))",
        "outlet": "list_contains(list_transform(x.outlets, lambda one: lower(one)), lower($outlet))",
        "since": "x.last_on >= $since",
        "until": "x.first_on <= $until",
    },
)
OF_STORY = {
    "articles_found": "SELECT a.article_id, a.title, a.published_on, o.* EXCLUDE (article_id, story_id) FROM articles a "
    "JOIN origins o USING (article_id) WHERE a.story_id = $story ORDER BY a.published_on, a.article_id LIMIT $limit",
    "claim_groups": "SELECT * FROM claim_groups WHERE story_id = $story "
    "ORDER BY origins DESC, articles DESC, claim_group_id LIMIT $limit",
    "timeline": "SELECT * FROM timeline WHERE story_id = $story ORDER BY measure, as_of, published_on, fact_id LIMIT $limit",
}


class Answers:
    """The questions that programs may ask of a home; nothing is ever written.

    Every method raises PermanentError, with the remedy, for what cannot be asked and for an id that is not there.

    Args:
        settings: of the home.
        reader: gives what the home shows; one of its own, without an index, where none is given.
    """

    def __init__(self, settings: Settings, reader: Reader | None = None) -> None:
        self._settings = settings
        self._reader = reader or Reader(settings.place, indexed=False)

    def search(
        self,
        words: Words,
        among: Kind = "articles",
        outlet: OutletName = None,
        measure: str | None = None,
        place: PlaceName = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 20,
        skip: Skip = 0,
    ) -> dict[str, Any]:
        """Articles, sentences or facts that hold some words, the best first, with the characters of each."""
        wanted = Wanted(
            question=question(words),
            among=among,
            outlets=(outlet,) if outlet else (),
            measure=checked_measure(measure),
            place=place,
            limit=limit,
            skip=skip,
            since=asked_day("since", since),
            until=asked_day("until", until),
        )
        found = search(self._settings, wanted)
        return {"total": found.total, "hits": [_hit(hit) for hit in found.hits]}

    def article(self, article_id: Identity, limit: Limit = 100, skip: Skip = 0) -> dict[str, Any]:
        """An article: particulars, text, and its facts in the order of the text; spans count code points of the text."""
        published = self._reader.now()
        article = published.one(ARTICLE, {"article": article_id})
        if article is None:
            raise PermanentError(f"There is no article {article_id!r} now. It may have been withdrawn.")
        facts = published.ask(FACTS, {"article": article_id, "limit": limit, "skip": skip})
        return {**article, "facts_found": facts, "copies": published.ask(COPIES, {"article": article_id})}

    def fact(self, fact_id: Identity) -> dict[str, Any]:
        """A fact with all its fields, the sentence that proves it, and its article; `fact_id` or `claim_id`."""
        published = self._reader.now()
        fact = published.one(FACT, {"fact": fact_id})
        if fact is None:
            raise PermanentError(f"There is no fact {fact_id!r} now. Other rules, or another text, may have made it another.")
        head = f"SELECT {HEAD} FROM articles WHERE article_id = $article"
        return {
            **fact,
            "sentence": published.one(SENTENCE, {"sentence": fact["sentence_id"]}),
            "article": published.one(head, {"article": fact["article_id"]}),
        }

    def series(
        self,
        measure: Name,
        place: PlaceName = None,
        entity: EntityName = None,
        outlet: OutletName = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 50,
        skip: Skip = 0,
    ) -> dict[str, Any]:
        """A measure over time: who printed which number, on whose word, as of when, with the sentence."""
        asked = {
            "measure": checked_measure(measure),
            "place": place,
            "entity": entity,
            "outlet": outlet,
            "since": asked_day("since", since),
            "until": asked_day("until", until),
        }
        return _page(self._reader.now(), SERIES, asked, limit, skip)

    def conflicts(
        self,
        measure: str | None = None,
        place: PlaceName = None,
        outlet: OutletName = None,
        relation: Relation | None = None,
        limit: Limit = 20,
        skip: Skip = 0,
    ) -> dict[str, Any]:
        """Pairs of figures about one thing, and whether they agree, differ, contradict or revise each other, and why."""
        asked = {"measure": checked_measure(measure), "place": place, "outlet": outlet, "relation": relation}
        return _page(self._reader.now(), CONFLICTS, asked, limit, skip)

    def entity(self, name: Name, limit: Limit = 20) -> dict[str, Any]:
        """Who is meant by a name or id: all names, kind, country; what was said by outlet; the newest facts on that word."""
        published = self._reader.now()
        entities = published.ask(ENTITIES, {"entity": name})
        if not entities:
            raise PermanentError(f"Nobody here is called {name!r}. Look for a part of the name: copydesk entity list")
        return {
            "entities": entities,
            "by_outlet": published.ask(BY_OUTLET, {"entity": name}),
            "facts": published.ask(SAID, {"entity": name, "limit": limit}),
        }

    def stories(
        self,
        place: str | None = None,
        entity: EntityName = None,
        outlet: OutletName = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 20,
        skip: Skip = 0,
    ) -> dict[str, Any]:
        """Events that articles tell of, those of most origins first: outlets, independent origins, places, names, measures."""
        asked = {
            "place": place,
            "entity": entity,
            "outlet": outlet,
            "since": asked_day("since", since),
            "until": asked_day("until", until),
        }
        return _page(self._reader.now(), STORIES, asked, limit, skip)

    def story(self, story_id: Identity, limit: Limit = 50) -> dict[str, Any]:
        """An event: its articles with the chain to their origins, figures in groups of one claim, who printed which when."""
        published = self._reader.now()
        story = published.one("SELECT * FROM stories WHERE story_id = $story", {"story": story_id})
        if story is None:
            raise PermanentError(f"There is no story {story_id!r} now. Its first article may have been withdrawn.")
        asked = {"story": story_id, "limit": limit}
        return {**story, **{name: published.ask(sql, asked) for name, sql in OF_STORY.items()}}

    def check_number(self, value: Number, text: Name, article_id: str | None = None, limit: Limit = 20) -> dict[str, Any]:
        """Where a number is printed: does an article, or do any, print 6,438 dead?

        `text` says what is counted and where, as `dead in Port Quenby`. `printed` are figures of exactly that number, `allowed`
        those whose words allow it (more than 6,000), `otherwise` other numbers of the same measures and places, `numerals`
        the number where it stands but is no fact, with the reason.
        """
        published = self._reader.now()
        if article_id is not None and published.one(ARTICLE, {"article": article_id}) is None:
            raise PermanentError(f"There is no article {article_id!r} now. It may have been withdrawn.")
        return check_number(published, value, text, article_id, limit)


def _page(published: Published, rows: Rows, asked: Mapping[str, object], limit: int, skip: int) -> dict[str, Any]:
    """Some rows of a view that meet what is asked, and how many there are."""
    given = {name: value for name, value in asked.items() if value is not None}
    meant = f"FROM {rows.view} x WHERE true" + "".join(f" AND {rows.conditions[name]}" for name in given)
    total = published.one(f"SELECT count(*) AS total {meant}", given) or {"total": 0}
    sql = f"SELECT x.* {meant} ORDER BY {rows.order} LIMIT $limit OFFSET $skip"
    return {"total": total["total"], "rows": published.ask(sql, {**given, "limit": limit, "skip": skip})}


def _hit(hit: Hit) -> dict[str, Any]:
    return {**vars(hit), "span_start": hit.span[0], "span_end": hit.span[1]}
