"""The flows that add and remove sources from the UI: what `copydesk source` does, with a form."""

from typing import Any

from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.runtime import deployment as own
from pydantic import Field, create_model

from copydesk.flows.served.asked import settings_of_run
from copydesk.flows.served.deployment import deployment_name, source_deployment
from copydesk.flows.served.forms import form
from copydesk.flows.served.outcome import told
from copydesk.flows.settings import Settings
from copydesk.flows.settings.options import HomeOptions
from copydesk.flows.sources.bounds import bounds_of, check_hosts, confine
from copydesk.flows.sources.containers.columns import NAMES
from copydesk.flows.sources.registry import add_source, path_of, read_sources, remove_source, spec_of
from copydesk.flows.sources.source_options import NAME, SourceOptions


class NameForm(HomeOptions):
    """What the form of `remove-source` asks for."""

    name: str = Field(pattern=NAME, description="Name of the source, in small letters, digits, - and _.")


COLUMN = "_column"
COLUMNS: dict[str, Any] = {
    f"{what}{COLUMN}": (str | None, Field(default=None, description=f"For tables of rows, the column of the {what}."))
    for what in NAMES
}
AddForm = create_model("AddForm", __base__=(SourceOptions, NameForm), __module__=__name__, **COLUMNS)
"""What the form of `add-source` asks for: the options of a source, and a field for each column of a table."""


@flow(name="add-source", log_prints=False, validate_parameters=True)
@form(AddForm)
def add(asked: Any) -> State[str]:
    """Adds a source: its line in sources.toml, and its deployment ingest/NAME with its schedule.

    A location must lie under the home or a root that copydesk.toml allows, or on the web; hosts with private addresses must
    be among those that its allowed_hosts names.

    Returns:
        A completed state that says what was added.
    """
    settings = settings_of_run(asked)
    given = {name: value for name, value in asked.given.items() if name in SourceOptions.model_fields}
    columns = {name.removesuffix(COLUMN): value for name, value in asked.given.items() if name in COLUMNS}
    spec = spec_of(asked.name, {**given, "columns": columns}, "the form")
    check_hosts(spec.allow, settings.allowed_hosts)
    location = confine(spec, bounds_of(settings, read_sources(settings.place)))
    add_source(settings.place, spec.model_copy(update={"location": location, "confined": True}))
    _register(settings, spec.name)
    return told(f"Added {spec.name} to {path_of(settings.place)}; its deployment is ingest/{spec.name}.", spec.name)


@flow(name="remove-source", log_prints=False, validate_parameters=True)
@form(NameForm)
def remove(asked: NameForm) -> State[str]:
    """Takes a source out of sources.toml, with its deployment; what it brought stays in the warehouse.

    Returns:
        A completed state that says what was removed.
    """
    settings = settings_of_run(asked)
    remove_source(settings.place, asked.name)
    _register(settings, asked.name)
    return told(f"Removed {asked.name} from {path_of(settings.place)}. What it brought stays in the warehouse.", asked.name)


def _register(settings: Settings, name: str) -> None:
    """On a work pool the source's deployment is made, or deleted, here; `copydesk up` does it where it serves the home."""
    with get_client(sync_client=True) as client:
        pool = client.read_deployment(own.id).work_pool_name if own.id else None
        if pool is None:
            return
        spec = read_sources(settings.place).get(name)
        if spec is not None:
            source_deployment(spec, settings, pool).apply(work_pool_name=pool)
        else:
            client.delete_deployment(client.read_deployment_by_name(deployment_name(name)).id)
