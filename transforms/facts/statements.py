"""Reported speech: the clause that somebody is said to have said."""

from __future__ import annotations

import re

from copydesk.transforms.facts.context import Reading, Source
from copydesk.transforms.facts.names import alone, fullest
from copydesk.transforms.facts.reporting_clauses import Report
from copydesk.transforms.facts.speaker_labels import turns
from copydesk.transforms.types import Fact, Sentence
from copydesk.transforms.vocabulary import FactKind

EXTRACTOR = "statements"
CLAUSE = re.compile(
    r"""
    [“\"‘]?
    (?: the|a|an|this|that|these|those|his|her|their|its|our|my                  # the house fell
      | he|she|it|they|we|i|there|people|none|nothing|nobody|everyone
      | no|not|all|some|more|most|many|both|two|three|one|another|any|every|each|only
      | at\ least|about|nearly|over|up\ to                                       # about 20 had left
      | if|when|what|as|in|on|under                                              # in May the river rose
      | (?!in\s)[a-z]+s\s                                                        # rivers rose
      | (?-i:[A-Z\d“\"])                                                         # Sellin was dark
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How a clause may begin that follows a verb of saying without `that`."""
FINITE = re.compile(
    r"""
    \b(?: is|are|was|were|has|have|had|will|would|could|can|can[’']t|may|might|must|should|did|does|do
      | \w+n[’']t | \w+[’'](?:s|re|ve|ll|d)                                       # wouldn’t, they’ve
      | \w{3,}ed                                                                 # rained
      | went|came|took|made|left|began|fell|rose|hit|fled|struck|died|lost|got|gave|saw|knew
      | needs?|wants?|means?|remains?|continues?|happens?|believe|think|goes|comes|takes|makes
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A word that makes a clause of what follows a verb of saying."""
CUT = re.compile(
    r"""
      (?:,|(?<=[”\"]))\s+(?:and\s+|but\s+)?                                      # …, adding that more may come
      (?:adding|saying|declaring|warning|insisting|telling|stating|noting|arguing|claiming|explaining|stressing
        |calling|accusing|once\ again|according\ to|citing)\b
    | ;\s
    | ,\s+while\s+\w+ing\b                                                        # …, while hoping that it rains
    | ,\s+(?:one|two|three|a)\s+\w+\s+after\b                                    # …, two days after the flood
    | \s+—\s
    | ,\s+a\s+(?:step|move|claim|charge|sign|demand|figure)\b                     # …, a claim that the mayor denies
    """,
    re.VERBOSE,
)
"""Where a reported clause ends before its sentence does."""
JOINT = re.compile(r",?\s+(?:and|but)\s+(?:also\s+|\w+ly\s+)?$")
"""What joins another saying of the same source: the match must end where its cue begins."""
HUNG_ON = re.compile(
    r"(?:adding|saying|declaring|warning|insisting|telling|stating|noting|arguing|claiming|explaining|stressing)\b"
)
AND_THAT = re.compile(r",?\s+and\s+that\s+(?=[\w“\"])")
OF = re.compile(r"\s+of\s+(?=[“\"\w])")
TO = re.compile(r"\s+(?:not\s+)?to\s+(?=[“\"a-z])")
LEAD = re.compile(r"^(?:but|and|so|yet|meanwhile|however|still|instead|also)\b,?\s+", re.IGNORECASE)
TAG_END = re.compile(
    r"""
    (?: \s+on\s+condition\s+of\s+anonymity
      | \s+(?:early\s+|late\s+|earlier\s+)?(?:on\s+|in\s+)?
        (?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday                 # said late on Monday
          | (?:this|last)\s+(?:week|month|year)
          | (?:an?|the|its|his|her|their)\s+(?:[a-z]+\s+){0,2}                   # said in a joint statement
            (?:statement|report|letter|post|interview|briefing|speech|tweet|email)
            (?: \s+to\s+[A-Z]\w+                                                # in an email to Sellin
              | \s+(?:issued|released|published|posted)\b[^,.;”\"]{0,60}         # in a report released in May
            )?
        )
        (?:\s+(?:morning|afternoon|evening|night))?
    )+
    (?=[,.;”\"]|$)
    """,
    re.VERBOSE,
)
BARE = frozenset({"say", "believe", "think", "hope", "fear", "insist", "add", "argue", "warn", "know", "guess"})
TOLD = re.compile(
    r"\s+(?:(?:the\s+)?[A-Z][\w’'.&-]*(?:\s+[A-Z][\w’'.&-]*){0,4}|reporters|journalists|(?:the|an?)\s+[a-z]+)(?=[,.;]|\s+(?:on|in)\s|$)"
)
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Penn tags of verbs that make a clause of their own."""

GOES_ON = re.compile(r"(?:and|but)\s+(?:was|were|is|are|has|have|had|will|would|could)\b")
"""A clause that goes on behind an aside: `It burnt 12 acres, according to Moss, and was contained.`"""

TO_REACH = 90
"""Characters behind a verb in which `to` opens what it says."""

SHORTEST = 3
"""Fewer words than this are no clause."""


def find_statements(reading: Reading) -> list[Fact]:
    """A fact for every reported clause, nested ones each their own."""
    facts = []
    for source in reading.sources:
        span = _clause(reading, source, reading.joined_by_quotation(source.sentence))
        if span is None:
            continue
        for start, end in _parts(reading, *span):
            if len(reading.text[start:end].split()) >= SHORTEST and not _whole_quotation(reading, start, end):
                facts.append(_fact(reading, source, start, end))
    return _distinct([*facts, *_turns(reading)])


def _turns(reading: Reading) -> list[Fact]:
    """What the speakers of a transcript say, sentence by sentence: reported speech that neither marks nor verbs mark."""
    facts = []
    for turn in turns(reading.text):
        first, last = reading.sentence_at(turn.start), reading.sentence_at(max(turn.start, turn.end - 1))
        for sentence in reading.sentences[first : last + 1]:
            start, end = _trimmed(reading.text, max(turn.start, sentence.span_start), min(turn.end, sentence.span_end))
            if len(reading.text[start:end].split()) >= SHORTEST:
                facts.append(
                    Fact(
                        kind=FactKind.STATEMENT,
                        text=reading.text[start:end],
                        span_start=start,
                        span_end=end,
                        sentence=sentence.ordinal,
                        extractor=EXTRACTOR,
                        confidence=round(reading.lexicon.rates("statement", "speaker_label"), 2),
                        rule="speaker_label",
                        attributed_to=turn.speaker,
                        speaker=fullest(alone(turn.speaker), [source.speaker for source in reading.sources]),
                    )
                )
    return facts


def _fact(reading: Reading, source: Source, start: int, end: int) -> Fact:
    rule = "that" if source.report.that else "according" if source.report.verb is None else "clause"
    return Fact(
        kind=FactKind.STATEMENT,
        text=reading.text[start:end],
        span_start=start,
        span_end=end,
        sentence=source.sentence,
        extractor=EXTRACTOR,
        confidence=round(reading.lexicon.rates("statement", rule), 2),
        rule=rule,
        attributed_to=source.attributed_to,
        speaker=source.speaker,
        cue=source.report.cue,
    )


def _parts(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """A clause, or each of those that `and that` joins, trimmed."""
    parts, at = [], start
    for found in AND_THAT.finditer(reading.text, start, end):
        if not reading.quoted_at(found.start()):
            parts.append((at, found.start()))
            at = found.end()
    return [_trimmed(reading.text, *part) for part in [*parts, (at, end)]]


def _clause(reading: Reading, source: Source, sentence: Sentence) -> tuple[int, int] | None:
    """Where the clause stands that the source is said to have said; `None` where a bare noun or a quotation follows."""
    found = _read_clause(reading, source, sentence)
    if found is not None and source.report.verb is not None and not _has_verb(reading, source, *found):
        return None
    clause = source.report.clause
    if found is None and clause is not None and sentence.span_start <= clause[0] < clause[1] <= sentence.span_end:
        return clause
    return found


def _has_verb(reading: Reading, source: Source, start: int, end: int) -> bool:
    """Whether the parse has a clause there, not a bare noun: `announced a payment of 12 million` states nothing."""
    clauses = reading.clauses.get(source.sentence)
    if clauses is None or source.report.that:
        return True
    inside = {number for number in range(len(clauses.tokens)) if start <= clauses.token(number).start + clauses.offset < end}
    tops = [number for number in inside if clauses.token(number).head not in inside or clauses.token(number).relation == "root"]
    verbal = (clauses.token(number).pos in ("VERB", "AUX") for number in tops)
    told = (clauses.children(number, "nsubj", "nsubj:pass", "cop", "expl") for number in tops)
    finite = (
        clauses.token(number).tag in FINITE_TAGS and not clauses.token(number).relation.startswith(("acl", "advcl"))
        for number in inside
    )
    return not tops or any(verbal) or any(told) or any(finite)


def _read_clause(reading: Reading, source: Source, sentence: Sentence) -> tuple[int, int] | None:
    """Where the clause stands by the words around its report."""
    text, report = reading.text, source.report
    first, last = min(report.source_start, report.cue_start), max(report.source_end, report.cue_end)
    if report.verb is not None and "addressee" in report.verb.frames and (to := TOLD.match(text, last, sentence.span_end)):
        last = to.end()
    if (tag := TAG_END.match(text, last, sentence.span_end)) is not None:
        last = tag.end()
    before = text[sentence.span_start : first].strip(" ,—-")
    after = text[last : sentence.span_end].strip(" .,—-")
    if report.verb is None:
        return _around(reading, sentence, first, last, before, after)
    if report.inverted:
        return (sentence.span_start, first) if before else None
    if report.that:
        return report.content, _cut(reading, report.content, sentence.span_end)
    if _is_quotation(before) or after.startswith(("“", '"')):
        before = ""
    return (
        _object(reading, report, sentence)
        or (_ahead(text, sentence, first, last, after) if before and "that" in report.verb.frames else None)
        or _behind(reading, report, sentence, after)
    )


def _object(reading: Reading, report: Report, sentence: Sentence) -> tuple[int, int] | None:
    """What a verb says by a preposition: `warned of a flood`, `told them to leave`; `None` where it takes none."""
    text, frames = reading.text, report.verb.frames if report.verb is not None else frozenset()
    found = OF.search(text, report.cue_end, sentence.span_end) if "of" in frames and "that" not in frames else None
    if found is None and "to" in frames:
        found = TO.search(text, report.cue_end, min(sentence.span_end, report.cue_end + TO_REACH))
        if found is not None and re.search(r"[,;”“]", text[report.cue_end : found.start()]):
            found = None
    return (found.end(), _cut(reading, found.end(), sentence.span_end)) if found is not None else None


def _ahead(text: str, sentence: Sentence, first: int, last: int, after: str) -> tuple[int, int] | None:
    """The clause before its tag: `The house fell, she said.`; `The house, she said, fell.` is one clause with its middle."""
    if after and text[last : last + 1] not in ".,":
        return None
    if text[first - 2 : first].strip() not in (",", ",”", "”", ""):
        return None
    comma = text[first - 2 : first - 1] == ","
    if comma and after:
        return sentence.span_start, sentence.span_end
    return (sentence.span_start, first) if not after else None


def _behind(reading: Reading, report: Report, sentence: Sentence, after: str) -> tuple[int, int] | None:
    """The clause behind its verb without `that`: `She said the house fell.`"""
    if report.verb is None or "that" not in report.verb.frames or not after or HUNG_ON.match(after):
        return None
    if not CLAUSE.match(after) or not _is_clause(report.verb.lemma, after):
        return None
    if reading.text[report.cue_end : report.cue_end + 1] == ".":
        return None
    return report.content, _cut(reading, report.content, sentence.span_end)


def _around(reading: Reading, sentence: Sentence, first: int, last: int, before: str, after: str) -> tuple[int, int] | None:
    """`According to X, Y`; `Y, according to X`; `Y, according to X, and was Z` is one clause with its middle."""
    if not before:
        return (last, _cut(reading, last, sentence.span_end)) if after else None
    if LEAD.fullmatch(before + " "):
        return last, sentence.span_end
    if after and reading.text[last : last + 1] == "," and (not FINITE.search(before) or GOES_ON.match(after)):
        return sentence.span_start, sentence.span_end
    return sentence.span_start, first


def _is_clause(lemma: str, after: str) -> bool:
    """Whether a clause follows the verb, not a bare noun: it has a verb before its first comma.

    A verb that takes no noun (`said the house fell`) is believed without one.
    """
    head = re.split(r",(?!\d)", after, maxsplit=1)[0][:140]
    return bool(FINITE.search(head)) or (lemma in BARE and len(head.split()) >= 4)


def _is_quotation(text: str) -> bool:
    """Whether the words before a tag are one quotation and nothing else."""
    return text[:1] in '“"' and text[-1:] in '”"' and len(re.findall(r"[“”\"]", text)) == 2


def _cut(reading: Reading, start: int, end: int) -> int:
    """The end of the clause: before another saying that is hung on to it or joined, outside quotations."""
    cuts = [found.start() for found in CUT.finditer(reading.text, start, end) if not reading.quoted_at(found.start())]
    joined = [
        found.start()
        for source in reading.sources_in(reading.sentence_at(start))
        if start < source.report.cue_start < end
        and source.report.source_start < start
        and (found := JOINT.search(reading.text, start, source.report.cue_start))
    ]
    return min([*cuts, *joined, end])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space, a leading joint, a final stop; a closing mark keeps the stop inside it."""
    while start < end and text[start] in " ,:;—–-\n":
        start += 1
    if lead := LEAD.match(text[start:end]):
        start += lead.end()
    while end > start and text[end - 1] in " ,.;:—–\n":
        if text[end - 1] == "." and text[max(start, end - 4) : end].count(".") > 1:
            break
        end -= 1
    return start, end


def _whole_quotation(reading: Reading, start: int, end: int) -> bool:
    """Whether the clause is one quotation and nothing else."""
    return any(
        (run.open <= start + 1 and run.close >= end - 1) or (run.open <= start and run.close > start and end - run.close < 2)
        for run in reading.quoted_in(start - 1, end + 1)
    )


def _distinct(facts: list[Fact]) -> list[Fact]:
    seen: set[tuple[int, int]] = set()
    out = []
    for fact in facts:
        key = (fact.span_start, fact.span_end)
        if key not in seen:
            seen.add(key)
            out.append(fact)
    return out
