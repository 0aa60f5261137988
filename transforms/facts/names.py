"""Names of sources: the person or body alone, the fullest form so far, the kind of claimant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.vocabulary import ClaimantKind

TITLES = frozenset(
    (
        "mr mrs ms dr prof professor sir dame lord lady president vice prime minister premier chancellor secretary "
        "undersecretary general secretary-general commissioner-general lt maj gen col capt sgt brig adm admiral "
        "colonel major captain lieutenant sergeant brigadier commander chief spokesman spokeswoman spokesperson "
        "official officials sen senator rep representative congressman congresswoman gov governor mayor director "
        "head chairman chairwoman chair ceo executive officer deputy former state foreign defence defense interior "
        "finance health justice minister adviser advisor ambassador envoy coordinator commissioner judge justice "
        "attorney prosecutor sheriff detective king queen prince princess pope cardinal bishop archbishop rabbi "
        "imam sheikh ayatollah father sister reverend rev hon us u.s. uk un israeli palestinian american british "
        "national security council department house white speaker leader majority minority candidate author "
        "analyst economist historian lawyer republican democratic democrat gop manager campaign coach resident "
        "editor correspondent reporter columnist strategist nominee"
    ).split()
)
PARTICLES = frozenset(("al el bin ibn abu de del della di da dos van von der den ter la le st ben").split())
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
TOKEN = re.compile(r"[^\s,()]+")
CAPITAL = re.compile(r"^[“\"‘'(]?[^\W\d_a-zß-öø-ÿ]")
ORG_WORDS = re.compile(
    r"""
    \b(?: ministry|department|office|agency|council|committee|court|house|authority|commission|bureau|command  # of a state
      | party|union|federation|movement|front|army|forces?|police
      | university|institute|society|association|foundation|fund|programme|program|service
      | centre|center|group|nations|organi[sz]ation|international|cross|crescent|watch
      | bank|company|corporation|inc|ltd|street                                   # firms
      | times|post|news|tv|channel|media|press|desk|wire|journal|herald           # outlets
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that no personal name has: `Harbor Times` is no person."""


def alone(name: str) -> str:
    """The person or body without title, appositive or leading article.

    >>> alone("National Security Council spokesman John Kirby"), alone("the UN’s Palestinian refugee agency")
    ('John Kirby', 'UN’s Palestinian refugee agency')
    >>> alone("Sean Carroll, head of the agency"), alone("Gaza’s delegation head, Carlos Gomez")
    ('Sean Carroll', 'Carlos Gomez')
    """
    head, _, rest = name.partition(", ")
    if rest and not person(head) and person(rest.split(", ")[0]):
        head = rest.split(", ")[0]
    found = person(head)
    return found or ARTICLE.sub("", head).strip()


@lru_cache(8192)
def person(name: str) -> str | None:
    """The personal name at the end of a noun phrase, `None` where it ends in none.

    >>> person("Lt. Gen. Herzi Halevi"), person("Israel’s Ministry of Health"), person("Khalil al-Hayya")
    ('Herzi Halevi', None, 'Khalil al-Hayya')
    """
    tokens = TOKEN.findall(name)
    kept: list[str] = []
    for token in reversed(tokens):
        bare = token.strip(".").casefold()
        particle = bare in PARTICLES or re.match(r"(?:al|el|ibn|bin)-", bare) is not None
        if not (CAPITAL.match(token) or particle) or bare in TITLES or bare.endswith(("’s", "'s")):
            break
        kept.append(token)
    while kept and kept[-1].strip(".").casefold() in PARTICLES - {"abu", "ben", "al", "el", "van", "von", "de", "da"}:
        kept.pop()
    if not kept or len(kept) > 6:
        return None
    found = " ".join(reversed(kept))
    titled = len(kept) < len(tokens)
    if ORG_WORDS.search(found) or (tokens[0].casefold() == "the" and len(kept) + 1 == len(tokens)):
        return None
    if len(kept) == 1 and not titled and found.isupper():
        return None
    return found


def fullest(name: str, known: Iterable[str]) -> str:
    """The fullest of the `known` names (latest first) whose last word is the name's; the name where none is.

    >>> fullest("Kirby", ["John Kirby", "Antony Blinken"])
    'John Kirby'
    """
    last = name.rsplit(maxsplit=1)[-1] if name.split() else name
    for other in known:
        words = other.split()
        if len(words) > len(name.split()) and words[-1] == last and set(name.split()) <= set(words):
            return other
    return name


def claimant_kind(name: str | None, lexicon: Lexicon) -> str | None:
    """The kind of source by the words of its name, as the claimants table has them; the longest phrase wins.

    A person whose printed name carries no such word is `other`; no name gives `None`.
    """
    if not name:
        return None
    low = " " + re.sub(r"[^\w]+", " ", re.sub(r"[’']s\b", "", name.casefold())) + " "
    best = max(((len(word), kind) for word, kind in lexicon.claimants if f" {word} " in low), default=None)
    return best[1] if best else ClaimantKind.OTHER
