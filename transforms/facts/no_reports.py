"""What looks like a reporting clause and is none, or is turned round: denied, counted, a noun, a source that is a clause."""

from __future__ import annotations

import re

from copydesk.transforms.facts.clauses import SUBJECT, Clauses
from copydesk.transforms.facts.reports import Report
from copydesk.transforms.facts.subjects import DAY, MAIN_VERB
from copydesk.transforms.lexicon import Verb

COUNTED_AFTER = re.compile(r"(?:,\s+[a-z]+)*(?:,?\s+and\s+[a-z]+)?\s+[a-z]+(?:s|ies)\b")
"""What makes a participle of a verb behind a number: `942 confirmed, probable and suspected cases`."""

STATE_AFTER = re.compile(
    r"\s+(?:to\s+(?:be|have\s+been)\s+)?(?:killed|dead|missing|drowned|trapped|buried|lost|injured|stranded|captured)\b"
)
"""What some are feared or believed to be, which nobody says: `20 villagers feared killed`."""

RELATIVES = frozenset({"who", "which", "that"})

FEARED = frozenset({"feared", "believed", "thought", "presumed"})

BEFORE_NUMBER = re.compile(r"\b(?:the|an?|its|their|these|those)\s+$", re.IGNORECASE)
"""What stands before a participle that belongs to a number: `the estimated 45 passengers`."""

NEGATED = re.compile(r"\b\w+n[’']t\s+(?:\w+ly\s+)?(?:[a-z]+\s+(?:out\s+)?and\s+)?$")
"""What was not said: `Moss didn’t come out and say …`."""

SURE = frozenset(
    "say tell insist believe argue assert contend concede explain suggest think add allege acknowledge indicate reveal warn"
    " deny".split()
)
"""Verbs of which no form is a noun: a parser that has one at such a form is wrong."""

SURE_IN_PRESENT = frozenset(
    "maintain announce confirm declare testify speculate predict recommend remind assure agree acknowledge conclude observe"
    " proclaim opine imply admit concede inform emphasise emphasize reiterate clarify complain convey recall".split()
)
"""Verbs of which no form in the present is a noun: `the quay fell, Moss maintains`."""

TOLD_BY_NAME = frozenset("estimate report claim inform project forecast".split())
"""Verbs whose form in the present is a noun in the plural too."""

NAMED = re.compile(r"(?:.*(?:[,;]|\band)\s+)?(?:[Tt]he\s+)?(?:[A-Z][\w’'.-]*\s+)+$|(?:.*[,;]\s+)?[Tt]he\s+[a-z]+\s+$")

SAID_BEHIND = re.compile(
    r"""
      (?:,\s+[a-z]+(?:\s+[a-z]+){0,2},)?\s+that\s
    | ,\s+(?:furthermore|moreover|however|meanwhile|too|therefore|though),\s            # furthermore,
    | \s+(?:\d|(?:about|at\s+least|more\s+than|nearly|some|up\s+to|there|over|around|almost|roughly|approximately
        |fewer\s+than)\s)                                                                                        # nearly
    | \s+(?:the|its|total|overall)\s+[\w\s-]{1,50}?\s(?:at|to\s+be)\s                                            # the damage at
    | \s*\.?$
    """,
    re.VERBOSE,
)
"""What stands behind such a verb, and not behind the noun: `the union claims, furthermore, that`, `the Service informs.`"""

CLOSING = re.compile(r"\s*\.?\s*")
BEHIND_COMMA = re.compile(r",\s+(?:(?:the|a|an|its|his|her|their|new|latest)\s|[A-Z])[^,;:]{1,70}\s$")
"""Who says it at the end of a sentence: `…, the bank’s latest data shows.`"""

OWNER = re.compile(r"[’']s?\s+$")
"""Whose it is, before a noun: `the banks’ records.`"""

AGENCY_BEHIND = re.compile(r"\s+(?:the\s+)?[A-Z][\w’'.&-]*(?:\s+[\w’'.&-]+){0,5}?[\s.]*")
"""Who reports it, behind a comma, to the end of a sentence: `…, reports Harbour news agency.`"""

