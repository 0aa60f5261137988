"""Reporting clauses: who says it, by which word, and where what is said stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.facts.quotations import Quoted
from transforms.lexicon import Lexicon, Verb

ADVERB = (
    r"(?:has|have|had|is|was|were|are|be|been|also|later|then|again|further|further|not|never|once|previously|earlier|"
    r"recently|already|even|still|now|both|all|would|will|could|did|does|do|himself|herself|themselves|[a-z]+ly)"
)
TRAIL = re.compile(rf"(?:\s+{ADVERB})*\s*$", re.IGNORECASE)
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
TIME_LEAD = re.compile(
    rf"^(?:(?:early|late|earlier|later)\s+)?(?:on\s+|last\s+)?(?:{DAY}|week|month|year|night|yesterday|today)\s+"
    r"|^(?:but|and|so|yet|now|then|meanwhile|still|indeed|instead|also|however|earlier|later)\s+",
    re.IGNORECASE,
)
TIME_TAIL = re.compile(
    rf"\s+(?:(?:early|late|earlier|later)\s+)?(?:on\s+|last\s+)?(?:{DAY})(?:\s+(?:morning|evening|night|afternoon))?$"
)
FULL_STOP = (
    r"(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bCol)(?<!\bMaj)(?<!\bCapt)(?<!\bSgt)(?<!\bLt)(?<!\bDr)(?<!\bMr)"
    r"(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!\bProf)(?<!\bRev)(?<!\b[A-Z])\."
)
BOUNDARY = re.compile(
    rf"[;:—–“”\"«»()\[\]\n\x00]|,(?!\d)|[!?]\s|{FULL_STOP}\s"
    r"|\b(?:but|as|while|when|that|because|if|although|though|after|before|since|where|whereas|which|who|than|so|until|unless|what|how|why|whether)\b",
    re.IGNORECASE,
)
AND = re.compile(r"\band\b")
DETERMINER = (
    r"(?:the|a|an|another|other|some|one|two|three|several|many|most|his|her|their|its|our|this|these|those|that|both|no|"
    r"local|senior)"
)
NOUN_START = re.compile(rf"(?:(?<=\s)|^)(?:(?i:{DETERMINER})\b|[“‘]?[A-Z])")
PRONOUN = re.compile(r"(?:he|she|they|it|i|we|you|who)$", re.IGNORECASE)
RESOLVED = frozenset({"he", "she", "they", "it"})
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|did|does|do)\b", re.IGNORECASE
)
ADDRESSEE = re.compile(
    r"\s+(?:to\s+)?(?:the\s+)?[\w’'.&\x00-]+"
    r"(?:\s+(?:[A-Z][\w’'.&-]*|of|and|the|\x00+|[a-z]+))*?(?=\s+(?:that\b|on\s+[A-Z]|to\b)|[,:.])"
)
APPOSITIVE_END = re.compile(r",\s*$")
ACCORDING = re.compile(r"\b(?P<cue>according to|in the words of)\s+", re.IGNORECASE)
INVERTED_END = re.compile(
    rf"[,;:!?—“”\"\n\x00]|{FULL_STOP}|\s+(?:in|on|at|after|during|when|while|as|who|that|which|before|by|from|adding|but|with|because|this|last|to)\s"
)
NOT_REPORT = re.compile(r"^\s*(?:of\s+|off\b|by\b|out\b|up\b|to\s+have\b|to\s+be\b|for\b)", re.IGNORECASE)
PARTICIPLE_LEAD = re.compile(r"(?:[,\x00—]|\b(?:and|while|by|before|after))\s+(?:also\s+|further\s+|later\s+)?$")
MAIN_VERB = re.compile(
    r"(?<=[\w’'.)]) (?:is|was|were|are|has|have|had|will|would|went|came|met|gave|told|made|took|left|held|spoke|did|"
    r"does|\w{2,}ed)\b"
)
TITLED = re.compile(r"(?:[a-z][\w-]*\s+){1,4}(?:[A-Z][\w’'.-]*\s*)+$")
BARE_PLURAL = re.compile(r"(?:[a-z]+s|[a-z]+ (?:officials|sources))$")
LONE_DETERMINER = re.compile(DETERMINER, re.IGNORECASE)
PLURAL = re.compile(
    r"(?:s|people|men|women|police|media|(?:^|\s)(?:I|we|you|they|who|many|some|others)|\band\b.*)$", re.IGNORECASE
)
"""What a verb without an ending agrees with: `officials say`, but `the report` is a noun."""

SAME_PAST = frozenset({"put"})
LEADING_AND = re.compile(r"\s*(?:and|but|while)\s+")
JOINED = re.compile(r"\b(?:and|but|then)\s*$")
MODAL = re.compile(r"\b(?:will|would|could|can|may|might|should|must|to|not)\s+(?:\w+ly\s+)?$")
NOBODY = re.compile(r"(?:nobody|no one|everyone|everybody|anyone|those|there|nothing|what)\b", re.IGNORECASE)
RELATIVE = re.compile(r"(?:a|an|the)\s+[a-z]+\s+(?=(?:[A-Z][\w’'.-]*\s+)+[A-Z][\w’'.-]*$)")
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
PREPOSITION_HEAD = re.compile(
    r"^(?:in|on|at|by|with|for|from|during|after|amid|despite|under|of|to|about|like|such)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
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


class SpeechReader:
    """Finds reporting clauses by the verbs of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._verbs = lexicon.verbs
        forms = "|".join(re.escape(form) for form in sorted(lexicon.verbs, key=len, reverse=True))
        self._pattern = re.compile(rf"\b(?:{forms})\b")

    def read(self, text: str, start: int, end: int, quoted: list[Quoted]) -> list[Report]:
        """The reports of the sentence text[start:end], in order; none of them inside its quotations."""
        masked = _masked(text, start, end, quoted)
        reports = [r for found in ACCORDING.finditer(masked) if (r := _according(text, masked, found, start)) is not None]
        for found in self._pattern.finditer(masked):
            verb = self._verbs[found.group()]
            report = (
                self._before(text, masked, found, verb, start)
                or self._after(text, masked, found, verb, start)
                or _participle(masked, found, verb, start, reports)
            )
            if report is not None and not any(r.source_start <= report.cue_start < r.source_end for r in reports):
                reports.append(report)
        return sorted(reports, key=lambda r: r.cue_start)

    def _before(self, text: str, masked: str, found: re.Match[str], verb: Verb, offset: int) -> Report | None:
        """The subject before its verb: `X said`, `X, who is Y, said`."""
        before = masked[: found.start()]
        if PASSIVE.search(before) or MODAL.search(before) or NOT_REPORT.match(masked[found.end() :]):
            return None
        stop = len(TRAIL.sub("", masked[: found.start()]))
        source = _subject(masked, stop) or (_main_subject(masked, stop) if JOINED.search(masked[:stop]) else None)
        if source is None:
            return None
        form = found.group()
        if form.endswith("ing") or form in ("written", "shown"):
            return None
        phrase = masked[source[0] : source[1]].partition(",")[0]
        present = form == verb.lemma and form not in SAME_PAST
        if LONE_DETERMINER.fullmatch(phrase) or (present and not PLURAL.search(phrase)):
            return None
        content, that = _content(masked, found.end(), verb)
        return Report(
            offset + source[0],
            offset + source[1],
            offset + found.start(),
            offset + found.end(),
            form,
            verb,
            False,
            offset + content,
            that,
        )

    def _after(self, text: str, masked: str, found: re.Match[str], verb: Verb, offset: int) -> Report | None:
        """The subject after its verb, behind what is said: `“…,” said X`."""
        before = masked[: found.start()].rstrip()
        closes = text[offset + len(before) - 2 : offset + len(before)][:1]
        if before.endswith("\x00") and closes not in ",.?!…—-":
            return None
        if not before.endswith(("\x00", ",")) or "quote" not in verb.frames or found.group().endswith("ing"):
            return None
        rest = masked[found.end() :]
        if not re.match(rf"\s+(?:{DETERMINER}\s|[A-Z]|[a-z]+\s+[A-Z])", rest):
            return None
        stop = INVERTED_END.search(rest)
        stop_at = stop.start() if stop else len(rest)
        appositive = re.match(
            r",\s+((?:the|a|an|head|chief|director|who|[A-Z][a-z]+’s)\b[^,.;“”\"\x00]{3,80})(?=[,.;])", rest[stop_at:]
        )
        source_end = stop_at + (appositive.end() if appositive and not appositive[1].startswith("who") else 0)
        source_start = len(rest) - len(rest.lstrip())
        if source_end - source_start < 2 or not re.search(r"[^\W\d_]{2}", rest[:source_end]):
            return None
        begin = found.end()
        return Report(
            offset + begin + source_start,
            offset + begin + source_end,
            offset + found.start(),
            offset + begin,
            found.group(),
            verb,
            True,
            offset + begin + source_end,
            False,
        )


