"""The flow that records what a person decides of an entity from the UI: what `copydesk entity` does, with a form."""

from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from copydesk.flows.jobs.entities import Entity, entity_of, merge, rename, set_kind, split, undo
from copydesk.flows.served.asked import settings_of_run
from copydesk.flows.served.decisions import Decision, Who, Why, needed
from copydesk.flows.served.forms import form
from copydesk.flows.served.outcome import told
from copydesk.flows.settings import Settings


class RuleForm(Decision):
    """What the form of `rule-entity` asks for."""

    action: Literal["merge", "split", "rename", "kind", "undo"] = Field(
        description="merge: it is another one. split: some of it is another one. rename: what it is called. kind: of what kind "
        "it is. undo: takes back everything that was decided of it."
    )
    entity: str = Field(min_length=1, description="Id of the entity, or its beginning, as `copydesk entity list` shows it.")
    why: Why
    who: Who = None
    value: str | None = Field(
        default=None, description="merge: id of the entity that it is. rename: the name. kind: the kind, such as police."
    )
    printed: str | None = Field(default=None, description="split: the printed name that is another’s.")
    article: str | None = Field(default=None, description="split: id of the article in which it is another.")
    called: str | None = Field(default=None, description="split: what the other is called; empty for the printed name.")


@flow(name="rule-entity", log_prints=False, validate_parameters=True)
@form(RuleForm)
def rule(asked: RuleForm) -> State[str]:
    """Records what a person decides of an entity: merge, split, rename, kind, undo. It survives every reprocess.

    Returns:
        A completed state that says what was recorded.
    """
    return told(_recorded(settings_of_run(asked), asked), asked.entity)


def _recorded(settings: Settings, asked: RuleForm) -> str:
    """Records what the form asks for, and says so."""
    if asked.action == "undo":
        undo(settings, asked.entity, asked.why, asked.who)
        return f"Took back what was decided of {asked.entity}."
    entity = entity_of(settings, asked.entity)
    if asked.action == "split":
        return _split(settings, entity, asked)
    value = needed(asked, "value", "a value")
    if asked.action == "merge":
        into = entity_of(settings, value)
        merge(settings, entity, into, asked.why, asked.who)
        return f"Merged {entity['name']} into {into['name']}."
    if asked.action == "rename":
        rename(settings, entity, value, asked.why, asked.who)
        return f"{entity['name']} is called {value} now."
    set_kind(settings, entity, value, asked.why, asked.who)
    return f"{entity['name']} is of kind {value} now."


def _split(settings: Settings, entity: Entity, asked: RuleForm) -> str:
    name = asked.printed if asked.printed and not asked.called else needed(asked, "called", "printed or called")
    split(settings, entity, asked.why, alias=asked.printed, article_id=asked.article, name=name, who=asked.who)
    return f"Split {name} off {entity['name']}."
