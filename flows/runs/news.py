"""What a run brought that people ask for first: its new articles, the conflicts that they are part of, its end in a line."""

from __future__ import annotations

from typing import Any

from copydesk.flows.runs.run import Run
from copydesk.flows.runs.tally import Tally

NEW_ARTICLES = (
    "SELECT article_id, title, outlet, published_on, url, source_uri, facts, "
    "(SELECT count(*) FROM facts f WHERE f.article_id = a.article_id) AS facts_found "
    "FROM articles a WHERE ingested_at >= $since ORDER BY published_on DESC NULLS LAST, title, article_id LIMIT $most"
)
NEW_CONFLICTS = (
    "SELECT c.relation, c.measure, c.place_name, c.outlet_a, c.text_a, c.claimant_a, c.sentence_a, c.outlet_b, c.text_b, "
    "c.claimant_b, c.sentence_b FROM figure_conflicts c WHERE c.relation <> 'agrees' AND EXISTS (SELECT 1 FROM articles a "
    "WHERE a.article_id IN (c.article_id_a, c.article_id_b) AND a.ingested_at >= $since) "
    "ORDER BY ALL LIMIT $most"
)
NEW_FIGURES = (
    "SELECT f.measure, f.text, f.hedge, f.attributed_to, f.place, a.outlet, a.published_on, a.url, s.text AS sentence, "
    "f.fact_id FROM facts f JOIN articles a USING (article_id) JOIN sentences s USING (sentence_id) "
    "WHERE f.kind = 'figure' AND a.ingested_at >= $since "
    "QUALIFY row_number() OVER (PARTITION BY f.article_id ORDER BY f.confidence DESC, f.fact_id) <= $each "
    "ORDER BY f.confidence DESC, f.fact_id LIMIT $most"
)
MOST = 20
"""Rows of each kind that are shown."""

EACH = 2
"""Figures of one article among those that are shown, so that one long article does not fill the list."""


def new_articles(run: Run) -> list[dict[str, Any]]:
    """The articles that a run made, the newest days first: at most `MOST`."""
    return _rows(run, NEW_ARTICLES)


def new_conflicts(run: Run) -> list[dict[str, Any]]:
    """The pairs of figures that do not agree of which one stands in an article of the run: at most `MOST`."""
    return _rows(run, NEW_CONFLICTS)


def new_figures(run: Run) -> list[dict[str, Any]]:
    """The surest figures of the articles that a run made, at most `EACH` of an article and `MOST` in all."""
    return _rows(run, NEW_FIGURES, each=EACH)


def _rows(run: Run, query: str, **values: int) -> list[dict[str, Any]]:
    """The rows of a question about a run; none where it published nothing."""
    from copydesk.warehouse.published import open_published

    if not run.published or not run.tally.counts["ingested"]:
        return []
    with open_published(run.home) as db:
        cursor = db.execute(query, {"since": run.started_at, "most": MOST, **values})
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def told_in_a_line(tally: Tally) -> str:
    """What a run brought, in a line: what is nought is left out.

    >>> from collections import Counter
    >>> told_in_a_line(Tally(counts=Counter(received=10, ingested=8, changed=1, rejected=2), conflicts=3))
    '7 new, 1 changed, 2 turned away, 3 conflicts'
    >>> told_in_a_line(Tally(counts=Counter(unchanged=5)))
    'nothing new'
    """
    counts = tally.counts
    changed = min(counts["changed"], counts["ingested"])
    told = {
        "new": counts["ingested"] - changed,
        "changed": changed,
        "copies": counts["duplicates"],
        "turned away": counts["rejected"],
        "conflicts": tally.conflicts,
        "found by watches": tally.matches,
        "put back": counts["requeued"],
        "files merged": counts["merged"],
        "files swept": counts["swept"],
        "old runs forgotten": counts["forgotten"],
    }
    return ", ".join(f"{number} {what}" for what, number in told.items() if number) or "nothing new"