def _participle(masked: str, found: re.Match[str], verb: Verb, offset: int, reports: list[Report]) -> Report | None:
    """`…, declaring that`: the subject is that of the report before it, else of the sentence."""
    if not found.group().endswith("ing") or not PARTICIPLE_LEAD.search(masked[: found.start()]):
        return None
    before = [r for r in reports if r.verb is not None and r.cue_end <= offset + found.start()]
    if before:
        source = (before[-1].source_start - offset, before[-1].source_end - offset)
    else:
        subject = _main_subject(masked, found.start())
        if subject is None:
            return None
        source = subject
    content, that = _content(masked, found.end(), verb)
    return Report(
        offset + source[0],
        offset + source[1],
        offset + found.start(),
        offset + found.end(),
        found.group(),
        verb,
        False,
        offset + content,
        that,
    )


def _main_subject(masked: str, stop: int) -> tuple[int, int] | None:
    """The subject of the sentence: what stands before its first verb."""
    main = MAIN_VERB.search(masked, 0, stop)
    return _subject(masked, len(TRAIL.sub("", masked[: main.start()]))) if main else None


def _masked(text: str, start: int, end: int, quoted: list[Quoted]) -> str:
    """The sentence with every quotation blanked, so that no rule reads what stands in one."""
    letters = list(text[start:end])
    for run in quoted:
        for at in range(max(run.open, start), min(run.close, end)):
            letters[at - start] = "\x00"
    return "".join(letters)


