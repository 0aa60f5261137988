"""Who asks for a job: the person at the keyboard, as events record them."""

from __future__ import annotations

import getpass


def person_name() -> str:
    """The name under which the person is logged in; `unknown` where the machine has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
