"""The tags of quotations that no reporting clause gives: `“Why?” Ida Ferrell, a pilot, asked calmly`; `…, chanting: “Go!”`.

A reporting clause is read in its sentence; a tag is read from its quotation outwards, by more verbs (`sighed`, `went on`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.transforms.facts.names import person
from copydesk.transforms.facts.quoted_spans import Quoted
from copydesk.transforms.facts.reporting_clauses import MODAL, PASSIVE
from copydesk.transforms.facts.reports import Report
from copydesk.transforms.facts.subjects import DETERMINER, FULL_STOP, main_subject, subject, verb_end
from copydesk.transforms.lexicon import Lexicon, Verb
from copydesk.transforms.types import Sentence

ABBREVIATED = (
    r"(?:(?<=\b[A-Z])|(?<=\b(?:Mr|Ms|Dr|Lt|St|Jr|Sr|Co))|(?<=\b(?:Mrs|Gen|Sen|Rep|Gov|Col|Sgt|Rev|Maj|Inc|Ltd))"
    r"|(?<=\b(?:Prof|Capt|Corp|Bros)))\."
)
PHRASE = re.compile(
    rf"""
    [\s,—–-]*
    (?P<phrase>
        (?:as\s+)?
        (?P<core>
            (?:(?i:{DETERMINER}|he|she|they|we|i|it)\b|[A-Z\[]|[a-z][\w-]*\s)     # the mayor, she, Moss, mayor Moss
            (?:[^,.;:!?“”\"\n\x00]|{ABBREVIATED})*                                # … of Sellin, Gen. Moss
        )
        (?:,\s(?:[^.;:!?“”\"\n\x00]|{ABBREVIATED}){{2,120}})??                    # …, head of the port
    )
    [,\s]+$
    """,
    re.VERBOSE,
)
"""A noun phrase between a closing mark and a verb, with what its commas add."""

BEHIND = re.compile(
    rf"""
    \s+
    (?P<phrase>
        (?:(?i:{DETERMINER})\s|[A-Z]|[a-z][\w-]*\s)                               # said the mayor, Moss, mayor Moss
        (?:[^,.;:!?“”\"\n\x00]|{ABBREVIATED})+                                    # … of Sellin, Gen. Moss
    )
    """,
    re.VERBOSE,
)
BEHIND_END = re.compile(
    r"\s+(?:in|on|at|after|during|when|while|as|who|that|which|before|by|from|but|with|because|this|last|to|and|alongside|beside|above)\s.*$",
    re.DOTALL,
)
BY_AGENT = re.compile(
    r"""
    \b(?:described|characteri[sz]ed|called|labell?ed|branded|hailed|praised|denounced|condemned|dismissed|termed|dubbed|decried)
    \s+by\s+(?P<source>(?:(?:the|an?)\s+)?[^,;:“”"\n\x00]{2,80}?)                # described by the union
    (?:\s+as)?\s+(?:(?:an?|the)\s+)?(?:[a-z-]+\s+)?$                            # as a
    """,
    re.VERBOSE,
)
"""Who calls something what stands in quotation marks: `described by the union as a “slap in the face”`."""

FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|did|does|do|said|says|told|\w+n[’']t)\b",
    re.IGNORECASE,
)
AUXILIARIES = re.compile(
    r"(?:\s+(?:can|could|has|had|have|is|was|were|be|been|being|also|then|later|once|again|just|only|heard|seen|reportedly|\w+ly))+$"
)
CLAUSE_OPENERS = re.compile(
    r"(?:and|but|that|because|although|though|when|while|if|so|or|(?:\w+\s+)?(?:which|whom|whose)|who|where|than|not|to)\b",
    re.IGNORECASE,
)
TAG_ENDS = re.compile(
    r"\s*(?:[.,;:—–]|$|(?:\w+ly|in|on|at|during|late|early|last|yesterday|to|as|when|after|of|before|while|via|from|about|with|through"
    r"|into|again|back|out|outside|this|me|us|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)
"""What may stand behind the verb of a tag after a full stop: `“It fell.” Moss said on Monday.`, not `Moss said the house`."""

LEADS = re.compile(r"\s*[,:—–-]?\s*$")
SPOKEN_END = (",", "?", "!", "…", "—", "-")
WHO = re.compile(r"\b(?P<who>who)\s+(?:(?:then|later|also|once|\w+ly)\s+)?$")
FROM = re.compile(r"\bfrom\s+(?P<phrase>(?:(?:the|a|an)\s)?[^,.;:“”\"\n\x00]*[A-Z][^,.;:“”\"\n\x00]*)$")
WORDS_OF = re.compile(
    r"""
    (?:^|[,\x00]\s*|\b(?:and|but|with|in|was|is)\s+)                             # and
    (?: (?P<pronoun>[Hh]is|[Hh]er|[Tt]heir)
      | (?P<name>(?:[Tt]he|[Aa]n?)\s+(?:[\w-]+\s+){0,3}?[\w-]+ | [A-Z][\w.-]*(?:\s+[A-Z][\w.-]*){0,3})[’']s?
    )
    \s+(?:[a-z-]+\s+){0,2}
    (?:message|verdict|answer|response|reply|reaction|advice|conclusion|explanation|words|line|comment|comments|remark|remarks|assessment
      |argument|question|plea|warning|promise|retort|reasoning|prediction|statement)
    (?:\s+[^:;.!?\x00“”"]{1,90})?$
    """,
    re.VERBOSE,
)
"""Whose words a colon leads to: `Her message to the board:`, `Moss’s verdict was clear:`."""

LED = re.compile(
    r"""
    (?:(?:But|And|So|Then|Yet|Still|Later|Now|Meanwhile)\s+)?                    # But
    (?P<source>[Hh]e|[Ss]he|(?:[Tt]he\s+)?(?:[a-z-]+\s+){0,3}(?:[A-Z][\w’'-]*\.?\s+){0,4}[A-Z][\w’'-]*)
    \s+(?!(?:read|reads|remembers|remembered|quotes|quoted|recites|recited|cites|cited|sang|sings|wore|wears|held|holds)\b)
    (?:[a-z]+(?:s|ed)|was|is|had|took|went|came|stood|spoke|gave|made|found|kept|began|broke|got|put|left|sent)
    (?:\s+[^:;.!?\x00“”"]{1,110})?$
    """,
    re.VERBOSE,
)
"""A person whose words a colon leads to: `Neighbour Ida Fisk picks up the story:`."""

TURNED = re.compile(
    r"(?P<cue>[A-Z][a-z]+)\s+(?P<source>(?:(?:the|an?)\s+)?(?:[a-z-]+\s+){0,3}(?:[A-Z][\w’'.&-]*)(?:\s+[A-Z][\w’'.&-]*)*|the\s+[a-z-]+)"
    r"(?:,\s+[^,:;“”\"]{3,80})?"
)
"""Who a paragraph of its own says speaks in the next one: `Stated Ida Fisk:`."""

LEAST_LED = 4
"""Words of the shortest quotation that a colon alone gives to the person before it."""

FARTHEST_WORDS = 8
"""Words between a verb and the quotation that it leads to."""


class TagReader:
    """Finds the tags of quotations by the quoting verbs of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        forms = "|".join(re.escape(form) for form in sorted(lexicon.tags, key=len, reverse=True))
        self._verbs = lexicon.tags
        self._pattern = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])")

    def read(self, text: str, sentence: Sentence, quoted: Sequence[Quoted], reports: Sequence[Report]) -> Iterator[Report]:
        """The tags of a sentence's quotations for which `reports` has none; `quoted` are its runs, and one right before it."""
        if not quoted:
            return
        masked = _masked(text, sentence, quoted)
        for number, run in enumerate(quoted):
            following = quoted[number + 1].open if number + 1 < len(quoted) else sentence.span_end
            if any(run.close <= report.cue_start <= following and _tags(report) for report in reports):
                continue
            tag = self._after(text, masked, sentence, run, min(following, sentence.span_end))
            if tag is None and not any(report.cue_end <= run.open and _says(report) for report in reports):
                tag = self._before(masked, sentence, run, len(text[run.start : run.end].split()) >= LEAST_LED)
            if tag is not None and not any(r.source_start <= tag.cue_start < r.source_end for r in reports):
                yield tag

    def announced(self, text: str, sentence: Sentence) -> Report | None:
        """Who a sentence gives the quotation of the next paragraph to by a colon alone: `And from Chairwoman Rosa Quill:`."""
        lead = text[sentence.span_start : sentence.span_end].rstrip()
        sent = FROM.search(lead[:-1]) if lead.endswith(":") else None
        if sent is None and lead.endswith(":"):
            turned = TURNED.fullmatch(lead[:-1])
            found = self._pattern.match(turned["cue"].lower()) if turned is not None else None
            if turned is not None and found is not None and found.end() == len(turned["cue"]):
                start, end = (sentence.span_start + at for at in turned.span("source"))
                return self._report(start, end, sentence.span_start, found, inverted=True, content=end)
            return _led(lead[:-1], sentence.span_start, long=True)
        if sent is None:
            return None
        return _bare(sentence.span_start + sent.start("phrase"), sentence.span_start + sent.end("phrase"))

    def _after(self, text: str, masked: str, sentence: Sentence, run: Quoted, limit: int) -> Report | None:
        """The tag behind a quotation: `“…,” X said`, `“…,” said X`."""
        base = sentence.span_start
        if run.close < base - 3 or run.close >= limit:
            return None
        ends = text[run.start : run.end].rstrip()[-1:]
        sure = ends in SPOKEN_END or text[run.close : run.close + 1] == ","
        at = max(run.close, base)
        found = self._pattern.search(masked, at - base, limit - base)
        if found is None or found.group().endswith("ing"):
            return None
        if not sure and (ends != "." or not TAG_ENDS.match(masked, found.end())):
            return None
        lead = masked[at - base : found.start()]
        if not lead.strip(" ,—–-"):
            return self._inverted(masked, base, found) if sure else None
        phrase = PHRASE.fullmatch(lead)
        if phrase is None or MODAL.search(lead) is not None:
            return None
        written = AUXILIARIES.sub("", phrase["phrase"]).removeprefix("as ")
        core = AUXILIARIES.sub("", phrase["core"])
        if FINITE.search(core) or CLAUSE_OPENERS.match(core) or len(core.split()) > 14 or not _speaks(core):
            return None
        start = at + phrase.start("phrase") + (3 if phrase["phrase"].startswith("as ") else 0)
        return self._report(start, start + len(written.rstrip(" ,")), base, found, inverted=True, content=base + found.end())

    def _inverted(self, masked: str, base: int, found: re.Match[str]) -> Report | None:
        phrase = BEHIND.match(masked, found.end())
        if phrase is None:
            return None
        written = BEHIND_END.sub("", phrase["phrase"]).rstrip()
        if not re.search(r"[A-Z]", written) and not re.match(rf"(?i:{DETERMINER})\s", written):
            return None
        start = base + phrase.start("phrase")
        return self._report(start, start + len(written), base, found, inverted=True, content=start + len(written))

    def _before(self, masked: str, sentence: Sentence, run: Quoted, long: bool) -> Report | None:
        """The tag before a quotation: `X sighed: “…”`, `…, chanting “…”`, `And from X:`; `long` where it has several words."""
        base = sentence.span_start
        stop = run.open - base
        if stop <= 0:
            return None
        low = masked.rfind("\x00", 0, stop) + 1
        if (agent := BY_AGENT.search(masked, low, stop)) is not None:
            return _bare(base + agent.start("source"), base + agent.end("source"))
        verbs = [found for found in self._pattern.finditer(masked, low, stop) if _leads(masked, found, stop)]
        if verbs:
            found = verbs[-1]
            source = _subject(masked, found)
            if source is None:
                return None
            return self._report(base + source[0], base + source[1], base, found, inverted=False, content=run.open)
        if masked[:stop].rstrip().endswith(":"):
            lead = masked[low:stop].rstrip(" :\n")
            if (sent := FROM.search(lead)) is not None:
                return _bare(base + low + sent.start("phrase"), base + low + sent.end("phrase"))
            return _led(lead, base + low, long)
        return None

    def _report(self, start: int, end: int, base: int, found: re.Match[str], *, inverted: bool, content: int) -> Report:
        return Report(
            source_start=start,
            source_end=end,
            cue_start=base + found.start(),
            cue_end=base + found.end(),
            cue=found.group(),
            verb=Verb(self._verbs[found.group()], frozenset({"quote"})),
            inverted=inverted,
            content=content,
            that=False,
        )


def _subject(masked: str, found: re.Match[str]) -> tuple[int, int] | None:
    """Who says what a verb leads to: its own subject, that of the sentence for a participle, `who` in a relative clause."""
    before = masked[: found.start()]
    if PASSIVE.search(before) or MODAL.search(before):
        return None
    if found.group().endswith("ing"):
        return main_subject(masked, found.start())
    if (who := WHO.search(before)) is not None:
        return who.start("who"), who.end("who")
    return subject(masked, verb_end(masked, found.start()))


def _says(report: Report) -> bool:
    """Whether a report may give words: a verb that only takes a number does not."""
    return report.verb is None or report.verb.frames != {"number"}


def _tags(report: Report) -> bool:
    """Whether a report may be the tag of a quotation before it: no participle is (`“It fell” and vowing to go on`)."""
    return _says(report) and not report.cue.endswith("ing")


def _led(lead: str, offset: int, long: bool) -> Report | None:
    """Whose words a colon leads to, by the words before it: the owner of `answer`, `message`; else who it is about."""
    owned = WORDS_OF.search(lead)
    if owned is not None:
        group = "pronoun" if owned["pronoun"] else "name"
        return _bare(offset + owned.start(group), offset + owned.end(group))
    led = LED.fullmatch(lead) if long else None
    if led is None or (led["source"].casefold() not in ("he", "she") and person(led["source"]) is None):
        return None
    return _bare(offset + led.start("source"), offset + led.end("source"))


def _bare(start: int, end: int) -> Report:
    """A source without a verb of saying: `And from Chairwoman Rosa Quill:`, `described by the union as`."""
    verb = Verb("from", frozenset({"quote"}))
    return Report(
        source_start=start,
        source_end=end,
        cue_start=end,
        cue_end=end,
        cue="",
        verb=verb,
        inverted=False,
        content=end,
        that=False,
    )


def _masked(text: str, sentence: Sentence, quoted: Sequence[Quoted]) -> str:
    letters = list(text[sentence.span_start : sentence.span_end])
    for run in quoted:
        for at in range(max(run.open, sentence.span_start), min(run.close, sentence.span_end)):
            letters[at - sentence.span_start] = "\x00"
    return "".join(letters)


def _leads(masked: str, found: re.Match[str], stop: int) -> bool:
    """Whether a verb leads to the quotation at `stop`: few words and no end of a sentence stand between."""
    gap = masked[found.end() : stop]
    return (
        len(gap.split()) <= FARTHEST_WORDS and not re.search(rf"[;!?\x00]|{FULL_STOP}\s", gap) and LEADS.search(gap) is not None
    )


def _speaks(core: str) -> bool:
    """Whether a phrase may speak: a pronoun, a name, or a noun with its article."""
    return re.match(rf"(?i:(?:he|she|they|we|i|it)$|{DETERMINER}\s)", core) is not None or re.search(r"[A-Z]", core) is not None
