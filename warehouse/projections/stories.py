"""What events about stories do to the folded state: what people decided of them, from which position until which."""

from __future__ import annotations

import sqlite3

from copydesk.warehouse.envelopes import Recorded
from copydesk.warehouse.events import StoryRuled
from copydesk.warehouse.projections.registry import insert_statement, on

MERGE = insert_statement("story_merges", "story_id into_id returned position")
MOVE = insert_statement("story_moves", "article_id story_id into_id position")
ENDED = "(story_id = :story_id OR into_id = :story_id) AND ended IS NULL"
"""The moves that an undo ends: those out of the story, and those that made it."""

RETURN = (
    f"INSERT INTO story_merges (story_id, into_id, returned, position) SELECT into_id, min(story_id), 1, :position "
    f"FROM story_moves WHERE {ENDED} GROUP BY into_id"
)
"""What was found to be of the part that was split off, meanwhile, is of the story again that it was split off."""


@on(StoryRuled)
def story_ruled(db: sqlite3.Connection, event: StoryRuled, recorded: Recorded) -> None:
    """A merge and a split hold until they are undone; an undo ends all that holds of a story."""
    told = {"story_id": event.story_id, "into_id": event.into_id, "returned": 0, "position": recorded.position}
    if event.action == "merge":
        db.execute(MERGE, told)
    elif event.action == "split":
        db.executemany(MOVE, [{**told, "article_id": article_id} for article_id in event.article_ids])
    else:
        db.execute(
            "UPDATE story_merges SET ended = :position WHERE story_id = :story_id AND ended IS NULL AND NOT returned", told
        )
        db.execute(RETURN, told)
        db.execute(f"UPDATE story_moves SET ended = :position WHERE {ENDED}", told)
