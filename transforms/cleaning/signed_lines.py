"""Lines that sign an article: the names beside a date, behind a word such as `by`, or alone on a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from copydesk.transforms.cleaning.bylines import MARKS, NAME, NOT_BY, Byline, names_nobody, read_byline
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.words import folded

LABEL_BEFORE_DATE = re.compile(
    r"""[\s,|•·–—/-]*\b(?:
        vom|am|on|at|le|el|il|den|um|dated                          # Ida Ferrell vom
      | (?:erstellt|veröffentlicht|aktualisiert|publiziert|publié|publicado|pubblicato|published|posted|created)
        (?:\s(?:am|on|le|el|il))?
      | last\s(?:updated|modified)(?:\son)?|updated(?:\son)?|stand
      | (?<=\s)(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?   # … Tue
    )\s*[:,]?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands between a name and its date: `Ida Ferrell Vom 3. Mai 2024`, `Ida Ferrell last updated 3 May 2024`."""

STOP = re.compile(
    r"""
    \s*(?:[|•·@(/\\]|//|\s[–—-]\s|:|;)                             # by Ida Ferrell | 3 comments
      |,?\s+(?:in|on|am|at|um|unter|dans|en|le|el|im|à)\s            # by Ida in Travel
      |,?\s+(?:kategorien?|categor|filed|tagged|tags|share|leave|last\supdated|kommentare?|comments?|hinterlasse|schreibe
        |keine|no\s|ein\s+kommentar|one\s|\d)                      # by Ida Leave a comment
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What ends a name behind `by` in a line of more than a byline."""

SIGNED = re.compile(
    r"(?:text|author|autor(?:in|e)?|auteur|eingestellt\svon|geschrieben\svon|verfasst\svon|posted\sby|written\sby|publié\spar|escrito\spor)\b\s*:?\s",
    re.IGNORECASE,
)
"""What opens a line below the text that signs it."""

POSTED = re.compile(r"[—–-]\s.{2,60}\(@\w+\)")
"""What signs a post of a social network that a page shows: `— Ida Ferrell (@idaf) July 31, 2022`."""

SHARED_ON = re.compile(r"Posted by .{2,60} on \w{3,6}day, ")
"""What signs a post of a social network that a page shows: `Posted by Harbor Times on Monday, February 7, 2022`."""

AS_OF = re.compile(r"\bas\s(?:of|at)\b", re.IGNORECASE)
"""What a date follows that says up to when figures count: `Cases as of 3 May 2024`."""
HANDED_IN = re.compile(
    r"""(?:
        accepted | received | submitted | angenommen | eingegangen | eingereicht      # Accepted: 16 December 2022
      | aceptado | recibido | enviado | accepté | reçu | soumis | aceito | recebido   # Reçu le 3 mai 2024
    )
    (?:\s(?:on|am|el|le|em))?\s*:?\s+(?:\d|[^\W\d_]+\.?\s\d)                    # Received March 2, 2024
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What opens a line with the day on which a manuscript reached its publisher: `Accepted: 16 December 2022`."""

AUTHOR = re.compile(r"(?:authors?|autor(?:in|en|es)?|auteurs?|writers?|reporters?|journalists?)\s*:", re.IGNORECASE)

USER = re.compile(r"^[^\W\d_][\w.’'-]{2,24}$")
"""The name of a user: one word."""

PARTS = re.compile(r"\s*(?:[|•·]|//|/|\s[–—-]\s|\s[–—-]$|^[–—-]\s)\s*")
MOST_NAME_WORDS = 4
TELLS = r"(?:über|about|mehr\svon|more\s(?:from|by)|all\sposts\sby|alle\s(?:beiträge|artikel)\svon|von|by|par|por|de)\s"
"""What opens a line that tells of a writer: `More from Ida Ferrell`."""

LONGEST_PARTICLE = 2

LOWER = re.compile(r"\b[a-zß-ÿ][\w’'-]+")
LONGEST = 160

Span = tuple[int, int]


def of_another_day(text: str) -> bool:
    """Whether a line tells another day than that of publication.

    >>> of_another_day("Received 16 December 2022"), of_another_day("Cases as of 3 May"), of_another_day("3 May 2024")
    (True, True, False)
    """
    return AS_OF.search(text) is not None or HANDED_IN.match(text) is not None


def read_signed(text: str, dates: Sequence[Span], lexicon: Lexicon) -> Byline | None:
    """The byline of a line that holds dates at the given places; `None` where it names nobody.

    >>> from copydesk.flows.wiring import lexicon
    >>> read_signed("Posted on 3 May 2024 by Ida Ferrell | Leave a comment", [(10, 20)], lexicon()).authors
    ('Ida Ferrell',)
    """
    if len(text) > LONGEST:
        return None
    before, behind = (text[: dates[0][0]], text[dates[-1][1] :]) if dates else (text, "")
    for _ in range(2):
        before = LABEL_BEFORE_DATE.sub("", before.rstrip(MARKS)).rstrip(MARKS)
    opened = _from_by(before, lexicon) if lexicon.published.match(before) else before
    for part in (opened, behind.lstrip(MARKS)):
        if (found := _behind_by(part, lexicon)) is not None:
            return found
    byline = read_byline(before, lexicon)
    if byline:
        return byline
    for part in (behind, before):
        first = next((one for one in PARTS.split(part) if one.strip(MARKS)), "")
        if part.strip() and (part is before or PARTS.match(part)) and is_name(first.strip(MARKS)):
            return read_byline(first.strip(MARKS), lexicon)
    return None


def _behind_by(part: str, lexicon: Lexicon) -> Byline | None:
    """The names behind the word that opens the part: people, or a user or a desk of one word."""
    opened = lexicon.by_word.match(f"{part} ") or AUTHOR.match(part)
    if not opened:
        return None
    rest = part[opened.end() :].strip(" :")
    whole = read_byline(part, lexicon)
    stop = STOP.search(rest)
    name = rest[: stop.start()].strip(MARKS) if stop else rest.strip(MARKS)
    if whole and whole.authors and not stop:
        return whole
    found = read_byline(f"by {name}", lexicon)
    if found:
        return found
    return Byline((name,), None, True) if is_user(name) else None


def _from_by(text: str, lexicon: Lexicon) -> str:
    """The text from its word `by` on: `Posted in Travel by Ida`; the whole text where it has none."""
    return next((text[one.end() :] for one in re.finditer(r"\s", text) if lexicon.by_word.match(text, one.end())), text)


def is_user(name: str) -> bool:
    """Whether a text may be the name of a user or a desk: one word, or a few in the form of a name; no label."""
    words = name.split()
    if not words or NOT_BY.match(name) or len(words) > MOST_NAME_WORDS:
        return False
    return bool(USER.match(name)) or all(word[:1].isupper() or USER.match(word) for word in words[-2:])


def is_name(text: str) -> bool:
    """Whether a text has the form of the names of a person: two to four words, none of them a button, a job or a section."""
    return bool(NAME.match(text)) and len(text.split()) <= MOST_NAME_WORDS and not names_nobody(text) and not NOT_BY.match(text)


def stands_alone(text: str, lines: Iterable[str], body: Iterable[str], given: Callable[[str], bool]) -> bool:
    """Whether a line that is nothing but a name is that of the writer.

    It is where its first word is a given name, or where another line tells who that is; never where the article itself
    has a word of it, nor where a line of the page has one in small letters.

    >>> stands_alone("Ida Ferrell", ["Ida Ferrell", "Ida Ferrell writes on ships."], ["The ferry sank."], lambda name: False)
    True
    >>> stands_alone("Ferry News", ["Ferry News", "Ferry News"], ["It sank."], lambda name: False)
    False
    """
    if not is_name(text):
        return False
    words = folded(text).split()
    known = list(lines)
    told = re.compile(rf"(?i:{TELLS})?{re.escape(text)}(?:\s[a-zß-ÿ(]|$)")
    if not (given(words[0]) or any(len(line) > len(text) and told.match(line) for line in known)):
        return False
    long = [word for word in words if len(word) > LONGEST_PARTICLE]
    own = set(folded("\n".join(body)).split()) if long else set()
    if any(word in own for word in long):
        return False
    small = {word for line in known for word in LOWER.findall(line)}
    return not any(word in small for word in long)
