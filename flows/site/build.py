"""Writes the report's pages: the overview, the series, conflicts, who says what, quality, and a page for every article."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from copydesk.flows.settings.program import program_version
from copydesk.flows.site.article import FIELDS, anchor, cited, counted, folded, particulars, parts
from copydesk.flows.site.data import Part, Row, Warehouse, embedded
from copydesk.flows.site.queries import QUERIES
from copydesk.warehouse.home import Home
from copydesk.warehouse.lock import Say
from copydesk.warehouse.published import published_position
from copydesk.warehouse.store import whole

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
PAGES = (
    ("index.html", "Overview"),
    ("series.html", "Figures over time"),
    ("conflicts.html", "Conflicts"),
    ("claimants.html", "Who says what"),
    ("quality.html", "Quality"),
)
MOST_PAGES = 10_000
"""Article pages that are written; `copydesk report --serve` makes those of the rest when they are asked for."""

TOLD = "report.json"
SHARDS = 2
"""Letters of an article's id that name its folder."""


@dataclass(frozen=True)
class Shown:
    """What the report shows, and what the last one of the same folder showed."""

    part: Part
    position: int
    written: datetime
    last: Mapping[str, Any] | None = None
    as_of: str | None = None

    def __str__(self) -> str:
        return ", ".join(filter(None, [str(self.part), f"as of {self.as_of}" if self.as_of else ""]))


