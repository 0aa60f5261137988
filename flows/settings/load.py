"""Settings: a flag beats the environment beats `copydesk.toml` beats the default."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from copydesk.flows.settings.limits import Limits
from copydesk.flows.settings.options import HomeOptions, Options, ProcessOptions, RunOptions, flag, told
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.store import is_remote, open_regular

FILE = "copydesk.toml"
PREFIX = "COPYDESK_"
FILE_VARIABLE = f"{PREFIX}FILE"
"""The variable that names the file of settings where it is not the one of the working folder."""


def texts(value: Any) -> Any:
    """Texts as a file or a flag gives them, a list, or as a variable does, with commas between.

    >>> texts("/srv/news, /srv/wire"), texts(["a,b"])
    (('/srv/news', '/srv/wire'), ('a,b',))
    """
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, (list, tuple)) or not all(isinstance(one, str) for one in given):
        raise ValueError(f"{value!r} is no list of texts")
    return tuple(one.strip() for one in given if one.strip())


Texts = Annotated[tuple[str, ...], BeforeValidator(texts)]


class OperatorSettings(Options):
    """What the operator of a home decides, in the environment or in `copydesk.toml`, and nobody else."""

    log: str | None = Field(
        default=None, repr=False, description="PostgreSQL address for the event log; without one it is kept in the home."
    )
    allowed_roots: Texts = Field(
        default=(),
        description="Folders, files and addresses of object stores that runs from the Prefect UI may read beside the home and "
        "its sources.",
    )
    allowed_hosts: Texts = Field(
        default=(), description="Hosts with private addresses that a source added in the Prefect UI may fetch."
    )
    origins: Texts = Field(
        default=(),
        description="Addresses by which people reach the server of `copydesk up` through a proxy, as https://desk.example.org.",
    )
    auth_file: Path | None = Field(
        default=None,
        repr=False,
        description="File with the operator's own auth string for the server of `copydesk up`; without one it is made in the "
        "home.",
    )
    lost_after: int = Field(
        default=90,
        ge=45,
        le=86_400,
        description="Seconds after which `copydesk up` marks a run as crashed that it hears nothing of, since its process is "
        "gone; a run that goes on is heard of every 30 seconds.",
    )
    pipeline: str | None = Field(
        default=None,
        description="spaCy pipeline that reads the syntax of sentences: an installed package, as en_core_web_trf, or "
        "a folder; without one the shipped pipeline does it.",
    )


class AllSettings(OperatorSettings, RunOptions):
    """Every setting that can be given, under the name that it has in `copydesk.toml`."""

    local: Path | None = Field(
        default=None,
        description="A machine's own folder for its cache and the published warehouse, where the home is an s3:// address.",
    )


SETTINGS = AllSettings.model_fields.keys()


class Settings(OperatorSettings, ProcessOptions):
    """What a run goes by."""

    home: Path = Path("data")
    """The folder that holds everything, or what a machine has for itself where `remote` holds the rest."""

    remote: str | None = None
    """The address of an object store where the home lies: given as its `home`."""

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

    @property
    def recorded(self) -> dict[str, Any]:
        """What is recorded with a run of how it was to go: the same whether a command or a form asked for it."""
        values = {name: getattr(self, name) for name in ProcessOptions.model_fields}
        return {name: value for name, value in values.items() if value is not None}


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


def settings_file(environment: Mapping[str, str] | None = None) -> Path:
    """The file of settings: `copydesk.toml` in the working folder, or the one that `COPYDESK_FILE` names."""
    return Path((os.environ if environment is None else environment).get(FILE_VARIABLE) or FILE)


def settings_of(options: Options) -> Settings:
    """The settings of a job that was told these options: what was not given comes from environment, file and defaults.

    A job's own default (of `max_rejects`, for `requeue`) stands where neither environment nor file has another.
    Raises PermanentError that names the value and the remedy where one is wrong.
    """
    fields = type(options).model_fields
    return load_settings(flags_of(options), defaults={name: fields[name].default for name in fields.keys() & SETTINGS})


def flags_of(options: Options) -> dict[str, Any]:
    """Those of the given options that are settings."""
    return {name: value for name, value in options.given.items() if name in SETTINGS}


def load_settings(
    flags: Mapping[str, Any],
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
    defaults: Mapping[str, Any] | None = None,
) -> Settings:
    """The settings of flags (None where not given), environment (`COPYDESK_HOME` …) and file.

    `defaults` are used instead of those of the settings.
    Raises PermanentError that names the origin, the value and what is allowed where one is wrong.
    """
    environment = os.environ if environment is None else environment
    file = file or settings_file(environment)
    given = {name: value for name, value in flags.items() if value is not None}
    in_file = _file(file)

    def origin_of(name: str) -> str:
        if name in given:
            return flag(name)
        variable = f"{PREFIX}{name.upper()}"
        return variable if environment.get(variable) else f"{file}: {name}"

    try:
        loaded = _loaded(given, environment, in_file, defaults or {})
        values = {name: getattr(loaded, name) for name in AllSettings.model_fields if name in loaded.model_fields_set}
    except ValidationError as error:
        unknown = [str(one["loc"][0]) for one in error.errors(include_url=False) if one["type"] == "extra_forbidden"]
        if unknown:
            known = ", ".join(AllSettings.model_fields)
            raise PermanentError(f"{file}: there is no setting {unknown[0]!r}. The settings are {known}.") from None
        raise PermanentError(told(error, AllSettings, origin_of)) from None
    if "allowed_roots" in values:
        values["allowed_roots"] = tuple(_rooted(root, file.parent) for root in values["allowed_roots"])
    if values.get("auth_file"):
        values["auth_file"] = file.parent / values["auth_file"]
    if "/" in (values.get("pipeline") or ""):
        values["pipeline"] = _rooted(values["pipeline"], file.parent)
    settings = Settings(**_placed(values))
    _check_name(Path(os.path.realpath(settings.home)))
    return settings


def _loaded(
    flags: Mapping[str, Any], environment: Mapping[str, str], in_file: Mapping[str, Any], defaults: Mapping[str, Any]
) -> AllSettings:
    """The settings of four sources, the first beating the second and so on."""
    from pydantic_settings import BaseSettings, EnvSettingsSource, InitSettingsSource, SettingsConfigDict

    class Environment(EnvSettingsSource):
        def _load_env_vars(self) -> Mapping[str, str | None]:
            return {name.lower(): value for name, value in environment.items() if name.startswith(PREFIX) and value}

    class Loaded(BaseSettings, AllSettings):
        model_config = SettingsConfigDict(env_prefix=PREFIX, enable_decoding=False)

        @classmethod
        def settings_customise_sources(cls, settings_cls: type[BaseSettings], **_: Any) -> tuple[Any, ...]:  # type: ignore[override]
            given = (dict(flags), dict(in_file), dict(defaults))
            first, *others = (InitSettingsSource(settings_cls, one) for one in given)
            return first, Environment(settings_cls), *others

    return Loaded()


def named_home(environment: Mapping[str, str] | None = None) -> str | None:
    """The home that environment or file names for this process; None where neither does."""
    environment = os.environ if environment is None else environment
    named = environment.get(f"{PREFIX}HOME") or _file(settings_file(environment)).get("home")
    return str(named) if named else None


def _rooted(root: str, folder: Path) -> str:
    """A root that is a path, taken from the folder of the settings, with links and dots resolved; an address as it is."""
    try:
        return root.rstrip("/") if is_remote(root) else os.path.realpath(folder / Path(root).expanduser())
    except RuntimeError as error:  # ~ of a user that is not there
        raise PermanentError(f"allowed_roots: {root!r} is no folder: {error}") from None


def _placed(values: dict[str, Any]) -> dict[str, Any]:
    """A home in an object store has a folder on each machine: `local`, else one of the user's."""
    address, local = values.pop("home", HomeOptions().home), values.pop("local", None)
    if not is_remote(address):
        return {**values, "home": Path(address)}
    from copydesk.warehouse.passwords import check_no_password

    check_no_password(address, "home")
    if not values.get("log"):
        raise PermanentError(
            f"The home {address} needs an event log that its machines share: set COPYDESK_LOG to a postgresql:// address."
        )
    below = address.partition("://")[2].strip("/")
    share = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    return {**values, "home": local or share / "copydesk" / below, "remote": address.rstrip("/")}


LARGEST = 1 << 20
"""Bytes of a file of settings; one of all settings has a thousand."""


def _file(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        with open_regular(path) as file:
            text = file.read(LARGEST + 1).decode("utf-8")
        if len(text) > LARGEST:
            raise PermanentError(f"{path} is no file of settings: it has more than {LARGEST:,} bytes.")
        values = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError, OSError) as error:
        raise PermanentError(f"{path} cannot be read: {error}. Mend it or move it away.") from error
    if name := next((name for name, value in values.items() if "\0" in _flat(value)), None):
        raise PermanentError(f"{path}: {name} holds a NUL, which no path or address has.")
    return values


def _flat(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _check_name(home: Path) -> None:
    """Raises PermanentError for a folder that DuckDB cannot name: its views hold the absolute paths of the home's files."""
    if home.is_symlink():
        raise PermanentError(f"The home {home} is a link that leads back to itself. Choose another folder with --home.")
    try:
        str(home).encode()
    except UnicodeEncodeError:
        raise PermanentError(
            f"The home {home} has a name that is no UTF-8, and DuckDB opens no such file. Rename it."
        ) from None
    if "\\" in str(home):
        raise PermanentError(f"The home {home} has a backslash in its name, which DuckDB takes for a slash. Rename it.")
