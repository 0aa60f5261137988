"""What a run may be asked for from outside, by a form or the API: settings that are the operator's stay the operator's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prefect.context import FlowRunContext

from copydesk.flows.options import Options
from copydesk.flows.settings import Settings, flags_of, load_settings, named_home, settings_of
from copydesk.flows.sources.bounds import Bounds, bounds_of
from copydesk.flows.sources.registry import read_sources
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.passwords import without_passwords
from copydesk.warehouse.store import is_remote


def is_served() -> bool:
    """Whether the run that goes on is one of a deployment, so that anybody who reaches the server may have asked for it.

    It is known from the run itself, as the server made it, and from none of its parameters. A flow that a person's own
    process calls, as `copydesk ingest` does, belongs to no deployment.
    """
    context = FlowRunContext.get()
    return context is not None and context.flow_run is not None and context.flow_run.deployment_id is not None


def settings_of_run(options: Options) -> Settings:
    """The settings of the run that goes on; what was left empty is as this process has it.

    Raises PermanentError where a run of a deployment names another home or cluster than the process that serves it.
    """
    return operators(flags_of(options)) if is_served() else settings_of(options)


def operators(flags: Mapping[str, Any]) -> Settings:
    """The settings of a run of a deployment: the home and the cluster are those of the process that serves it.

    Raises PermanentError where the flags name others, or the process knows of no home.
    """
    if named_home() is None:
        raise PermanentError(
            "This worker knows of no home: a run cannot choose one. Set COPYDESK_HOME in the worker's environment, or home in "
            "the copydesk.toml of its folder."
        )
    own = load_settings({})
    for name, value, ours in (("home", flags.get("home"), own.address), ("executor", flags.get("executor"), own.executor)):
        if value is not None and _same(value) != _same(ours or ""):
            raise PermanentError(
                f"{name}: a run cannot choose it. It was given {without_passwords(repr(value))}; what is served here has "
                f"{f'{ours!r}' if ours else 'none'}. Leave it out, or as the deployment has it."
            )
    return load_settings({**flags, "home": None, "executor": None})


def bounds_of_run(settings: Settings) -> Bounds | None:
    """What the run that goes on may read; None for a run of a person's own process, which is free."""
    return bounds_of(settings, read_sources(settings.place)) if is_served() else None


def _same(place: str) -> str:
    """A place as another way to write it has it as well."""
    return place.rstrip("/") if not place or is_remote(place) else str(Path(place).resolve())
