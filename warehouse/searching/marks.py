"""Where the words of a question stand in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from copydesk.warehouse.searching.query import Part, Question
from copydesk.warehouse.searching.words import Word, indexed, tokens, words

Span = tuple[int, int]


def marks(text: str, question: Question) -> tuple[Span, ...]:
    """The spans of a text, in code points, where a part of the question stands; none of them meets another.

    >>> from copydesk.warehouse.searching.query import question_of
    >>> marks("The flood: floods of 33,000 litres", question_of('flood* 33000'))
    ((4, 9), (11, 17), (21, 27))
    """
    found = list(words(text))
    return _apart(span for part in question.parts for span in _spans(found, part))


def groups_in(text: str, question: Question) -> int:
    """How many groups of the question have a part in a text.

    >>> from copydesk.warehouse.searching.query import question_of
    >>> groups_in("A flood in the harbour", question_of('harb* flood OR storm "the flood"'))
    2
    """
    among = f" {indexed(text)} "
    return sum(any(_beginning(part) in among for part in group) for group in question.groups)


def _beginning(part: Part) -> str:
    """The tokens of a part as they stand in an index, from a blank to a blank, or to where the last may go on."""
    return f" {' '.join(tokens(part.words, whole=False))}{'' if part.goes_on else ' '}"


def _spans(found: Sequence[Word], part: Part) -> Iterator[Span]:
    sought = part.words
    for place in range(len(found) - len(sought) + 1):
        run = found[place : place + len(sought)]
        if all(map(_same, run[:-1], sought[:-1])) and _same(run[-1], sought[-1], part.begins):
            yield run[0].start, run[-1].end


def _same(word: Word, sought: Word, begins: bool = False) -> bool:
    return word.term.startswith(sought.term) if begins else word.term == sought.term


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in their order, those that meet made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
