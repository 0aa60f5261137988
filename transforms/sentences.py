"""Sentences by sentencex, paragraph by paragraph, with what it gets wrong in news put right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import sentencex

PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)
ABBREVIATIONS = (
    "Lt Gen Maj Col Capt Sgt Cpl Brig Adm Cmdr Sen Rep Gov Dr Mr Mrs Ms Prof Rev Hon Pres St Sr Jr Mt Ft No Nos vs v "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun Ave Blvd Rd Dept Univ Assn Inc Ltd "
    "Corp Co Bros e.g i.e cf approx est al pp vol ed fig Lat Long cent Ariz Ala Ark Calif Colo Conn Del Fla Ga Ill Ind "
    "Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Messrs Supt Insp Atty Assoc"
)
NO_END = re.compile(rf"(?:^|[\s(“\"‘'\[])(?:{'|'.join(map(re.escape, ABBREVIATIONS.split()))})\.$")
INITIAL = re.compile(r"(?:^|[\s.(])[A-Z]\.$")
ACRONYM = re.compile(r"(?:^|[\s(“\"])(?:[A-Z]\.){2,}$")
NEVER_LAST = frozenset("vs v e.g i.e cf approx est No Nos pp vol ed fig Mt Ft St".split())
"""Abbreviations that something always follows."""
BEGINS = (
    "It He She They We You I This That These Those The A An There But And So Then If When As After In On At What How Did Do My "
    "His Her Our Their"
)
FIRM = re.compile(
    rf"\b(?:{'|'.join(re.escape(word) for word in ABBREVIATIONS.split() if word not in NEVER_LAST)})\."
    rf"\s+(?=(?:{'|'.join(BEGINS.split())})\s)"
)
"""After a firm's abbreviation, a title or a month one of these words begins a new sentence."""
GRADE = re.compile(r"\b(?:[Aa]n?|[Gg]rade|[Pp]lan|[Vv]itamin|[Hh]epatitis)\s[A-Z]\.$")
POSTSCRIPT = re.compile(r"^\s*P\.\s?(?:P\.\s?)?S\.$")
AND_I = re.compile(r"\band I\.$")
CLOSING = re.compile(
    r"^\s*(?:\[[Ss]igned\]|(?:Respectfully|Sincerely|Cordially|Yours(?:\s\w+)?|Faithfully yours|Sincerely yours|"
    r"(?:(?:Kind|Best|Warm)\s)?[Rr]egards|Best wishes)(?:\s(?:yours|submitted))?,)\s+(?=[A-Z])"
)
"""The closing of a letter, before the name of who signs it."""
LONGEST_FIRM = 8
AND_I = re.compile(r"\band I\.$")
ITEM = re.compile(r"(?:^|\s)[•⁃*-]?\s?(?P<mark>\d{1,2}|[a-z])(?:\.\)|[.)])\s+(?=[A-Z])")
SHORT_LINES = re.compile(r"(?:[^\S\n]*[^\s.!?]+(?:[^\S\n]+[^\s.!?]+){0,3}[^\S\n]*(?:\n|$)){3,}")
"""Three lines or more of up to four words without a stop are a list."""
LOWER_NEXT = re.compile(r"^[\s\"”’')\]]*[a-zß-öø-ÿ]")
TAG = re.compile(
    r"\s*(?:(?:[A-Z][\w’'.-]*|the|his|her|mr|ms|mrs)\s+){1,4}(?:said|asked|replied|says|asks|wrote|added|shouted|told|answered|"
    r"tweeted|responded|exclaimed|cried|continued|demanded|wondered|joked|quipped)\b"
)
"""`“Why?” Bush said.` is one sentence: the tag belongs to what is quoted."""

LABEL = re.compile(r"^\s*[(\[]?(?:\d{1,2}|[A-Za-z])[.)]\]?$")
FOOTNOTE = re.compile(r"[.!?…][\"”’»)\]]*(?:\[\d+\])+\s+(?=[A-Z“\"‘(])")
FIGURE = re.compile(r"^(?:Figure|Fig\.|Table|Box) \d+(?:\.\d+)?\s+(?=[A-Z(])")
ORPHAN = re.compile(r"^[\s\"”’»)\]\d\[]*$")


