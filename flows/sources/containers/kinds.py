"""Which kind of container a file is, by its name, and the reader of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from copydesk.flows.sources.containers.archives import read_archive
from copydesk.flows.sources.containers.bounds import Budget, OverBound
from copydesk.flows.sources.containers.member import Member, Options, Reader, Reading, sentence, with_own_addresses
from copydesk.flows.sources.containers.tables import TABLE_ENDINGS, read_table
from copydesk.flows.sources.containers.warc import read_warc
from copydesk.warehouse.errors import PermanentError

KINDS: Mapping[str, str] = {
    "zip": "archive",
    "tar": "archive",
    "tgz": "archive",
    "warc": "warc",
    "wet": "warc",
} | dict.fromkeys(TABLE_ENDINGS, "rows")
PACKED_TARS = (".tar.bz2", ".tar.xz", ".tbz2", ".txz")
READERS: Mapping[str, Reader] = {"archive": read_archive, "rows": read_table, "warc": read_warc}


def container_kind(path: PurePath) -> str | None:
    """The kind of container by a file's name, None for a single document.

    >>> container_kind(Path("a.tar.gz")), container_kind(Path("b.warc.gz")), container_kind(Path("c.txt.gz"))
    ('archive', 'warc', None)
    """
    name = path.name.lower()
    if name.endswith(PACKED_TARS):
        return "archive"
    plain = name.removesuffix(".gz")
    return KINDS.get(plain.rpartition(".")[2]) if "." in plain else None


def members(path: Path, kind: str, options: Options, skipped: Counter[str]) -> Iterator[Member]:
    """The documents of a container in their order; what is passed over is counted in `skipped` by its reason.

    A member that is bad gives a part with a problem, and the rest goes on. Raises PermanentError that names the file where
    it is broken as a whole, has no column of text, or is over a bound.
    """
    budget = Budget(path.stat().st_size)
    reading = Reading(path=path, options=options, budget=budget, skipped=skipped)
    try:
        for member in with_own_addresses(READERS[kind](reading)):
            budget.count_member()
            yield member
    except OverBound as error:
        raise OverBound(error.reason, f"{path}: {error}") from error
    except (PermanentError, PermissionError, FileNotFoundError):
        raise
    except Exception as error:  # each library has errors of its own for what is broken
        raise PermanentError(
            f"{path}: it cannot be read as {kind}: {sentence(error)}. Mend the file or take it away."
        ) from error