HOPING = frozenset({"hope", "fear", "expect"})
WILL_BE = re.compile(r"\s+(?!of\b|for\b|to\b)[^,;:]{2,90}?\s(?:will|would|could|can|may|might)\s")
"""What stands behind such a verb, and not behind the noun: `The board hopes sales will rise.`"""

LEADS_TO_WORDS = re.compile(r"\s*[:,]?\s*(?:\x00|that\b)")

ALL = re.compile(r"\b[Aa]ll\s+$")
"""What makes `told` a count: `All told, 30 cows were lost`."""

LIVES = re.compile(r"\s+(?:[\w.,’'-]+\s+){0,5}?(?:lives|life)\b")
"""What is claimed and not said: `the storm claimed thousands of lives`."""


def says_nothing(masked: str, found: re.Match[str]) -> bool:
    """Whether a cue is denied, or a participle behind a number: `didn’t say`, `942 confirmed and suspected cases`."""
    counted = masked[: found.start()].rstrip()[-1:].isdigit() and COUNTED_AFTER.match(masked, found.end()) is not None
    form = found.group()
    if form.startswith("claim") and LIVES.match(masked, found.end()):
        return True
    if form == "told" and ALL.search(masked, 0, found.start()):
        return True
    feared = form in FEARED and STATE_AFTER.match(masked, found.end()) is not None
    belongs = form.endswith("ed") and re.match(r"\s+\d", masked[found.end() :]) is not None
    if feared or (belongs and BEFORE_NUMBER.search(masked, 0, found.start())):
        return True
    return counted or NEGATED.search(masked, 0, found.start()) is not None


def is_clause(clauses: Clauses, report: Report, *, governed: bool = False) -> bool:
    """Whether a source is a clause: `alleging that Moss wanted a pier, said …`.

    `governed` where the parse has it for a source: what is hung on a name is told of it there.
    """
    first, last = clauses.from_to(report.source_start, report.source_end)
    hung = ("acl", "amod", "compound", "advcl") if governed else ("acl", "amod", "compound")
    for number in range(first, last):
        token = clauses.token(number)
        head = token.head if token.relation in ("cop", "aux", "aux:pass") else number  # is shut
        if token.tag not in FINITE or clauses.token(head).relation.startswith(hung):
            continue
        if any(first <= child < number for child in clauses.children(head, *SUBJECT, "nsubj:pass")):
            return True
    return False


TURNED = re.compile(
    rf"""
    \s+(?P<source>(?:the|an?)\s+(?:[\w’'-]+\s+){{0,3}}[A-Z][^,;:“”"\x00]{{1,80}}?)
    (?=,\s+(?:which|who|whose)\b | \s+(?:on\s+)?{DAY}\b | [\s.]*$)
    """,
    re.VERBOSE,
)
"""A source behind its verb that ends the sentence, but for what is told of it: `said the Rail Board, which runs the line.`"""

FINITE = ("VBD", "VBZ", "VBP", "MD")


def is_turned(clauses: Clauses, masked: str, found: re.Match[str], offset: int) -> bool:
    """Whether the source stands behind `said`, and what is said before it: `…, said the Rail Board.`

    No verb stands in such a source: `Fisk, the mayor, said the Rail Board had left.`
    """
    if found.group() not in ("said", "says") or not masked[: found.start()].rstrip().endswith(","):
        return False
    source = TURNED.match(masked, found.end())
    if source is None:
        return False
    first, last = clauses.from_to(offset + source.start("source"), offset + source.end("source"))
    return not any(clauses.token(number).tag in FINITE for number in range(first, last))


NAME_BEHIND = re.compile(r"\s+(?:[A-Z][\w’'-]+\.?\s+){1,3}[A-Z][\w’'-]+(?:,\s|\s*\.?$)")


