"""Direct quotations with their speakers and cues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.transforms.facts.context import Reading, Source
from copydesk.transforms.facts.names import alone
from copydesk.transforms.facts.quote_tags import TAG_ENDS
from copydesk.transforms.facts.quoted_spans import Quoted
from copydesk.transforms.facts.reports import Report
from copydesk.transforms.facts.speaker_labels import signature
from copydesk.transforms.types import Fact
from copydesk.transforms.vocabulary import FactKind

EXTRACTOR = "quotes"
NEAR = re.compile(r"[\s,.:;–—-]*$")
SHORTEST_LEAD = 20
"""Characters of the shortest sentence that may lead to a quotation in a paragraph of its own."""

WORKS = (
    r"song|show|program(?:me)?|album|book|film|movie|documentary|novel|series|essay|podcast|memoir|autobiography|play|musical|anthem"
    r"|thriller|sitcom|comedy|drama|opera|poem|painting|exhibition"
)
TITLE_BEFORE = re.compile(
    rf"""
    (?: \b(?:on|of|in|titled|entitled|called|named|dubbed|branded\s+as|for|and|the|to)
      | [’']s?                                                                   # Moss’s
      | \b(?:{WORKS}),?                                                          # in her memoir,
    )\s+$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What stands before the title of a work: `on “Harbour Watch,” she said`."""

NAMING_BEFORE = re.compile(
    r"\b(?:so-called|nicknamed|code-?named|(?:dubbed|termed|labelled|labeled|branded|listed)(?:\s+as)?|known(?:\s+\w+)?\s+as)\s+$",
    re.IGNORECASE,
)
"""What stands before the name that something is given."""

LONGEST_NAME = 4
"""Words of the longest such name."""

SMALL_WORDS = frozenset("the a an of in on at to for and or but with from as is it’s vs".split())
SCARE = 2
"""A run of at most so many words is a quotation only inside a reported clause: `the so-called “safe zone”` is none."""


CALLING = frozenset("call brand label deem describe denounce dismiss dub".split())
"""Verbs that call something by a word or two."""

FARTHEST_CALLED = 24
"""Words between such a verb and what it calls something."""

INNER = "'’”\""
"""Marks that close a quotation inside another at its end."""

DETERMINED = re.compile(
    r"\b(?:the|an?|of|its|his|her|their|this|that|these|those|for|to|in|on|by|with|and|\w+[’']s)\s*$", re.IGNORECASE
)
ENDS_CLAUSE = re.compile(r"\s*(?:[.,;:!?—–]|$|(?:and|but|while|in|on|at|during|after|because|for)\b)")


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says a quotation, as written and alone, by which cue, and the slug of the rule that found it."""

    attributed_to: str
    speaker: str
    cue: str | None
    rule: str


def find_quotes(reading: Reading, statements: Sequence[Fact]) -> list[Fact]:
    """A fact for every quotation that the text ascribes to a speaker; `statements` are the article's reported clauses."""
    facts: list[Fact] = []
    before: Fact | None = None
    for run in reading.quoted:
        sentence = reading.sentence_at(run.open)
        if _is_title(reading.text, run) or _is_name(reading.text, run):
            continue
        found = _speaker(reading, run, sentence)
        if (name := signature(reading.text, run)) is not None:
            saying: Saying | None = Saying(name, alone(name), None, "signature")
        elif found is not None:
            source, rule = found
            saying = Saying(source.attributed_to, source.speaker, source.report.cue or None, rule)
        else:
            saying = _continued(reading, run, sentence, before) or _inside(run, statements)
        if saying is None:
            continue
        before = _fact(reading, run, sentence, saying)
        facts.append(before)
    return facts


def _is_title(text: str, run: Quoted) -> bool:
    """Whether the words are the title of a work: each with a capital, behind a word that takes a title."""
    words = re.findall(r"[^\W\d_][\w’'-]*", text[run.start : run.end])
    great = [word for word in words if word.casefold() not in SMALL_WORDS]
    if not 2 <= len(words) <= 9 or not great or not all(word[0].isupper() for word in great) or text[run.end - 1] in "!?":
        return False
    return TITLE_BEFORE.search(text, max(0, run.open - 20), run.open) is not None


def _is_name(text: str, run: Quoted) -> bool:
    """Whether a few words are what something is called: `weapons dubbed as “night birds”`."""
    few = len(text[run.start : run.end].split()) <= LONGEST_NAME
    return few and NAMING_BEFORE.search(text, max(0, run.open - 30), run.open) is not None


def _fact(reading: Reading, run: Quoted, sentence: int, saying: Saying) -> Fact:
    return Fact(
        kind=FactKind.QUOTE,
        text=reading.text[run.start : run.end],
        span_start=run.start,
        span_end=run.end,
        sentence=sentence,
        extractor=EXTRACTOR,
        confidence=round(reading.lexicon.rates("quote", saying.rule), 2),
        rule=saying.rule,
        attributed_to=saying.attributed_to,
        speaker=saying.speaker,
        cue=saying.cue,
    )


def _speaker(reading: Reading, run: Quoted, sentence: int) -> tuple[Source, str] | None:
    """The source whose report the run belongs to, and the rule that says so; `None` where its sentence has none."""
    text = reading.text
    last = reading.sentence_at(max(run.close - 1, run.open))
    sources = [s for n in range(sentence, last + 1) for s in reading.sources_in(n) if _speaks(s)]
    if last + 1 < len(reading.sentences) and _opens_with_tag(reading, run, last + 1):
        sources += reading.sources_in(last + 1)
    if not sources and sentence and _announced(reading, run, sentence - 1):
        sources = [source for source in reading.sources_in(sentence - 1)[-1:] if _speaks(source)]
    short = len(text[run.start : run.end].split()) <= SCARE
    for source in sources:
        report = source.report
        first = min(report.source_start, report.cue_start)
        if (
            first >= run.close
            and NEAR.match(text[run.close : first])
            and (report.inverted or not _new_clause(text, run.close, first))
        ):
            return (source, "beside") if not short or _opens_clause(text, run) else None
    earlier = [
        s for s in sources if s.report.cue_end <= run.open and not s.report.source_start < run.open < s.report.source_end
    ]
    if earlier:
        source = earlier[-1]
        gap = text[max(source.report.cue_end, min(source.report.content, run.open)) : run.open]
        if short and not (source.report.that or len(gap.split()) <= 6 or _complements(text, source, run, gap)):
            return None
        return source, "behind" if not gap.strip(" ,:") else "within"
    later = [s for s in sources if min(s.report.source_start, s.report.cue_start) >= run.close]
    if later and not short and not _ended(text, run):
        return later[0], "later"
    return None


def _complements(text: str, source: Source, run: Quoted, gap: str) -> bool:
    """Whether a short run ends what a verb calls something: `called the mayor’s plan for the old harbour “absurd”`."""
    verb = source.report.verb
    if verb is None or verb.lemma not in CALLING or len(gap.split()) > FARTHEST_CALLED:
        return False
    whole = text[run.start : run.start + 1].islower() and not re.search(r"[,;:—–]", gap) and DETERMINED.search(gap) is None
    return whole and ENDS_CLAUSE.match(text, run.close) is not None


def _inside(run: Quoted, statements: Sequence[Fact]) -> Saying | None:
    """Whose words a run in a reported clause is: `said that the “minor” repairs had failed`."""
    holding = [fact for fact in statements if fact.span_start <= run.open and run.close <= fact.span_end + 1]
    if not holding:
        return None
    inner = max(holding, key=lambda fact: fact.span_start)
    return Saying(inner.attributed_to or "", inner.speaker or "", inner.cue, "clause")


def _announced(reading: Reading, run: Quoted, before: int) -> bool:
    """Whether the sentence before ends in a colon, and the run opens the next: `He went on:` and a new paragraph."""
    end = reading.sentences[before].span_end
    return reading.text[end - 1 : end] == ":" and not reading.text[end : run.open].strip()


def _speaks(source: Source) -> bool:
    """Whether the cue may introduce words: a verb that only takes a number does not."""
    return source.report.verb is None or source.report.verb.frames != {"number"}


def _opens_with_tag(reading: Reading, run: Quoted, sentence: int) -> bool:
    """Whether the next sentence is the tag of the run: `“Go!” he said.` is cut after the mark by some splitters."""
    start = reading.sentences[sentence].span_start
    if start - run.close > 1:
        return False
    tagged = any(
        source.report.source_start - start < 2 and (source.report.inverted or _ends_tag(reading, source.report))
        for source in reading.sources_in(sentence)
    )
    return reading.text[start : start + 1].islower() or (tagged and reading.text[run.end - 1 : run.end] in "?!…,")


def _ends_tag(reading: Reading, report: Report) -> bool:
    """Whether a sentence of the shape `X asked` says no more than that: `Ida Ferrell asked calmly.`"""
    quoting = report.verb is not None and "quote" in report.verb.frames
    return quoting and TAG_ENDS.match(reading.text, report.cue_end) is not None


def _new_clause(text: str, close: int, first: int) -> bool:
    return "." in text[close:first] or ";" in text[close:first]


def _ended(text: str, run: Quoted) -> bool:
    """Whether the quotation ends its sentence and another begins behind it."""
    return text[run.end - 1 : run.end] in ".!?…" and text[run.close : run.close + 2].strip()[:1].isupper()


def _opens_clause(text: str, run: Quoted) -> bool:
    """A short run is speech where it stands as a sentence of its own: `“Never,” he said.`"""
    return text[run.end - 1 : run.end] in ",.!?" or text[run.close : run.close + 1] == ","


def _continued(reading: Reading, run: Quoted, sentence: int, before: Fact | None) -> Saying | None:
    """A quotation without a cue of its own: whose words they are by the sentences before it.

    `“It fell,” she said. “We ran.”`: the second is hers too. `She blamed the board for it.` and a paragraph that is one
    quotation: it is hers.
    """
    if len(reading.text[run.start : run.end].split()) <= SCARE:
        return None
    here = reading.sentences[sentence]
    outside = _outside(reading, run, sentence)
    there = reading.sentence_at(before.span_end - 1) if before is not None else -1
    alone_there = outside <= 1 and reading.text[run.start : run.end].rstrip(INNER)[-1:] in (".", "!", "?", "…")
    if alone_there and (source := _told_before(reading, run, sentence, there)) is not None:
        same = reading.sentences[source.sentence].paragraph == here.paragraph
        return Saying(source.attributed_to, source.speaker, None, "paragraph" if same else "lead")
    if before is None:
        return None
    paragraph = reading.sentences[there].paragraph
    if here.paragraph == paragraph and outside <= 3:
        return Saying(before.attributed_to or "", before.speaker or "", before.cue, "continued")
    closes = reading.text[run.close : here.span_end].strip(" .") == ""
    if here.paragraph == paragraph and sentence == there + 1 and closes and outside <= 8:
        return Saying(before.attributed_to or "", before.speaker or "", before.cue, "continued_far")
    if here.paragraph == paragraph + 1 and alone_there:
        return Saying(before.attributed_to or "", before.speaker or "", None, "next_paragraph")
    return None


def _told_before(reading: Reading, run: Quoted, sentence: int, quoted: int) -> Source | None:
    """The last source of the sentence right before a quotation that stands alone; `None` where another quotation ends there."""
    before = sentence - 1
    if before <= quoted or before < 0 or reading.sentences[before].paragraph < reading.sentences[sentence].paragraph - 1:
        return None
    last = reading.sentences[before]
    if reading.text[last.span_end : run.open].strip(" \n") or last.span_end - last.span_start < SHORTEST_LEAD:
        return None
    sources = [source for source in reading.sources_in(before) if _speaks(source) and source.report.cue]
    return sources[0] if sources else None


def _outside(reading: Reading, run: Quoted, sentence: int) -> int:
    """Words of the run's sentences that stand outside any quotation."""
    last = reading.sentence_at(run.close - 1)
    start, end = reading.sentences[sentence].span_start, reading.sentences[last].span_end
    return len(_unquoted(reading.text, start, end, reading.quoted_in(start, end)).split())


def _unquoted(text: str, start: int, end: int, quoted: Sequence[Quoted]) -> str:
    parts, at = [], start
    for run in quoted:
        parts.append(text[at : max(at, run.open)])
        at = max(at, run.close)
    return " ".join([*parts, text[at:end] if at < end else ""]).strip(" .,")
