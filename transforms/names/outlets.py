"""Outlets as things: which one published an article, whatever its page prints for a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from copydesk.transforms.names.folding import folded_name, slug_of
from copydesk.transforms.names.hosts import host_of
from copydesk.transforms.vocabulary import ClaimantKind

RIGHTS = re.compile(
    r"©|\(c\)\s|\bcopyright\b|\ball\s+rights\s+reserved\b|\brights\s+reserved\b|版权所有|著作権|無断転載|保留所有权利|все\s+права\s+защищены|"
    r"\btodos\s+los\s+derechos\b|\btous\s+droits\b|\balle\s+rechte\b|\btutti\s+i\s+diritti\b|\btodos\s+os\s+direitos\b|\bhak\s+cipta\b|"
    r"حقوق\s+(?:النشر|الطبع)",
    re.IGNORECASE,
)
"""Words of a line that says who holds the rights: it names an owner, and no outlet."""

HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: its id, its one name here, its country (ISO 3166 alpha-2), its kind (paper, broadcaster, agency, …)."""

    outlet_id: str
    name: str
    country: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Outlets:
    """The table of outlets, by host and by folded name."""

    by_host: Mapping[str, Outlet] = field(default_factory=dict)
    by_name: Mapping[str, Outlet] = field(default_factory=dict)

    @classmethod
    def parse(cls, rows: Iterable[Mapping[str, str]]) -> Outlets:
        """From rows of (host, name, also, country, kind); an outlet of several hosts has the first one's id."""
        by_host: dict[str, Outlet] = {}
        by_name: dict[str, Outlet] = {}
        for row in rows:
            hosts = row["host"].split("|")
            outlet = Outlet(hosts[0], row["name"], row.get("country") or None, row.get("kind") or None)
            by_host.update(dict.fromkeys(hosts, outlet))
            for name in (row["name"], *filter(None, (row.get("also") or "").split("|"))):
                by_name.setdefault(folded_name(name), outlet)
        return cls(by_host, by_name)

    def at(self, host: str | None) -> Outlet | None:
        """The outlet of a host, or of the one that it is a part of: `news.echo.example` is `echo.example`."""
        rest = (host or "").casefold().removeprefix("www.")
        while rest:
            if rest in self.by_host:
                return self.by_host[rest]
            rest = rest.partition(".")[2]
        return None

    def of(self, url: str | None, setting: str | None, printed: str | None, host_printed: str | None) -> Outlet | None:
        """Who published a document; `None` where nothing says so.

        By the host of its address or of the link that it prints, where the table has it; then by its printed name, where the
        table has that; then as its source is set; then by the name as printed, under the id of its host where it has one.

        Args:
            url: the address of the document, its own or the one it was fetched from.
            setting: the outlet that its source is set to.
            printed: the name that the page prints.
            host_printed: the host of the link that the page prints.
        """
        named = _name(printed)
        listed = self.at(host_of(url)) or self.at(host_printed) or self._named(named)
        if listed is not None:
            return listed
        if setting:
            address = HOST.fullmatch(setting.strip())
            setting_id = address.group("host").casefold() if address is not None else slug_of(setting)
            return self._named(setting) or Outlet(setting_id, setting)
        if named is None:
            return None
        host = (host_of(url) or host_printed or "").casefold().removeprefix("www.")
        return Outlet(host or slug_of(named), named)

    def _named(self, name: str | None) -> Outlet | None:
        if not name:
            return None
        address = HOST.fullmatch(name.strip())
        return self.by_name.get(folded_name(name)) or (self.at(address.group("host")) if address is not None else None)


def printed_names(rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """The rows of `outlets` as rows of bodies, for sources such as `the Harbor Courier`; without names of one small word.

    >>> list(printed_names([{"name": "Harbor Courier", "also": "HC|Courier", "country": "KE"}]))
    [{'name': 'Harbor Courier', 'also': 'HC', 'kind': 'media', 'country': 'KE'}]
    """
    for row in rows:
        known = [row["name"], *filter(None, (row.get("also") or "").split("|"))]
        sure = [name for name in known if len(folded_name(name).split()) > 1 or (name.isupper() and len(name) > 1)]
        if sure:
            country = row.get("country") or ""
            yield {"name": sure[0], "also": "|".join(sure[1:]), "kind": str(ClaimantKind.MEDIA), "country": country}


def _name(printed: str | None) -> str | None:
    """A printed name of an outlet; `None` for a line of rights.

    >>> _name("The Harbor Courier"), _name("人民网版权所有"), _name("© 2026 Harbor Media Ltd.")
    ('The Harbor Courier', None, None)
    """
    text = (printed or "").strip()
    return None if not text or RIGHTS.search(text) else text
