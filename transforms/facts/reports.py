"""What a report is, and what makes words of saying one: who says it, what is told, and which say nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.contents import content_of
from copydesk.transforms.facts.governing import antecedent, noun_phrase
from copydesk.transforms.facts.subjects import (
    FULL_STOP,
    MADE_KNOWN,
    NAMED,
    NOBODY,
    TIME_TAIL,
    main_subject,
)
from copydesk.transforms.lexicon import Verb

WITH_SUBJECT = re.compile(
    r"\bwith\s+(?=(?:(?:[A-Z]|the\s|one\s|an?\s|another\s|some\s|many\s|several\s)[^,;:\x00]{2,70}|(?:[a-z]+\s){0,2}[a-z]+s)$)"
)

SUM = re.compile(r"(?:an?|the)\s+(?:\w+\s+)?(?:total|number|sum|share|rate)s?\s+of\b", re.IGNORECASE)
"""What is counted and says nothing: `a total of 942`, `the number of reported cases`."""

PARTICIPLE_LEAD = re.compile(
    r"""
    (?: [,\x00—]
      | \b(?:and|while|by|before|after|upon|when)
      | \b(?:(?:law)?suit|statement|letter|memo|note|email|post|tweet|message     # filed a suit saying
          |petition|complaint|release|video
          |report|document|paper|announcement|declaration|notice|bulletin|communiqu[eé]|resolution|affidavit|testimony|study)
    )\s+(?:also\s+|further\s+|later\s+)?$
    | [—–]$                                                                      # He quit—telling the town
    """,
    re.VERBOSE,
)

CITED = re.compile(
    r"\b(?P<by>cit(?:ed|es|ing)|quot(?:ed|es|ing))\s+"
    r"(?P<source>(?:the|an?|[A-Z]|(?!(?:as|by|in|on|at|from|for)\b)(?=[^,;:\x00]*\sas\s+$)\w)[^,;:\x00]{1,90}?)(?:\s+as)?\s+$"
)
"""Whose word somebody gives: `The paper quoted the mayor as saying`."""

INSCRIBED = re.compile(
    r"(?:(?:an?|the|one|another|many|some|two|three|several|his|her|their|its)\s+)?(?:[\w’'-]+\s+){0,3}"
    r"(?:sign|banner|placard|plaque|inscription|poster|sticker|graffiti|graffito|tombstone|headstone|epitaph|t-shirt|billboard|badge)s?\b",
    re.IGNORECASE,
)
"""What bears words that nobody says: `A sign on the door read`."""

SHOWING = frozenset("show reveal indicate suggest prove demonstrate mean".split())

HAPPENINGS = frozenset(
    "incident incidents event events attack attacks killing killings move decision strike protest protests victory loss crash "
    "blast situation scene scenes accident accidents murder murders raid raids tragedy episode violence".split()
)
"""What happens and says nothing: `the incidents show that`."""


WHO = re.compile(
    r"(?P<named>.*?)(?:,?\s+(?P<who>who)|,\s+(?P<which>which))\s+(?:(?:also|later|then|once|still|has|have|had|\w+ly)\s+)*$",
    re.DOTALL,
)

ANTECEDENT = re.compile(
    r"""
    (?: (?:(?:[Tt]he|[Aa]n?|some|many|several|most|two|three|four|five|six|seven|eight|nine|ten|\d+|other|those)\s+)
        (?:[\w’'.-]+\s+){0,4}?[\w’'.-]+                                           # five hill villages
      | [A-Z][\w.-]*[’']s\s+(?:[\w’'.-]+\s+){0,3}?[\w’'.-]+                       # Tarvia’s coast guard
      | (?:[A-Z][\w’'.-]*\s+){0,4}[A-Z][\w’'.-]*                                 # Ida Fisk
      | [a-z]+s                                                                  # villagers
    )$
    """,
    re.VERBOSE,
)
"""Whom `who` stands for, by the words before it."""

RECORDS = re.compile(
    r"""
    (?<![\w’'-])
    (?P<source> (?:(?:the|an?|new|latest|official|its|their|his|her|some)\s+){0,2} [a-z]+
        \s+(?:from|by)\s+(?:the\s+)?[A-Z][\w’'.&-]*(?:\s+(?:(?:of|for|and|the)\s+){0,2}[A-Z][\w’'.&-]*){0,6}
    )
    \s+(?:which|that)\s+$
    """,
    re.VERBOSE,
)
"""A record with its maker, which says something: `She pointed to figures from the Harbour Board which showed`."""

BODY_SAYS = frozenset("said says announced reported added confirmed warned estimates estimated".split())
"""Forms of verbs by which a body says something behind `which`: `the Harbour Watch, which said it did not know`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A source at text[source_start:source_end] and its cue at text[cue_start:cue_end].

    `inverted` where the source follows the cue; `content` is where what is said may begin
    (after an addressee, a time, `that`), `that` whether the word stands there.
    """

    source_start: int
    source_end: int
    cue_start: int
    cue_end: int
    cue: str
    verb: Verb | None
    inverted: bool
    content: int
    that: bool
    clause: tuple[int, int] | None = None
    """The reported clause as the parse has it; `None` where it has none."""


def is_inscribed(text: str, report: Report) -> bool:
    """Whether what is read stands on a thing: `A sign on the door read`."""
    written = report.verb is not None and report.verb.lemma in ("read", "say")
    return written and INSCRIBED.match(text, report.source_start, report.source_end) is not None


COUNTED_THINGS = frozenset(
    "case cases infection infections death deaths fatality fatalities casualties injury injuries incidents outbreak outbreaks "
    "epidemic pandemic symptoms admissions hospitalisations hospitalizations".split()
)
"""What is counted of an illness or a disaster and says nothing: the cases of `14 cases confirmed by tests were reported`."""


HAS_SO_MANY = re.compile(r"\s(?:has|have|had)\s+[\d,.]+$")
"""The end of a clause that a participle behind it makes no source: `The outbreak has 52 confirmed and 13 probable cases`."""


NO_SUBJECTS = frozenset({"him", "her", "them", "me", "us"})
"""Pronouns that are no subject: `She heard him say that`."""


def is_nobody(text: str, report: Report, verb: Verb) -> bool:
    """Whether a source says nothing: a sum, `nobody`, what only happened (`the incidents show that`)."""
    source = text[report.source_start : report.source_end].casefold()
    last = source.rpartition(" ")[2]
    happened = (
        (verb.lemma in SHOWING and last in HAPPENINGS) or last in COUNTED_THINGS or HAS_SO_MANY.search(source) is not None
    )
    return (
        happened
        or source in NO_SUBJECTS
        or SUM.match(text, report.source_start) is not None
        or NOBODY.match(text, report.source_start) is not None
    )


def who_says(masked: str, found: re.Match[str], offset: int, clauses: Clauses | None) -> tuple[int, int] | None:
    """Whom `who` stands for before a verb of saying: `Ida Fisk, who says that it fell`; `None` where no `who` stands there."""
    records = RECORDS.search(masked, 0, found.start())
    if records is not None:
        return records.span("source")
    who = WHO.fullmatch(masked[: found.start()])
    if who is None or (who["which"] and found.group() not in BODY_SAYS):
        return None
    verb = clauses.at(offset + found.start()) if clauses is not None else None
    if clauses is not None and verb is not None and clauses.token(verb).relation == "acl:relcl":
        start, end = noun_phrase(clauses, antecedent(clauses, clauses.token(verb).head))
        if 0 <= start - offset < end - offset <= who.end("named"):
            return start - offset, end - offset
    named = ANTECEDENT.search(masked, max(0, who.end("named") - 90), who.end("named"))
    return named.span() if named is not None else None


def said_of(masked: str, source: int, found: re.Match[str]) -> bool:
    """Whether `X said of Y` follows what was said: `“…,” he said of the campaign`."""
    return masked[:source].rstrip().endswith("\x00") and masked[found.end() :].lstrip().startswith("of ")


def report_of(masked: str, source: tuple[int, int], found: re.Match[str], verb: Verb, offset: int) -> Report:
    """The report of a source that stands before its verb; `source` is where it stands in the masked sentence."""
    content, that = content_of(masked, found.end(), verb)
    return Report(
        source_start=offset + source[0],
        source_end=offset + source[1],
        cue_start=offset + found.start(),
        cue_end=offset + found.end(),
        cue=found.group(),
        verb=verb,
        inverted=False,
        content=offset + content,
        that=that,
    )


def participle_of(masked: str, found: re.Match[str], verb: Verb, offset: int, reports: list[Report]) -> Report | None:
    """`…, declaring that`: the subject is that of the report before it, else of the sentence."""
    if not found.group().endswith("ing"):
        return None
    own = WITH_SUBJECT.search(masked[: found.start()].rstrip())
    cited = CITED.search(masked, 0, found.start())
    if cited is not None:
        reports[:] = [one for one in reports if not offset + cited.start() <= one.cue_start < offset + cited.end("by")]
    if cited is None and own is None and not PARTICIPLE_LEAD.search(masked[: found.start()]):
        return None
    before = [r for r in reports if r.verb is not None and r.cue_end <= offset + found.start()]
    if cited is not None:
        source = cited.span("source")
    elif own is not None:
        source = (own.end(), len(masked[: found.start()].rstrip()))
    elif before:
        source = (before[-1].source_start - offset, before[-1].source_end - offset)
    else:
        main = main_subject(masked, found.start())
        if main is None:
            return None
        source = main
    return report_of(masked, source, found, verb, offset)


OPENS_SENTENCE = re.compile(r"\W*(?:(?:But|And|So|Yet|Still|Meanwhile),?\s+)?")
NEXT_PHRASE = re.compile(
    r"""
    (?P<source>(?:[Tt]he|[Aa]n?|[A-Z])\S*(?:\s+(?:(?:of|for|and|in|on|from|at|by|the|to|with)\s+(?:(?:the|an?)\s+)?)*(?!the\b)[\w’'.&-]+){0,7}?)
    \s+                                                                          # of Sellin the river has
    (?:the|an?|at\s+least|more\s+than|nearly|about|some|there|two|three|four|five|six|\d[\d,.]*|these|those|its|his|her|their)\s+[\w’'-]+
    (?=\s+(?:[\w’'.&-]+\s+){0,8}(?:is|are|was|were|has|have|had|will|would|could|can|may|might|did|does|[a-z]{2,}ed)\s)
    """,
    re.VERBOSE,
)
"""Where the comma is missing behind who it is according to: `According to the minister the river has risen`."""


def according_to(text: str, masked: str, found: re.Match[str], offset: int) -> Report | None:
    rest = masked[found.end() :]
    stop = re.search(rf"[,;:—\x00\n]|{FULL_STOP}(?:\s|$)|\s+(?:but|while|which|who|that|as|after)\s|$", rest)
    size = stop.start() if stop else len(rest)
    if OPENS_SENTENCE.fullmatch(masked, 0, found.start()) and (next_phrase := NEXT_PHRASE.match(rest[:size])) is not None:
        size = next_phrase.end("source")
    appositive = NAMED.match(rest, size)
    closed = appositive is not None and rest[appositive.end() : appositive.end() + 1] in ("", ".", ",", ";")
    if appositive is not None and closed and not re.match(r"^[A-Z][\w’'.-]+(?:\s+[A-Z][\w’'.-]+)*$", rest[:size]):
        size = appositive.end()
    tail = TIME_TAIL.search(rest[:size])
    size = tail.start() if tail else len(rest[:size].rstrip())
    made = MADE_KNOWN.search(rest[:size])
    size = made.start() if made else size
    if size < 2 or NOBODY.match(rest):
        return None
    begin = offset + found.end()
    return Report(
        source_start=begin,
        source_end=begin + size,
        cue_start=offset + found.start(),
        cue_end=offset + found.end("cue"),
        cue=found["cue"].lower(),
        verb=None,
        inverted=True,
        content=begin + size,
        that=False,
    )
