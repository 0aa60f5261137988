"""Plain text cut into pieces: paragraphs, or lines where each line has a role of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from copydesk.transforms.cleaning.characters import Run, clean
from copydesk.transforms.words import folded_lines, unspaced, word_count

LINE = re.compile(r"[^\n]+")
STOP = re.compile(r"[.!?…。！？؟।۔։።။។៕།:;][\"'”’»」』)\]]*(?:\[\d+\])?$|[”»」』]$")
LONGEST_STOP = 12
"""How many letters from its end decide whether a text is closed."""
SHORTEST_PROSE, UNMARKED_PROSE, OPEN_PROSE = 9, 20, 40
"""Words of a sentence that counts as prose: with a stop, in a script that has none, and where its stop is missing."""
DANGLING = frozenset(("the a an and or of to in for with by at on from und der die das et le la de y el e o").split())
STAMP = re.compile(r"(?:date|published|datum|fecha|data)\s*:?\s+(?P<day>(?:19|20)\d\d-\d\d-\d\d)\s+(?=\S)", re.IGNORECASE)
"""A day with its label in front of the first words of a text, as archives write it: it is a line of its own."""
BYLINE = re.compile(r"(?:[Bb]y\s?|(?:von|por|par|door)\s)(?:The\s)?[^\W\d_a-z][^\n.!?,;:]{2,60}$", re.MULTILINE)
"""A line of its own that says who wrote: it goes on with nothing, though its first word is in small letters."""
BY_ALONE = re.compile(r"(?:by|von|par|por|door)\s?:?$", re.IGNORECASE | re.MULTILINE)
"""The word `by` alone on a line, above the name of who wrote."""
GLUED = re.compile(r"(?:[\w.%-]{3,60}\.(?i:jpe?g|png|gif|webp)|\[\w+_\w+\])\s?(?=[^\W\d_a-z][^\W\d_]*\s|[“\"‘])")
"""The name of a picture's file or a short code of a page's program in front of the first words of a paragraph."""
ROOM, ROOM_AT_STOP = 0.25, 0.15
"""A line in a text with a margin is its writer's own where so great a share of the margin is free behind the next word, the
second where the line ends as a sentence does: the headline above the text, the last line of a paragraph."""
LONGEST_BROKEN, SHORTEST_REST = 2, 40
"""So few words may stand alone above the rest of their sentence, of so many letters, that begins in a small one: a text was
pasted so. `The harbour` / `board voted on Monday to close the lower quay until the spring.`"""
INITIAL = re.compile(r"\b[^\W\d_a-z]\.$")
"""The stop at the end of a line is that of an abbreviation: `the head of the U.N.`"""
RULE = re.compile(r"^[\W_]{3,}$|^\[\w+_\w+\]$")
"""A line of nothing but marks, or the short code of a page's program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A candidate block: raw[start:end], its clean text with runs, and whether a blank line stands before it.

    `heading` tells whether Markdown marks it as one, `words` how many it has, `closed` whether it ends as a sentence
    does, `folded` how phrases are compared (see `words.folded`).
    """

    start: int
    end: int
    text: str
    runs: tuple[Run, ...]
    gap: bool
    heading: bool
    words: int
    closed: bool
    folded: str

    @classmethod
    def of_line(cls, text: str, folded: str) -> Piece:
        """A line of markup as a piece: it has no place in the source and stands for itself."""
        return cls(
            start=0,
            end=0,
            text=text,
            runs=(),
            gap=True,
            heading=False,
            words=word_count(text),
            closed=is_closed(text),
            folded=folded,
        )

    @property
    def prose(self) -> bool:
        """Whether it reads as a sentence or more of running text."""
        if self.words < SHORTEST_PROSE:
            return False
        return self.closed or self.words >= OPEN_PROSE or (self.words >= UNMARKED_PROSE and unspaced(self.text))


def split_pieces(raw: str) -> list[Piece]:
    """The pieces of a plain text in order; lines that a margin broke are put together again."""
    lines = [(m.start(), m.end()) for m in LINE.finditer(raw.replace("\r", "\n")) if m.group().strip()]
    lines = [_stripped(raw, start, end) for start, end in lines]
    margin = _margin(raw, lines)
    groups: list[tuple[int, int]] = []
    for start, end in lines:
        if groups and _goes_on(raw, groups[-1], (start, end), margin):
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    if groups and (stamp := STAMP.match(raw, *groups[0])):
        groups[:1] = [(groups[0][0], stamp.end("day")), (stamp.end(), groups[0][1])]
    groups = [part for group in groups for part in _parted(raw, *group)]
    cleaned = [(start, end, *clean(raw, start, end)) for start, end in groups]
    cleaned = [found for found in cleaned if found[2] and not RULE.match(found[2])]
    pieces: list[Piece] = []
    for (start, end, text, runs), folded in zip(cleaned, folded_lines(found[2] for found in cleaned), strict=bool(cleaned)):
        gap = not pieces or raw.count("\n", pieces[-1].end, start) > 1
        heading = raw.startswith("#", start) and not text.startswith("#")
        pieces.append(
            Piece(
                start=start,
                end=end,
                text=text,
                runs=tuple(runs),
                gap=gap,
                heading=heading,
                words=word_count(text),
                closed=is_closed(text),
                folded=folded,
            )
        )
    return pieces


def _parted(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of a paragraph and of what is glued to its front."""
    glued = GLUED.match(raw, start, end)
    return [(start, glued.end()), (glued.end(), end)] if glued else [(start, end)]


