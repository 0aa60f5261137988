"""Compares the stories that readers see with those that are decided again from the rows of the home."""

from __future__ import annotations

import duckdb

from copydesk.warehouse.compare import SHOWN, Difference
from copydesk.warehouse.home import Home
from copydesk.warehouse.published import open_published, published_position
from copydesk.warehouse.state import State
from copydesk.warehouse.stories.fold import follow

SHOWN_NOW = "SELECT telling_output_id, story_id FROM internal.tellings_rows"


def story_difference(home: Home, state: State) -> Difference | None:
    """How the stories that are published compare with those made again; None where what is published is behind the log.

    Args:
        home: the home.
        state: a state in memory, at the end of the log, in which no story is decided yet.
    """
    if published_position(home) < state.news:
        return None
    follow(home, state)
    made = {tuple(row) for row in state.rows("SELECT output_id, story_id FROM tellings")}
    try:
        with open_published(home) as db:
            kept = set(db.execute(SHOWN_NOW).fetchall())
    except duckdb.Error:
        return None  # verify says what is wrong with the file
    only_kept, only_made = kept - made, made - kept
    examples = tuple(sorted({str(output) for output, _ in only_kept | only_made})[:SHOWN])
    return Difference("stories", len(kept), len(made), len(only_kept), len(only_made), examples)
