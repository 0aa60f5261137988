"""Reporting clauses: who says something, by a verb of saying, and what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

from copydesk.transforms.facts.agents import by_agent
from copydesk.transforms.facts.agreement import reconciled
from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.governing import governing
from copydesk.transforms.facts.inverted import source_behind
from copydesk.transforms.facts.no_reports import is_clause, is_turned, names_behind, no_saying, says_nothing, that_tells_which
from copydesk.transforms.facts.noun_reports import CUES, noun_reports
from copydesk.transforms.facts.quoted_spans import Quoted
from copydesk.transforms.facts.reports import (
    CITED,
    WITH_SUBJECT,
    Report,
    according_to,
    is_nobody,
    participle_of,
    report_of,
    said_of,
    who_says,
)
from copydesk.transforms.facts.subjects import (
    DETERMINER,
    main_subject,
    subject,
    verb_end,
)
from copydesk.transforms.lexicon import Lexicon, Verb

SAID = r"(?:also\s|has\s|have\s|had\s)?(?:said|says|told|added|reported|announced|confirmed|estimated|warned)\b"
BRACKETS = re.compile(rf"\([^()\x00]{{1,40}}\)|\([^()\x00“”\"\n]{{41,160}}\)(?=,?\s{SAID})")
"""A bracket, or a long one that parts a source from its verb."""

REMARK = re.compile(
    rf"""
    (?<=\w) \s (?P<dash>[–—]|--?) \s
    (?:which|who|whose|an?|the|one|part|now|then|once|formerly) \s [^–—;:.?!()“”"\n]{{3,200}}? # – which watches the boats –
    \s (?P=dash) (?=\s{SAID})
    """,
    re.VERBOSE,
)
"""A remark between dashes that parts a source from its verb."""

RESOLVED = frozenset({"he", "she", "they", "it"})

ACCORDING = re.compile(
    r"\b(?P<cue>according to|in the words of|as per"
    r"|(?<!such )(?<!\bso )as (?:indicated|reported|stated|confirmed|announced|estimated|noted"
    r"|revealed|disclosed|claimed|alleged|explained) by)\s+",
    re.IGNORECASE,
)

NOT_REPORT = re.compile(
    r"^\s*(?:of\s+|off\b|by\b|out\b|up\b(?!\s+to\s+\d)|(?:not\s+)?to\s+(?:have|be)\b|to\s+(?:remain|stay)\s+(?:anonymous|unnamed)\b|for\b)",
    re.IGNORECASE,
)
"""What stands behind a form that is no report: `asked not to be named`."""

BY_DOING = re.compile(r"\s+by\s+(?:\w+ly\s+)?\w+ing\b")
"""How somebody answers without a word: `responded by closing the pier`."""

LONE_DETERMINER = re.compile(rf"(?!many\b|some\b|several\b|most\b|both\b){DETERMINER}", re.IGNORECASE)

PLURAL = re.compile(
    r"""
    (?: ^(?:the\s+)?(?:[\w’'-]+\s+){0,2}\w+[a-rt-z]s\s+(?:of|in|at|from|for|with|on|near)\b.*   # officials in Kesh
      | s|people|men|women|police|media                                                          # officials
      | (?:^|\s)(?:I|we|you|they|who|many|some|others|several|most|both)                         # they
      | (?:^|\s)\d[\d.,]*%?|percent|per\scent|half|a\s(?:third|quarter|fifth|tenth)|majority     # a third
      | (?:some|many|most|several)\s(?:of|in|at)\s.*|\band\b.*                                   # some of them
    )$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What a verb without an ending agrees with: `officials say`, but `the report` is a noun."""

SAME_PAST = frozenset({"put", "read"})

JOINED = re.compile(r"\b(?:and|but|then)\s*$")

MODAL = re.compile(r"\b(?:will|would|could|can|may|might|should|must|to|not)\s+(?:\w+ly\s+)?$")

PASSIVE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being)|\b(?:it|that|there|what)[’']s)\s+(?:not\s+|\w+ly\s+)?$", re.IGNORECASE
)

ASPECT = re.compile(
    r"(?P<verb>\b(?:continu(?:e|es|ed)|began|begins|start(?:s|ed)|went\s+on|goes\s+on|came|has\s+come|have\s+come))"
    r"\s+to\s+(?:\w+ly\s+)?$"
)
"""Verbs before an infinitive that is said all the same: `continues to insist that`."""

QUOTED_AS = re.compile(r"\b(?:was|were|is|are|been)\s+(?:\w+ly\s+)?(?:quoted|cited|reported|heard)\s+(?:as\s+)?$")
"""Before `saying`: `A survivor was quoted as saying that`."""

WHETHER = re.compile(r"\b(?:whether|if)\s+$")
"""What makes a belief a question: `asked whether he thought`."""


class SpeechReader:
    """Finds reporting clauses by the verbs of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._verbs = lexicon.verbs
        forms = "|".join(re.escape(form) for form in sorted(lexicon.verbs, key=len, reverse=True))
        self._pattern = re.compile(rf"\b(?:{forms})\b")
        self._forms = AhoCorasick(list(lexicon.verbs))

    def cues(self, text: str) -> list[int]:
        """Where in a whole text a reporting clause may have its cue, in order: all that `read` looks at."""
        verbs = {start for _, start, _ in self._forms.find_matches_as_indexes(text, overlapping=True)}
        words = [start for start in verbs if start == 0 or not text[start - 1].isalnum()]
        nouns = (found.start() for found in CUES.finditer(text))
        return sorted({*words, *nouns, *(found.start() for found in ACCORDING.finditer(text))})

    def read(
        self, text: str, start: int, end: int, quoted: list[Quoted], cues: Sequence[int], clauses: Clauses | None
    ) -> list[Report]:
        """The reports of the sentence text[start:end], in order; none of them inside its quotations.

        `cues` are those of the whole text.
        """
        first = bisect_left(cues, start)
        inside = cues[first : bisect_left(cues, end, first)]
        if not inside:
            return []
        masked = _masked(text, start, end, quoted)
        reports = [r for found in ACCORDING.finditer(masked) if (r := according_to(text, masked, found, start)) is not None]
        named = list(noun_reports(masked, start, clauses))
        taken = 0
        for cue in inside:
            found = self._pattern.match(masked, cue - start) if cue - start >= taken else None
            if found is None:
                continue
            taken = found.end()
            if any(report.cue_start == cue for report in named):
                continue
            verb = self._verbs[found.group()]
            if says_nothing(masked, found) or (clauses is not None and no_saying(clauses, masked, found, verb, start)):
                continue
            before = self._before(masked, found, verb, start, clauses)
            if before is not None and clauses is not None and is_clause(clauses, before):
                before = None
            report = (
                before or source_behind(text, masked, found, verb, start) or participle_of(masked, found, verb, start, reports)
            )
            report = self._agreed(report, text, masked, found, start, clauses=clauses, reports=reports)
            if report is None or is_nobody(text, report, verb):
                continue
            if clauses is not None and that_tells_which(clauses, masked, report, start):
                continue
            asked = WHETHER.search(masked, 0, max(0, report.source_start - start)) is not None
            if not asked and not any(r.source_start <= report.cue_start < r.source_end for r in reports):
                reports.append(report)
        return sorted([*reports, *named], key=lambda r: r.cue_start)

    def _agreed(
        self,
        report: Report | None,
        text: str,
        masked: str,
        found: re.Match[str],
        start: int,
        clauses: Clauses | None,
        reports: Sequence[Report],
    ) -> Report | None:
        """The report of a verb as the words and the parse have it together; `reports` are those before it."""
        if clauses is None:
            return report
        if report is not None and is_clause(clauses, report):
            report = None
        governed = self._governed(clauses, masked, found, self._verbs[found.group()], start)
        owned = WITH_SUBJECT.search(masked[: found.start()].rstrip()) or CITED.search(masked, 0, found.start())
        inner = governed is not None and any(one.cue_end <= governed.source_start for one in reports)
        hung = found.group().endswith("ing") and owned is None and not inner
        return reconciled(report, governed, clauses, text, hung=hung)

    def _governed(self, clauses: Clauses, masked: str, found: re.Match[str], verb: Verb, offset: int) -> Report | None:
        """The report as the parse has it."""
        said = governing(clauses, offset + found.start())
        if said is None or BY_DOING.match(masked, found.end()) or is_turned(clauses, masked, found, offset):
            return None
        content = said.clause[0] if said.clause is not None and said.clause[0] >= offset + found.end() else offset + found.end()
        report = Report(
            source_start=said.source[0],
            source_end=said.source[1],
            cue_start=offset + found.start(),
            cue_end=offset + found.end(),
            cue=found.group(),
            verb=verb,
            inverted=said.inverted,
            content=content,
            that=said.that,
            clause=said.clause,
        )
        return None if is_clause(clauses, report, governed=True) else report

    def _before(self, masked: str, found: re.Match[str], verb: Verb, offset: int, clauses: Clauses | None) -> Report | None:
        """The subject before its verb: `X said`, `X, who is Y, said`, `X, who said`."""
        if (clauses is not None and is_turned(clauses, masked, found, offset)) or names_behind(masked, found):
            return None
        before = masked[: found.start()]
        goes_on = found.group().endswith("ing") and not verb.frames.isdisjoint(("to", "that"))
        if PASSIVE.search(before) and not goes_on:
            return by_agent(masked, found, verb, offset)
        told_of = QUOTED_AS.search(before) if found.group() == "saying" else None
        if told_of is not None and (quoted := subject(masked, verb_end(masked, told_of.start()))) is not None:
            return report_of(masked, quoted, found, verb, offset)
        aspect = ASPECT.search(before)
        if MODAL.search(before) and aspect is None:
            return None
        stop = verb_end(masked, aspect.start() if aspect is not None else found.start())
        source = (
            who_says(masked, found, offset, clauses)
            or subject(masked, stop)
            or (main_subject(masked, stop) if JOINED.search(masked[:stop]) else None)
        )
        if source is not None and JOINED.search(masked[source[0] : source[1]]):
            source = main_subject(masked, source[1])
        if source is None or (NOT_REPORT.match(masked[found.end() :]) and not said_of(masked, source[0], found)):
            return None
        form = found.group()
        goes_on = goes_on and PASSIVE.search(before) is not None
        if (form.endswith("ing") and not goes_on) or form in ("written", "shown"):
            return None
        phrase = masked[source[0] : source[1]].partition(",")[0]
        present = form == verb.lemma and form not in SAME_PAST and aspect is None
        if LONE_DETERMINER.fullmatch(phrase) or (present and not PLURAL.search(phrase)):
            return None
        return report_of(masked, source, found, verb, offset)


def _masked(text: str, start: int, end: int, quoted: list[Quoted]) -> str:
    """The sentence with every quotation, bracket and remark between dashes blanked, so that no rule reads it."""
    bare = BRACKETS.sub(lambda found: " " * len(found.group()), text[start:end])
    letters = list(REMARK.sub(lambda found: " " * len(found.group()), bare))
    for run in quoted:
        for at in range(max(run.open, start), min(run.close, end)):
            letters[at - start] = "\x00"
    return "".join(letters)