class Report:
    """Renders the pages of one report."""

    def __init__(self, warehouse: Warehouse, shown: Shown) -> None:
        self.warehouse, self.shown = warehouse, shown
        self._env = Environment(
            loader=PackageLoader("copydesk.flows.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.filters["counted"] = counted
        self._env.globals |= {
            "policy": POLICY,
            "pages": PAGES,
            "queries": QUERIES,
            "written": f"{shown.written:%Y-%m-%d %H:%M} UTC",
            "version": program_version(),
            "position": shown.position,
            "shown": str(shown),
        }
        self._article = self._env.get_template("article.html")

    @cached_property
    def made_by(self) -> str:
        """The cache key of pages: a hash of the program's version and of its templates, which both change what a page is."""
        folder = files("copydesk.flows.site") / "templates"
        texts = [entry.read_text(encoding="utf-8") for entry in sorted(folder.iterdir(), key=lambda e: e.name)]
        return hashlib.sha256("".join([program_version(), str(self.shown), *texts]).encode()).hexdigest()[:16]

    def page(self, name: str) -> str:
        """One of `PAGES`."""
        return self._env.get_template(name).render(here=name, root="", **CONTENTS[name](self))

    def article(self, row: Row, sentences: list[Row], facts: list[Row], blocks: list[Row]) -> str:
        """The page of an article."""
        order = {sentence["sentence_id"]: sentence["ordinal"] for sentence in sentences}
        told = [
            {"id": anchor(f["fact_id"]), "text": f["text"], "sentence": order.get(f["sentence_id"], 0), "told": particulars(f)}
            for f in facts
        ]
        meta = {
            "outlet": row["outlet"] or row["source"],
            "published": row["published_on"],
            "by": ", ".join(row["authors"] or ()),
            "agency": row["agency"],
            "dateline": row["dateline"],
            "address": row["url"] or row["source_uri"],
            "SHA-256 of the source": row["content_sha256"],
            "near copy of": row["duplicate_of"],
        }
        return self._article.render(
            here="articles",
            root="../../",
            article=row,
            cite=cited(row),
            meta=[(name, value) for name, value in meta.items() if value],
            parts=folded(parts(row, sentences, facts, blocks)),
            fields=FIELDS,
            facts=told,
        )


def article_path(article_id: str) -> str:
    """The path of an article's page in the folder of the report."""
    return f"articles/{article_id[:SHARDS]}/{article_id}.html"


def _fact_link(row: Row, suffix: str = "") -> str:
    return f"{article_path(row[f'article_id{suffix}'])}#{anchor(row[f'fact_id{suffix}'])}"


def _json(value: Any) -> Markup:
    return Markup(embedded(value))  # noqa: S704  # embedded() leaves no way out of a block of data


def _overview(report: Report) -> dict[str, Any]:
    warehouse, last = report.warehouse, report.shown.last
    articles = warehouse.rows("articles")
    by_day = warehouse.rows("by_day")
    before = datetime.fromisoformat(last["written"]) if last else None
    for row in articles:
        row["href"] = article_path(row["article_id"])
        row["new"] = before is not None and row["ingested_at"] > before
    count = "SELECT count(*) AS n FROM articles WHERE ingested_at > $1"
    return {
        "totals": warehouse.rows("totals")[0],
        "by_day": _json(by_day),
        "undated": sum(row["articles"] for row in by_day if row["day"] is None),
        "by_source": warehouse.rows("by_source"),
        "facts_by_measure": _json(warehouse.rows("facts_by_measure")),
        "articles": articles,
        "since_last": warehouse.ask(count, [before])[0]["n"] if before else None,
        "last_written": f"{before:%Y-%m-%d %H:%M} UTC" if before else None,
    }


def _series(report: Report) -> dict[str, Any]:
    rows = report.warehouse.rows("series")
    for row in rows:
        row["href"] = _fact_link(row)
    multiples = report.warehouse.rows("most_reported")
    for one in multiples:
        one["key"] = json.dumps([one["measure"], one["place_name"]])
    return {"series": _json(rows), "multiples": multiples}


RELATIONS = {"contradicts": "Cannot both hold", "differs": "Differ, and could both hold", "agrees": "Agree"}


def _conflicts(report: Report) -> dict[str, Any]:
    pairs = report.warehouse.rows("conflicts")
    for pair in pairs:
        pair |= {"href_a": _fact_link(pair, "_a"), "href_b": _fact_link(pair, "_b")}
    copies = report.warehouse.rows("copies")
    for row in copies:
        row |= {"href": article_path(row["article_id"]), "original_href": article_path(row["original_id"])}
    groups = [(name, heading, [pair for pair in pairs if pair["relation"] == name]) for name, heading in RELATIONS.items()]
    return {"groups": groups, "copies": copies}


def _claimants(report: Report) -> dict[str, Any]:
    claimants = report.warehouse.rows("claimants")
    said: dict[str, list[Row]] = {row["claimant"]: [] for row in claimants}
    for row in report.warehouse.rows("said"):
        if row["claimant"] in said:
            said[row["claimant"]].append({**row, "href": _fact_link(row)})
    return {"claimants": [{**row, "said": said[row["claimant"]]} for row in claimants]}


def _quality(report: Report) -> dict[str, Any]:
    names = ("numerals", "validations", "rejects", "reject_samples", "health")
    answers = {name: report.warehouse.rows(name) for name in names}
    figures = sum(row["numerals"] for row in answers["numerals"] if row["what"] == "is a figure")
    numerals = sum(row["numerals"] for row in answers["numerals"])
    broken = report.warehouse.rows("expectations")
    return {
        **answers,
        "share": 100 * figures / max(1, numerals),
        "numerals_json": _json(answers["numerals"]),
        "expectations": _json(broken),
        "expectations_rows": broken,
    }


CONTENTS: dict[str, Callable[[Report], dict[str, Any]]] = {
    "index.html": _overview,
    "series.html": _series,
    "conflicts.html": _conflicts,
    "claimants.html": _claimants,
    "quality.html": _quality,
}


def last_report(out: Path) -> Mapping[str, Any] | None:
    """What the report in a folder says of itself; None where there is no report."""
    try:
        return dict(json.loads((out / TOLD).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def write_report(report: Report, out: Path, say: Say) -> int:
    """Writes the site into a folder; gives the number of article pages.

    A page that stands there and would not change is left as it is; pages of articles that are gone are removed.
    """
    (out / "articles").mkdir(parents=True, exist_ok=True)
    write_assets(out)
    last = report.shown.last or {}
    before = last.get("pages", {}) if last.get("made_by") == report.made_by else {}
    digests = report.warehouse.digests(report.warehouse.article_ids(MOST_PAGES))
    paths = {name: out / article_path(name) for name in digests}
    stale = sorted(name for name, digest in digests.items() if before.get(name) != digest or not paths[name].exists())
    for done, (row, sentences, facts, blocks) in enumerate(report.warehouse.articles(stale), 1):
        path = paths[row["article_id"]]
        path.parent.mkdir(exist_ok=True)
        path.write_text(report.article(row, sentences, facts, blocks), encoding="utf-8")
        if done % 1000 == 0:
            say(f"{done} of {len(stale)} articles")
    for name, _ in PAGES:
        with whole(out / name) as aside:
            aside.write_text(report.page(name), encoding="utf-8")
    kept = set(paths.values())
    for path in (out / "articles").glob("*/*.html"):
        if path not in kept:
            path.unlink()
    shown = report.shown
    told = {"position": shown.position, "written": shown.written.isoformat(), "made_by": report.made_by, "pages": digests}
    with whole(out / TOLD) as aside:
        aside.write_text(json.dumps(told), encoding="utf-8")
    return len(digests)


def report_of(home: Home, out: Path, say: Say) -> Path:
    """Writes the report of a home as it stands; gives the path of its first page."""
    with closing(Warehouse(home, Part())) as warehouse:
        write_report(Report(warehouse, Shown(Part(), published_position(home), now(), last_report(out))), out, say)
    return out / "index.html"


def write_assets(out: Path) -> None:
    """Copies the scripts and styles."""
    with as_file(files("copydesk.flows.site") / "assets") as assets:
        shutil.copytree(assets, out / "assets", dirs_exist_ok=True)


def now() -> datetime:
    return datetime.now(UTC)
