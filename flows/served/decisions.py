"""What the forms of decisions of people have in common: why, who, and the fields that only some actions need."""

from typing import Annotated

from pydantic import Field

from copydesk.flows.settings.options import LockOptions
from copydesk.warehouse.errors import PermanentError

Why = Annotated[str, Field(min_length=1, description="Why, for those who come after.")]
Who = Annotated[str | None, Field(description="Who decides it; empty for the person who runs the process.")]


class Decision(LockOptions):
    """What the form of a decision asks for: an action, and what it needs."""

    action: str


def needed(asked: Decision, field: str, what: str) -> str:
    """The value of a field that the action needs. Raises PermanentError, which says what belongs there, where it is empty."""
    value: str | None = getattr(asked, field)
    if not value:
        raise PermanentError(f"{asked.action} needs {what}: {type(asked).model_fields[field].description}")
    return value
