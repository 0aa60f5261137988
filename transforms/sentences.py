"""Sentences by sentencex, paragraph by paragraph; what it gets wrong in news is put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import sentencex

PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)
ABBREVIATIONS = {
    "ranks": "Lt Gen Maj Col Capt Sgt Cpl Brig Adm Cmdr Supt Insp",
    "titles": "Sen Rep Gov Dr Mr Mrs Ms Prof Rev Hon Pres Messrs Atty",
    "names": "St Sr Jr",
    "places": "Mt Ft Ave Blvd Rd",
    "numbers and parties": "No Nos vs v",
    "months": "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
    "weekdays": "Mon Tue Wed Thu Fri Sat Sun",
    "bodies and firms": "Dept Univ Assn Assoc Inc Ltd Corp Co Bros",
    "words of scholars": "e.g i.e cf approx est al pp vol ed fig Lat Long cent",
    "states": "Ariz Ala Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa "
    "Tenn Tex Va Vt Wash Wis Wyo",
}
"""Words whose stop ends no sentence by itself: `Lt. Gen. Ida Ferrell`."""

NEVER_LAST = frozenset("vs v e.g i.e cf approx est No Nos pp vol ed fig Mt Ft St".split())
"""Abbreviations that something always follows: `cf. page 3`."""

BEGINS = (
    "It He She They We You I This That These Those The A An There But And So Then If When As After In On At What How Did Do My "
    "His Her Our Their"
)
"""Words that begin a sentence even after a firm's abbreviation: `They sold it to Karst & Co. It closed in May.`"""


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))


SHORTENED = " ".join(ABBREVIATIONS.values()).split()
NO_END = re.compile(
    rf"""
    (?:^|[\s(“\"‘'\[])          # a word begins
    (?:{_any(SHORTENED)})
    \.$                         # met Sen.
    """,
    re.VERBOSE,
)
CLOCK = re.compile(r"\d\s?[ap]\.m\.$")
ZONE = re.compile(r"\s*(?:\(|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[A-Z]{2,4}[TS]?\b(?=[\s,;.)]))")
"""What goes on behind `3 p.m.` in the same sentence: a bracket, a weekday, a time zone."""

INITIAL = re.compile(r"(?:^|[\s.(])[A-Z]\.$")
ACRONYM = re.compile(r"(?:^|[\s(“\"])(?:[A-Z]\.){2,}$")
OF_A_BODY = re.compile(
    r"\s*(?:[A-Z][\w’'-]*\s+){0,4}(?:Services?|Ministry|Department|Office|Agency|Council|Committee|Authority|Commission|Bureau|Board"
    r"|Cent(?:er|re)|Court|University|Institute|Association|Federation|Union|Government|Legislature|Police|Army|Navy|Guard|Administration"
    r"|Embassy)\b"
)
"""What goes on behind the shortened name of a country or province: `of the B.C. Wildfire Service`."""

FIRM = re.compile(
    rf"""
    \b(?:{_any([word for word in SHORTENED if word not in NEVER_LAST])})\.
    \s+(?=(?:{_any(BEGINS.split())})\s)  # to Karst & Co. It closed
  | \b(?:Inc|Corp|Ltd|Co|LLC|plc|Bros)\.\s+(?=[“\"][A-Z])            # by Karst Inc. “This is a setback,” said
  | \bno\.\s+(?=I\s[a-z])               # well, no. I mean it
  | /[A-Z]\.\s+(?=[A-Z][a-z])           # by Marlow Data T/B/S. Profit rose
    """,
    re.VERBOSE,
)
"""After a firm's abbreviation, a title or a month one of these words begins a new sentence."""

LONGEST_FIRM = 8
"""How many letters around an end are looked at for that."""

GRADE = re.compile(r"\b(?:[Aa]n?|[Gg]rade|[Pp]lan|[Vv]itamin|[Hh]epatitis)\s[A-Z]\.$")
"""`plan B.`: the letter is no initial, so an end that the library finds there stays."""

POSTSCRIPT = re.compile(r"^\s*P\.\s?(?:P\.\s?)?S\.$")
AND_I = re.compile(r"\band I\.$")
"""`It was only you and I.`: the letter is no initial, so the end stays."""

CLOSING = re.compile(
    r"""
    ^\s*
    (?:
        \[[Ss]igned\]                                             # [signed] Ida Ferrell
      | (?:Respectfully|Sincerely|Cordially|Yours(?:\s\w+)?|Faithfully\ yours|Sincerely\ yours
          |(?:(?:Kind|Best|Warm)\s)?[Rr]egards|Best\ wishes)
        (?:\s(?:yours|submitted))?,                               # Respectfully submitted, Ida Ferrell
    )
    \s+(?=[A-Z])
    """,
    re.VERBOSE,
)
"""The closing of a letter, before the name of who signs it."""

ITEM = re.compile(r"(?:^|\s)[•⁃*-]?\s?(?P<mark>\d{1,2}|[a-z])(?:\.\)|[.)])\s+(?=[A-Z])")
SHORT_LINES = re.compile(r"(?:[^\S\n]*[^\s.!?]+(?:[^\S\n]+[^\s.!?]+){0,3}[^\S\n]*(?:\n|$)){3,}")
"""Three lines or more of up to four words without a stop are a list."""

LOWER_NEXT = re.compile(r"^[\s\"”’')\]]*[a-zß-öø-ÿ]")
TAG = re.compile(
    r"""
    \s*
    (?:(?:[A-Z][\w’'.-]*|the|his|her|mr|ms|mrs)\s+){1,4}          # Bush, the captain, Mr Fisk
    (?:said|asked|replied|says|asks|wrote|added|shouted|told|answered|tweeted|responded|exclaimed|cried|continued|demanded
      |wondered|joked|quipped)\b
    """,
    re.VERBOSE,
)
"""`“Why?” Mira Oduya said.` is one sentence: the tag belongs to what is quoted."""

