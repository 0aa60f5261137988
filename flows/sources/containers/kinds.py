"""Which kind of container a file or a member is, by its name, and which members of an archive are documents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath, PurePosixPath

from copydesk.flows.sources.containers.member import Reading
from copydesk.flows.sources.files import media_type

TABLE_ENDINGS = ("jsonl", "ndjson", "csv", "tsv", "tab", "parquet")
KINDS: Mapping[str, str] = {
    "zip": "archive",
    "tar": "archive",
    "tgz": "archive",
    "warc": "warc",
    "wet": "warc",
} | dict.fromkeys(TABLE_ENDINGS, "rows")
PACKED_TARS = (".tar.bz2", ".tar.xz", ".tbz2", ".txz")


def container_kind(path: PurePath) -> str | None:
    """The kind of container by a file's name, None for a single document.

    >>> container_kind(PurePath("a.tar.gz")), container_kind(PurePath("b.warc.gz")), container_kind(PurePath("c.txt.gz"))
    ('archive', 'warc', None)
    """
    name = path.name.lower()
    if name.endswith(PACKED_TARS):
        return "archive"
    plain = name.removesuffix(".gz")
    return KINDS.get(plain.rpartition(".")[2]) if "." in plain else None


def hidden(name: str) -> bool:
    """Whether a member is hidden: a part of its path begins with a stop, or a Mac put it beside the real one.

    >>> hidden("__MACOSX/a.txt"), hidden("news/.a.txt"), hidden("../up.txt")
    (True, True, False)
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in parts)


def passed_over(reading: Reading, name: str) -> bool:
    """Whether a member is no document, which is counted: hidden, a container in the container, of another kind."""
    path = PurePosixPath(name)
    if hidden(name):
        reading.skipped["hidden"] += 1
    elif media_type(path) is not None:
        return False
    else:
        reading.skipped["nested_container" if container_kind(path) else "other_kind"] += 1
    return True
