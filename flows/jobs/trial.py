"""What a person at the desk asks of sources: what one would bring, to add it, to decide its rejects again."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from copydesk.flows.jobs.dry_run import Forecast, dry_run
from copydesk.flows.jobs.reprocess import Rejects, requeue_steps
from copydesk.flows.runs.run import Progress, Run, open_run
from copydesk.flows.settings import Settings
from copydesk.flows.sources.bounds import bounds_of, check_hosts, confine
from copydesk.flows.sources.registry import add_source, path_of, read_sources, source_of, spec_of
from copydesk.flows.sources.source_options import SourceOptions, Spec
from copydesk.warehouse.errors import CopydeskError, PermanentError

SHOWN = 5
"""Documents that a trial looks at."""

FIELDS = tuple(SourceOptions.model_fields)
"""What a form says of a source beside its name."""


def spec_asked(settings: Settings, name: str, given: Mapping[str, Any]) -> Spec:
    """The source that a form describes, which may be read from outside.

    Raises PermanentError that names the field, the value and the remedy.
    """
    spec = spec_of(
        name, {key: value for key, value in given.items() if key in FIELDS and value not in ("", (), None)}, "the form"
    )
    check_hosts(spec.allow, settings.allowed_hosts)
    location = confine(spec, bounds_of(settings, read_sources(settings.place)))
    return spec.model_copy(update={"location": location, "confined": True})


def try_source(settings: Settings, name: str, given: Mapping[str, Any]) -> list[Forecast]:
    """What would become of the first documents of a source that a form describes. Writes nothing.

    Raises PermanentError where the form is wrong, or the source cannot be read.
    """
    spec = spec_asked(settings, name, given)
    if spec.name in read_sources(settings.place):
        raise PermanentError(f"{path_of(settings.place)} has a source {spec.name!r}. Choose another name.")
    source = source_of(spec, settings.max_bytes, holds=bounds_of(settings, read_sources(settings.place)).holds)
    return list(islice(dry_run(settings, source), SHOWN))


def add_asked(settings: Settings, name: str, given: Mapping[str, Any]) -> str:
    """Adds the source that a form describes; gives what is to be told. Raises PermanentError as `try_source` does."""
    spec = spec_asked(settings, name, given)
    add_source(settings.place, spec)
    return f"Added {spec.name} to {path_of(settings.place)}."


def requeue_asked(settings: Settings, reason: str | None, source: str | None) -> Run:
    """Decides rejects again, reading files within the bounds of what is asked for from outside.

    Raises TooManyRejects, HomeLocked, Overtaken, PermanentError.
    """
    rejects = Rejects(reason=reason, source=source)
    with open_run(settings, "requeue", rejects.parameters, Progress()) as run:
        requeue_steps(run, rejects, bounds=bounds_of(settings, read_sources(settings.place)))
    return run


def told_of(error: Exception) -> str:
    """An error as it is told to a person: of this program its sentence, of others their kind too."""
    return str(error) if isinstance(error, CopydeskError) else f"{type(error).__name__}: {error}"