def _according(text: str, masked: str, found: re.Match[str], offset: int) -> Report | None:
    rest = masked[found.end() :]
    stop = re.search(r"[,;:—\x00\n]|\.(?:\s|$)|\s+(?:but|while|which|who|that|as|after)\s|$", rest)
    size = stop.start() if stop else len(rest)
    appositive = re.match(r",\s+([A-Z][\w’'.-]+(?:\s+[A-Z][\w’'.-]+){1,5})(?=[.,;]|$)", rest[size:])
    if appositive and not re.match(r"^[A-Z][\w’'.-]+(?:\s+[A-Z][\w’'.-]+)*$", rest[:size]):
        size += appositive.end()
    tail = TIME_TAIL.search(rest[:size])
    size = tail.start() if tail else len(rest[:size].rstrip())
    if size < 2:
        return None
    begin = offset + found.end()
    cue = found["cue"].lower()
    return Report(begin, begin + size, offset + found.start(), offset + found.end("cue"), cue, None, True, begin + size, False)


def _subject(masked: str, stop: int) -> tuple[int, int] | None:
    """The noun phrase that ends at `stop`: bounds in the sentence, null where none stands there."""
    end = stop
    if APPOSITIVE_END.search(masked[:stop]):
        comma = masked.rfind(",", 0, stop)
        opened = _appositive_start(masked, comma)
        if opened is None:
            return None
        start, end = opened, _appositive_end(masked, opened, comma)
    else:
        start = max((m.end() for m in BOUNDARY.finditer(masked, 0, stop)), default=0)
    while (lead := TIME_LEAD.match(masked[start:end].lstrip())) is not None:
        start += len(masked[start:end]) - len(masked[start:end].lstrip()) + lead.end()
    tail = TIME_TAIL.search(masked[start:end])
    end = start + tail.start() if tail else end
    start = _noun_start(masked, start, end)
    if (relative := RELATIVE.match(masked[start:end])) is not None:
        start += relative.end()
    phrase = masked[start:end].strip()
    if not phrase or len(phrase) > 160 or "\x00" in phrase or PREPOSITION_HEAD.match(phrase) or NOBODY.match(phrase):
        return None
    if not any(shape.match(phrase) for shape in (PRONOUN, NOUN_START, TITLED, BARE_PLURAL)):
        return None
    return start, start + len(masked[start:end].rstrip())