LABEL = re.compile(r"^\s*[(\[]?(?:\d{1,2}|[A-Za-z])[.)]\]?$")
FOOTNOTE = re.compile(r"[.!?…][\"”’»)\]]*(?:\[\d+\])+\s+(?=[A-Z“\"‘(])")
FIGURE = re.compile(r"^(?:Figure|Fig\.|Table|Box) \d+(?:\.\d+)?\s+(?=[A-Z(])")
QUOTED = re.compile(
    r"""
      “(?P<curly>[^“”]+)                                # “We ran. It fell.”
    | "(?P<straight>[^"]+)                              # the same in straight marks
    | «(?P<angled>[^«»]+)»?
    | »(?P<inward>[^«»]+)«?                             # as in »Es brannte. Wir liefen.«
    | „(?P<low>[^„“”]+)[“”]?
    | (?:''|‘’)(?P<doubled>.+?)(?:''|’’)                # two single marks
    | (?<!\w)‘(?P<single>(?:[^‘’]|’(?=\w))+)’(?!\w)     # ‘We didn’t run. It fell.’
    | (?<![\w'])'(?=[A-Z])(?P<plain>(?:[^'\n]|'(?=\w)){8,})(?<=[,.!?…])'(?![\w'])  # 'We ran. It fell,'
    """,
    re.VERBOSE,
)
"""What stands between quotation marks. The library takes it for one sentence; where a mark is missing it runs to the next one
or to the end of the paragraph, and its sentences are found there all the same."""

STOP = re.compile(r"[.!?…]\W*\s")
BEGINS_INSIDE = re.compile(r"[\s(\[“\"‘'«„—–-]*[A-ZÀ-ÖØ-Þ0-9]")
"""How a sentence inside a quotation begins; after any other beginning a question mark ends none: `“Why? because”`."""

REPLACED = re.compile(r"[.!?…][”\"’)]*\s+(?=\[(?!\d|[Ss]ic\b)[A-Za-z][\w’' ]*\](?:[a-z’']|\s+[a-z0-9]))")
"""A sentence that begins with a word or a letter in brackets: `It fell. [The] mayor said`, `“We ran. [W]e hid.”`."""

GLUED = re.compile(r"(?<![\w.@/:-])[a-zà-öø-ÿ]{3,}[.!?][”\"’)]*(?=[“\"‘]?[A-Z][a-z’']*\s[\w“\"‘])")
"""A sentence whose blank before the next was lost: `the quay.The mayor said`."""

CREDIT = re.compile(
    r"""
    (?:
        \b(?:Photo(?:graph)?|Picture|Image|Credit)s?\b[^.!?\n]{1,80}?(?:/|\bvia\s)   # Photograph: Ida Ferrell/AFP The mayor
        (?:AFP|AP|Reuters|EPA|Getty(?:\sImages)?|Shutterstock|Xinhua|Anadolu|Alamy|Bloomberg|TASS|PA|NurPhoto)\b(?:/\w+)*\)?
      | \bvia\s(?:Getty\sImages|Reuters|AP|AFP)\b(?:/\w+)*\)                        # (Ida Ferrell via Getty Images) The mayor
    )
    \s+(?=[A-Z“"])
    """,
    re.VERBOSE,
)
"""The end of a picture's credit that the text goes on after."""

BRACKETED = re.compile(r"(?:^|[.!?…][\"”’]*\s+)\([A-Z“\"][^()]*[.!?…][\"”’]*\)\s+(?=[A-Z“\"‘(])")
"""A whole sentence in brackets: `It sank. (Nobody was aboard.) The owner`."""

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
    ['Lt. Gen. Halevi said “It goes on.', 'We are far.”', 'He left at 5 p.m. on Sunday.']
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
    return [offset + end for end in _joined(text, _split(text, ends, _inside(text, language)))]


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


def _split(text: str, ends: list[int], inside: Iterable[int]) -> list[int]:
    """The ends that the library found, those `inside` quotations, and others that it misses.

    A footnote mark hides a stop (`in May.[12] The town`), the label of a figure has none (`Table 2 The catch`).
    """
    patterns = (FOOTNOTE, FIGURE, FIRM, CLOSING, REPLACED, GLUED, CREDIT, BRACKETED)
    more = {found.end() for pattern in patterns for found in pattern.finditer(text)}
    return sorted({*ends, *more, *inside, len(text)})


def _inside(text: str, language: str) -> Iterator[int]:
    """Where sentences end inside quotations, but for the last of each."""
    for found in QUOTED.finditer(text):
        start, end = found.span(found.lastgroup or 0)
        if not STOP.search(text, start, end):
            continue
        inner = text[start:end]
        ends = {part["end_index"] for part in sentencex.get_sentence_boundaries(language, inner)}
        for at in sorted({*ends, *_inside(inner, language)}):
            if at < len(inner) and BEGINS_INSIDE.match(inner, at):
                yield start + at


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
    """Whether what follows belongs to the sentence: after `Lt.`, an initial, a label, before a lower-case letter."""
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
        if (CLOCK.search(sentence) and ZONE.match(rest)) or (ACRONYM.search(sentence) and OF_A_BODY.match(rest)):
            return True
        if NO_END.search(sentence) or (INITIAL.search(sentence) and not ACRONYM.search(sentence)):
            return True
        return bool(LOWER_NEXT.match(rest))
    if sentence[-1:] not in '…”’"':
        return False
    return bool(LOWER_NEXT.match(rest)) or (sentence[-2:-1] in "?!" and TAG.match(rest) is not None)
