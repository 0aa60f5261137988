"""Records what people decide of stories, as events: they survive every reprocess, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, count

from copydesk.flows.jobs.beginnings import meant
from copydesk.flows.jobs.person import person_name, reason
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.runs.steps import conclude
from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.events import StoryRuled
from copydesk.warehouse.state import State
from copydesk.warehouse.stories import fold

SHOWN = "coalesce(n.into_id, v.into_id, t.story_id)"
STANDING = f"""SELECT t.article_id, o.duplicate_of, {SHOWN} AS story_id FROM tellings t JOIN outputs o USING (output_id)
LEFT JOIN moved_articles v ON v.article_id = t.article_id
LEFT JOIN merged_stories n ON n.story_id = coalesce(v.into_id, t.story_id)
WHERE t.output_id NOT IN (SELECT output_id FROM dead) ORDER BY t.number"""
"""The articles that stand, in the order in which they came, each with the story that it is shown in."""

HELD = """SELECT story_id FROM story_merges WHERE ended IS NULL AND NOT returned
UNION SELECT story_id FROM story_moves WHERE ended IS NULL UNION SELECT into_id FROM story_moves WHERE ended IS NULL"""
TAKEN = """SELECT 1 FROM tellings WHERE story_id = ?1 UNION ALL SELECT 1 FROM story_moves WHERE into_id = ?1
UNION ALL SELECT 1 FROM story_merges WHERE story_id = ?1 OR into_id = ?1"""

LIST = "See: copydesk story list WORDS"
MOST_NAMED = 5
"""Ids that an error names where a beginning may mean several."""

SHORTEST_BEGINNING = 6
"""Characters of an id that are needed before its beginning is looked for."""


def merge(settings: Settings, story_id: str, into_id: str, why: str, who: str | None = None) -> Run:
    """Records that two stories are one: the articles of the first are of the second from now on.

    Raises PermanentError where one of them is none, or both are one already.
    """

    def told(state: State) -> StoryRuled:
        story, into = story_of(state, story_id), story_of(state, into_id)
        if story == into:
            raise PermanentError(f"{story} is that story already. Give two stories. {LIST}")
        return StoryRuled(story_id=story, action="merge", into_id=into, why=reason(why), who=who or person_name())

    return _rule(settings, story_id, "merge", told)


def split(settings: Settings, story_id: str, article_ids: Sequence[str], why: str, who: str | None = None) -> Run:
    """Records that some articles of a story are another story, whose id is that of the one that came first; near copies go too.

    Raises PermanentError where an article is none of the story, or all of them are given.
    """

    def told(state: State) -> StoryRuled:
        story = story_of(state, story_id)
        articles = state.rows(f"SELECT * FROM ({STANDING}) WHERE story_id = ?", story)
        chosen = _chosen(story, {row["article_id"]: row["duplicate_of"] for row in articles}, article_ids)
        into = _free_id(state, chosen[0])
        return StoryRuled(
            story_id=story, action="split", into_id=into, article_ids=chosen, why=reason(why), who=who or person_name()
        )

    return _rule(settings, story_id, "split", told)


def undo(settings: Settings, story_id: str, why: str, who: str | None = None) -> Run:
    """Ends all that was decided of a story: that it is another, what was split off, or that it was split off itself.

    Raises PermanentError where nothing holds.
    """

    def told(state: State) -> StoryRuled:
        return StoryRuled(story_id=_held(state, story_id), action="undo", why=reason(why), who=who or person_name())

    return _rule(settings, story_id, "undo", told)


def story_of(state: State, given: str) -> str:
    """The id of the story that is meant by an id or its beginning. Raises PermanentError for none or several."""
    if len(given) < SHORTEST_BEGINNING:
        raise PermanentError(f"{given!r} is no id of a story: give it whole, or {SHORTEST_BEGINNING} characters of it. {LIST}")
    shown = state.rows(
        f"SELECT DISTINCT story_id FROM ({STANDING}) WHERE substr(story_id, 1, ?) = ? "
        f"ORDER BY story_id <> ?, story_id LIMIT {MOST_NAMED}",
        len(given),
        given,
        given,
    )
    found = [str(row["story_id"]) for row in shown]
    if not found:
        raise PermanentError(f"There is no story {given!r} in this home now. {LIST}")
    if len(found) > 1 and found[0] != given:
        raise PermanentError(f"{given!r} may mean {', '.join(found)}. Give the whole id of one.")
    return found[0]


def _rule(settings: Settings, story_id: str, action: str, told: Callable[[State], StoryRuled]) -> Run:
    """Records a decision; what it is about is looked up under the lock, so that two readers decide one after the other."""
    with open_run(settings, "story", {"story": story_id, "action": action}, Progress()) as run:
        fold.follow(run.home, run.state)
        run.append(told(run.state))
        run.tally.counts["reviewed"] += 1
        conclude(run)
    return run


def _held(state: State, given: str) -> str:
    """The story of which a decision holds, by its id or its beginning. Raises PermanentError for none or several."""
    held = [str(row[0]) for row in state.rows(HELD)]
    nothing = f"Nothing holds that was decided of the story {given!r}: there is nothing to take back."
    return meant(given, held, nothing, MOST_NAMED, SHORTEST_BEGINNING)


def _chosen(story: str, originals: Mapping[str, str | None], given: Sequence[str]) -> list[str]:
    """The articles that are meant, and their near copies, in the order in which they came.

    Args:
        story: the story.
        originals: its articles, each with the one that it is a near copy of.
        given: ids of articles, or their beginnings.
    """
    if not given:
        raise PermanentError("Say which articles are split off: give the id of each.")
    chosen = {_article_of(story, originals, one) for one in given}
    articles = [one for one, original in originals.items() if one in chosen or original in chosen]
    if len(articles) == len(originals):
        raise PermanentError(f"With their near copies these are all articles of the story {story}. Leave one of them in it.")
    return articles


def _article_of(story: str, articles: Mapping[str, object], given: str) -> str:
    """The article of a story that is meant by an id or its beginning. Raises PermanentError for none or several."""
    nothing = f"{given!r} is no article of the story {story}. See: copydesk story show {story}"
    return meant(given, list(articles), nothing, MOST_NAMED, SHORTEST_BEGINNING)


def _free_id(state: State, article_id: str) -> str:
    """An id for a new story that begins with an article: the article's, unless a story had it already."""
    ids = chain([article_id], (f"{article_id}.{number}" for number in count(2)))
    return next(one for one in ids if not state.rows(TAKEN, one))
