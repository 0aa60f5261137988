"""The flow that records what a person decides of a story from the UI: what `copydesk story` does, with a form."""

from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from copydesk.flows.jobs.stories import merge, split, undo
from copydesk.flows.served.asked import settings_of_run
from copydesk.flows.served.decisions import Decision, Who, Why, needed
from copydesk.flows.served.forms import form
from copydesk.flows.served.outcome import told
from copydesk.flows.settings import Settings


class StoryForm(Decision):
    """What the form of `rule-story` asks for."""

    action: Literal["merge", "split", "undo"] = Field(
        description="merge: it is another one. split: some of its articles are another one. undo: takes back everything that "
        "holds of what was decided of it."
    )
    story: str = Field(min_length=1, description="Id of the story, or its beginning, as `copydesk story list` shows it.")
    why: Why
    who: Who = None
    other: str | None = Field(default=None, description="merge: id of the story that it is.")
    articles: list[str] = Field(default=[], description="split: ids of the articles that are another story.")


@flow(name="rule-story", log_prints=False, validate_parameters=True)
@form(StoryForm)
def rule_stories(asked: StoryForm) -> State[str]:
    """Records what a person decides of a story: merge, split, undo. It survives every reprocess.

    Returns:
        A completed state that says what was recorded.
    """
    return told(_recorded(settings_of_run(asked), asked), asked.story)


def _recorded(settings: Settings, asked: StoryForm) -> str:
    """Records what the form asks for, and says so."""
    if asked.action == "undo":
        undo(settings, asked.story, asked.why, asked.who)
        return f"Took back what was decided of the story {asked.story}."
    if asked.action == "split":
        split(settings, asked.story, asked.articles, asked.why, asked.who)
        return f"Split {len(asked.articles)} articles and their near copies off the story {asked.story}."
    other = needed(asked, "other", "another story")
    merge(settings, asked.story, other, asked.why, asked.who)
    return f"Merged the story {asked.story} into {other}."
