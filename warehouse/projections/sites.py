"""What events about sources and sites do to the folded state."""

from __future__ import annotations

import json
import sqlite3

from copydesk.warehouse.envelopes import Recorded
from copydesk.warehouse.events import KnowledgeLearned, SourcePolled
from copydesk.warehouse.projections.registry import on, replace_statement, values_of


@on(KnowledgeLearned)
def knowledge_learned(db: sqlite3.Connection, event: KnowledgeLearned, recorded: Recorded) -> None:
    values = values_of(event, recorded, lines=json.dumps(list(event.lines)))
    db.execute(replace_statement("knowledge", "site knowledge_id lines position"), values)


@on(SourcePolled)
def source_polled(db: sqlite3.Connection, event: SourcePolled, recorded: Recorded) -> None:
    db.execute(
        replace_statement("meta", "key value"), {"key": f"polled:{event.source}", "value": json.dumps(dict(event.memory))}
    )