def is_closed(text: str) -> bool:
    """Whether a text ends as a sentence does.

    >>> is_closed("He left.”"), is_closed("See note.[12]"), is_closed("Sports News")
    (True, True, False)
    """
    return STOP.search(text, max(0, len(text) - LONGEST_STOP)) is not None


def _stripped(raw: str, start: int, end: int) -> tuple[int, int]:
    line = raw[start:end]
    return start + len(line) - len(line.lstrip()), end - len(line) + len(line.rstrip())


def _blank_between(raw: str, left: int, right: int) -> bool:
    return raw.count("\n", left, right) > 1


def _margin(raw: str, lines: list[tuple[int, int]]) -> int:
    """How many letters a line may have in a text whose lines a margin broke, 0 in any other.

    In a broken text most neighbours without a blank line between go on in lower case; nine of ten lines are no longer.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not _blank_between(raw, a[1], b[0])]
    if len(pairs) < 4:
        return 0
    on = sum(raw[b[0]].islower() and not STOP.search(raw[a[0] : a[1]]) and a[1] - a[0] > 35 for a, b in pairs)
    lengths = sorted(end - start for start, end in lines)
    return lengths[len(lengths) * 9 // 10] if on > len(pairs) * 0.4 else 0


def _is_full(raw: str, last_line: str, line: tuple[int, int], margin: int) -> bool:
    """Whether the next word found no room on a line, so that the margin and not its writer ended it."""
    first_word = raw[line[0] : line[1]].split(maxsplit=1)[0]
    share = ROOM_AT_STOP if STOP.search(last_line) and not INITIAL.search(last_line) else ROOM
    return len(last_line) + 1 + len(first_word) > (1 - share) * margin


def _goes_on(raw: str, before: tuple[int, int], line: tuple[int, int], margin: int) -> bool:
    """Whether `line` goes on with the group before it."""
    if _blank_between(raw, before[1], line[0]) or raw[line[0]] in "#*-•>|" or BYLINE.match(raw, *line):
        return False
    if BY_ALONE.match(raw, *line):
        return False
    last_line = (
        raw[raw.rfind("\n", 0, before[1]) + 1 : before[1]] if "\n" in raw[before[0] : before[1]] else raw[before[0] : before[1]]
    )
    if BYLINE.match(last_line):
        return False
    if margin:
        return _is_full(raw, last_line, line, margin) or (not STOP.search(last_line) and raw[line[0]].islower())
    last_word = last_line.split()[-1].strip("*_").casefold()
    if last_word in DANGLING and len(last_line.split()) > 3 and raw[line[0]].isalpha():
        return True
    if len(last_line.split()) <= LONGEST_BROKEN and line[1] - line[0] > SHORTEST_REST and raw[line[0]].islower():
        return last_line[0].isupper() and last_line.replace(" ", "").isalpha()
    of_a_column = len(last_line) > 35 and line[1] - line[0] <= 1.3 * len(last_line)
    return of_a_column and not STOP.search(last_line) and raw[line[0]].islower()


def joins(before: Piece, piece: Piece) -> bool:
    """Whether a page break cut one paragraph in two: no stop before it, and prose that goes on."""
    if before.closed or before.words < 8:
        return False
    return piece.text[0].islower() or (before.words >= 15 and piece.prose)
