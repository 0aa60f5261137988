"""When, where and how somebody speaks: the adverbials between a verb of saying and what is said."""

from __future__ import annotations

import re

ADVERBIAL = r"""
    (?: \s+(?!at\s+(?:least|most|best|worst)\b|as\s+(?:many|much|few|little)\b                   # at least 54 fell
            |(?:only|nearly|roughly|approximately|almost|barely|hardly|scarcely|exactly|fully|mostly|partly)\b)
        (?:late|early|later|earlier|last|this|next|[a-z]+ly|today|yesterday|tonight
        |(?:in|on|at|via|through|during|after|before|with|from|by|(?:over|under)(?!\s+\d)|within|ahead|following|amid)\b)
    )+                                                                           # late on
    (?: \s+(?!that\b|which\b|who\b|(?<!\ba\s)(?<!\ban\s)(?<!\bthe\s)[a-z]+ing\b)
        [\w’'.&-]*[\w’'&](?:,(?=\s\d{4}\b))?                                     # the last day of the fair
    ){0,9}?
    """
"""What may stand there: `late in the day`, `at a meeting of the board on Monday`. No clause and no comma is in it.

What bounds the subject of what is said is none: `said at least 40 people fled`, `said only those with boats could leave`.
"""

THAT = re.compile(r"\s+that\b,?\s+(?=[\w“\"$£€\x00])")
ASIDE = r"""
    ,\s+(?!(?:and|but|or|who|which|whose|where|when|while|that|as)\b)
    [\w’'.&-]+(?:\s+[\w’'.&-]+){0,7},                                           # , the old county seat,
"""
TO_THAT = re.compile(rf"(?:(?:{ADVERBIAL})(?:{ASIDE}(?:{ADVERBIAL})?)?|{ASIDE}(?:{ADVERBIAL})?)(?={THAT.pattern})", re.VERBOSE)
"""What opens the clause, behind an aside too that tells where: `at a hall in Torvik, the old county seat, on Monday that`."""

VERB = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|did|does|do|\w+n[’']t|\w{3,}ed)\b"
)
"""A verb: no adverbial holds one, and behind it `that` is a relative pronoun: `said in the letter that was sent`."""

SUBJECT = re.compile(
    r"\s+(?=(?:he|she|it|they|we|there|the|an?|his|her|its|their|this|these|those|some|at\s+(?:least|most)|as\s+many\s+as|about|around|nearly|only|more\s+than|\d[\d,.]*)\s)"
)
TO_SUBJECT = re.compile(f"{ADVERBIAL}(?={SUBJECT.pattern})", re.VERBOSE)
WHOLE = re.compile(ADVERBIAL, re.VERBOSE)
"""What begins a clause behind a whole phrase: a pronoun as subject, the determiner of a new noun."""

OPEN = frozenset(
    "a an the of to in on at for from by with and or its his her their this that these those via through during after before"
    " over under within ahead following amid as than between about late early last next not more less".split()
)
"""Words that a phrase does not end with."""

GOVERNING = frozenset("believe insist agree decide argue report comment rule vote hope reflect complain find read hold".split())
"""Verbs that take a thing by a preposition: `insisted on a vote that the board had refused`."""


def behind_adverbial(masked: str, at: int, lemma: str) -> tuple[int, bool] | None:
    """Where a clause begins behind an adverbial that stands at `at`, and whether `that` opens it.

    `None` where no adverbial stands there. `lemma` is the verb's.

    >>> text = "said on the radio that it fell"
    >>> text[slice(behind_adverbial(text, 4, "say")[0], None)]
    'it fell'
    >>> behind_adverbial("said in the letter that was lost", 4, "say")
    """
    if lemma in GOVERNING:
        return None
    found = TO_THAT.match(masked, at)
    if found is not None and (that := THAT.match(masked, found.end())) is not None:
        told = VERB.match(masked, that.end()) is None
        if told and not _has_verb(masked[at : found.end()]):
            return that.end(), True
    found = TO_SUBJECT.match(masked, at)
    while found is not None and _is_open(masked[: found.end()], masked[found.end() : found.end() + 3]):
        found = _longer(masked, at, found.end())
    if found is None or _has_verb(masked[at : found.end()]):
        return None
    subject = SUBJECT.match(masked, found.end())
    return (subject.end(), False) if subject is not None else None


def _is_open(before: str, after: str) -> bool:
    """Whether a phrase goes on behind some words: `at the end of`, `on June` before a number, `roughly` before one."""
    last = before.rsplit(None, 1)[-1]
    return last.casefold() in OPEN or ((last[0].isupper() or last.endswith("ly")) and after.strip()[:1].isdigit())


def _longer(masked: str, at: int, end: int) -> re.Match[str] | None:
    """The next longer adverbial, which ends behind `end`."""
    for found in SUBJECT.finditer(masked, end + 1, end + 90):
        whole = WHOLE.fullmatch(masked, at, found.start())
        if whole is not None:
            return whole
    return None


MADE_KNOWN = re.compile(
    r"(?<=[a-z])\s+(?:published|issued|released|posted|carried|aired|obtained|shared|signed|dated|filed|chaired|attended|organi[sz]ed|hosted)\b"
)
"""What is told of an occasion in an adverbial, which is no verb of a clause: `in a report published in May`."""


def _has_verb(words: str) -> bool:
    words = MADE_KNOWN.sub("", words)
    return any(VERB.fullmatch(word) is not None for word in words.split())
