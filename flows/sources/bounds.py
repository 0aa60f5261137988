"""What a run that was asked for from outside may read: the home, its sources, and what the operator allowed."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from copydesk.flows.settings import Settings
from copydesk.flows.sources.registry import FILES
from copydesk.flows.sources.source_options import Spec
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.passwords import without_passwords
from copydesk.warehouse.store import is_remote

LOCAL = "file://"
ADDRESS = re.compile(r"[a-z][a-z0-9]*://[^/]+(/.*)?")
MAGIC = re.compile(r"[*?\[]")
CLOSED = ("auth-string", "prefect", "sources.toml")
"""What lies in a home and is no news: the key to its server, what the server keeps, and the logins of sources."""

CHAINED = ("::", "?", "#", "\\", "\0")
"""What would make an address name something else than its beginning says."""


@dataclass(frozen=True)
class Bounds:
    """The places that may be read: folders, files and addresses, each with all that lies under it.

    `roots` are resolved paths, or addresses of object stores; `patterns` those of sources, whose files may be read.
    """

    roots: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    """Resolved paths of the home's own secrets: these may not be read although they lie under a root."""

    def checked(self, place: str, what: str) -> str:
        """A path or address that may be read, with links and dots resolved.

        Raises PermanentError that names it, what it was given as and the remedy where it may not.
        """
        found = _resolved(place)
        if found is None or not self._open(found):
            raise self._refused(place, what)
        return found

    def checked_pattern(self, pattern: str, what: str) -> str:
        """A pattern with * and ** that matches under the roots alone, its beginning resolved. Raises as `checked` does."""
        text = _local(pattern)
        parts = re.split(r"(?<!/)/(?!/)", text) if is_remote(text) else list(Path(text).parts)
        if ".." in parts:
            raise self._refused(pattern, what)
        fixed = next((n for n, part in enumerate(parts) if MAGIC.search(part)), len(parts))
        head, tail = parts[:fixed], parts[fixed:]
        start = "/".join(head) if is_remote(text) else str(Path(*head))
        return "/".join([self.checked(start, what).rstrip("/"), *tail])

    def may_read(self, place: str) -> bool:
        """Whether a path or address, links and dots resolved, is one that may be read."""
        found = _resolved(place)
        return found is not None and self._open(found)

    def holds(self, uri: str) -> bool:
        """Whether a file that was found, by its canonical address, lies under the roots, or is one of a source's pattern."""
        place = unquote(urlsplit(uri).path) if uri.startswith(LOCAL) else uri
        return self._open(place)

    def _open(self, place: str) -> bool:
        return not _under(place, self.closed) and (_under(place, self.roots) or self._matched(place))

    def _matched(self, place: str) -> bool:
        """Whether a file of this machine is one that a source's pattern finds."""
        return not is_remote(place) and any(
            str(Path(found).resolve()) == place
            for pattern in self.patterns
            for found in glob.iglob(pattern, recursive=True)  # noqa: PTH207  # may be absolute
        )

    def _refused(self, place: str, what: str) -> PermanentError:
        shown = without_passwords(repr(place))
        return PermanentError(
            f"{what}: {shown} lies outside what runs from the Prefect UI may read: the home, its inbox, the sources of "
            "sources.toml and the roots that copydesk.toml allows. To allow it there: allowed_roots = "
            '["/srv/news"]. The command line is free: copydesk ingest, copydesk source add.'
        )


def bounds_of(settings: Settings, sources: Mapping[str, Spec]) -> Bounds:
    """What runs that are asked for from outside may read of a home.

    A source that was itself added from outside allows nothing: only what the operator wrote into `sources.toml` does.
    """
    home = settings.place
    own = [spec for spec in sources.values() if not spec.confined]
    places = [spec.location for spec in own if spec.kind in FILES and spec.kind != "glob"]
    lists = [spec.location for spec in own if spec.kind == "urls" and not is_remote(spec.location)]
    patterns = [_local(spec.location) for spec in own if spec.kind == "glob" and not is_remote(_local(spec.location))]
    given = [str(home), home.inbox, *settings.allowed_roots, *places, *lists]
    roots = tuple(root for root in map(_resolved, given) if root)
    return Bounds(roots, tuple(patterns), tuple(str(home.root.resolve() / name) for name in CLOSED))


def confine(spec: Spec, bounds: Bounds) -> str:
    """The location of a source that somebody wants to add from outside, resolved, where it may be read.

    Web addresses are as they are: the fetcher has its own rules. Raises PermanentError as `Bounds.checked` does.
    """
    what = f"source {spec.name!r}: location"
    if spec.kind == "glob":
        return bounds.checked_pattern(spec.location, what)
    if spec.kind in FILES or not spec.location.lower().startswith(("http://", "https://")):
        return bounds.checked(spec.location, what)
    return spec.location


def allowed_of(hosts: Iterable[str], allowed: Sequence[str]) -> tuple[str, ...]:
    """Those of the hosts with private addresses that the operator allowed.

    >>> allowed_of(["Intranet.example", "10.0.0.7"], ["intranet.example"])
    ('Intranet.example',)
    """
    known = {one.casefold() for one in allowed}
    return tuple(host for host in hosts if host.casefold() in known)


def check_hosts(hosts: Iterable[str], allowed: Sequence[str]) -> None:
    """Raises PermanentError where one of the hosts with private addresses is not one that the operator allowed."""
    for host in hosts:
        if not allowed_of([host], allowed):
            raise PermanentError(
                f"allow: {host!r} is no host whose private address the operator allowed. To allow it, in copydesk.toml: "
                f"allowed_hosts = [{host!r}]. Or add the source on the command line: copydesk source add --allow {host}"
            )


def _under(place: str, roots: Sequence[str]) -> bool:
    return any(place == root or place.startswith(root.rstrip("/") + "/") for root in roots)


def _local(place: str) -> str:
    """A file:// address as the path that is read for it; other places as they are."""
    return unquote(urlsplit(place).path) if place.startswith(LOCAL) else place


def _resolved(place: str) -> str | None:
    """A path with links and dots resolved, or an address as it is; None for one that is not what it seems."""
    path = _local(place)
    if is_remote(path):
        parts = path.partition("://")[2].rstrip("/").split("/")
        plain = not any(mark in path for mark in CHAINED) and not {"", ".", ".."} & set(parts)
        return path.rstrip("/") if plain and ADDRESS.fullmatch(path) else None
    try:
        return str(Path(path).resolve())
    except (ValueError, OSError, RuntimeError):
        return None
