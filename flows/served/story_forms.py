"""The flow that records what a person decides of a story from the UI: what `copydesk story` does, with a form."""

from typing import Literal

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed
from pydantic import Field

from copydesk.flows.jobs.stories import merge, split, undo
from copydesk.flows.served.asked import settings_of_run
from copydesk.flows.served.forms import form
from copydesk.flows.settings import Settings
from copydesk.flows.settings.options import LockOptions
from copydesk.warehouse.errors import PermanentError


class StoryForm(LockOptions):
    """What the form of `rule-story` asks for."""

    action: Literal["merge", "split", "undo"] = Field(
        description="merge: it is another one. split: some of its articles are another one. undo: takes back everything that "
        "holds of what was decided of it."
    )
    story: str = Field(min_length=1, description="Id of the story, or its beginning, as `copydesk story list` shows it.")
    why: str = Field(min_length=1, description="Why, for those who come after.")
    who: str | None = Field(default=None, description="Who decides it; empty for the person who runs the process.")
    other: str | None = Field(default=None, description="merge: id of the story that it is.")
    articles: list[str] = Field(default=[], description="split: ids of the articles that are another story.")


@flow(name="rule-story", log_prints=False, validate_parameters=True)
@form(StoryForm)
def rule_stories(asked: StoryForm) -> State[str]:
    """Records what a person decides of a story: merge, split, undo. It survives every reprocess.

    Returns:
        A completed state that says what was recorded.
    """
    told = _recorded(settings_of_run(asked), asked)
    get_run_logger().info(told)
    return Completed(message=told, data=asked.story)


def _recorded(settings: Settings, asked: StoryForm) -> str:
    """Records what the form asks for, and says so."""
    if asked.action == "undo":
        undo(settings, asked.story, asked.why, asked.who)
        return f"Took back what was decided of the story {asked.story}."
    if asked.action == "split":
        split(settings, asked.story, asked.articles, asked.why, asked.who)
        return f"Split {len(asked.articles)} articles and their near copies off the story {asked.story}."
    if not asked.other:
        raise PermanentError(f"merge needs another story: {StoryForm.model_fields['other'].description}")
    merge(settings, asked.story, asked.other, asked.why, asked.who)
    return f"Merged the story {asked.story} into {asked.other}."
