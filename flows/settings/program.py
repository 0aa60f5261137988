"""The version of this program, as its installation has it."""

from __future__ import annotations

from importlib.metadata import version


def program_version() -> str:
    """The version of this program."""
    return version("copydesk")
