"""What one document may take before it is turned away."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one document may take before it is turned away."""

    bytes: int
    """Of itself, unpacked."""

    seconds: float
    """Of processor time, for all rules together."""

    memory: int
    """Bytes of memory, for all rules together."""
