"""Which news agency a text comes from or quotes, by its agency line, its credits and words such as `told Coastal Wire`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from copydesk.transforms.names.folding import slug_of

OPENING, LEAD, CLOSING = 160, 350, 300
"""Characters of a text in which a dateline, the source of the whole and a line of credit are looked for."""

EDITORS = re.compile(r"\bReporting by [^.\n]{3,200}[;.] ?(?:\w+ )?[Ee]diting by\b")
"""How one agency alone ends its texts."""


FROM = r"(?:additional |further )?(?:inputs?|reports?|reporting|files?|material) (?:from|by) "
"""What stands between `with` and the name of the agency."""

TELLS = r"(?P<tells>{})\b(?:'s? news agency| news agency)?\s+(?:has )?(?:reported|reports|quoted|cited)\b"


@dataclass(frozen=True)
class Credit:
    """The agency that a text comes from, and what says so: `agency line`, `dateline`, `credit`, or `lead`, which quotes it."""

    agency_id: str
    said_by: str


@dataclass(frozen=True)
class Agencies:
    """The agencies that are known, by the names that texts print."""

    ids: Mapping[str, str]
    """The outlet_id of each, by its name as printed and by its folded name."""

    dateline: re.Pattern[str]
    closing: re.Pattern[str]
    lead: re.Pattern[str]
    quoted: re.Pattern[str]

    def credit(self, agency: str | None, text: str) -> Credit | None:
        """The agency that a text comes from; `None` where nothing says so.

        Args:
            agency: what its agency line names.
            text: the body.
        """
        if agency:
            name = slug_of(agency)
            return Credit(self.ids.get(agency) or self.ids.get(name) or name, "agency line")
        if opened := self.dateline.search(text[:OPENING]):
            return Credit(self.ids[opened["name"]], "dateline")
        end = text[-CLOSING:]
        if closed := self.closing.search(end):
            return Credit(self._id(closed["name"] or closed["alone"]), "credit")
        if "Reuters" in self.ids and EDITORS.search(end):
            return Credit(self.ids["Reuters"], "credit")
        if quoted := self.lead.search(text[:LEAD].partition("\n\n")[0]):
            return Credit(self._id(quoted["by"] or quoted["tells"]), "lead")
        return None

    def _id(self, name: str) -> str:
        """The outlet_id of an agency, however its name is written."""
        return self.ids.get(name) or self.ids[slug_of(name)]

    def quotations(self, text: str) -> list[tuple[int, str]]:
        """Where a text quotes an agency, in code points, and which: `told Coastal Wire`, `Coastal Wire reported`."""
        return [(found.start(), self.ids[found["told"] or found["tells"]]) for found in self.quoted.finditer(text)]


def agencies(outlets: Iterable[Mapping[str, str | None]]) -> Agencies:
    r"""The agencies among outlets: rows with their `outlet_id`, `kind` and `names`, which are parted by `|`.

    >>> known = agencies([{"outlet_id": "coastalwire.example", "kind": "agency", "names": "Coastal Wire|CW"}])
    >>> known.credit(None, "PORT ELLERY (Coastal Wire) — The bridge is closed.")
    Credit(agency_id='coastalwire.example', said_by='dateline')
    >>> known.credit(None, "The bridge is closed.\n\nCOASTAL WIRE")
    Credit(agency_id='coastalwire.example', said_by='credit')
    >>> known.credit(None, "The toll has reached 31, Coastal Wire quoted the harbour police as saying.")
    Credit(agency_id='coastalwire.example', said_by='lead')
    >>> known.quotations("“It is closed,” the mayor told the Coastal Wire news agency.")
    [(26, 'coastalwire.example')]
    """
    ids: dict[str, str] = {}
    for row in outlets:
        if row["kind"] == "agency":
            for name in (row["names"] or "").split("|"):
                ids.setdefault(name, row["outlet_id"] or "")
    printed = tuple(sorted(ids, key=lambda name: (-len(name), name)))
    return _compiled(printed, tuple(ids[name] for name in printed))


@cache
def _compiled(printed: Sequence[str], of: Sequence[str]) -> Agencies:
    ids = dict(zip(printed, of, strict=True))
    names = "|".join(map(re.escape, printed)) or r"(?!)"
    called = rf"(?:the )?(?:news agency )?(?P<{{}}>{names})\b"
    return Agencies(
        {**{slug_of(name): one for name, one in ids.items()}, **ids},
        re.compile(rf"^[^\n]{{0,60}}?\(?\b(?P<name>{names})\)?\s*[-–—]\s"),
        re.compile(
            rf"(?:\b(?:Source|Credit|Agency|Agencies)\s*:\s*|\([Ww]ith (?:{FROM})?|\b[Ww]ith {FROM})(?:the )?"
            rf"(?P<name>{names})\b"
            rf"|(?:\n\W{{0,3}}|[-–—/(]\s?)(?P<alone>{names}|{names.upper()})(?: news agency|(?i: video))?\W*$"
        ),
        re.compile(rf"\b(?:(?:according to|reported by|cited by|quoted by)\s+{called.format('by')}|{TELLS.format(names)})"),
        re.compile(
            r"\b(?:(?:told|telling|tells|spoke to|speaking to|interview with|quoted by|cited by|reported by|according to)\s+"
            + called.format("told")
            + rf"|{TELLS.format(names)})"
        ),
    )
