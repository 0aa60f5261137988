"""Who asks for a job: the person at the keyboard, as events record them."""

from __future__ import annotations

import getpass

from copydesk.warehouse.errors import PermanentError


def person_name() -> str:
    """The name under which the person is logged in; `unknown` where the machine has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def reason(why: str) -> str:
    """Why somebody decides something, as it is recorded. Raises PermanentError where nothing is said.

    >>> reason(" they are one ")
    'they are one'
    """
    if not why.strip():
        raise PermanentError("Say why, for those who come after.")
    return why.strip()
