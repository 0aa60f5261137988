"""Whose word a figure is given on: the innermost quotation or statement that holds it, or a verb that counts."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from copydesk.transforms.facts.cited import cited_by
from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.context import Reading, Source
from copydesk.transforms.facts.governing import noun_phrase
from copydesk.transforms.facts.reckoners import reckoned_by
from copydesk.transforms.numbers import Number
from copydesk.transforms.types import Fact
from copydesk.transforms.vocabulary import FactKind

CLAUSE_BREAK = re.compile(r"[;:—“”]|,\s+(?:while|but|which|who|after)\b|\b(?:while|because|although|after|before)\b")
POLLS = frozenset("poll survey census forecast projection tally".split())
GIVING = frozenset("have put give place peg show find suggest".split())
"""What counts and foresees, and the verbs by which it gives a number: `a poll has Moss at 39 percent`."""

MUTE = frozenset(
    "storm storms flood floods fire fires blaze blazes water waters river rivers rain rains quake quakes earthquake "
    "earthquakes violence fighting war clashes disease epidemic outbreak case cases region regions district districts "
    "province county town towns city cities village villages area areas season year month week day market markets "
    "industry sector economy".split()
)
"""Last words of what records and claims numbers, and says nothing: `the region has recorded 12 deaths`."""

RELATIVE = re.compile(r"\b(?:that|which|who|whose)\b")
"""What tells of a thing that is only referred to: `referring to a storm that killed 12`."""

LIVES = re.compile(r"\s+(?:\w+\s+)?lives\b", re.IGNORECASE)
"""What is claimed and not said: `the storm claimed 11 lives`."""

AT = re.compile(
    r"\b(?:at|close(?:r)?\s+to|near|between|above|below)\s+(?:[a-z]+\s+){0,3}(?:[\d,.]+\s+[a-z]+\s+and\s+(?:[a-z]+\s+){0,3})?$"
)
"""What stands before a number that somebody puts something at, or before the second; a sum put into a thing is not said."""

OFFERED = re.compile(r"[^,.;:]*?\bfor\s+(?:sale|rent|hire)\b")
OFFER_REACH = 40
"""What stands behind what is listed and not told: `listed 12 flats for sale`."""

AWAY_BEFORE = re.compile(r"\b[A-Z][\w’'-]+(?:,|\s\()\s+(?:(?:just|only|located|lying|situated|which\s+(?:is|lies))\s+)?$")
NAME_REACH = 80
AWAY = re.compile(
    r"""
    [\s-]*(?:km|kms|kilomet(?:re|er)s?|miles?|mi|m|met(?:re|er)s?|yards?|nautical\s+miles?)\b       # 150 km
    \s*(?:\([^()]{1,30}\)\s*)?                                                                   # (93 miles)
    (?:(?:to\s+the\s+)?(?:north|south|east|west)|from|off|away|outside|inland|up(?:stream|river)|down(?:stream|river))
    """,
    re.VERBOSE,
)
"""What stands around a distance that only tells where a place is: `in Sarn, 150 km south of Odda`."""

PORT_OF = re.compile(
    r"\b[A-Z][\w’'-]+,\s+(?:an?|the)\s+(?:[a-z-]+\s+){1,4}(?:of|with)\s+(?:(?:about|some|over|nearly|around|almost|roughly|more\s+than)\s+)?$"
)
"""What stands before a number that only tells what a name is: `off Kesh, a port of 4,000 people`."""

PUT_AT = re.compile(r"\b(?P<cue>put|estimated|placed|given|pegged|counted|set)\s+at\s+$")
PUT_BY = re.compile(
    r"""
    (?:\s+(?!(?:by|on|at|in|after)\b)[a-z]+){0,2}\s+by\s+                                                 # dead by
    (?!noon|midnight|night|the\s+(?:end|time|morning|evening)|[A-Z][a-z]+day)
    (?P<source>(?:the\s+|an?\s+)?[\w’'&-]+
      (?:\s+(?!(?:on|in|at|late|early|last|after|before|while|and|as|but|who|which|that)\b)[\w’'&-]+){0,6}?)
    (?=[,;.]|\s+(?:on|in|at|late|early|last|after|before|while|and|as|but|who|which)\b|$)                    # on Friday
    """,
    re.VERBOSE,
)
"""What stands before and behind a number that somebody puts a toll at: `put at 25 by the ministry`."""

NOUNS_OF_SAYING = (
    r"(?:announcement|claim|warning|estimate|admission|confirmation|contention|assertion|allegation|accusation|statement|report"
    r"|finding|forecast|complaint)s?"
)
TOLD_BY_NOUN = re.compile(
    rf"""
    \b(?:(?P<noun>{NOUNS_OF_SAYING})\s+(?:(?:on\s+[A-Z][a-z]+day|last\s+(?:week|month|year)|yesterday)\s+)?   # the announcement
        (?:by|from|of)\s+(?P<by>(?:(?:the|an?)\s+)?[\w’'&.-]+(?:\s+(?!that\b)[\w’'&-]+){{0,7}}?)             # by the bank
      | (?P<whose>(?:[Tt]he|an?)\s+(?:[\w-]+\s+){{0,2}}[\w-]+|(?:[A-Z][\w-]+\s+){{0,3}}[A-Z][\w-]+)[’']s?    # the city’s
        \s+(?:[a-z]+\s+)?(?P<noun_of>{NOUNS_OF_SAYING}))                                                  # contention
    \s+that\s
    """,
    re.VERBOSE,
)
"""A noun of saying with its source before what is said."""

MOST_SAID = 200
"""Quotations and statements before a number of which one may hold it."""


@dataclass(frozen=True)
class Attribution:
    """Whose word a span of the text is given on, and the rule that found it: `quote`, `statement`, `count`."""

    attributed_to: str
    cue: str | None
    rule: str


def attribution_of(reading: Reading, number: Number, said: list[Fact]) -> Attribution | None:
    """The innermost quotation or statement that the number stands in; `said` is in the order of their beginnings."""
    last = bisect_right(said, number.at, key=lambda fact: fact.span_start)
    holding = [f for f in said[max(0, last - MOST_SAID) : last] if number.at < f.span_end]
    if not holding:
        return (
            _counted_by(reading, number)
            or _reckoned(reading, number)
            or _polled(reading, number)
            or _put_by(reading, number)
            or _told_by_noun(reading, number)
        )
    if _only_adds(reading, number, min(fact.span_start for fact in holding)):
        holding = [fact for fact in holding if fact.kind == FactKind.QUOTE]
        if not holding:
            return None
    best = min(holding, key=lambda f: (f.kind != FactKind.QUOTE, f.span_end - f.span_start))
    inner = _counting(reading, number) if best.kind != FactKind.QUOTE else None
    counts = inner is not None and inner.report.verb is not None and "number" in inner.report.verb.frames
    if inner is not None and counts and best.span_start <= inner.report.source_start < inner.report.cue_start < best.span_end:
        return Attribution(inner.attributed_to, inner.report.cue, "count")
    cited = cited_by(reading, number, best) if best.kind != FactKind.QUOTE else None
    return (
        Attribution(*cited, "count") if cited is not None else Attribution(best.attributed_to or "", best.cue, str(best.kind))
    )


def _reckoned(reading: Reading, number: Number) -> Attribution | None:
    found = reckoned_by(reading, number)
    return Attribution(*found, "count") if found is not None else None


def _put_by(reading: Reading, number: Number) -> Attribution | None:
    """`The toll was put at 25 by the ministry`: who put it there."""
    sentence = reading.sentences[reading.sentence_at(number.at)]
    cue = PUT_AT.search(reading.text, sentence.span_start, number.start)
    by = PUT_BY.match(reading.text, number.end, sentence.span_end) if cue is not None else None
    return Attribution(by["source"], cue["cue"], "count") if by is not None and cue is not None else None


def _told_by_noun(reading: Reading, number: Number) -> Attribution | None:
    """`The announcement by the bank that 300 jobs will go came late`: the source of a noun of saying that holds the number."""
    sentence = reading.sentences[reading.sentence_at(number.at)]
    for found in TOLD_BY_NOUN.finditer(reading.text, sentence.span_start, number.start):
        source = found["by"] or found["whose"]
        if (
            CLAUSE_BREAK.search(reading.text, found.end(), number.start) is None
            and "," not in reading.text[found.end() : number.start]
        ):
            return Attribution(source, found["noun"] or found["noun_of"], "count")
    return None


def _only_adds(reading: Reading, number: Number, said: int) -> bool:
    """Whether the number stands where a name is only explained: `Sellin, which has 12 piers,`, `Sellin, a port of 4,000,`.

    What is said begins at `said`; a name before it is that of who says it.
    """
    near = max(0, number.start - NAME_REACH), number.start
    away = AWAY_BEFORE.search(reading.text, *near) is not None and AWAY.match(reading.text, number.end) is not None
    if away or PORT_OF.search(reading.text, near[0], number.at):
        return True
    clauses = reading.clauses.get(reading.sentence_at(number.at))
    counted = clauses.counted(number.at, number.end) if clauses is not None else None
    if clauses is None or counted is None:
        return False
    for token in clauses.up(counted):
        if _explains(clauses, token) and clauses.token(clauses.token(token).head).start + clauses.offset >= said:
            return True
        if clauses.token(token).relation == "acl:relcl":
            if any(clauses.token(child).text.casefold() == "where" for child in clauses.children(token)):
                return False
            head = clauses.token(token).head
            if clauses.token(head).start + clauses.offset < said:
                return False  # told a rally in Sarn, a mill town, that 40 men would go: it tells of nothing before what is said
            named, after = clauses.token(head), clauses.token(min(head + 1, len(clauses.tokens) - 1))
            return named.relation == "appos" or (named.pos == "PROPN" and after.text == ",")
    return False


def _explains(clauses: Clauses, token: int) -> bool:
    """Whether a word heads what stands between commas behind a name: `Sellin, a port of 4,000 people,`."""
    one = clauses.token(token)
    first = clauses.subtree(token)[0]
    parted = first > 0 and clauses.token(first).head == token and clauses.token(first).text == ","
    parted = parted or (first > 0 and clauses.token(first - 1).text == ",")
    return one.relation == "appos" and parted and clauses.token(one.head).pos == "PROPN" and one.head < token


def _polled(reading: Reading, number: Number) -> Attribution | None:
    """`A poll has Moss at 39 percent`: a poll or count that is the subject of the number's clause, whatever its verb."""
    clauses = reading.clauses.get(reading.sentence_at(number.at))
    counted = clauses.counted(number.at, number.end) if clauses is not None else None
    if clauses is None or counted is None:
        return None
    for token in clauses.up(counted):
        if clauses.token(token).relation == "acl:relcl":
            return None
        for subject in clauses.children(token, "nsubj"):
            if clauses.token(subject).lemma.casefold() in POLLS and clauses.token(token).lemma.casefold() in GIVING:
                start, end = noun_phrase(clauses, subject)
                return Attribution(reading.text[start:end], clauses.token(token).text.casefold(), "count")
    return None


def _in_joined_clause(reading: Reading, number: Number, cue: int) -> bool:
    """Whether a number is the subject of a clause joined to a verb's: `The party named a date, and 40 buses were hired.`"""
    clauses = reading.clauses.get(reading.sentence_at(number.at))
    counted = clauses.counted(number.at, number.end) if clauses is not None else None
    if clauses is None or counted is None or not clauses.token(counted).relation.startswith("nsubj"):
        return False
    verb = clauses.token(counted).head
    return clauses.token(verb).relation == "conj" and clauses.token(verb).head == clauses.at(cue)


def _counted_by(reading: Reading, number: Number) -> Attribution | None:
    """Whose verb takes the number."""
    source = _counting(reading, number)
    return Attribution(source.attributed_to, source.report.cue, "count") if source is not None else None


def _counting(reading: Reading, number: Number) -> Source | None:
    """`The report counts 48 dead`, `Netanyahu referred to three goals`: a source whose verb takes a number."""
    for source in reversed(reading.sources_in(reading.sentence_at(number.at))):
        report = source.report
        if report.verb is None or not report.verb.frames & {"number", "noun"} or report.cue_end > number.start:
            continue
        if report.verb.lemma == "put" and not AT.search(reading.text, report.cue_end, number.start):
            continue
        if OFFERED.match(reading.text, number.end, number.end + OFFER_REACH):
            continue
        if source.attributed_to.casefold().rpartition(" ")[2] in MUTE or LIVES.match(reading.text, number.end):
            continue
        if report.cue.startswith("refer") and RELATIVE.search(reading.text, report.cue_end, number.start):
            continue
        if CLAUSE_BREAK.search(reading.text, report.cue_end, number.start) is None and not _in_joined_clause(
            reading, number, report.cue_start
        ):
            return source
    return None
