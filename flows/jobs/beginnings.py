"""Ids of which a person gives the beginning."""

from __future__ import annotations

from collections.abc import Collection

from copydesk.warehouse.errors import PermanentError


def meant(given: str, ids: Collection[str], nothing: str, most: int, shortest: int = 1) -> str:
    """The id that is meant by itself or by its beginning.

    Args:
        given: what was given.
        ids: the ids that there are, in the order in which an error names them.
        nothing: what is said where none is meant.
        most: ids that an error names where several are meant.
        shortest: characters from which a beginning counts.

    Raises:
        PermanentError: None of the ids is meant, or several are.
    """
    found = [given] if given in ids else [one for one in ids if len(given) >= shortest and one.startswith(given)]
    if not found:
        raise PermanentError(nothing)
    if len(found) > 1:
        raise PermanentError(f"{given!r} may mean {', '.join(found[:most])}. Give the whole id of one.")
    return found[0]
