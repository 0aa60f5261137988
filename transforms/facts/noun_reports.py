"""Reports by a noun: `the minister’s claim that the dam was safe`, `the announcement by the bank that it will close`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.reports import Report
from copydesk.transforms.facts.subjects import DAY
from copydesk.transforms.lexicon import Verb

OWNED = "owned"
"""The frame that marks a cue which is a noun."""

NOUNS = (
    "claim announcement statement assertion contention allegation accusation suggestion warning insistence "
    "admission declaration prediction promise pledge vow assurance report finding conclusion argument "
    "testimony comment remark complaint belief view opinion conviction estimate acknowledgement acknowledgment "
    "confession confirmation revelation reminder threat concern fear answer reply message point advice theory guess hope"
).split()
CUES = re.compile(
    rf"""
    \b(?:{"|".join(NOUNS)})s?\b                                                  # claims
    (?=[^.;:!?\n“”"]{{0,80}}?\sthat\b)                                            # … by the bank that
    """,
    re.VERBOSE,
)
"""Where a noun of saying may stand: `that` follows it in its sentence."""

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
WHEN = (
    rf"(?:,?\s+(?:on\s+|last\s+|late\s+|early\s+|this\s+)*"
    rf"(?:{DAY}|week|month|year|yesterday|today|in\s+(?:{MONTH}|\d{{4}})))?"
)
NAME = r"(?:[A-Z][\w’'.&-]*)(?:\s+(?:(?:of|for|and|the|de|al)\s+){0,2}[A-Z][\w’'.&-]*){0,6}"
DETERMINER = r"(?:the|an?|his|her|its|their|one|some|several|local|senior)"
PHRASE = rf"(?:(?i:{DETERMINER})\s+(?:(?!{DETERMINER}\b)[\w’'.&-]+\s+){{0,5}}?(?!{DETERMINER}\b)[\w’'.&-]+|{NAME}|[a-z]+s)"
THAT = re.compile(
    rf"""
    {WHEN}
    \s+(?:(?P<is>is|was|remains|remained|has\s+been)\s+)?                       # his view is
    that\s+(?=[\w“\"$£€\x00])
    """,
    re.VERBOSE,
)
POSSESSIVE = re.compile(
    rf"""
    (?: (?P<pronoun>\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts))                          # his
      | (?<![\w’'-])(?P<name>{PHRASE})[’']s?                                      # the minister’s
    )\s+
    (?:(?:[a-z]+ly|own|first|latest|earlier|previous|recent|repeated|public|false|baseless|unfounded|initial|widespread|frequent)\s+)*
    $
    """,
    re.VERBOSE,
)
"""Whose saying it is, before the noun: `his earlier`, `the minister’s`."""

BY = re.compile(
    rf"""
    {WHEN}\s+(?:by|from)\s+                                                      # last week by
    (?P<source>{PHRASE}(?:\s+(?:of|at|in|for)\s+{PHRASE})?)                      # the bank of Sellin
    (?={WHEN},?\s+that\s)
    """,
    re.VERBOSE,
)
"""Whose saying it is, behind the noun."""

RELATIVE = re.compile(
    r"""
    (?:was|were|is|are|has|have|had|will|would|could|may|might|said|says|showed|shows|found|led|came)\b    # a report that was
    | [^.;:,]{0,60}?\b(?:published|released|issued|made|wrote|gave|posted|sent|commissioned|obtained|cited|quoted|presented)
      \s*(?:$|[.,;]|(?:on|in|at|last|this|earlier|to|by|yesterday|today|late|after|during)\b)             # that they published
    """,
    re.VERBOSE,
)
"""What stands behind a `that` that only tells which: `a report by an engineer that the board published on Monday`."""

LONGEST = 200
"""Characters before the noun in which its owner is looked for."""

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
ADJUNCT = re.compile(
    r"\b(?:with|to|of|by|on|against|despite|after|amid|following|over|about|than|from|in|as)\s+(?:[\w’'.&-]+\s+){0,3}$"
)


def noun_reports(masked: str, offset: int, clauses: Clauses | None) -> Iterator[Report]:
    """The reports of a sentence that a noun makes; `masked` is the sentence, which begins at `offset`, without its quotations.

    The noun must have an owner (`his claim`, `reports from officials`). Where the phrase is what the sentence is about, the end
    of what is said is that of the parse; without one there is no report.
    """
    for found in CUES.finditer(masked):
        owner = POSSESSIVE.search(masked, max(0, found.start() - LONGEST), found.start())
        by = BY.match(masked, found.end()) if owner is None else None
        that = THAT.match(masked, by.end("source") if by is not None else found.end())
        if that is None or (owner is None and by is None) or RELATIVE.match(masked, that.end()):
            continue
        group = "pronoun" if owner is not None and owner["pronoun"] else "name"
        source = owner.span(group) if owner is not None else by.span("source") if by is not None else (0, 0)
        before = masked[: min(source[0], found.start())]
        clause = None
        if that["is"] is None and not _told_of(clauses, before, offset):
            clause = _parsed_clause(clauses, offset + found.start(), offset + that.end())
            if clause is None:
                continue
        yield Report(
            source_start=offset + source[0],
            source_end=offset + source[1],
            cue_start=offset + found.start(),
            cue_end=offset + found.end(),
            cue=found.group(),
            verb=Verb(found.group(), frozenset({"that", OWNED})),
            inverted=False,
            content=offset + that.end(),
            that=True,
            clause=clause,
        )


def _told_of(clauses: Clauses | None, before: str, offset: int) -> bool:
    """Whether the phrase stands behind the verb of its clause, so that what is said goes on to the end of the clause."""
    if clauses is None:
        return False
    start = offset + max(before.rfind(","), before.rfind(";"), before.rfind("—")) + 1
    first, last = clauses.from_to(start, offset + len(before))
    return any(clauses.token(number).tag in FINITE | {"VBG", "VB"} for number in range(first, last)) or (
        ADJUNCT.search(before) is not None and _has_verb_before(clauses, offset, last)
    )


def _has_verb_before(clauses: Clauses, offset: int, last: int) -> bool:
    first, _ = clauses.from_to(offset, offset)
    return any(clauses.token(number).tag in FINITE for number in range(first, last))


def _parsed_clause(clauses: Clauses | None, cue: int, content: int) -> tuple[int, int] | None:
    """The clause hung on the noun at `cue` as the parse has it, from `content` on; `None` where no verb follows it."""
    noun = clauses.at(cue) if clauses is not None else None
    if clauses is None or noun is None:
        return None
    for child in clauses.children(noun, "acl", "acl:relcl", "ccomp"):
        start, end = clauses.span(clauses.subtree(child))
        _, behind = clauses.from_to(end, end)
        goes_on = behind < len(clauses.tokens) and clauses.token(behind).tag in FINITE | {"VBN", "VBG", ","}
        if start < content < end and goes_on:
            return content, end
    return None