def _appositive_start(masked: str, comma: int) -> int | None:
    """Where `X` begins in `X, head of Y,` whose last comma stands at `comma`."""
    before = masked.rfind(",", 0, comma)
    while before > 0:
        start = max((m.end() for m in BOUNDARY.finditer(masked, 0, before)), default=0)
        if (joint := LEADING_AND.match(masked, start, before)) is not None:
            start = joint.end()
        name = masked[start:before].strip()
        if re.search(r"[A-Z]", name[:1]) and len(name.split()) <= 8 and not PREPOSITION_HEAD.match(name):
            return start + len(masked[start:before]) - len(masked[start:before].lstrip())
        before = masked.rfind(",", 0, before)
    return None


def _appositive_end(masked: str, start: int, comma: int) -> int:
    """The end of a name with its first appositive: what hangs on that too says nothing of who it is."""
    first = masked.find(",", start, comma)
    second = masked.find(",", first + 1, comma) if first >= 0 else -1
    return second if second >= 0 and comma - start > 60 else comma


def _noun_start(masked: str, start: int, end: int) -> int:
    """The start of the last noun phrase of the segment: past a verb, a preposition's object, a joined clause."""
    segment = masked[start:end]
    skip = len(segment) - len(segment.lstrip())
    for found in AND.finditer(segment):
        left, right = segment[: found.start()], segment[found.end() :].strip()
        joins_names = re.search(r"[A-Z][\w’'.-]*\s*$", left) and re.match(r"[A-Z]", right) and not FINITE.search(left)
        if not joins_names and (FINITE.search(left) or re.search(r"\b\w+(?:ed|ing)\b", left)):
            skip = found.end() + len(segment[found.end() :]) - len(segment[found.end() :].lstrip())
    for found in FINITE.finditer(segment, skip):
        rest = segment[found.end() :]
        again = NOUN_START.search(rest)
        if again and again.start() < len(rest.strip()):
            skip = found.end() + again.start()
    if PREPOSITION_HEAD.match(segment[skip:]):
        again = re.search(rf"\s(?:{DAY}|year|week|month|day|morning|night)\s+(?=\S)", segment[skip:])
        if again:
            skip += again.end()
    return start + skip


def _content(masked: str, at: int, verb: Verb) -> tuple[int, bool]:
    """Where what is said begins after the verb at `at`: past an addressee, a time, a comma, `that`."""
    if "addressee" in verb.frames and (found := ADDRESSEE.match(masked, at)) is not None:
        at = found.end()
    found = re.match(
        rf"(?:\s+(?:on\s+|late\s+|early\s+|last\s+)*(?:{DAY}|week|month|night|year|[A-Z][a-z]+ \d{{1,2}}))?"
        r"(?:\s+(?:in|via|on|to|through|at|during)\s+(?:an?|the|his|her|its|their)\s+[a-z]+(?:\s+[a-z]+){0,4}?)??"
        r"\s*(?:,\s*)?(?P<that>\s*that\b,?)\s*",
        masked[at:],
    )
    if found is not None:
        return at + found.end(), True
    rest = re.match(rf"(?:\s+(?:on\s+)?(?:{DAY}))?\s*[:,]?\s*", masked[at:])
    return at + (rest.end() if rest else 0), False
