"""Where a reported clause begins and ends."""

from __future__ import annotations

import re

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.finite_clauses import FINITE, finite_clause, has_verb, is_open
from copydesk.transforms.facts.outlet_tails import outlet_tail
from copydesk.transforms.facts.reports import Report
from copydesk.transforms.types import Sentence

CLAUSE = re.compile(
    r"""
    [“\"‘]?
    (?: the|a|an|this|that|these|those|his|her|their|its|our|my                  # the house fell
      | he|she|it|they|we|i|there|people|none|nothing|nobody|everyone
      | no|not|all|some|more|most|many|both|two|three|one|another|any|every|each|only
      | at\ least|about|nearly|over|up\ to|roughly|almost|around            # about 20 had left
      | (?:fewer|less)\ than|just\ over|hundreds|thousands
      | if|when|what|as|in|on|under                                              # in May the river rose
      | (?!in\b)[a-z]+s                                                          # rivers rose
    )\b
    | (?-i:[“\"‘]?[A-Z\d]|[“\"])                                               # Sellin was dark
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How a clause may begin that follows a verb of saying without `that`."""

CUT = re.compile(
    r"""
      (?:,|(?<=[”\"]))\s+(?:and\s+|but\s+)?                                      # …, adding that more may come
      (?:adding|saying|declaring|warning|insisting|telling|stating|noting|arguing|claiming|explaining|stressing
        |calling|accusing|blaming|praising|condemning|denouncing|once\ again|according\ to|citing|pointing|referring
        |contradicting|revising|quoting|echoing)\b
    | ,?\s+(?:and|but)\s+(?:refused|declined)\s+to\s                              # … but refused to name them
    | ;\s
    | ,\s+while\s+(?:\w+ly\s+|also\s+)?                                          # …, while hoping that it rains
      (?:adding|saying|warning|insisting|telling|noting|arguing|claiming|stressing|calling|accusing|blaming|hoping|urging
        |promising|pledging|vowing|denying|praising|condemning)\b
    | ,\s+(?:(?:just|only|barely|nearly|almost|about|some|(?:more|less)\s+than)\s+)?  # …, two days after the flood
      (?:(?:an?|one|two|three|four|five|six|several|\d+)\s+)?(?:minute|hour|day|week|month|year)s?\s+after\b
    | \s+[—–]\s+(?:although|though|but|despite|yet)\b                          # … — although nobody can say
    | ,\s+(?:reported|reports)\s+(?=[A-Z])                                        # …, reported Harbour Radio
    | ,\s+(?:a\s+(?:step|move|claim|charge|sign|demand|figure)|something\s+(?:that|which))\b  # …, a claim that the mayor denies
    """,
    re.VERBOSE,
)
"""Where a reported clause ends before its sentence does."""

COMMENTED = re.compile(r",\s+which\s+$")
"""Before whom a relative clause of the outlet gives another word to: `…, which the mayor denied`."""

JOINT = re.compile(r",?\s+(?:and|but)\s+(?:also\s+|\w+ly\s+)?$")
"""What joins another saying of the same source: the match must end where its cue begins."""

JOINED = re.compile(r"(?:,|(?<=[”\"’]))\s+(?:and|but|though|although|while|whereas|yet)\s+(?:[a-z]+ly\s+|later\s+|also\s+)?$")
"""What joins the saying of another source: the match must end where that source begins."""

SUBORDINATE = re.compile(r"(?:though|although|while|whereas|as|if|when)\b", re.IGNORECASE)
"""What opens a sentence whose first clause ends at the comma before another saying: `While Moss says so, Fisk says …`."""

HUNG_ON = re.compile(
    r"(?:while\s+)?(?:adding|saying|declaring|warning|insisting|telling|stating|noting|arguing|claiming|explaining|stressing)\b"
)

LEAD = re.compile(
    r"^(?:but|and|so|yet|meanwhile|however|still|instead|also|furthermore|moreover|additionally|separately|in addition)\b,?\s+",
    re.IGNORECASE,
)

TAG_END = re.compile(
    r"""
    (?: \s+on\s+condition\s+of\s+anonymity
      | \s+(?:early\s+|late\s+|earlier\s+)?(?:on\s+|in\s+)?
        (?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today           # said late on Monday
          | (?:this|last)\s+(?:week|month|year)
          | (?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}
              |January|February|March|April|May|June|July|August|September|October|November|December
            )(?:,?\s\d{4})?                                                     # reported on July 27
          | (?:(?:an?|the|its|his|her|their)\s+)?(?:[a-z]+\s+){0,2}             # said in a joint statement
            (?:statement|report|letter|post|interview|briefing|speech|tweet|email|message|notice|bulletin|video|memo|release
              |remarks|comments)
            (?: \s+to\s+(?:(?:the\s+)?[A-Z]\w+(?:\s[A-Z]\w+)*|[a-z]+) )?           # in an email to Sellin
            (?: \s+(?:issued|released|published|posted|carried|broadcast|aired|read|seen|obtained|shared|sent|made|given)\b
              (?:\s(?!(?:that|is|are|was|were|has|have|had|will|would|could|can|may|might)\b)[^\s,.;”\"]+){0,9}
            )?                                                                  # in a report released in May
        )
        (?:\s+(?:morning|afternoon|evening|night))?
    )+
    (?=[,.;”\"]|$)
    """,
    re.VERBOSE,
)

TAG_REST = re.compile(rf"(?:{TAG_END.pattern})?(?:,\s+(?:which|who)\b[^;:“”\"]*)?[\s.]*", re.VERBOSE)
"""What may stand behind the last tag of a sentence."""

BARE = frozenset({"say", "believe", "think", "hope", "fear", "insist", "add", "argue", "warn", "know", "guess"})

GOES_ON = re.compile(r"(?:and|but)\s+(?:was|were|is|are|has|have|had|will|would|could)\b")
"""A clause that goes on behind an aside: `It burnt 12 acres, according to Moss, and was contained.`"""

HANGING = re.compile(r"(?:referring|pointing|speaking|adding|noting|citing|calling|warning|gesturing|recalling|describing)\b")
"""What tells of the saying and is no part of what was said: `The river rose, she said, referring to a flood that killed 12.`"""

CITING = re.compile(r"(?:citing|quoting)\s")
"""Whose word the source gives, behind its tag: `…, Harbour Wire reported citing local media`."""

OF_THE_SOURCE = re.compile(r"(?:who|which)\b")
"""What tells of the source behind a tag: `Two fell, according to the board, which said it did not know why.`"""

HOW = re.compile(r"(?:about\s+)?how\s+(?=(?:the|an?|he|she|it|they|his|her|its|their|[A-Z])\b)")
"""`described how the dam broke`: what is said is that it broke."""

NO_OPENER = re.compile(
    r"""
    (?: against
      | about(?!\s+(?:\d|(?:an?\s+)?(?:half|dozen|hundred|thousand|million|third|quarter|fifth|tenth)
          |one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds))    # reported about a letter
      | (?:only|just)(?!\s+(?:\d|an?\s|half|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds
          |(?:those|some|people|the|[a-z]+s)\s[^,;:]{2,60}?\s(?:is|are|was|were|has|have|had|will|would|could|can|may|must)\s))
                                                                                 # said only those with boats could leave
      | (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+(?:morning|afternoon|evening|night)\s+(?:in|on|at|during)
      | (?:often|always|again|back|hard|aloud)\s+(?:about|of|on|to)
      | for|of|where|who|which|whether|recently|referring|pointing|speaking|by|to|and|or
      | as(?!\s+(?:many|much|few|little)\s+as\b)
      | what\s+to|how\s+to                                                        # told them what to do
      | said|says                                                                # who responded said
    )\b
    | (?:in|on|at|via|during)\b[^“"‘'.;]{0,60}[:,]\s*[“"‘']                        # wrote on the wall: “…”
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What opens no reported clause: `warned against the flood that came`."""

PREPOSITION = re.compile(r"(?:in|on|under|over|at|up)\b", re.IGNORECASE)

COMMA = re.compile(r",(?!\d)")

JOINED_CLAUSE = re.compile(r",\s+(?:and|but|so|while)\s")

COMMA_END = re.compile(r",\s+$")


def closes(reading: Reading, number: int, start: int, end: int) -> bool:
    """Whether all that follows is who reports the saying: `…, police said, Harbor Post reported.`; `…, according to it.`"""
    reports = [source.report for source in reading.sources_in(number)]
    return any(
        start < (first := min(one.source_start, one.cue_start))
        and reading.text[start:first].strip() == ","
        and TAG_REST.fullmatch(reading.text, max(one.source_end, one.cue_end), end) is not None
        for one in reports
    )


def clause_ahead(reading: Reading, sentence: Sentence, first: int, last: int, *, after: str) -> tuple[int, int] | None:
    """The clause before its tag: `The house fell, she said.`; `The house, she said, fell.` is one clause with its middle."""
    text, start = reading.text, sentence.span_start
    if text[last : last + 1] == ";" or CITING.match(after):
        after = ""
    if after and text[last : last + 1] not in ".,":
        return None
    if text[first - 2 : first].strip() not in (",", ",”", "”", ""):
        return None
    if not after:
        return start, first
    if text[first - 2 : first - 1] != ",":
        return None
    end = end_of_clause(reading, last, sentence.span_end, start)
    return (start, first) if HANGING.match(after) or end == last else (start, end)


def clause_behind(reading: Reading, report: Report, number: int, sentence: Sentence, after: str) -> tuple[int, int] | None:
    """The clause behind its verb without `that`: `She said the house fell.`"""
    how = HOW.match(reading.text, report.content, sentence.span_end)
    takes = report.verb is not None and ("that" in report.verb.frames or ("how" in report.verb.frames and how is not None))
    if report.verb is None or not takes or not after or HUNG_ON.match(after):
        return None
    if reading.text[report.cue_end : report.cue_end + 1] == ".":
        return None
    start = how.end() if how is not None else report.content
    after = reading.text[start : sentence.span_end].strip(" .,—-")
    end = end_of_clause(reading, start, sentence.span_end)
    clauses = reading.clauses.get(number)
    head = start + len(COMMA.split(reading.text[start:end], maxsplit=1)[0])
    joint = JOINED_CLAUSE.search(reading.text, start, end)
    worded = _is_clause(report.verb.lemma, after)
    if clauses is None or not worded:
        told = clauses is not None and not NO_OPENER.match(after) and finite_clause(clauses, start, head)
        return (start, end) if worded or told else None
    if (
        report.verb.lemma not in BARE
        and how is None
        and not has_verb(clauses, start, joint.start() if joint is not None else end)
    ):
        return None
    return start, end


def clause_beside(
    reading: Reading, number: int, sentence: Sentence, first: int, last: int, *, before: str, after: str
) -> tuple[int, int] | None:
    """`According to X, Y`; `Y, according to X`; `Y, according to X, and was Z` is one clause with its middle."""
    if not before:
        return (last, end_of_clause(reading, last, sentence.span_end)) if after else None
    if LEAD.fullmatch(before + " "):
        return last, end_of_clause(reading, last, sentence.span_end)
    if after and OF_THE_SOURCE.match(after):
        return sentence.span_start, first
    open_ahead = is_open(reading, number, sentence.span_start, first) or GOES_ON.match(after) is not None
    if after and reading.text[last : last + 1] == "," and open_ahead:
        return sentence.span_start, sentence.span_end
    return sentence.span_start, first


def _is_clause(lemma: str, after: str) -> bool:
    """Whether a clause follows the verb, not a bare noun: it has a verb before its first comma.

    A verb that takes no noun (`said the house fell`) is believed without one, and with any word at its head.
    """
    if NO_OPENER.match(after):
        return False
    head = COMMA.split(after, maxsplit=1)[0][:140]
    if lemma == "believe" and after.startswith("in ") and FINITE.search(head) is None:
        return False
    if lemma in BARE and FINITE.search(after[:140]):
        return True
    if CLAUSE.match(after) is None:
        return False
    return bool(FINITE.search(head)) or (lemma in BARE and len(head.split()) >= 4 and not PREPOSITION.match(after))


def is_quotation(text: str) -> bool:
    """Whether the words before a tag are one quotation and nothing else."""
    return text[:1] in '“"' and text[-1:] in '”"' and len(re.findall(r"[“”\"]", text)) == 2


def end_of_clause(reading: Reading, start: int, end: int, said: int | None = None) -> int:
    """The end of the clause: before another saying that is hung on or joined, outside quotations, or what the outlet adds.

    `said` is where the clause begins that goes on at `start` behind who said it.
    """
    cuts = [found.start() for found in CUT.finditer(reading.text, start, end) if not reading.quoted_at(found.start())]
    number = reading.sentence_at(start)
    clauses = reading.clauses.get(number)
    tail = outlet_tail(reading.text, clauses, start if said is None else said, start, end) if clauses is not None else None
    if tail is not None and not reading.quoted_at(tail):
        cuts.append(tail)
    for source in reading.sources_in(number):
        if not start < source.report.cue_start < end:
            continue
        joined = _joint(reading, source.report, number, start, end)
        if joined is not None and not reading.quoted_at(joined.start()):
            cuts.append(joined.start())
    return min([*cuts, end])


def _joint(reading: Reading, report: Report, number: int, start: int, end: int) -> re.Match[str] | None:
    """What joins another saying to the clause that begins at `start`; `None` where it stands in the clause."""
    text, after = reading.text, reading.text[report.cue_end : end]
    comments = COMMENTED.search(text, start, report.source_start) if after[:1] in (".", ",", "") else None
    if comments is not None:
        return comments
    if report.source_start < start:
        return JOINT.search(text, start, report.cue_start)
    if report.verb is not None and TAG_REST.fullmatch(text, report.cue_end, end) is not None:
        return COMMA_END.search(text, start, report.source_start)
    joined = JOINED.search(text, start, report.source_start)
    if joined is None and SUBORDINATE.match(text, reading.sentences[number].span_start):
        return COMMA_END.search(text, start, report.source_start)
    return joined
