"""Settings: a flag beats the environment beats `copydesk.toml` beats the default."""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.passwords import check_no_password, without_passwords
from copydesk.warehouse.store import is_remote

FILE = "copydesk.toml"
PREFIX = "COPYDESK_"
FILE_VARIABLE = f"{PREFIX}FILE"
"""The variable that names the file of settings where it is not the one of the working folder."""

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

    allowed_roots: tuple[str, ...] = ()
    """Folders, files and addresses of object stores that runs from the Prefect UI may read beside the home and its sources."""

    allowed_hosts: tuple[str, ...] = ()
    """Hosts with private addresses that a source added in the Prefect UI may fetch."""

    origins: tuple[str, ...] = ()
    """The addresses by which people reach the server of `copydesk up` through a proxy, as https://desk.example.org."""

    auth_file: Path | None = None
    """A file with the operator's own auth string for that server; none makes one in the home."""

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
        """How many processes transform documents; one alone where a process may address too little memory for a pool."""
        return 1 if _address_space() < LEAST_FOR_A_POOL else self.jobs or os.cpu_count() or 1


LEAST_FOR_A_POOL = 4 << 30
"""Bytes of address space of a process (ulimit -v) under which no pool of workers is started: its threads would not fit."""


def _address_space() -> float:
    """Bytes of memory that this process may address."""
    try:
        import resource
    except ImportError:  # Windows has no such bounds
        return math.inf
    soft = resource.getrlimit(resource.RLIMIT_AS)[0]
    return math.inf if soft == resource.RLIM_INFINITY else soft


CLUSTER = r"^(dask://[^\s/:]+:\d+)?$"
"""What names a Dask cluster, or none."""


def texts(value: Any) -> tuple[str, ...]:
    """Texts as a file or a flag gives them, a list, or as a variable does, with commas between.

    >>> texts("/srv/news, /srv/wire"), texts(["a,b"])
    (('/srv/news', '/srv/wire'), ('a,b',))
    """
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, (list, tuple)) or not all(isinstance(one, str) for one in given):
        raise TypeError(value)
    return tuple(one.strip() for one in given if one.strip())


KINDS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("home", "log", "executor"), str),
    **{"local": Path, "auth_file": Path, "jobs": int, "max_bytes": int, "max_memory": int},
    **dict.fromkeys(("max_seconds", "max_rejects", "wait"), float),
    **dict.fromkeys(("allowed_roots", "allowed_hosts", "origins"), texts),
}
CALLED: dict[Callable[[Any], Any], str] = {texts: "list of texts"}
"""What a kind is called in messages, where its own name does not say it."""


def settings_file(environment: Mapping[str, str] | None = None) -> Path:
    """The file of settings: `copydesk.toml` in the working folder, or the one that `COPYDESK_FILE` names."""
    return Path((os.environ if environment is None else environment).get(FILE_VARIABLE) or FILE)


def load_settings(flags: Mapping[str, Any], environment: Mapping[str, str] | None = None, file: Path | None = None) -> Settings:
    """The settings of flags (None where not given), environment (`COPYDESK_HOME` …) and file.

    Raises PermanentError that names the value and the remedy where one is not of its kind.
    """
    environment = os.environ if environment is None else environment
    file = file or settings_file(environment)
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
    values["allowed_roots"] = tuple(_rooted(root, file.parent) for root in values.get("allowed_roots", ()))
    if "auth_file" in values:
        values["auth_file"] = file.parent / values["auth_file"]
    return _checked(Settings(**_placed(values)))


LOCAL_SAYS = "A machine's own folder for its cache and the published warehouse, where the home is an s3:// address."
"""What the setting `local` means; it has no field of its own in `Settings`."""


def named_home(environment: Mapping[str, str] | None = None) -> str | None:
    """The home that environment or file names for this process; None where neither does."""
    environment = os.environ if environment is None else environment
    named = environment.get(f"{PREFIX}HOME") or _file(settings_file(environment)).get("home")
    return str(named) if named else None


def _rooted(root: str, folder: Path) -> str:
    """A root that is a path, taken from the folder of the settings, with links and dots resolved; an address as it is."""
    return root.rstrip("/") if is_remote(root) else str((folder / Path(root).expanduser()).resolve())


def _placed(values: dict[str, Any]) -> dict[str, Any]:
    """A home in an object store has a folder on each machine: `local`, else one of the user's."""
    address, local = values.pop("home", "data"), values.pop("local", None)
    if not is_remote(address):
        return {**values, "home": Path(address)}
    check_no_password(address, "home")
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
    except (TypeError, ValueError):
        shown, kind = without_passwords(repr(value)), CALLED.get(KINDS[name]) or KINDS[name].__name__
        raise PermanentError(f"{origin}: {shown} is no {kind}.") from None


def _check_name(home: Path) -> None:
    """Raises PermanentError for a folder that DuckDB cannot name: its views hold the absolute paths of the home's files."""
    try:
        str(home).encode()
    except UnicodeEncodeError:
        raise PermanentError(
            f"The home {home} has a name that is no UTF-8, and DuckDB opens no such file. Rename it."
        ) from None
    if "\\" in str(home):
        raise PermanentError(f"The home {home} has a backslash in its name, which DuckDB takes for a slash. Rename it.")


def _checked(settings: Settings) -> Settings:
    _check_name(Path(os.path.realpath(settings.home)))
    if settings.executor is not None and not re.fullmatch(CLUSTER, settings.executor):
        shown = without_passwords(repr(settings.executor))
        raise PermanentError(f"executor is {shown}; it must be the address of a Dask scheduler: dask://HOST:PORT")
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
