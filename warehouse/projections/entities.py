"""What events about entities do to the folded state: what people decided of names."""

from __future__ import annotations

import sqlite3

from copydesk.warehouse.envelopes import Recorded
from copydesk.warehouse.events import EntityRuled
from copydesk.warehouse.projections.registry import insert_statement, on, values_of

SPLIT = insert_statement("splits", "entity_id alias article_id into_id name who why ruled_at")
RULE = insert_statement("entity_rulings", "entity_id into_id name kind country who why ruled_at") + (
    " ON CONFLICT (entity_id) DO UPDATE SET into_id = coalesce(excluded.into_id, into_id), "
    "name = coalesce(excluded.name, name), kind = coalesce(excluded.kind, kind), "
    "country = coalesce(excluded.country, country), who = excluded.who, "
    "why = excluded.why, ruled_at = excluded.ruled_at"
)


@on(EntityRuled)
def entity_ruled(db: sqlite3.Connection, event: EntityRuled, recorded: Recorded) -> None:
    """Rulings on one entity add up; an undo ends all of them, and brings back what was split off."""
    if event.action == "undo":
        for table in ("entity_rulings", "splits"):
            db.execute(f"DELETE FROM {table} WHERE entity_id = ?", (event.entity_id,))
        return
    values = values_of(event, recorded)
    db.execute(SPLIT if event.action == "split" else RULE, {**values, "ruled_at": values["at"]})
