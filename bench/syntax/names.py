"""Spans of names, from mentions of entities: the name is what is written with capitals around the head of a mention."""

from collections.abc import Iterable

from bench.syntax.conllu import Mention, Sentence, Word

KINDS = {"person": "PERSON", "organization": "ORG", "place": "LOC", "event": "EVENT"}
# Relations by which a word of a name hangs on another of its words.
INSIDE = {"flat", "compound", "flat:foreign", "goeswith", "punct", "nummod", "amod", "nmod:poss", "case", "det"}
# The same for what the name of a body or a place holds: "Ministry of Health", "Bank of England".
OF = {"of", "for", "and", "&", "de", "on"}
TITLES = frozenset(
    "president vice prime minister mr. mrs. ms. mr mrs ms miss dr. dr professor prof. sir lord lady king queen prince princess "
    "senator sen. rep. representative governor gov. general gen. colonel col. captain capt. lieutenant lt. sergeant sgt. major "
    "admiral judge justice chief secretary pope bishop father sister brother saint st. shaikh sheikh ayatollah mullah imam "
    "rev. reverend".split()
)

Span = tuple[int, int, str]


def name_spans(sentence: Sentence) -> list[Span]:
    """Returns the names of a sentence as (first word, word after the last, kind), left to right, none over another."""
    spans: list[Span] = []
    for mention in sorted(sentence.mentions or (), key=lambda one: one.first - one.last):
        kind = KINDS.get(mention.kind)
        span = name_of(sentence.words, mention, kind) if kind else None
        if span and kind and not any(first < span[1] and span[0] < end for first, end, _ in spans):
            spans.append((*span, kind))
    return sorted(spans)


def name_of(words: tuple[Word, ...], mention: Mention, kind: str) -> tuple[int, int] | None:
    """Returns the first word and the end of the name at a mention's head, or `None` where the head is no proper noun."""
    inside = range(mention.first, mention.last + 1)
    head = next((at for at in inside if words[at].head not in inside or words[at].head == at), None)
    if head is None or words[head].pos != "PROPN":
        return None
    taken = {head}
    while more := [at for at in inside if at not in taken and words[at].head in taken and belongs(words, at, kind)]:
        taken.update(more)
    first, end = run_around(head, taken)
    while first < end - 1 and loose(words[first], kind):
        first += 1
    while end - 1 > first and not capital(words[end - 1]) and words[end - 1].pos != "NUM":
        end -= 1
    return (first, end) if capital(words[first]) else None


def belongs(words: tuple[Word, ...], at: int, kind: str) -> bool:
    """Says whether a word that hangs on a word of a name belongs to the name."""
    word = words[at]
    if word.relation in ("nmod", "conj"):
        return kind != "PERSON" and word.pos == "PROPN" and of_phrase(words, at)
    if word.relation in ("case", "cc"):
        return word.text.lower() in OF or word.text in ("'s", "’s")
    return word.relation in INSIDE and (capital(word) or word.pos in ("NUM", "PUNCT"))


def of_phrase(words: tuple[Word, ...], at: int) -> bool:
    """Says whether a word's preposition or conjunction is one that names hold."""
    marks = [word for word in words if words[word.head] is words[at] and word.relation in ("case", "cc")]
    return bool(marks) and all(word.text.lower() in OF for word in marks)


def run_around(head: int, taken: Iterable[int]) -> tuple[int, int]:
    """Returns the run of neighbours in `taken` that holds the head."""
    members = set(taken)
    first = end = head
    while first - 1 in members:
        first -= 1
    while end in members:
        end += 1
    return first, end


def capital(word: Word) -> bool:
    """Says whether a word begins with a capital letter."""
    return word.text[:1].isupper()


def loose(word: Word, kind: str) -> bool:
    """Says whether a word at a name's beginning is no part of it: an article, a mark, or a person's title."""
    return not capital(word) or word.pos == "DET" or (kind == "PERSON" and word.text.lower() in TITLES)
