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


def report(run: Run) -> str:
    """The run's Markdown artifact: what came in, what was stripped, facts, expectations, rejects."""
    counts = run.tally.counts
    parts = [
        f"# Run of {escaped(', '.join(run.tally.sources) or run.kind)}",
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
        parts.append(f"Report: [{escaped(str(run.tally.report))}]({run.tally.report.as_uri()})")
    return "\n\n".join(part for part in parts if part)


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
