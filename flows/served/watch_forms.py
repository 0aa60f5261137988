"""The flows that add and remove watches from the UI: what `copydesk watch` does, with a form."""

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from copydesk.flows.served.asked import settings_of_run
from copydesk.flows.served.forms import form
from copydesk.flows.served.outcome import told
from copydesk.flows.settings.options import HomeOptions
from copydesk.flows.site.watches.definitions import NAME, WatchOptions, add_watch, path_of, remove_watch, watch_of


class WatchName(HomeOptions):
    """What the form of `remove-watch` asks for."""

    name: str = Field(pattern=NAME, description="Name of the watch, in small letters, digits, - and _.")


class WatchForm(WatchOptions, WatchName):
    """What the form of `add-watch` asks for."""


@flow(name="add-watch", log_prints=False, validate_parameters=True)
@form(WatchForm)
def add_watched(asked: WatchForm) -> State[str]:
    """Adds a watch: a question that every run asks again, and that tells what is new as a table, an event and a feed.

    Returns:
        A completed state that says what was added.
    """
    home = settings_of_run(asked).place
    given = {name: value for name, value in asked.given.items() if name in WatchOptions.model_fields and value is not None}
    add_watch(home, watch_of(asked.name, given, "the form"))
    return told(f"Added {asked.name} to {path_of(home)}. The next run that brings something asks it first.", asked.name)


@flow(name="remove-watch", log_prints=False, validate_parameters=True)
@form(WatchName)
def remove_watched(asked: WatchName) -> State[str]:
    """Takes a watch out of watches.toml.

    Returns:
        A completed state that says what was removed.
    """
    home = settings_of_run(asked).place
    remove_watch(home, asked.name)
    return told(f"Removed {asked.name} from {path_of(home)}.", asked.name)
