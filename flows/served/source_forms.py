"""The flows that add and remove sources from the UI: what `copydesk source` does, with a form."""

from dataclasses import replace
from typing import Annotated, Literal

from prefect import flow, get_run_logger
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.runtime import deployment as own
from prefect.states import Completed
from pydantic import Field

from copydesk.flows.served.asked import settings_of_run
from copydesk.flows.served.deployment import deployment_name, source_deployment
from copydesk.flows.settings import Settings
from copydesk.flows.sources.bounds import bounds_of, check_hosts, confine
from copydesk.flows.sources.registry import MOST, add_source, path_of, read_sources, remove_source, spec_of

Kind = Literal["folder", "glob", "archive", "rows", "warc", "urls", "feed", "sitemap"]
Name = Annotated[str, Field(pattern="^[a-z0-9][a-z0-9_-]{0,62}$")]
Cron = Annotated[str, Field(pattern=r"^$|^\s*(\S+\s+){4}\S+\s*$")]


@flow(name="add-source", log_prints=False, validate_parameters=True)
def add(  # noqa: PLR0913, PLR0917  # a field of the form each
    name: Name,
    kind: Kind,
    location: Annotated[str, Field(min_length=1)],
    schedule: Cron = "",
    outlet: str = "",
    language: Annotated[str, Field(pattern="^([a-z]{2})?$")] = "",
    text_column: str = "",
    title_column: str = "",
    date_column: str = "",
    url_column: str = "",
    most: Annotated[int, Field(ge=1, le=100_000)] = MOST,
    allow: Annotated[list[str], Field()] = [],  # noqa: B006  # Prefect reads the default, nobody changes it
    home: str = "",
) -> State[str]:
    """Adds a source: its line in sources.toml, and its deployment ingest/NAME with its schedule.

    Args:
        name: Name of the source, in small letters, digits, - and _
        kind: What lies there: files (folder, glob, archive, rows, warc) or pages of the web (urls, feed, sitemap)
        location: Web address; or folder, pattern, file or s3:// under the home or a root that copydesk.toml allows
        schedule: When it is read, as a cron expression such as */15 * * * *; empty for by hand
        outlet: The outlet that publishes it, where it is one
        language: Its language as ISO 639-1, such as en, where it is one
        text_column: For tables of rows, the column of the text where it is not text, body or content
        title_column: For tables of rows, the column of the headline
        date_column: For tables of rows, the column of the day of publication
        url_column: For tables of rows, the column of the web address
        most: Pages of the web fetched in one run
        allow: Hosts with private addresses that may be fetched, of those that allowed_hosts of copydesk.toml names
        home: Folder that holds the log, the Parquet files and warehouse.duckdb; a run of a deployment cannot choose another

    Returns:
        A completed state that says what was added.
    """
    settings = settings_of_run({"home": home})
    columns = {"text": text_column, "title": title_column, "date": date_column, "url": url_column}
    given = {
        "kind": kind,
        "location": location,
        "schedule": schedule.strip() or None,
        "outlet": outlet or None,
        "language": language or None,
        "columns": {what: column for what, column in columns.items() if column},
        "most": most,
        "allow": allow,
    }
    spec = spec_of(name, {key: value for key, value in given.items() if value is not None}, "the form")
    check_hosts(spec.allow, settings.allowed_hosts)
    location = confine(spec, bounds_of(settings, read_sources(settings.place)))
    add_source(settings.place, replace(spec, location=location, confined=True))
    _register(settings, name)
    told = f"Added {name} to {path_of(settings.place)}; its deployment is ingest/{name}."
    get_run_logger().info(told)
    return Completed(message=told, data=name)


@flow(name="remove-source", log_prints=False, validate_parameters=True)
def remove(name: Name, home: str = "") -> State[str]:
    """Takes a source out of sources.toml, with its deployment; what it brought stays in the warehouse.

    Args:
        name: Name of the source
        home: Folder that holds the log, the Parquet files and warehouse.duckdb; a run of a deployment cannot choose another

    Returns:
        A completed state that says what was removed.
    """
    settings = settings_of_run({"home": home})
    remove_source(settings.place, name)
    _register(settings, name)
    told = f"Removed {name} from {path_of(settings.place)}. What it brought stays in the warehouse."
    get_run_logger().info(told)
    return Completed(message=told, data=name)


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
