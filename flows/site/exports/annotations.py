"""Facts as W3C Web Annotations: where each stands in its text, and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.flows.site.exports.rows import columns_of, json_of, records, urn
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    import duckdb

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters before and after the words of a fact that tell it from the same words elsewhere."""

FACTS = (
    "SELECT f.*, a.url, a.language, a.title, substring(a.text, greatest(f.span_start - {around}, 0) + 1, "
    "least(f.span_start, {around})) AS prefix, substring(a.text, f.span_end + 1, {around}) AS suffix "
    'FROM w."{view}" f JOIN w.articles a USING (article_id) ORDER BY f.article_id, f.span_start, f.fact_id'
)
HERE = {"text", "span_start", "span_end", "raw_start", "raw_end", "prefix", "suffix", "url", "language", "title"}
"""Columns that say where a fact stands, which the target tells."""


def write_annotations(db: duckdb.DuckDBPyConnection, view: str, path: Path) -> int:
    """Writes an AnnotationCollection with one annotation a fact. Gives their number.

    Raises PermanentError for a view that is not one of facts.
    """
    if not {"fact_id", "span_start", "span_end", "article_id"} <= {column.name for column in columns_of(db, view)} or (
        view.endswith("_history") or view == "numbers"
    ):
        raise PermanentError(f"{view} cannot be written as annotations. Write facts, figures, quotes or statements to .jsonld.")
    query = FACTS.format(view=view, around=AROUND)
    row = db.execute(f"SELECT count(*) FROM ({query})").fetchone()
    total = int(row[0]) if row else 0
    head = {"@context": CONTEXT, "id": urn("annotations", view), "type": "AnnotationCollection", "label": view, "total": total}
    page = {"id": urn("annotations page", view), "type": "AnnotationPage", "startIndex": 0}
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{json_of(head)[:-1]}, "first": {json_of(page)[:-1]}, "items": [')
        for number, fact in enumerate(records(db, query)):
            file.write(("," if number else "") + "\n" + json_of(_annotation(fact)))
        file.write("\n]}}\n")
    return total


def _annotation(fact: dict[str, Any]) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": fact["text"], "prefix": fact["prefix"], "suffix": fact["suffix"]}
    place = {"type": "TextPositionSelector", "start": fact["span_start"], "end": fact["span_end"]}
    text = {"id": urn("article", fact["article_id"]), "type": "Text", "format": "text/plain"}
    if fact["language"]:
        text["language"] = fact["language"]
    targets: list[dict[str, Any]] = [{"source": text, "selector": [place, quote]}]
    if str(fact["url"]).startswith(("http://", "https://")):
        # Places are counted in the cleaned text; of the page itself the words alone are known.
        targets.append({"source": fact["url"], "selector": quote})
    told = {name: value for name, value in fact.items() if value is not None and name not in HERE}
    tags = filter(None, (fact.get("kind"), fact.get("measure")))
    bodies: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    bodies.append({"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": json_of(told)})
    return {
        "id": urn("fact", fact["fact_id"]),
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "target": targets,
    }