def names_behind(masked: str, found: re.Match[str]) -> bool:
    """Whether a whole name stands behind `said`, and a clause with its verb before it: `…, raided the town, said Ida Fisk.`"""
    before = masked[: found.start()].rstrip()
    if found.group() not in ("said", "says") or not before.endswith(",") or NAME_BEHIND.match(masked, found.end()) is None:
        return False
    return (
        MAIN_VERB.match(f" {before[:-1].rpartition(', ')[2]}", 0) is not None
        or MAIN_VERB.search(before[:-1], before[:-1].rfind(",") + 1) is not None
    )


def no_saying(clauses: Clauses, masked: str, found: re.Match[str], verb: Verb, offset: int) -> bool:
    """Whether the parse has no verb at the cue, or one that says nothing behind it."""
    return no_verb(clauses, masked, found, verb, offset) or has_object_before(clauses, masked, found, offset)


def has_object_before(clauses: Clauses, masked: str, found: re.Match[str], offset: int) -> bool:
    """Whether what a verb takes stands before it, in the noun that it tells of: `the welcome they felt when they came`."""
    number = clauses.at(offset + found.start())
    if number is None or clauses.token(number).relation != "acl:relcl" or "\x00" in masked[found.end() :]:
        return False
    head, subjects = clauses.token(number).head, clauses.children(number, *SUBJECT)
    if not subjects or clauses.token(subjects[0]).text.casefold() in RELATIVES:
        return False
    between = clauses.tokens[head + 1 : subjects[0]]
    return bool(between or subjects[0] == head + 1) and not (
        clauses.children(number, "ccomp", "xcomp", "parataxis") or any(token.text == "," for token in between)
    )


def that_tells_which(clauses: Clauses, masked: str, report: Report, offset: int) -> bool:
    """Whether the `that` before what is said is a determiner, and its noun no part of a clause: `Moss felt that way`."""
    that = clauses.at(offset + masked.rfind("that", 0, report.content - offset)) if report.that else None
    if that is None or clauses.token(that).relation != "det" or masked[report.content - offset :].startswith("\x00"):
        return False
    noun = clauses.token(clauses.token(that).head)
    return noun.head == clauses.at(report.cue_start)


def no_verb(clauses: Clauses, masked: str, found: re.Match[str], verb: Verb, offset: int) -> bool:
    """Whether the parse has no verb of a clause at the cue: `two charges`, `the fear of a flood`, `reported cases`."""
    number = clauses.at(offset + found.start())
    if number is None:
        return False
    token = clauses.token(number)
    if token.tag == "VBN" and token.relation == "amod":
        behind_noun = number > 0 and clauses.token(number - 1).pos in ("NOUN", "PROPN")
        if behind_noun and not any(one.tag in FINITE for one in clauses.tokens):
            return False  # A board accused miners of theft: the sentence has no other verb
        return clauses.token(token.head).pos != "PROPN"
    if token.tag == "VBN" and token.relation == "acl":
        return LEADS_TO_WORDS.match(masked, found.end()) is None
    reports = found.group().endswith("s") and (
        bool(clauses.children(number, "ccomp"))
        or (
            verb.lemma in TOLD_BY_NAME
            and NAMED.fullmatch(masked, 0, found.start()) is not None
            and SAID_BEHIND.match(masked, found.end()) is not None
        )
    )
    closes = found.group().endswith("s") and (
        CLOSING.fullmatch(masked[found.end() :]) is not None
        and BEHIND_COMMA.search(masked, 0, found.start()) is not None
        and OWNER.search(masked, 0, found.start()) is None
    )
    turned = (
        found.group().endswith("s")
        and masked[: found.start()].rstrip().endswith((",", "\x00"))
        and (AGENCY_BEHIND.fullmatch(masked[found.end() :]) is not None)
    )
    hopes = verb.lemma in HOPING and NAMED.fullmatch(masked, 0, found.start()) and WILL_BE.match(masked, found.end())
    if closes or turned or (hopes and found.group().endswith("s")):
        return False
    sure = verb.lemma in SURE or (verb.lemma in SURE_IN_PRESENT and not found.group().endswith(("ed", "ing")))
    return token.pos not in ("VERB", "AUX") and not sure and not reports
