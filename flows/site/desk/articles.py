"""What the page of an article shows: its particulars, its text with facts marked, what was cut folded, its copies."""

from __future__ import annotations

from typing import Any

from copydesk.flows.site.article import FIELDS, anchor, cited, folded, particulars, parts
from copydesk.flows.site.desk.reader import Published, Row
from copydesk.flows.site.desk.stories import story_of

PARTS = {"sentences": "ordinal", "facts": "span_start, span_end DESC, fact_id", "blocks": "ordinal"}
"""The tables that an article's page is made of, and how their rows are ordered."""

MOST_COPIES = 20
COPIES = f"""SELECT article_id, title, coalesce(outlet, source) AS outlet, published_on, similarity FROM articles
WHERE article_id = $1 OR duplicate_of = $2 ORDER BY published_on NULLS LAST, article_id LIMIT {MOST_COPIES}"""
PRINTINGS = """SELECT source, source_uri, url, outlet FROM printings WHERE article_id = $1
ORDER BY received_at, source_uri LIMIT 20"""
EARLIER = """SELECT current_from, current_until, ended_by, revision, title, words FROM articles_history
WHERE document_id = $1 AND current_until IS NOT NULL ORDER BY current_from DESC LIMIT 10"""

NAMED = """SELECT entity_id, any_value(name) AS name, count(*) AS n FROM mentions WHERE article_id = $1
GROUP BY entity_id ORDER BY n DESC, name LIMIT 20"""


def article_page(published: Published, article_id: str) -> dict[str, Any] | None:
    """What the template of an article is given; None where there is no such article."""
    article = published.one("SELECT * FROM articles WHERE article_id = $1", [article_id])
    if article is None:
        return None
    sentences, facts, blocks = (
        published.ask(f"SELECT * FROM {table} WHERE article_id = $1 ORDER BY {order}", [article_id])
        for table, order in PARTS.items()
    )
    order = {sentence["sentence_id"]: sentence["ordinal"] for sentence in sentences}
    told = [
        {**fact, "id": anchor(fact["fact_id"]), "sentence": order.get(fact["sentence_id"], 0), "told": particulars(fact)}
        for fact in facts
    ]
    return {
        "article": article,
        "cite": cited(article),
        "address": web_address(article["url"] or article["source_uri"]),
        "parts": folded(parts(article, sentences, facts, blocks)),
        "fields": FIELDS,
        "facts": told,
        "story": story_of(published, article["story_id"]),
        "copies": _copies(published, article),
        "printings": published.ask(PRINTINGS, [article_id]),
        "earlier": published.ask(EARLIER, [article["document_id"]]),
        "named": published.indexed.ask(NAMED, [article_id]),
        "sql": f"SELECT * FROM facts WHERE article_id = '{article_id}' ORDER BY span_start",
    }


def web_address(address: str | None) -> str | None:
    """An address that a link may lead to: one of the web, and of nothing else.

    >>> web_address("javascript:alert(1)"), web_address("https://a.example/1")
    (None, 'https://a.example/1')
    """
    return address if address and address.startswith(("https://", "http://")) else None


def _copies(published: Published, article: Row) -> list[Row]:
    """The article that this one is a near copy of, and the near copies of this one."""
    found = published.indexed.ask(COPIES, [article["duplicate_of"], article["article_id"]])
    return [row for row in found if row["article_id"] != article["article_id"]]
