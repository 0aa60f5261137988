"""How the sources of a home are, and what is read when."""

from __future__ import annotations

from copydesk.flows.jobs.planned import Planned, planned_sources
from copydesk.flows.site.desk.reader import Published, Row
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
