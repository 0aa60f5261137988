"""The parts of a noun phrase that names a source, and the small words and offices that are read in a way of their own."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from copydesk.transforms.vocabulary import ClaimantKind

BOUNDARY = frozenset(
    "of for at in with from to who that which on near by like such including living based working staying familiar close "
    "inside outside under across along around about into within released published commissioned conducted seen obtained "
    "reviewed gathered close-by whose where representing among against versus not because".split()
)
"""Words that end the head of a noun phrase."""

OWNING = frozenset("of for at from with in by to representing".split())
"""Words behind which the body stands that somebody speaks for."""

QUANTITY = re.compile(
    r"""
    ^(?:(?:one|two|three|four|five|six|seven|several|some|many|most|all|both|each|another|other|others|various|multiple   # two
        |numerous|few|a\s+few|a\s+number|a\s+group|a\s+team|dozens|scores|hundreds|thousands|more|no|any|certain|unnamed
        |\d[\d,.]*%?)\s+(?:of\s+)?)+                                                # of
    (?:(?:the|his|her|their|its|our|my|these|those)\s+)?                          # the
    """,
    re.IGNORECASE | re.VERBOSE,
)
OWNERS = re.compile(r"^(?:his|her|their|its|our|my|your|this|that|these|those)\s+", re.IGNORECASE)
FORMER = re.compile(r"\b(?:former|ex|one-time|onetime|retired|late|then|disgraced|ousted)\b", re.IGNORECASE)
DIPLOMATS = frozenset("ambassador ambassadors diplomat diplomats envoy consul".split())
"""Offices whose former holders are asked for what they know."""

INHERITING = frozenset(
    "officer officers commander commanders fighter fighters worker workers employee employees volunteer volunteers staffer "
    "representative rep president vice president chancellor commissioner captain administrator executive executives editor "
    "chief executive ceo inspector inspectors investigator investigators teacher driver planner planners "
    "administrators secretary superintendent superintendents envoy envoys".split()
) | {
    "vice president",
    "chief executive",
    "chief executive officer",
    "government sources",
    "special envoy",
    "special representative",
}
"""Nouns of persons that take the kind of the body beside them where its kind is known: `a Hamas commander`."""

POLICE = frozenset("police constabulary gendarmerie carabinieri".split())
"""Words before a rank that an army has as well: `Police Commissioner Major General`."""

COUNTING = frozenset((ClaimantKind.POLICE, ClaimantKind.HEALTH_AUTHORITY, ClaimantKind.MILITARY, ClaimantKind.UN_BODY))
OFFICIAL = frozenset("official government state federal provincial county municipal ministry national".split())
"""Kinds and words before a work that tell who made it: `police records`, `official data`."""

REPORTS = frozenset(("reports",))
"""Nouns of the press that an office or a body makes as well: `official reports`."""

MINISTERS = frozenset(("secretary",))
"""Offices whose charge may look like a firm’s name: `Energy Secretary`."""

SEATS = frozenset("city county commune prefecture district state states province region borough municipality countries".split())
"""Bodies that are places as well."""

STATION = re.compile(r"(?:[A-Z][\w’']*\s){0,2}[A-Z][\w’']*(?:-(?:TV|FM|AM)|\s(?:TV|FM|AM))(?:\s\d+)?")
"""The name of a station: `KQRS-TV`, `Harbour FM`."""

STRONG = (ClaimantKind.EXPERT, ClaimantKind.WITNESS, ClaimantKind.MEDIA)
"""Kinds that somebody has whatever body employs him."""

WORD = re.compile(r"[^\W_](?:[\w&.’'/-]*[\w’'])?")
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
LONGEST = 5
"""Words of the longest phrase of the table."""

OFFICIALS = frozenset("official officials authorities".split()) | {"senior official", "senior officials", "local authorities"}
"""Nouns that mean a state’s, where nothing says whose they are."""


def plain_word(word: str) -> str:
    """A word of a phrase as the table has it: lower case, without possessive, stops and accents.

    >>> plain_word("Canada’s"), plain_word("U.S."), plain_word("communiqué")
    ('canada', 'us', 'communique')
    """
    plain = word.casefold().replace("’", "'")
    if not plain.isascii():
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    return re.sub(r"['’]s?(?=\s|$)", "", plain).replace(".", "")


@lru_cache(maxsize=20_000)
def bare_phrase(phrase: str) -> str:
    """A phrase without quantity, owner and leading article."""
    text = phrase.strip(" ,.")
    while True:
        shorter = QUANTITY.sub("", OWNERS.sub("", ARTICLE.sub("", text)))
        if shorter == text or not shorter:
            return text
        text = shorter


def behind_head(bare: str, tokens: list[str], last: int) -> str | None:
    """The body behind the head: what follows `of`, `for`, `at`, up to a comma."""
    if last >= len(tokens) or tokens[last].casefold() not in OWNING:
        return None
    at = 0
    for token in tokens[: last + 1]:
        at = bare.index(token, at) + len(token)
    text = re.split(r",|\(|\bwho\b|\bsince\b", bare[at:], maxsplit=1)[0].strip()
    return re.sub(r"^(?:the|a|an)\s+", "", text) or None


def bodies_behind(behind: str | None) -> tuple[str, ...]:
    """The bodies behind an office: that of its charge, and that of its employer: `of sales at Karm Motors`."""
    if behind is None:
        return ()
    employer = re.search(r"\b(?:at|for|with)\s+(?:the\s+)?(?=[A-Z])", behind)
    return (behind, behind[employer.end() :]) if employer is not None else (behind,)


def words_of(text: str) -> list[str]:
    """The words of a phrase, as the table has them."""
    return [plain_word(token) for token in WORD.findall(text)]
