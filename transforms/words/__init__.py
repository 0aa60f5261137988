"""Counting and folding words in any script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

NOT_WORD_IN_LINE = re.compile(r"[^\w#&©()\n]+")
NOT_WORD = re.compile(r"[^\w#&©()]+")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff"))
DIGITS = re.compile(r"\d[\d.,]*")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
UNSPACED = re.compile(r"[\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u104a\u1050-\u109f\u1780-\u17d3\ua9e0-\ua9fe\uaa60-\uaa7f]")
"""Letters and vowel signs of Thai, Lao, Burmese and Khmer: blanks part their phrases, not their words."""
LETTERS_OF_WORD = 4
"""How many of these make a word."""
FIRST_UNSPACED = "\u0e01"


def word_count(text: str) -> int:
    """Words of a text; two letters of a script without spaces count as one, four of Thai, Lao, Burmese or Khmer.

    >>> word_count("three little words"), word_count("東京で話した。"), word_count("ปิดโรงพยาบาลในเดือนมิถุนายน")
    (3, 3, 6)
    """
    spaced = len(text.split())
    if text.isascii() or max(text) < FIRST_UNSPACED:
        return spaced
    wide = len(WIDE.findall(text))
    spaced = spaced + wide // 2 - 1 if wide > 1 else spaced
    return max(spaced, len(UNSPACED.findall(text)) // LETTERS_OF_WORD)


def unspaced(text: str) -> bool:
    """Whether half of a text or more is in a script whose sentences end without a mark or a blank between words.

    >>> unspaced("ปิดโรงพยาบาล 12 แห่ง"), unspaced("Hospital closes")
    (True, False)
    """
    return not text.isascii() and max(text) >= FIRST_UNSPACED and len(UNSPACED.findall(text)) * 2 >= len(text)


def folded(text: str) -> str:
    """The text as phrases of furniture are compared: lower case, numbers as `#`, marks and white space as one space.

    >>> folded("  12 Comments: ")
    '# comments'
    """
    return NOT_WORD.sub(" ", DIGITS.sub("#", text.casefold())).strip()


def folded_letters(text: str) -> str:
    """`folded` with its numbers as they are: how lines that may repeat over a site are compared.

    >>> folded_letters("  Deaths: 120 ")
    'deaths 120'
    """
    return NOT_WORD.sub(" ", text.casefold()).strip()


def folded_lines(texts: Iterable[str]) -> list[str]:
    """`folded` of each of many texts of one line, all in one pass.

    >>> folded_lines(["12 Comments:", "(c) Gazette"])
    ['# comments', '(c) gazette']
    """
    whole = NOT_WORD_IN_LINE.sub(" ", DIGITS.sub("#", "\n".join(texts).casefold()))
    return [line.strip() for line in whole.split("\n")]


def collapsed(text: str) -> str:
    """A text with its white space as single blanks and without soft hyphens and marks of no width.

    >>> collapsed(" a\\u00ad b \\n c ")
    'a b c'
    """
    return " ".join(text.translate(INVISIBLE).split())


def small_letters(text: str) -> str:
    """A text in small letters, one for each letter, so that no place moves.

    >>> small_letters("On May 3"), len(small_letters("İzmir"))
    ('on may 3', 5)
    """
    small = text.lower()
    return small if len(small) == len(text) else "".join(letter.lower()[0] for letter in text)


def matches(
    pattern: re.Pattern[str], begins: re.Pattern[str], text: str, looked_at: str | None = None
) -> Iterator[re.Match[str]]:
    """The matches of `pattern`, tried only where `begins` matches: that pattern has no width and is much the faster.

    `looked_at` is the text as `begins` reads it, where that is another one of the same length.

    >>> [found.group() for found in matches(re.compile(r"\\d+ apples"), re.compile(r"(?=\\d)"), "12 apples, 3 pears, 4 apples")]
    ['12 apples', '4 apples']
    """
    taken = 0
    for place in begins.finditer(text if looked_at is None else looked_at):
        if place.start() >= taken and (found := pattern.match(text, place.start())) is not None:
            yield found
            taken = found.end()
