"""`copydesk search`: the articles, sentences or facts that hold some words, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge, Le
from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT, RowFormat, When
from copydesk.flows.printing import one_line, say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import LockOptions
from copydesk.warehouse.search import Found, Hit, Kind, Wanted
from copydesk.warehouse.searching.marks import Span

if TYPE_CHECKING:
    pass

MOST = 1000
AROUND = 300
"""Characters of a sentence that are printed around its first mark, where it is longer."""

COLUMNS = tuple(
    "id article_id published_on outlet title text marks span_start span_end kind measure place claimant score".split()
)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which of what holds the words is listed, and how much of it."""

    outlet: Annotated[tuple[str, ...], Parameter(help="Only of this outlet; may be given again.")] = ()
    since: Annotated[
        str | None,
        Parameter(metavar="WHEN", allow_leading_hyphen=True, help="Only of this day or later: a day, yesterday, -7d."),
    ] = None
    until: Annotated[When, Parameter(help="Only of this day or earlier.")] = None
    measure: Annotated[str | None, Parameter(help="Only where a figure of this measure stands, as killed.")] = None
    place: Annotated[str | None, Parameter(help="Only where a figure of this place stands.")] = None
    limit: Annotated[int, Ge(1), Le(MOST), Parameter(help="How many are listed.")] = 20
    skip: Annotated[int, Ge(0), Parameter(help="How many of the best are left out: for the next page.")] = 0


NO_FILTERS = Filters()


def run(
    words: Annotated[str, Parameter(allow_leading_hyphen=True, help='Words, a "phrase", a beginn*, -without, this OR that.')],
    /,
    *,
    among: Annotated[Kind, Parameter(name="--in", help="What is listed.")] = "articles",
    filters: Annotated[Filters, FLAT] = NO_FILTERS,
    form: RowFormat = "table",
    options: Annotated[LockOptions, FLAT] = LockOptions.defaults(),
) -> int:
    from copydesk.flows.commands.sql import answer
    from copydesk.flows.jobs.search import asked_day, question, search
    from copydesk.flows.runs.progress import progress_for_terminal

    wanted = Wanted(
        question=question(words),
        among=among,
        outlets=filters.outlet,
        since=asked_day("--since", filters.since),
        until=asked_day("--until", filters.until),
        measure=filters.measure,
        place=filters.place,
        limit=filters.limit,
        skip=filters.skip,
    )
    found = search(settings_of(options), wanted, progress_for_terminal())
    if form == "table":
        _print(found, wanted)
    else:
        answer(list(COLUMNS), [_row(hit) for hit in found.hits], form)
    return 0


def _row(hit: Hit) -> tuple[object, ...]:
    """A hit as a row of `COLUMNS`; marks are lists of start and end in `text`."""
    values = {**vars(hit), "span_start": hit.span[0], "span_end": hit.span[1], "marks": [list(mark) for mark in hit.marks]}
    return tuple(values[name] for name in COLUMNS)


def _print(found: Found, wanted: Wanted) -> None:
    """Prints each hit in two or three lines, with its words marked."""
    from copydesk.flows.site.article import counted

    for number, hit in enumerate(found.hits, wanted.skip + 1):
        say(f"{number}. {one_line(marked(hit.title or 'without a headline', hit.title_marks))}")
        about = (hit.published_on or "no day", hit.outlet, hit.claimant, hit.measure, hit.place, hit.id)
        say(f"   {one_line(' · '.join(str(one) for one in about if one))}")
        say(f"   {one_line(marked(hit.text, hit.marks))}")
    last = wanted.skip + len(found.hits)
    shown = f"{wanted.skip + 1} to {last} of " if found.hits and len(found.hits) < found.total else ""
    say(shown + counted(found.total, wanted.among[:-1]))


def marked(text: str, marks: Sequence[Span]) -> str:
    """A text, or the part of it around its first mark, with what is marked in brackets.

    >>> marked("The flood of May", [(4, 9)])
    'The [flood] of May'
    """
    first = marks[0][0] if marks else 0
    start = max(0, first - AROUND // 2) if len(text) > AROUND else 0
    end = min(len(text), start + AROUND)
    parts, place = ["…" if start else ""], start
    for mark, behind in marks:
        if behind <= end:
            parts += [text[place:mark], "[", text[mark:behind], "]"]
            place = behind
    return "".join([*parts, text[place:end], "…" if end < len(text) else ""])