@dataclass(frozen=True, slots=True)
class Span:
    """A run text[start:end], code points, end exclusive."""

    start: int
    end: int


def split_sentences(text: str, language: str = "en") -> list[Span]:
    """The sentences of a text in order; none crosses a blank line.

    `language` is an ISO 639-1 code; one that sentencex has no rules for is read as English.

    >>> text = "Lt. Gen. Halevi said “It goes on. We are far.” He left at 5 p.m. on Sunday."
    >>> [text[s.start:s.end] for s in split_sentences(text)]
    ['Lt. Gen. Halevi said “It goes on. We are far.”', 'He left at 5 p.m. on Sunday.']
    """
    spans: list[Span] = []
    for paragraph in PARAGRAPH.finditer(text):
        spans += _paragraph(paragraph.group(), paragraph.start(), language or "en")
    return spans


def _paragraph(text: str, offset: int, language: str) -> list[Span]:
    if SHORT_LINES.fullmatch(text):
        ends = [found.end() for found in re.finditer(r"\n|$", text)]
    elif items := _items(text):
        ends = [end for start, stop in pairwise([0, *items, len(text)]) for end in _ends(text[start:stop], start, language)]
    else:
        ends = _ends(text, 0, language)
    spans, start = [], 0
    for end in ends:
        piece = text[start:end]
        if piece.strip():
            left = len(piece) - len(piece.lstrip())
            spans.append(Span(offset + start + left, offset + start + len(piece.rstrip())))
        start = end
    return spans


def _ends(text: str, offset: int, language: str) -> list[int]:
    """Where the sentences of a text end, counted from `offset` before it."""
    label = ITEM.match(text)
    ends = [part["end_index"] for part in sentencex.get_sentence_boundaries(language, text)]
    ends = [end for end in ends if label is None or end > label.end()]
    return [offset + end for end in _joined(text, _split(text, ends))]


def _items(text: str) -> list[int]:
    """Where the items of an enumeration in running text begin, after its first: `1. Wood 2. Nails`."""
    found = list(ITEM.finditer(text))
    if len(found) < 2 or found[0].start() > 0 or not all(map(_follows, found, found[1:])):
        return []
    return [item.start() for item in found[1:]]


def _follows(before: re.Match[str], after: re.Match[str]) -> bool:
    """Whether one item's number or letter is the next after another's."""
    one, two = before["mark"], after["mark"]
    if one.isdigit() and two.isdigit():
        return int(two) == int(one) + 1
    return one.isalpha() and two.isalpha() and ord(two) == ord(one) + 1


def _split(text: str, ends: list[int]) -> list[int]:
    """The ends, and more inside what stands between them: footnote marks hide a stop, a figure's label has none."""
    more = {found.end() for pattern in (FOOTNOTE, FIGURE, FIRM, CLOSING) for found in pattern.finditer(text)}
    return sorted({*ends, *more, len(text)})


def _joined(text: str, ends: list[int]) -> list[int]:
    """The ends without those after an abbreviation or an initial, or before a lower-case letter."""
    kept, start = [], 0
    for end in ends:
        sentence, rest = text[start:end].rstrip(), text[end:]
        if rest.strip() and _goes_on(sentence, rest):
            continue
        kept.append(end)
        start = end
    return kept


def _goes_on(sentence: str, rest: str) -> bool:
    if LABEL.match(sentence):
        return True
    if ORPHAN.match(rest) or (ORPHAN.match(sentence) and not sentence.endswith("\n")):
        return True
    if sentence.endswith("."):
        if POSTSCRIPT.match(sentence):
            return True
        if (
            AND_I.search(sentence)
            or GRADE.search(sentence)
            or FIRM.search(f"{sentence[-LONGEST_FIRM:]} {rest.lstrip()[:LONGEST_FIRM]}")
        ):
            return False
        if NO_END.search(sentence) or (INITIAL.search(sentence) and not ACRONYM.search(sentence)):
            return True
        return bool(LOWER_NEXT.match(rest))
    if sentence[-1:] not in '…”’"':
        return False
    return bool(LOWER_NEXT.match(rest)) or (sentence[-2:-1] in "?!" and TAG.match(rest) is not None)
