"""How the sources of a home are, and what is read when."""

from __future__ import annotations

from copydesk.flows.jobs.planned import Planned, planned_sources
from copydesk.flows.jobs.trial import requeue_asked
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.reader import Published, Row
from copydesk.flows.site.watches.check import check_watches
from copydesk.warehouse.errors import CopydeskError
from copydesk.warehouse.home import Home

HEALTH = "SELECT * FROM source_health ORDER BY overdue DESC, source LIMIT 500"
KINDS = {
    "feed": "a feed (RSS, Atom, JSON Feed)",
    "sitemap": "a sitemap",
    "urls": "a list of web addresses",
    "folder": "a folder of files",
    "glob": "files by a pattern",
    "archive": "an archive (zip, tar)",
    "rows": "a table of articles (CSV, JSON lines, Parquet)",
    "warc": "a web archive (WARC)",
}
"""The kinds of sources, as people read them."""


def health(published: Published) -> tuple[list[Row], str]:
    """How each source is that anything came from, with the query."""
    return published.ask(HEALTH), HEALTH


def planned(home: Home) -> tuple[dict[str, Planned], str]:
    """The sources that the home's file names, and what is wrong with that, in words; empty where nothing is."""
    try:
        return planned_sources(home), ""
    except CopydeskError as error:
        return {}, str(error)


def requeue(settings: Settings, reason: str | None, source: str | None) -> str:
    """Decides rejects again and asks the watches of the home, as every run that publishes does; gives what came of it.

    Raises TooManyRejects, HomeLocked, Overtaken, PermanentError.
    """
    run = requeue_asked(settings, reason, source)
    counts, faults = run.tally.counts, list[str]()
    matches = check_watches(run.home, faults.append) if run.published else []
    told = [match.told() for match in matches if match.new or match.begun]
    decided = f"{counts['requeued']} decided again: {counts['ingested']} came in, {counts['rejected']} turned away."
    return " ".join([decided, *(f"{one[0].upper()}{one[1:]}." for one in told), *faults])
