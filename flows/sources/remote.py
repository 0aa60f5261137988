"""The files of an object store, or of any other that fsspec knows."""

from __future__ import annotations

import contextlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from copydesk.flows.sources.containers import container_kind
from copydesk.flows.sources.files import PARTIAL, File, media_type, read_content
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.store import filesystem_of

WEB = ("http", "https")


def remote_files(address: str, skipped: Counter[str], pattern: bool = False, may_be_absent: bool = False) -> Iterator[File]:
    """The file at an address, or all those below it that are of a kind that is read, in the order of their paths.

    With `pattern` the address is one, with * and **. Raises PermanentError where it cannot be listed, or nothing is there
    though it must not be absent.
    """
    if address.partition("://")[0] in WEB:
        raise PermanentError(f"{address}: pages of the web are read by a source of kind urls, feed or sitemap.")
    filesystem, path = filesystem_of(address)
    found = _listed(filesystem, path, address, pattern)
    if found is None:
        if may_be_absent:
            return
        raise PermanentError(f"{address}: there is no such file or folder.")
    for name in sorted(found):
        place = PurePosixPath(name)
        below = PurePosixPath(name.removeprefix(path)) if not pattern else place
        if any(part.startswith(".") for part in below.parts):
            skipped["hidden"] += 1
        elif media_type(place) is not None or container_kind(place) is not None:
            yield _file(filesystem, name, found[name])
        else:
            skipped["being_written" if name.endswith(PARTIAL) else "other_kind"] += 1


def _listed(filesystem: Any, path: str, address: str, pattern: bool) -> Mapping[str, Mapping[str, Any]] | None:
    """The files at an address, by name; None where nothing is there."""
    try:
        filesystem.invalidate_cache()
        found = filesystem.glob(path, detail=True) if pattern else filesystem.find(path, detail=True)
        there = bool(found) or filesystem.exists(path)
    except Exception as error:  # each store has errors of its own
        raise PermanentError(
            f"{address} cannot be listed: {type(error).__name__}: {error}. Check the address and the keys in the environment."
        ) from error
    if not there:
        return None
    return {str(name): info for name, info in found.items() if info.get("type") == "file"}


def _file(filesystem: Any, name: str, info: Mapping[str, Any]) -> File:
    stamp = info.get("LastModified") or info.get("mtime") or info.get("created")
    changed = stamp.timestamp() if isinstance(stamp, datetime) else float(stamp or 0.0)
    tag = info.get("ETag") or info.get("etag") or info.get("md5Hash") or stamp
    size = int(info.get("size") or 0)
    return File(
        uri=filesystem.unstrip_protocol(name),
        name=name,
        version=f"{size}:{tag}" if tag else "",
        size=size,
        changed=changed,
        read=partial(read_content, partial(filesystem.open, name, "rb"), PurePosixPath(name).name),
        local=partial(_fetched, filesystem, name),
    )


@contextlib.contextmanager
def _fetched(filesystem: Any, name: str) -> Iterator[Path]:
    """The file on this machine's disk, under its own name, for as long as it is read."""
    with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
        path = Path(folder) / PurePosixPath(name).name
        filesystem.get_file(name, str(path))
        yield path
