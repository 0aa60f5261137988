"""Reads a container of any kind, within its bounds, and names the file where it cannot be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from copydesk.flows.sources.containers.archives import read_archive
from copydesk.flows.sources.containers.bounds import Budget, OverBound
from copydesk.flows.sources.containers.member import Member, Options, Reader, Reading, sentence, with_own_addresses
from copydesk.flows.sources.containers.tables import read_table
from copydesk.flows.sources.containers.warc import read_warc
from copydesk.warehouse.errors import PermanentError

READERS: Mapping[str, Reader] = {"archive": read_archive, "rows": read_table, "warc": read_warc}


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
