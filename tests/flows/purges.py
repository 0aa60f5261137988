"""A document that is purged, for tests: what it says, and its purge."""

from __future__ import annotations

from pathlib import Path

from copydesk.flows.jobs.purge import Purged, purge
from copydesk.flows.settings import Settings
from tests.conftest import article, rows

TITLE = "Ferry of Port Arlen held for a ninth night"


BODY = "Harbourmaster Quenby Vosstrup counted"


def purge_of(home: Path, where: str, **settings: str) -> Purged:
    (document,) = (row[0] for row in rows(home, f"SELECT document_id FROM documents WHERE {where}"))
    return purge(Settings(home=home, jobs=1, **settings), document, "court order 12")  # type: ignore[arg-type]


def told(number: int) -> str:
    return article(number, TITLE).replace("The council met", f"{BODY} {number} cars. The council met")
