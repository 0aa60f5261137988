"""A run's numbers as Markdown and as table rows, for the Prefect UI; text of documents is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from copydesk.flows.printing import first_line
from copydesk.flows.runs.news import MOST, told_in_a_line
from copydesk.flows.runs.run import Run

SAFE = "/:?#@!$&'()*+,;=%-._~"
"""Characters of an address that stay as they are in a link."""

MARKS = re.compile(r"([\\`*_{}\[\]()#+|<>~!-])")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is.

    >>> escaped("<b>*x*")
    '&lt;b&gt;\\\\*x\\\\*'
    """
    plain = " ".join(text.split())
    return html.escape(MARKS.sub(r"\\\1", plain).replace("\\<", "<").replace("\\>", ">"), quote=False)


def report(
    run: Run,
    articles: Sequence[Mapping[str, Any]] = (),
    conflicts: Sequence[Mapping[str, Any]] = (),
    desk: str | None = None,
) -> str:
    """The run's Markdown artifact: the new articles, what does not agree, what was turned away; below it every count.

    `desk` is the address of the desk, without a slash at its end, where there is one: run and articles lead to their pages.
    """
    tally = run.tally
    counts = tally.counts
    parts = [
        f"# Run of {escaped(', '.join(tally.sources) or run.kind)}: {told_in_a_line(tally)}",
        _at_the_desk(run, desk) if desk else "",
        _list("New articles", (_article(row, desk) for row in articles), counts["ingested"]),
        _list("What does not agree", map(_conflict, conflicts), len(conflicts)),
        _list("Turned away", map(_reject, tally.rejected_rows[:MOST]), counts["rejected"]),
        _table("Documents", {n: counts[n] for n in ("received", "ingested", "changed", "rejected", "duplicates", "unchanged")}),
        _table("Made", {n: counts[n] for n in ("sentences", "facts")}),
        _table("Skipped", tally.skipped),
        _table("Files", {n: counts[n] for n in ("merged", "swept")}),
        _table("Blocks by role", tally.roles),
        _table("Facts by measure or kind", tally.measures),
        _table("Expectations that rows broke", tally.failed_expectations),
        f"Home: `{str(run.home).replace('`', '')}`. Open `warehouse.duckdb` there, or run `copydesk sql`.",
    ]
    if tally.report is not None:
        parts.append(f"Report, to be opened on that machine: `{str(tally.report).replace('`', '')}`")
    return "\n\n".join(part for part in parts if part)


def _at_the_desk(run: Run, desk: str) -> str:
    """The link to the desk: to the run's page, which is there once something of it is published."""
    return f"[This run at the desk]({desk}/runs/{run.run_id})" if run.published else f"[The desk]({desk}/)"


def _list(title: str, lines: Iterable[str], number: int) -> str:
    """A heading with how many there are, and a line for each that is shown."""
    shown = [f"- {line}" for line in lines]
    more = [f"- and {number - len(shown)} more"] if number > len(shown) else []
    return "\n".join([f"## {title} ({number})", "", *shown, *more]) if shown else ""


def _article(row: Mapping[str, Any], desk: str | None) -> str:
    """An article in a line; its address is in it, so that a purge finds the line."""
    title, url = escaped(row["title"] or "no title"), str(row["url"] or "")
    facts = f"{row['facts_found']} facts" if row["facts"] == "supported" else "facts are not read in this language"
    parts = [f"[{title}]({desk}/articles/{row['article_id']})" if desk else title]
    parts += [escaped(str(row[name])) for name in ("outlet", "published_on") if row[name]]
    linked = url.startswith(("https://", "http://"))
    return ", ".join([*parts, facts, f"[original](<{quote(url, safe=SAFE)}>)" if linked else escaped(str(row["source_uri"]))])


def _conflict(row: Mapping[str, Any]) -> str:
    place = f" at {escaped(row['place_name'])}" if row["place_name"] else ""
    return f"{escaped(row['measure'])}{place}, {row['relation']}: {_side(row, 'a')} – {_side(row, 'b')}"


def _side(row: Mapping[str, Any], side: str) -> str:
    """A figure of a conflict, who is behind it, and its sentence."""
    behind = row[f"claimant_{side}"] or row[f"outlet_{side}"] or "no source is named"
    return f"{escaped(row[f'text_{side}'])} ({escaped(behind)}): “{escaped(row[f'sentence_{side}'])}”"


def _reject(row: Mapping[str, Any]) -> str:
    return f"{escaped(row['source_uri'])}: {escaped(row['reason'])}: {escaped(first_line(row['detail']))}"


def _table(title: str, counts: Mapping[str, int]) -> str:
    rows = [f"| {escaped(name)} | {number} |" for name, number in sorted(counts.items(), key=lambda i: -i[1]) if number]
    return "\n".join([f"## {title}", "", "| what | how many |", "| --- | ---: |", *rows]) if rows else ""


def table_of_facts(figures: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The rows of the artifact of figures: each with its hedge, its day, the sentence that it stands in, and its id."""
    return [{name: "" if value is None else " ".join(str(value).split()) for name, value in row.items()} for row in figures]


def table_of_rejects(run: Run) -> list[dict[str, str]]:
    """The rows of the artifact of rejects."""
    return [
        {
            "document": str(row["source_uri"]),
            "reason": str(row["reason"]),
            "detail": first_line(row["detail"]),
            "bytes": str(row["size"]),
            "to decide it again": f"run requeue/requeue with reason {row['reason']}",
        }
        for row in run.tally.rejected_rows
    ]
