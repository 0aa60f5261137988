"""The auth string of a home's own server: whoever has it may do with the server what its owner may."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home

SERVERS = "PREFECT_SERVER_API_AUTH_STRING"
CLIENTS = "PREFECT_API_AUTH_STRING"
"""Prefect's own names for what the server asks for and what a client sends."""

SHORTEST = 16
"""Characters that an operator's own string has at least."""


def file_of(home: Home) -> Path:
    """The file of a home's own auth string."""
    return home.root / "auth-string"


def lock_of(home: Home) -> Path:
    """The file that `copydesk up` locks while it serves a home; it names the address."""
    return home.root / "up.lock"


def operators_auth_string(settings: Settings, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """The auth string that an operator chose, and where it lies: the file of `auth_file`, else Prefect's own variable.

    None where there is neither. Raises PermanentError for a string that keeps nobody out, or a file that others can read.
    """
    if settings.auth_file is not None:
        return _checked(_read(settings.auth_file), str(settings.auth_file)), str(settings.auth_file)
    if SERVERS in environment:
        return _checked(environment[SERVERS], SERVERS), f"the variable {SERVERS}"
    return None


def own_auth_string(home: Home) -> str:
    """The auth string of a home, made at the first call, in a file that its owner alone can read from its creation on.

    Raises PermanentError where others can read the file.
    """
    path = file_of(home)
    if not path.exists():
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        aside.unlink(missing_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    return _checked(_read(path), str(path))


def let_client_in(settings: Settings) -> None:
    """Gives this process's Prefect client the home's auth string where PREFECT_API_URL names the server of that home.

    Nothing is given where a string is set already, or where another server is named: a stranger never gets it.
    """
    served = served_address(settings.place)
    url = os.environ.get("PREFECT_API_URL")
    if url and served and CLIENTS not in os.environ and _same_server(url, served):
        given = operators_auth_string(settings, os.environ)
        os.environ[CLIENTS] = given[0] if given else own_auth_string(settings.place)


@contextlib.contextmanager
def told_where_the_key_is() -> Iterator[None]:
    """Raises PermanentError with the remedy where the server of PREFECT_API_URL refuses this process's auth string."""
    import httpx

    try:
        yield
    except httpx.HTTPStatusError as error:
        if error.response.status_code != httpx.codes.UNAUTHORIZED:
            raise
        raise PermanentError(
            f"The server at {os.environ.get('PREFECT_API_URL')} wants an auth string"
            f"{', and not this one' if CLIENTS in os.environ else ''}. Set {CLIENTS} to it; that of copydesk up lies in the "
            "home that it serves, in the file auth-string."
        ) from None


def served_address(home: Home) -> str | None:
    """The address at which `copydesk up` serves a home now; None where it does not."""
    try:
        with lock_of(home).open(encoding="utf-8") as file:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return str(json.loads(file.read())["address"])
    except (OSError, ValueError, KeyError):
        return None
    return None


def _same_server(url: str, served: str) -> bool:
    asked, own = urlsplit(url), urlsplit(served)
    here = {"localhost", "127.0.0.1", own.hostname}
    return asked.scheme == own.scheme and asked.port == own.port and asked.hostname in here


def _read(path: Path) -> str:
    """The first line of a file that its owner alone can read."""
    try:
        with path.open(encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & 0o077:
                raise PermanentError(
                    f"{path} holds the auth string and others can read it (mode {mode:04o}). Run: chmod 600 {path} "
                    "and choose another string, if somebody may have seen it."
                )
            return file.readline().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise PermanentError(f"{path}, the file of the auth string, cannot be read ({error}).") from None


def _checked(string: str, where: str) -> str:
    if len(string) < SHORTEST or not all("!" <= letter <= "~" for letter in string):
        raise PermanentError(
            f"The auth string of {where} keeps nobody out: it must have {SHORTEST} or more ASCII characters without blanks. "
            'To make one: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    return string
