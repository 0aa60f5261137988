"""A run's numbers as Markdown and as table rows, for the Prefect UI; text of documents is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from copydesk.flows.printing import first_line
from copydesk.flows.runs.run import Run

MARKS = re.compile(r"([\\`*_{}\[\]()#+|<>~!-])")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is.

    >>> escaped("<b>*x*")
    '&lt;b&gt;\\\\*x\\\\*'
    """
    plain = " ".join(text.split())
    return html.escape(MARKS.sub(r"\\\1", plain).replace("\\<", "<").replace("\\>", ">"), quote=False)


def report(run: Run, desk: str | None = None) -> str:
    """The run's Markdown artifact: what came in, what was stripped, facts, expectations, rejects.

    `desk` is the address of the desk, without a slash at its end, where there is one: the articles then lead to their pages.
    """
    counts = run.tally.counts
    parts = [
        f"# Run of {escaped(', '.join(run.tally.sources) or run.kind)}",
        _at_the_desk(run, desk) if desk else "",
        _articles(run, desk) if run.published else "",
        _table("Documents", {n: counts[n] for n in ("received", "ingested", "rejected", "duplicates", "unchanged")}),
        _table("Made", {n: counts[n] for n in ("sentences", "facts")}),
        _table("Skipped", run.tally.skipped),
        _table("Files", {n: counts[n] for n in ("merged", "swept")}),
        _table("Blocks by role", run.tally.roles),
        _table("Facts by measure or kind", run.tally.measures),
        _table("Expectations that rows broke", run.tally.failed_expectations),
        f"Home: `{str(run.home).replace('`', '')}`. Open `warehouse.duckdb` there, or run `copydesk sql`.",
    ]
    if run.tally.report is not None:
        parts.append(f"Report, to be opened on that machine: `{str(run.tally.report).replace('`', '')}`")
    return "\n\n".join(part for part in parts if part)


def _at_the_desk(run: Run, desk: str) -> str:
    """The link to the desk: to the run's page, which is there once something of it is published."""
    return f"[This run at the desk]({desk}/runs/{run.run_id})" if run.published else f"[The desk]({desk}/)"


NEWEST = (
    "SELECT article_id, coalesce(title, 'no title') AS title, coalesce(outlet, source) AS outlet, published_on FROM articles "
    "WHERE ingested_at >= $1 ORDER BY published_on DESC NULLS LAST, title, article_id LIMIT 10"
)


def _articles(run: Run, desk: str | None) -> str:
    """The newest articles of a run, as a list."""
    from copydesk.warehouse.published import open_published

    with open_published(run.home) as db:
        found = db.execute(NEWEST, [run.started_at]).fetchall()
    lines = []
    for article_id, title, outlet, published_on in found:
        name = f"[{escaped(title)}]({desk}/articles/{article_id})" if desk else escaped(title)
        lines.append(f"- {name}, {escaped(', '.join(filter(None, [outlet, str(published_on or '')])))}")
    return "\n".join(["## New articles", "", *lines]) if lines else ""


def _table(title: str, counts: Mapping[str, int]) -> str:
    rows = [f"| {escaped(name)} | {number} |" for name, number in sorted(counts.items(), key=lambda i: -i[1]) if number]
    return "\n".join([f"## {title}", "", "| what | how many |", "| --- | ---: |", *rows]) if rows else ""


SAMPLE = (
    "SELECT f.measure, f.text, f.attributed_to, f.place, a.outlet, s.text AS sentence FROM facts f "
    "JOIN articles a USING (article_id) JOIN sentences s USING (sentence_id) WHERE f.kind = 'figure' "
    "ORDER BY a.ingested_at DESC, f.confidence DESC, f.fact_id LIMIT 10"
)


def table_of_facts(run: Run) -> list[dict[str, str]]:
    """Ten figures of the newest articles, each with the sentence that it stands in."""
    from copydesk.warehouse.published import open_published

    with open_published(run.home) as db:
        cursor = db.execute(SAMPLE)
        names = [column[0] for column in cursor.description or ()]
        return [
            {name: "" if value is None else " ".join(str(value).split()) for name, value in zip(names, row, strict=True)}
            for row in cursor.fetchall()
        ]


def table_of_rejects(run: Run) -> list[dict[str, str]]:
    """The rows of the artifact of rejects."""
    return [
        {
            "document": str(row["source_uri"]),
            "reason": str(row["reason"]),
            "detail": first_line(row["detail"]),
            "bytes": str(row["size"]),
            "to decide it again": f"run requeue/on-demand with reason {row['reason']}",
        }
        for row in run.tally.rejected_rows
    ]
