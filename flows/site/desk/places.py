"""What the page of a place shows: where it lies, what lies in it, its figures by measure, the articles with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.flows.site.article import bounds
from copydesk.flows.site.desk.lists import OUTLET
from copydesk.flows.site.desk.maps import countries, map_of
from copydesk.flows.site.desk.name_lists import LETTERS
from copydesk.flows.site.desk.reader import Published, Row
from copydesk.flows.site.matching import LIES_IN
from copydesk.warehouse.scans import quoted

MOST = 15
MEASURES = """SELECT measure, unit, rate, count(*) AS figures, count(DISTINCT coalesce(outlet, source)) AS outlets,
  min(value_low) AS value_low, max(coalesce(value_high, value_low)) AS value_high,
  max(value_low) FILTER (value_high IS NULL) IS NOT DISTINCT FROM max(coalesce(value_high, value_low)) AS open,
  max(as_of) AS latest, arg_max(text, (as_of, fact_id)) AS text, arg_max(coalesce(outlet, source), (as_of, fact_id)) AS outlet,
  arg_max(fact_id, (as_of, fact_id)) AS fact_id, arg_max(article_id, (as_of, fact_id)) AS article_id
FROM internal.told_figures f WHERE {there} GROUP BY ALL ORDER BY figures DESC, measure, unit, rate LIMIT 40"""
ARTICLES = """SELECT a.article_id, a.title, {outlet} AS outlet, a.published_on, n.figures
FROM articles a JOIN (
  SELECT article_id, count(*) AS figures FROM facts f
  WHERE f.kind = 'figure' AND {there} GROUP BY article_id) n USING (article_id)
ORDER BY a.published_on DESC NULLS LAST, a.title, a.article_id LIMIT {most}"""


def found_place(published: Published, key: str) -> Row | None:
    """The row of the view `places` of a GeoNames id: the one of the most figures where a place has several."""
    if not (key.isascii() and key.isdigit() and len(key) < 12):
        return None
    sql = "SELECT * FROM places WHERE place_id = $1 ORDER BY figures DESC, name LIMIT 1"
    return published.of("places").one(sql, [int(key)])


def named_places(published: Published, name: str) -> list[Row]:
    """All places of a name."""
    condition = f"{LETTERS.format('name')} = {LETTERS.format(quoted(name))}"
    return published.of("places").ask(f"SELECT * FROM places WHERE {condition} ORDER BY figures DESC, name, place_id LIMIT 20")


def of_place(place: Mapping[str, Any]) -> str:
    """The condition that a fact, `f` in the query, is about a place."""
    if place["place_id"] is not None:
        return f"f.place_id = {place['place_id']}"
    return f"f.place_name = {quoted(place['name'])} AND f.place_id IS NULL"


def place_page(published: Published, place: Row) -> dict[str, Any]:
    """What the template of a place is given."""
    key = str(place["place_id"]) if place["place_id"] is not None else place["name"]
    there = of_place(place)
    measures = published.indexed.ask(MEASURES.format(there=there))
    for row in measures:
        row["range"] = bounds(row) + (" or more" if row["open"] and row["value_low"] != row["value_high"] else "")
    inside = _inside(published, place)
    return {
        "place": place,
        "key": key,
        "parents": _parents(published, place),
        "inside": inside,
        "measures": measures,
        "articles": published.indexed.ask(ARTICLES.format(there=there, outlet=OUTLET, most=MOST)),
        "chart": map_of([place, *inside], about=place),
        "sql": f"SELECT * FROM facts f WHERE f.kind = 'figure' AND {there}",
    }


def _inside(published: Published, place: Mapping[str, Any]) -> list[Row]:
    """The places that lie in a region, district or country, those of the most figures first."""
    columns = LIES_IN.get(str(place["precision"]), ())
    if not columns or any(place[one] is None for one in columns):
        return []
    there = " AND ".join(f"{one} = {quoted(str(place[one]))}" for one in columns)
    other = (
        f"place_id IS DISTINCT FROM {place['place_id']}"
        if place["place_id"] is not None
        else f"name <> {quoted(place['name'])}"
    )
    sql = f"SELECT * FROM places WHERE {there} AND {other} ORDER BY figures DESC, name, place_id LIMIT 60"
    return published.of("places").ask(sql)


def _called(kind: str, name: str) -> str:
    return countries().get(name, (name,))[0] if kind == "country" else name


def _parents(published: Published, place: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The country, region and district that a place lies in, from the outside in; with a row where figures are about it."""
    country = place["country_code"]
    if country is None:
        return []
    places = published.of("places")
    found = []
    for kind, column in (("country", "country_code"), ("region", "admin1"), ("district", "admin2")):
        if kind == place["precision"] or place[column] is None:
            break
        named = f" AND name = {quoted(str(place[column]))}" if kind != "country" else ""
        row = places.one(
            f"SELECT * FROM places WHERE precision = '{kind}' AND country_code = {quoted(country)}{named} "
            "ORDER BY figures DESC, name LIMIT 1"
        )
        found.append(
            {
                "kind": kind,
                "name": row["name"] if row else _called(kind, str(place[column])),
                "row": row,
                "value": place[column],
            }
        )
    return found
