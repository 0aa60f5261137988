"""What a site's robots.txt asks of us."""

from __future__ import annotations

import re

from protego import Protego

AGENT = "copydesk"
"""The name by which robots.txt speaks of us."""

ROBOTS_BYTES = 512 * 1024
"""Bytes of a robots.txt that are heeded: what RFC 9309 asks for at least."""

LONGEST_LINE = 4096
AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*[:\s]\s*([^#]*)", re.IGNORECASE)


def parse_robots(data: bytes, whole: bool = True) -> Protego | None:
    """The rules of a robots.txt, of its first 512 KiB; `None` where it says nothing that can be read.

    Of one that is not `whole` the last line is no rule: the beginning of "Disallow: /private" would forbid everything.
    """
    if not whole:
        data = data[:ROBOTS_BYTES].rpartition(b"\n")[0]
    try:
        return Protego.parse(_ours(data.decode("utf-8-sig", "replace"))) if data else None
    except Exception:  # noqa: BLE001  # rules that break the library that reads them are no rules
        return None


def _ours(text: str) -> str:
    """A robots.txt in which all agents but us have one name.

    The rules of a group are kept once for each agent that it names: twenty thousand agents with ten thousand rules
    would be two hundred million.

    >>> _ours("User-agent: a\\nUser-agent: b\\nUser-agent: *\\nDisallow: /x")
    'User-agent: other\\nUser-agent: *\\nDisallow: /x'
    """
    kept: list[str] = []
    group: set[str] = set()
    naming = False
    for line in text.splitlines():
        named = AGENT_LINE.match(line)
        if named is not None:
            if not naming:
                group.clear()
            naming = True
            agent = _known(named.group(1))
            if agent not in group:
                group.add(agent)
                kept.append(f"User-agent: {agent}")
        elif line.strip() and len(line) <= LONGEST_LINE:
            naming = False
            kept.append(line)
    return "\n".join(kept)


def _known(name: str) -> str:
    name = name.strip().lower().partition("/")[0]
    return name if name in ("*", AGENT) else "other"
