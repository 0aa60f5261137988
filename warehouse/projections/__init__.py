"""What each event does to the folded state: one function an event, found by its type."""

from __future__ import annotations

from copydesk.warehouse.projections import documents, entities, files, reviews, runs, sites, stories
from copydesk.warehouse.projections.registry import apply

__all__ = ["apply", "documents", "entities", "files", "reviews", "runs", "sites", "stories"]
