"""Files that hold many documents: archives, tables of rows, web archives. Each member has an address of its own."""

from __future__ import annotations

from copydesk.flows.sources.containers.kinds import container_kind
from copydesk.flows.sources.containers.member import Member, Options, Part
from copydesk.flows.sources.containers.reading import members

__all__ = ["Member", "Options", "Part", "container_kind", "members"]
