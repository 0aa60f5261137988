"""The end of a run as a person reads it: numbers, rejects, and what to type next."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from copydesk.flows.printing import first_line, one_line
from copydesk.flows.runs.run import Run

SHOWN = ("received", "ingested", "rejected", "duplicates", "unchanged", "sentences", "facts")


def summary(run: Run) -> str:
    """The end of a run, for a terminal."""
    counts = run.tally.counts
    if not run.published and not any(counts[name] for name in SHOWN if name != "unchanged"):
        return f"Nothing new: {counts['unchanged']} documents are as they were.{_skipped(run)}"
    changed = f" ({counts['changed']} of them changed)" if counts["changed"] else ""
    lines = [
        f"{counts['received']} received: {counts['ingested']} ingested{changed}, {counts['duplicates']} duplicates, "
        f"{counts['rejected']} rejected; {counts['unchanged']} unchanged.{_skipped(run)}",
    ]
    if counts["ingested"]:
        lines.append(f"{counts['sentences']} sentences and {counts['facts']} facts are new in {run.home.warehouse}")
    if run.tally.roles:
        lines.append(f"Blocks:  {listed(run.tally.roles)}")
    if run.tally.measures:
        lines.append(f"Facts:   {listed(run.tally.measures)}")
    for reject in run.tally.rejected_rows[:20]:
        lines.append(f"Turned away: {one_line(reject['source_uri'])}: {reject['reason']}: {first_line(reject['detail'])}")
    home = "" if str(run.home) == "data" else f" --home {shlex.quote(str(run.home))}"
    lines += [
        "Next:",
        f'  copydesk sql{home} "select * from figure_conflicts"',
        f'  copydesk sql{home} "select outlet, measure, text, claimant from figure_series order by as_of"',
        f"  copydesk rejects{home}",
    ]
    return "\n".join(lines)


def remade(run: Run) -> str:
    """The end of a run that made things again, for a terminal."""
    counts = run.tally.counts
    if not any(counts[name] for name in ("ingested", "rejected", "duplicates", "requeued")):
        done = "all is as today's rules make it" if run.kind == "reprocess" else "no such rejects"
        return f"Nothing to do: {done}.{_skipped(run)}"
    lines = [
        f"{counts['ingested']} made by today's rules, {counts['rejected']} rejected, {counts['duplicates']} duplicates."
        f"{_skipped(run)}",
        f"{counts['sentences']} sentences and {counts['facts']} facts in {run.home.warehouse}",
    ]
    for reject in run.tally.rejected_rows[:20]:
        lines.append(f"Turned away: {one_line(reject['source_uri'])}: {reject['reason']}: {first_line(reject['detail'])}")
    return "\n".join(lines)


def _skipped(run: Run) -> str:
    skipped = listed(run.tally.skipped)
    return f" Skipped: {skipped}." if skipped else ""


def listed(counts: Mapping[str, int]) -> str:
    """Counts, greatest first.

    >>> listed({"body": 3, "title": 5})
    '5 title, 3 body'
    """
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items(), key=lambda item: -item[1]) if number)
