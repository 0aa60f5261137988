"""When a figure holds: the date that stands nearest to it in the parse of its sentence, and the day of the saying."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from copydesk.transforms.dates import DateSpan
from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.nearest import steps
from copydesk.transforms.facts.resolver import Source

CLOSE = 12
"""Characters between a verb of saying and its date."""

BEGINS = frozenset("begin start erupt commence".split())
"""Verbs whose date opens a time, in a clause that describes: `the fires that began in May`."""

ESTABLISHED = frozenset(
    "found establish pass adopt enact approve sign build rebuild create form elect appoint bear name launch join open "
    "introduce propose legalise legalize ban".split()
)
"""Verbs whose date in such a clause is not that of the figure: `the law, passed in 2019, covers 40 firms`."""

PUBLISHED = frozenset("publish release issue file report post conduct obtain".split())
"""Verbs whose date in such a clause is the day of the saying: `a poll published on Monday`."""

CAME_OUT = frozenset({"emerge", "transpire"})
"""Verbs whose date is always the day of the saying: `over the weekend it emerged that`."""

COUNTING = frozenset("record document count tally list".split())
"""Verbs of saying whose object happened on their day: `recorded 12 cases on Monday`."""

OCCASIONS = frozenset(
    "conference briefing interview statement speech address post tweet letter email message memo broadcast".split()
)
"""Nouns of what somebody speaks in or at."""

MADE_KNOWN = re.compile(
    r"\b(?:poll|survey|study|report|data|figures|statement|letter|memo|document|documents|census|estimate|estimates|analysis)s?,?\s+"
    r"(?:published|released|issued|posted|conducted|obtained|seen)\s+(?:[a-z]+\s+){0,3}$"
)
"""What stands before the day on which something was made known: `a poll released on`."""

COMPARED = re.compile(
    r"""
    (?: compared\s+(?:to|with|against) | \bversus | \bvs\.? | \b(?:up|down)\s+from | \bas\s+against
      | \bwhat\s+it\s+was
    )
    \s+(?:[\w’'$£€.,%-]+\s+){0,6}$                               # up from 3 percent in May
    | \bthan\s+(?:it\s+was\s+|they\s+were\s+)?(?:in|at|on|a|the)\s+(?:\w+\s+){0,3}$             # more than in May
    | \b(?:same|corresponding)\s+(?:time|day|week|month|quarter|period|season)\s+(?:of|in|the|a)?\s*$  # the same period of 2022
    | \b(?:above|below|beyond|beat(?:en|ing|s)?|match(?:ed|es|ing)?|(?:exceed|surpass|topp)(?:ed|es|s|ing)?)
      \s+(?:even\s+)?the\s+$                                    # above the 2011 flood level
    | ,\s+from\s+(?:[\w’'$£€.,%-]+\s+){1,5}(?:in|at|on)\s+$                          # 9 in May, from 5 in April
    | \b(?:worst|first|only|most\s+\w+|\w{3,}est)\s+(?:[\w’'-]+\s+){0,6}?since\s+(?:(?:an?|the)\s+)?$   # the worst since 1998
    | \b(?:back\s+to\s+where|where)\s+it\s+was\s+(?:in\s+|on\s+)?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What stands before a date that a figure is only compared with."""

SINCE = "since "

BEHIND = re.compile(r"(?:\s+[a-z-]+){0,2}?\s+(?:in|on|during|for)\s+(?:the\s+)?")
"""What stands between a number and its own date: `compared to 40 in May`, `from 20 ships in May`."""

YEAR = timedelta(days=364)

BEFORE_CUE = re.compile(r"\s+(?:also\s+|again\s+|further\s+|officially\s+)?")
"""What stands between a date and the verb of saying behind it: `on Monday reported`."""

THAT = re.compile(r"\bthat\b|[,;]")


def times(
    clauses: Clauses, counted: int, dates: Sequence[DateSpan], sources: Sequence[Source], text: str, end: int
) -> tuple[date | None, date | None, date | None]:
    """First and last day that a counted word is about, and the day of the saying; each `None` where the sentence has none.

    What is known on the day of the saying alone holds up to that day.

    `dates` and `sources` are those of the sentence, `text` is the article's, `end` where the numeral ends.
    """
    mine = {token: way for way, token in enumerate(clauses.up(counted))}
    sources = [source for source in sources if not _is_act(clauses, source, list(mine))]
    saying = {token for source in sources if (token := clauses.at(source.report.cue_start)) is not None}
    said_on = published = None
    best: tuple[float, DateSpan] | None = None
    own = next((found for found in dates if found.start > end and BEHIND.fullmatch(text, end, found.start)), None)
    if own is not None and not any(end < source.report.cue_start < own.start for source in sources):
        return own.first, own.last, None
    for found in dates:
        token = _top(clauses, found)
        if token is None or _is_compared(found, text, clauses.offset, end) or _of_what_followed(clauses, token, mine):
            continue
        verb = _described_by(clauses, token, mine)
        if verb in ESTABLISHED or (verb is not None and verb not in BEGINS and _is_years(found)):
            continue  # the older event of an aside: `on the peak, where a slide in 2009 buried a camp`
        if verb in PUBLISHED or clauses.token(clauses.token(token).head).lemma.casefold() in CAME_OUT:
            published = found.last or found.first
            continue
        days = replace(found, last=None) if verb in BEGINS and found.first is not None else found
        if _of_saying(clauses, token, found, saying, sources, text):
            said_on = found.last or found.first
            continue
        if MADE_KNOWN.search(text, clauses.offset, found.start):
            published = found.last or found.first
            continue
        way = steps(clauses, mine, token)
        if way is not None and (best is None or way < best[0]):
            best = (way, days)
    if best is None:
        return None, said_on, said_on or published
    return best[1].first, best[1].last, said_on or published


def _is_compared(found: DateSpan, text: str, start: int, end: int) -> bool:
    """Whether a date is that of what the number that ends at `end` is compared with; `start` is that of the sentence."""
    since = len(SINCE) if text.startswith(SINCE, found.start) else 0
    compared = COMPARED.search(text, start, found.start + since)
    return compared is not None and end <= compared.start()


def _is_years(found: DateSpan) -> bool:
    """Whether a date is a whole year or more."""
    return found.first is not None and found.last is not None and found.last - found.first >= YEAR


def _is_act(clauses: Clauses, source: Source, mine: Sequence[int]) -> bool:
    """Whether what is counted is what a verb of saying was done to, so that its date is that of the act: `found 14 bodies`."""
    report, verb = source.report, clauses.at(source.report.cue_start)
    if verb not in mine[1:] or report.verb is None or report.that or report.clause is not None:
        return False
    done = clauses.token(mine[mine.index(verb) - 1]).relation in ("obj", "nsubj:pass")
    return done and (report.verb.lemma in COUNTING or report.verb.frames.isdisjoint(("number", "noun")))


def _of_saying(clauses: Clauses, token: int, found: DateSpan, saying: set[int], sources: Sequence[Source], text: str) -> bool:
    """Whether a date is that of a saying: its verb's, that of an occasion, or the one beside the verb."""
    said = clauses.token(token).head in saying and token not in saying
    beside = any(_beside(text, found, source, clauses, token) for source in sources)
    return said or beside or _of_occasion(clauses, token, saying)


def _of_occasion(clauses: Clauses, token: int, saying: set[int]) -> bool:
    """Whether a date is that of an occasion on which somebody spoke: `at a press conference held yesterday, Moss said`."""
    for number in clauses.up(token):
        one = clauses.token(number)
        if one.lemma.casefold() in OCCASIONS and one.pos in ("NOUN", "PROPN"):
            return one.head in saying
    return False


def _described_by(clauses: Clauses, token: int, mine: dict[int, int]) -> str | None:
    """The verb of a date, where that stands in a clause that describes a noun and holds no figure; else `None`."""
    for number in clauses.up(token):
        if number in mine:
            return None
        if clauses.token(number).relation in ("acl", "acl:relcl", "amod"):
            return clauses.token(number).lemma.casefold()
    return None


def _beside(text: str, found: DateSpan, source: Source, clauses: Clauses, token: int) -> bool:
    """Whether a date stands right behind the verb of saying, or right before it: `said on Monday that`, `on Monday said`."""
    gap = found.start - source.report.cue_end
    if clauses.token(token).relation in ("nummod", "compound", "amod"):
        return False  # it is part of a name: `remembered the 2016 riot`
    if 0 <= gap <= CLOSE:
        return THAT.search(text, source.report.cue_end, found.start) is None
    before = BEFORE_CUE.fullmatch(text, found.end, source.report.cue_start) if gap < 0 else None
    if before is None or MADE_KNOWN.search(text, clauses.offset, found.start):
        return False
    return clauses.token(clauses.token(token).head).relation not in ("acl", "acl:relcl")


def _of_what_followed(clauses: Clauses, token: int, mine: dict[int, int]) -> bool:
    """Whether a date is that of what came after what a figure tells: `mourned on Sunday after nine people died`."""
    met = next((number for number in clauses.up(token) if number in mine), None)
    if met is None:
        return False
    below = [number for number, way in mine.items() if way < mine[met] and clauses.token(number).relation == "advcl"]
    return any(clauses.cased(number, "after") for number in below)


def _top(clauses: Clauses, found: DateSpan) -> int | None:
    """The token of a date that governs its others."""
    first, behind = clauses.from_to(found.start, found.end)
    number = clauses.at(found.start)
    if number is None and first < behind:
        number = first  # the first words are cut from the parse as a number's hedge: `the first two weeks of June`
    if number is None:
        return None
    while True:
        head = clauses.token(number).head
        place = clauses.token(head).start + clauses.offset
        if head == number or not found.start <= place < found.end:
            return number
        number = head
