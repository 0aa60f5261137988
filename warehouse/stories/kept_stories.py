"""Stories as a large home keeps them: those of which an article changed are summed up anew, out of few articles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from copydesk.warehouse.stories.chosen import FIGURES
from copydesk.warehouse.stories.kept_files import read
from copydesk.warehouse.stories.origin_views import ORIGINS
from copydesk.warehouse.stories.story_views import STORIES, STORY_ARTICLES

RETOLD = "story_id IN (SELECT story_id FROM internal.retold)"
"""Which rows are replaced: of the stories that an article of which anything changed is of, or was."""

CHANGED = "(SELECT article_id FROM internal.touched UNION ALL SELECT article_id FROM renamed)"
LIVE_ARTICLES = STORY_ARTICLES.replace("articles a", "changed_articles a").replace(
    "JOIN origins o", f"JOIN ({ORIGINS.replace('FROM articles a', 'FROM changed_articles a')}) o"
)
"""The articles that changed, as stories are summed up from them. All near copies of their texts changed too: see `touch`."""

SUMMED = (
    STORIES.replace(STORY_ARTICLES, "SELECT * FROM story_articles")
    .replace("FROM mentions m", "FROM (SELECT * FROM mentions WHERE article_id IN (SELECT article_id FROM story_articles)) m")
    .replace("internal.told_figures f", f"(SELECT * FROM {FIGURES} WHERE {RETOLD}) f")
)


def note_stories(db: duckdb.DuckDBPyConnection, files: Mapping[str, Path]) -> None:
    """Notes in `internal.retold` the stories that changed, and puts their articles into a table that `sum_up` reads."""
    changed, told = "SELECT article_id FROM internal.touched", read(files["told"])
    db.execute(f"CREATE TEMP TABLE changed_articles AS SELECT * EXCLUDE (text) FROM articles WHERE article_id IN ({changed})")
    db.execute(f"CREATE TEMP TABLE story_articles AS {LIVE_ARTICLES}")
    db.execute("DROP TABLE temp.changed_articles")
    db.execute(
        "INSERT INTO internal.retold SELECT story_id FROM story_articles "
        f"UNION SELECT story_id FROM {told} WHERE article_id IN {CHANGED}"
    )
    db.execute(f"INSERT INTO story_articles BY NAME SELECT * FROM {told} WHERE {RETOLD} AND article_id NOT IN ({changed})")


def sum_up(db: duckdb.DuckDBPyConnection, table: str) -> None:
    """Makes the table of the stories that changed. Their figures must be chosen."""
    db.execute(f"CREATE TABLE {table} AS {SUMMED}")
