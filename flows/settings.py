"""Settings: a flag beats the environment beats `copydesk.toml` beats the default."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.store import is_remote

FILE = "copydesk.toml"
PREFIX = "COPYDESK_"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one document may take before it is turned away."""

    bytes: int
    """Of itself, unpacked."""

    seconds: float
    """Of processor time, for all rules together."""

    memory: int
    """Bytes of memory, for all rules together."""


@dataclass(frozen=True)
class Settings:
    """What a run goes by."""

    home: Path = Path("data")
    """The folder that holds everything, or what a machine has for itself where `remote` holds the rest."""

    remote: str | None = None
    """The address of an object store where the home lies: given as its `home`."""

    log: str | None = None
    """A PostgreSQL address for the event log; none keeps it in the home."""

    jobs: int = 0
    """Processes that transform documents; 0 is one a core."""

    executor: str | None = None
    """A Dask cluster that transforms documents, as dask://HOST:PORT; none does it on this machine."""

    max_bytes: int = 32 * MEGABYTE
    """Bytes of a document over which it is turned away."""

    max_seconds: float = 30.0
    """Seconds of processor time that the rules may use for a document before it is turned away."""

    max_memory: int = 2048 * MEGABYTE
    """Bytes of memory that the rules may use for a document before it is turned away."""

    max_rejects: float = 0.2
    """Share of rejected documents over which a run fails, once ten are in."""

    wait: float = 600.0
    """Seconds to wait for another run to leave the home."""

    @property
    def place(self) -> Home:
        """The home."""
        return Home(self.home, self.remote)

    @property
    def limits(self) -> Limits:
        """What one document may take."""
        return Limits(bytes=self.max_bytes, seconds=self.max_seconds, memory=self.max_memory)

    @property
    def address(self) -> str:
        """The home as another process, in another folder, names it."""
        return self.remote or str(self.home.resolve())

    @property
    def workers(self) -> int:
        return self.jobs or os.cpu_count() or 1


CLUSTER = r"^(dask://[^\s/:]+:\d+)?$"
"""What names a Dask cluster, or none."""

KINDS = {
    **dict.fromkeys(("home", "log", "executor"), str),
    **{
        "local": Path,
        "jobs": int,
        "max_bytes": int,
        "max_seconds": float,
        "max_memory": int,
        "max_rejects": float,
        "wait": float,
    },
}


def load_settings(flags: Mapping[str, Any], environment: Mapping[str, str] | None = None, file: Path = Path(FILE)) -> Settings:
    """The settings of flags (null where not given), environment (`COPYDESK_HOME` …) and file.

    Raises PermanentError that names the value and the remedy where one is not of its kind.
    """
    environment = os.environ if environment is None else environment
    given: dict[str, tuple[Any, str]] = {}
    for name, value in _file(file).items():
        if name not in KINDS:
            raise PermanentError(f"{file}: there is no setting {name!r}. The settings are {', '.join(KINDS)}.")
        given[name] = (value, str(file))
    for name in KINDS:
        if f"{PREFIX}{name.upper()}" in environment:
            given[name] = (environment[f"{PREFIX}{name.upper()}"], f"{PREFIX}{name.upper()}")
        if flags.get(name) is not None:
            given[name] = (flags[name], f"--{name.replace('_', '-')}")
    values = {name: _typed(name, value, origin) for name, (value, origin) in given.items()}
    return _checked(Settings(**_placed(values)))


def _placed(values: dict[str, Any]) -> dict[str, Any]:
    """A home in an object store has a folder on each machine: `local`, else one of the user's."""
    address, local = values.pop("home", "data"), values.pop("local", None)
    if not is_remote(address):
        return {**values, "home": Path(address)}
    if not values.get("log"):
        raise PermanentError(
            f"The home {address} needs an event log that its machines share: set COPYDESK_LOG to a postgresql:// address."
        )
    below = address.partition("://")[2].strip("/")
    share = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    return {**values, "home": local or share / "copydesk" / below, "remote": address.rstrip("/")}


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise PermanentError(f"{path} cannot be read: {error}. Mend it or move it away.") from error


def _typed(name: str, value: Any, origin: str) -> Any:
    try:
        return KINDS[name](value)
    except (TypeError, ValueError) as error:
        raise PermanentError(f"{origin}: {value!r} is no {KINDS[name].__name__}.") from error


def _checked(settings: Settings) -> Settings:
    if settings.executor is not None and not re.fullmatch(CLUSTER, settings.executor):
        raise PermanentError(f"executor is {settings.executor!r}; it must be the address of a Dask scheduler: dask://HOST:PORT")
    bounds = {
        "jobs": (0, 1024),
        "max_bytes": (1, 1 << 40),
        "max_seconds": (0.1, 1e6),
        "max_memory": (64 * MEGABYTE, 1 << 44),
        "max_rejects": (0.0, 1.0),
        "wait": (0.0, 1e9),
    }
    for field in fields(settings):
        if field.name in bounds:
            low, high = bounds[field.name]
            value = getattr(settings, field.name)
            if not low <= value <= high:
                raise PermanentError(f"{field.name} is {value}; it must be from {low} to {high}.")
    return settings
