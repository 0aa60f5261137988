"""When a figure holds: the date that stands nearest to it in the parse of its sentence, and the day of the saying."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from copydesk.transforms.dates import DateSpan
from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.locations import steps
from copydesk.transforms.facts.sources import Source

CLOSE = 12
"""Characters between a verb of saying and its date."""

THAT = re.compile(r"\bthat\b|[,;]")


def times(
    clauses: Clauses, counted: int, dates: Sequence[DateSpan], sources: Sequence[Source], text: str
) -> tuple[date | None, date | None, date | None]:
    """First and last day that a counted word is about, and the day of the saying; each `None` where the sentence has none.

    What is known on the day of the saying alone holds up to that day.

    `dates` and `sources` are those of the sentence, `text` is the article's.
    """
    saying = {token for source in sources if (token := clauses.at(source.report.cue_start)) is not None}
    mine = {token: way for way, token in enumerate(clauses.up(counted))}
    said_on = None
    best: tuple[float, DateSpan] | None = None
    for found in dates:
        token = _top(clauses, found)
        if token is None:
            continue
        said = clauses.token(token).head in saying and token not in saying
        if said or any(_beside(text, found, source) for source in sources):
            said_on = found.last or found.first
            continue
        way = steps(clauses, mine, token)
        if way is not None and (best is None or way < best[0]):
            best = (way, found)
    if best is None:
        return None, said_on, said_on
    return best[1].first, best[1].last, said_on


def _beside(text: str, found: DateSpan, source: Source) -> bool:
    """Whether a date stands right behind the verb of saying: `said on Monday that`."""
    gap = found.start - source.report.cue_end
    return 0 <= gap <= CLOSE and THAT.search(text, source.report.cue_end, found.start) is None


def _top(clauses: Clauses, found: DateSpan) -> int | None:
    """The token of a date that governs its others."""
    number = clauses.at(found.start)
    if number is None:
        return None
    while True:
        head = clauses.token(number).head
        place = clauses.token(head).start + clauses.offset
        if head == number or not found.start <= place < found.end:
            return number
        number = head
