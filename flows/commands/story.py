"""`copydesk story`: which articles are about one event, and what people decide of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT, WhyChanged
from copydesk.flows.printing import say
from copydesk.flows.settings import Settings, settings_of
from copydesk.flows.settings.options import LockOptions
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    import duckdb

MOST_LISTED = 50
"""Stories that `list` prints at most."""

LISTED = (
    "SELECT story_id, title, first_on, articles, len(outlets), origins FROM stories "
    "WHERE $1 = '' OR contains(lower(strip_accents(title)), lower(strip_accents($1))) OR starts_with(story_id, $1) "
    f"ORDER BY articles DESC, last_on DESC, story_id LIMIT {MOST_LISTED}"
)
ARTICLES = (
    "SELECT article_id, title, coalesce(outlet, source), published_on, duplicate_of FROM articles WHERE story_id = $1 "
    "ORDER BY published_on NULLS LAST, received_at, article_id"
)
RULED = (
    "SELECT time, data->>'action', data->>'who', data->>'why', data->>'into_id', subject FROM events "
    "WHERE type = 'story.ruled' AND (subject = $1 OR data->>'into_id' = $1) ORDER BY position"
)

Action = Literal["list", "show", "merge", "split", "undo"]


def run(
    action: Annotated[Action, Parameter(help="What to do.")],
    identity: Annotated[
        str, Parameter(name="id", help="Id of a story, or its beginning; for list, words of its headline.")
    ] = "",
    /,
    *others: Annotated[
        str, Parameter(name="other", help="merge: the id of the story that it is. split: the ids of the articles of the other.")
    ],
    why: WhyChanged = None,
    options: Annotated[LockOptions, FLAT] = LockOptions.defaults(),
) -> int:
    from copydesk.flows.commands.reading import open_warehouse

    settings = settings_of(options)
    if action in ("list", "show"):
        db = open_warehouse(settings)
        try:
            return _list(db, identity) if action == "list" else _show(db, identity)
        finally:
            db.close()
    story = _given(identity, "needs the id of a story. See: copydesk story list WORDS")
    reason = _given(why, f"{action} --why: say why, for those who come after.")
    return _decide(settings, action, story, others, reason)


def _decide(settings: Settings, action: str, story: str, others: tuple[str, ...], why: str) -> int:
    from copydesk.flows.jobs import stories
    from copydesk.flows.site.article import counted

    if action == "merge":
        if len(others) != 1:
            raise PermanentError("copydesk story merge ID OTHER: give the id of the one story that it is.")
        stories.merge(settings, story, others[0], why)
        say(f"Merged the story {story} into {others[0]}.")
    elif action == "split":
        stories.split(settings, story, others, why)
        say(f"Split {counted(len(others), 'article')} and their near copies off the story {story}.")
    else:
        stories.undo(settings, story, why)
        say(f"Took back what was decided of the story {story}.")
    return 0


def _given(value: str | None, remedy: str) -> str:
    if not value or not value.strip():
        raise PermanentError(f"copydesk story {remedy}")
    return value.strip()


def _list(db: duckdb.DuckDBPyConnection, words: str) -> int:
    from copydesk.flows.site.article import counted

    rows = db.execute(LISTED, [words]).fetchall()
    if not rows:
        say(f"No story here has {words!r} in its headline." if words else "There is no story here yet.")
    for story_id, title, first, articles, outlets, origins in rows:
        size = ", ".join((counted(articles, "article"), counted(outlets, "outlet"), counted(origins, "origin")))
        say(f"{story_id}  {title or 'no title'} ({first}): {size}")
    return 0


def _show(db: duckdb.DuckDBPyConnection, identity: str) -> int:
    from copydesk.flows.commands.reading import only_row

    story = only_row(db, "stories", ("story_id",), _given(identity, "show needs the id of a story."))
    decided = db.execute(RULED, [story["story_id"] if story else identity]).fetchall()
    if story is None and not decided:
        raise PermanentError(f"There is no story {identity!r} in this home. See: copydesk story list WORDS")
    if story is not None:
        say(f"{story['story_id']}  {story['title'] or 'no title'}")
        for article_id, title, outlet, day, original in db.execute(ARTICLES, [story["story_id"]]).fetchall():
            copy = f", near copy of {original}" if original else ""
            say(f"  {article_id}  {title or 'no title'} ({outlet}{f', {day}' if day else ''}{copy})")
    for time, action, who, why, into, subject in decided:
        told = f"{action} {subject} into {into}" if into else f"{action} {subject}"
        say(f"Decided {time:%Y-%m-%d %H:%M} by {who}: {told}: {why}")
    return 0
