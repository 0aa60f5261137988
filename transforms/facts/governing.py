"""Who reports a clause: the subject of the verb of saying that governs it, as the parse has it."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.transforms.facts.clauses import SUBJECT, Clauses
from copydesk.transforms.facts.subjects import in_small_letters
from copydesk.transforms.facts.syntax import Token

NO_SAYING = frozenset({"may", "might", "can", "could", "should", "must"})
NOBODY = frozenset(
    "nobody none neither everyone everybody anyone anybody any that this what there which nothing those one".split()
)
"""Subjects that are no source."""

SPEAKING = frozenset({"NOUN", "PROPN", "PRON", "ADJ"})
"""Parts of speech that a source may be."""

NOT_OF_THE_NAME = (
    *("acl:relcl", "parataxis", "advcl", "punct", "cc", "discourse", "acl"),
    *("cop", "aux", "nsubj", "expl", "advmod:emph", "orphan"),
)
"""Relations below a source's head noun that are no part of its name; `appos` is."""


@dataclass(frozen=True, slots=True)
class Governing:
    """A verb of saying with its source and what it governs: spans of the article, ends exclusive."""

    source: tuple[int, int]
    clause: tuple[int, int] | None
    """The reported clause without `that`; `None` where the parse has none."""

    that: bool
    inverted: bool


def governing(clauses: Clauses, cue: int) -> Governing | None:
    """The source of the verb at place `cue` of the article, and what it governs; `None` where the parse has no subject."""
    verb = clauses.at(cue)
    if verb is None or clauses.token(verb).pos not in ("VERB", "AUX"):
        return None
    if clauses.negated(verb) or any(
        clauses.token(child).lemma.casefold() in NO_SAYING for child in clauses.children(verb, "aux")
    ):
        return None
    if clauses.children(verb, "aux:pass", "nsubj:pass"):
        return None
    subject = _subject(clauses, verb)
    if subject is None or subject == verb or not _speaks(clauses.token(subject)):
        return None
    source = noun_phrase(clauses, subject)
    clause, that = _clause(clauses, verb)
    return Governing(source=source, clause=clause, that=that, inverted=subject > verb)


def _speaks(subject: Token) -> bool:
    """Whether a subject may be a source: neither a mark nor `nobody`."""
    return subject.pos in SPEAKING and subject.lemma.casefold() not in NOBODY


def _subject(clauses: Clauses, verb: int) -> int | None:
    """The subject of a verb: its own, that of the verb it is joined to, or that of the clause it is hung on."""
    for number in clauses.up(verb):
        token = clauses.token(number)
        own = [child for child in clauses.children(number) if clauses.token(child).relation in SUBJECT - {"csubj"}]
        if own and (number == verb or token.pos in ("VERB", "AUX", "ADJ", "NOUN")):
            subject = own[-1] if number == verb else own[0]
            if in_small_letters(clauses.token(subject).text) in ("who", "which", "that"):
                return antecedent(clauses, token.head) if token.relation == "acl:relcl" else None
            return subject
        if number == verb and token.relation == "acl:relcl":
            return None
        if token.relation == "conj" or (token.relation in ("advcl", "xcomp") and (number != verb or token.tag == "VBG")):
            continue
        return None
    return None


def antecedent(clauses: Clauses, noun: int) -> int:
    """Whom `who` stands for: the noun before it, but whoever is said to be that: `Moss is a farmer who says that it froze`."""
    if not clauses.children(noun, "cop"):
        return noun
    joined = clauses.token(noun).head if clauses.token(noun).relation == "conj" else noun
    named = [child for one in (noun, joined) for child in clauses.children(one, "nsubj") if child < noun][:1]
    told = clauses.token(named[-1]) if named else None
    is_somebody = told is not None and (told.pos == "PROPN" or told.text.casefold() in ("he", "she", "they", "i", "we"))
    return named[-1] if is_somebody else noun


def noun_phrase(clauses: Clauses, head: int) -> tuple[int, int]:
    """The noun phrase of a head noun with its appositive, without its preposition, relative clause and commas."""
    outside = {inner for child in clauses.children(head, "case", "mark", "punct", "cc") for inner in clauses.subtree(child)}
    kept = [number for number in clauses.subtree(head, NOT_OF_THE_NAME) if number not in outside]
    at = kept.index(head)
    first = last = at
    while first and _near(clauses, kept[first - 1], kept[first]):
        first -= 1
    while last + 1 < len(kept) and _near(clauses, kept[last], kept[last + 1]):
        last += 1
    kept = kept[first : last + 1]
    kept = _joined(clauses, kept)
    while kept and clauses.token(kept[-1]).pos == "PUNCT":
        kept.pop()
    while kept and clauses.token(kept[0]).pos == "PUNCT":
        kept.pop(0)
    return clauses.span(kept or [head])


def _joined(clauses: Clauses, kept: list[int]) -> list[int]:
    """With a noun that is joined to the front: `police and hospital sources`, which a parser may take apart."""
    first = kept[0] if kept else 0
    if first >= 2 and clauses.token(first - 1).text.casefold() == "and" and clauses.token(first - 2).pos in ("NOUN", "PROPN"):
        opens = first == 2 or clauses.token(first - 3).text == ","
        if opens:
            return [first - 2, first - 1, *kept]
    return kept


def _near(clauses: Clauses, left: int, right: int) -> bool:
    """Whether two tokens stand together, but for punctuation and a joint between them."""
    return all(clauses.token(between).pos in ("PUNCT", "CCONJ") for between in range(left + 1, right))


def _clause(clauses: Clauses, verb: int) -> tuple[tuple[int, int] | None, bool]:
    """The clause that a verb of saying governs, and whether `that` opens it."""
    below = [child for child in clauses.children(verb, "ccomp") if child > verb]
    below += [child for child in clauses.children(verb, "xcomp") if child > verb and clauses.token(child).tag == "VBG"]
    if below:
        numbers = clauses.subtree(below[0])
        that = clauses.token(numbers[0]).text.casefold() == "that"
        numbers = [number for number in numbers if number > verb]
        while numbers and (clauses.token(numbers[0]).pos == "PUNCT" or clauses.token(numbers[0]).text.casefold() == "that"):
            numbers.pop(0)
        return (clauses.span(numbers) if numbers else None), that
    above = [child for child in clauses.children(verb, "ccomp") if child < verb]
    if above:
        return clauses.span(clauses.subtree(above[0])), False
    token = clauses.token(verb)
    if token.relation == "parataxis":
        mine = clauses.subtree(verb)
        kept = [number for number in clauses.subtree(token.head) if number not in mine]
        if verb > token.head:
            kept = [number for number in kept if number < mine[0]] or kept
        return (clauses.span(kept) if kept else None), False
    return None, False
