"""When a figure holds: the date that stands nearest to it in the parse of its sentence, and the day of the saying."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from copydesk.transforms.dates import DateSpan
from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.locations import steps


def times(
    clauses: Clauses, counted: int, dates: Sequence[DateSpan], cues: Sequence[int]
) -> tuple[date | None, date | None, date | None]:
    """First and last day that a counted word is about, and the day of the saying; each `None` where the sentence has none.

    What is known on the day of the saying alone holds up to that day.

    `dates` are those of the sentence, `cues` the places of its verbs of saying in the article.
    """
    saying = {token for cue in cues if (token := clauses.at(cue)) is not None}
    mine = {token: way for way, token in enumerate(clauses.up(counted))}
    said_on = None
    best: tuple[float, DateSpan] | None = None
    for found in dates:
        token = _top(clauses, found)
        if token is None:
            continue
        if clauses.token(token).head in saying and token not in saying:
            said_on = found.last or found.first
            continue
        way = steps(clauses, mine, token)
        if way is not None and (best is None or way < best[0]):
            best = (way, found)
    if best is None:
        return None, said_on, said_on
    return best[1].first, best[1].last, said_on


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
