"""What a question asks: words and phrases that must all be there, beginnings of words, alternatives, and what must not be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.warehouse.searching.words import Word, tokens, words

QUOTATION = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
PART = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)(?:"(?P<open>\*?)|$)|(?P<bare>[^\s"]+)')

MOST_PARTS = 64
REMEDY = 'Give words, a "phrase" in quotation marks, or the beginning of a word with * behind it.'


class EmptyQuestion(ValueError):
    """A question that asks for nothing that could be found; its text says what to do."""


@dataclass(frozen=True)
class Part:
    """Words that must stand one behind the other; `begins` where the last of them may go on."""

    words: tuple[Word, ...]
    begins: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether the last token may be longer than what is given; one character stands at the beginning of a pair."""
        last = self.words[-1]
        paired = len(self.words) > 1 and self.words[-2].joins and self.words[-2].end == last.start
        return self.begins or (last.joins and not paired)

    @property
    def match(self) -> str:
        """The part in the language of SQLite's FTS5."""
        return f'"{" ".join(tokens(self.words, whole=False))}"' + (" *" if self.goes_on else "")


@dataclass(frozen=True)
class Question:
    """Of each of `groups` one part must be there, and none of `without`."""

    groups: tuple[tuple[Part, ...], ...]
    without: tuple[Part, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part that is looked for."""
        return tuple(part for group in self.groups for part in group)

    @property
    def match(self) -> str:
        """The question in the language of SQLite's FTS5; nothing that a person wrote is an operator in it."""
        wanted = " AND ".join(f"({' OR '.join(part.match for part in group)})" for group in self.groups)
        return f"({wanted}) NOT ({' OR '.join(part.match for part in self.without)})" if self.without else wanted


def question_of(text: str) -> Question:
    """The question that a person wrote.

    All words must be there. `"harbour road"` is a phrase, `harb*` a beginning, `-mine` or `NOT mine` leaves out,
    `flood OR storm` takes either. Other signs part words and mean nothing.

    >>> question_of('Flood "harbour road" -mine').match
    '(("flood") AND ("harbour road")) NOT ("mine")'
    >>> question_of("flo* OR storm").match
    '("flo" * OR "storm")'

    Raises EmptyQuestion where no word is left to look for, or an OR or NOT stands without its words.
    """
    groups, without = _parts(text)
    if not groups:
        said = "only says what to leave out" if without else "holds no word to look for"
        raise EmptyQuestion(f"{text!r} {said}. {REMEDY}")
    if sum(map(len, groups)) + len(without) > MOST_PARTS:
        raise EmptyQuestion(f"A question has {MOST_PARTS} words at most. Look for the few that matter.")
    return Question(tuple(map(tuple, groups)), tuple(without))


def _parts(text: str) -> tuple[list[list[Part]], list[Part]]:
    """The groups of parts of which one each must be there, and the parts that must not.

    Raises EmptyQuestion where an OR or NOT stands without its words.
    """
    groups: list[list[Part]] = []
    without: list[Part] = []
    joined = leaves_out = False
    for found in PART.finditer(text.translate(QUOTATION)):
        bare = found["bare"]
        if bare in ("AND", "&&"):
            continue
        if bare in ("OR", "|", "||"):
            if not groups or joined or leaves_out:
                raise EmptyQuestion(f"In {text!r} an OR stands without a word on each side. Write: flood OR storm")
            joined = True
        elif bare == "NOT":
            leaves_out = True
        elif part := _part(found):
            if leaves_out or found["minus"] or (bare and bare.startswith("-")):
                without.append(part)
            elif joined:
                groups[-1].append(part)
            else:
                groups.append([part])
            joined = leaves_out = False
    if joined or leaves_out:
        raise EmptyQuestion(f"{text!r} ends with an operator. Write: flood OR storm, flood NOT mine")
    return groups, without


def _part(found: re.Match[str]) -> Part | None:
    """The part that a piece of the question is; None where no word is in it."""
    bare = found["bare"]
    inside = tuple(words(found["phrase"] if bare is None else bare))
    begins = bare.rstrip(")]}.,;:").endswith("*") if bare else bool(found["open"])
    return Part(inside, begins) if inside else None
