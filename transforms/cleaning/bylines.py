"""Bylines: the names of the people and the agency that wrote an article, as lines of its head print them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.words import folded

NAME_WORD = r"(?:(?:[^\W\d_a-z][\w’'.-]*)|de|van|von|der|den|del|della|di|da|dos|la|le|al|el|bin|ibn|ter|ten)"
NAME = re.compile(rf"^{NAME_WORD}(?:\s+{NAME_WORD}){{1,4}}$")
HANGING = re.compile(
    r"""
      \s*\([^)]*\)$                                               # Ida Ferrell (Narva Bay)
    | (?<=[a-zß-ÿ])\d{1,2}$                                      # Ida Ferrell1, a note
    | \s*@\w+$                                                    # Ida Ferrell @idaf
    | [\s,|/–—-]*[(\[<]?[\w.+-]+@[\w-]+\.[\w.-]+[)\]>]?$           # Ida Ferrell ida@tarn.example
    | (?<=[a-zß-ÿ])(?:Twitter|Follow|Facebook|Email|Instagram|LinkedIn|Updated|Published|Posted
      |Korrespondent(?:in)?|Redakteur(?:in)?|Autor(?:in)?|Reporter(?:in)?|Correspondent|Editor)$  # Ida FerrellTwitter
    | \s+\d+\s+(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)(?:\s+ago)?$  # Ida Ferrell 3 hours ago
    """,
    re.VERBOSE,
)
"""What follows a name in a byline: a place in brackets, a handle, a button, how long ago."""

WITH_AGENCY = re.compile(
    r"\swith\s(?:agency|wire|agencies)(?:\s(?:reports?|inputs?|staff))?$"
    r"|\s\((?:theo|via|with|nach|selon|según|secondo)\s(?P<agency>[^()]{2,40})\)[\s|]*$",
    re.IGNORECASE,
)
"""Behind a name, who else worked on it: `Ida Ferrell with agency report`, `Ida Ferrell (theo KWA)`."""

PLACE_BEHIND = re.compile(r"\s(?:in|aus|à|en)\s[^\W\d_a-z][\w’'.-]*(?:\s[^\W\d_a-z][\w’'.-]*){0,2}$")
"""Where a writer is, behind a name that a by-word opens: `By Ida Ferrell in Narva Bay`."""

MARKS = " ,.:|•·–—/-"
"""What stands between the parts of a head line."""

BULLETS = "-–—•*· "
"""What may stand before a byline: `- By Ida Ferrell`."""

GENRE = re.compile(
    r"""
    (?:(?:an?|the|eine?|un[ea]?)\s)?                              # An article
    (?:(?:blog|gast|guest)[\s-]?)?                                # Gastbeitrag, guest column
    (?:artikel|beitrag|kommentar|kolumne|analyse|essay|glosse|interview|reportage|bericht    # Analyse
      |article|comment|column|analysis|opinion|review|words|photos?\sand\swords             # Comment
      |eingestellt|gepostet|verfasst|veröffentlicht|published|created                        # Verfasst, Published
      |artículo|columna|crónica|analisi|commento)                                            # Crónica
    \s(?=[^\W\d_])                                               # before the word `by`
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What a byline calls the article before the word `by`: `Comment by Ida Ferrell`, `Eine Analyse von Ida Ferrell`."""

SITE = re.compile(r"(?:www\.)?[\w-]+\.(?:com|org|net|info|[a-z]{2})$")
"""A site in front of who wrote: `By quaypaper.com - Ida Ferrell`."""

GLUED = re.compile(r"(?:By|Von|Par|Por)(?=[A-Z][a-z]*[.]?[A-Z.\s][\w.’'-]*\s?[A-Z])")
"""`ByI.D. Ferrell`, where a page has no blank between."""

NO_NAME = re.compile(
    r"""
    \b(?:News|Press|Media|Times|Post|Online                        # Harbor Times
      |Editor|Reporter|Writer|Correspondent|Staff|Team|Desk|Redaktion  # Night Desk
      |Policy|America|Politics|Sports?|World|Opinion|Video|Home    # World Politics
      |Member|Moderator|Administrator|Registered|Veteran|Newbie   # Senior Member
      |Menu|Search|Login|Subscribe|Categories|Latest|Breaking|Archive|Contact|Print|Advertisement|What[’']s  # Left Menu
      |Update|Report|Alert|Notice|Bulletin|Situation|Statement|Release|Results|Forecast|Outage  # Storm Update
      |Edition|Issue|Magazine|Journal
      |Images?|Pictures?|Comments|Quotes|Highlights|Takeaways    # Representative Image
      |Follow|Share|Read)\b                                       # Read More
    | [a-zß-ÿ]{2}[A-Z]{2,}\b                                      # Harbor TodayNE
    """,
    re.VERBOSE,
)
"""Words that no name of a person has: a line with one is an outlet, a job, a section or a button."""

ROLE_BEFORE = re.compile(
    r"^(?:[\w’'-]+\s){0,3}?(?:reporter|editor|correspondent|writer|journalist|redakteur(?:in)?|redactora?|periodista)s?\s+(?-i:(?=[^\W\d_a-z]))",
    re.IGNORECASE,
)
"""What somebody does, before the name: `political reporter Ida Ferrell`."""

AGENCY = re.compile(r"\b(?:News|Press) Agency$|^(?:Agencia|Agência|Agenzia|Agence|Agentur)\s[^\W\d_a-z]")
"""What calls itself an agency: `Tarvian News Agency`."""

NOT_BY = re.compile(
    r"""
    (?:publi|pubbli|posted|updat|created|date\b|datum|fecha|data\b|stand\b  # Publié le, Datum
      |aktual|actual|atual|aggiorn|mis\ à|veröff|erstellt|geplaatst|bijgew|opubl|zaktual|опубл|обнов|güncel|yayın|oluştur
      |last\b|first\b|name\b|email|e-mail|share|follow|archiv|author\b|autor\b|post\ author|comment)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What labels in a head begin with, where a name would stand."""
ANDS = "and und et y e i en og och ja ve és"
"""The word `and` in the languages of the months table."""

SEPARATORS = re.compile(
    rf"""
    \s*(?:
        [|•·–—]|\s[-/]\s|;|&                                      # Ida Ferrell | Tom Karst
      | ,(?!\s*(?:jr|sr)\b)                                       # not: Tom Karst, Jr
      | (?<=\s)(?:{ANDS.replace(" ", "|")})(?=\s)                   # not: E. Ferrell
    )\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Byline:
    """Who wrote it, as printed: names of people, a wire agency, and whether a by-word said so."""

    authors: tuple[str, ...]
    agency: str | None
    marked: bool


def read_byline(text: str, lexicon: Lexicon) -> Byline | None:
    """The authors of a byline; `None` where the text is none.

    A line is a byline when a by-word opens it (`By Ida Ferrell and Tom Karst`), or when it holds nothing but names
    (`Ida Ferrell | Tom Karst`); `Ferry line reopens` is none.
    """
    rest, by_word = _without_by(text.strip().lstrip(BULLETS), lexicon)
    marked, agency = by_word, None
    if (shared := WITH_AGENCY.search(rest)) is not None:
        rest, marked, agency = rest[: shared.start()], True, shared["agency"]
    if not rest or len(rest) > 160:
        return None
    names: list[str] = []
    for printed in SEPARATORS.split(rest):
        part = ROLE_BEFORE.sub("", _without_by(_without_hanging(printed).strip(" .,:"), lexicon)[0])
        part = PLACE_BEHIND.sub("", part) if marked else part
        key = folded(part)
        if not part or (by_word and SITE.match(part)):
            continue
        if key in lexicon.agencies or key.removeprefix("the ") in lexicon.agencies or AGENCY.search(part):
            agency = agency or part
        elif names and _is_outlet(part, names[0]):
            break
        elif NAME.match(part) and not NOT_BY.match(part) and not (names_nobody(part) and (names or not by_word)):
            names.append(part)
        elif names and (key in lexicon.author_roles or marked):
            break
        elif not (marked and names):
            return None
    if not names and not agency:
        return None
    return Byline(tuple(dict.fromkeys(map(_name_case, names))), agency, marked)


def names_nobody(text: str) -> bool:
    """Whether a text has a word that no name of a person has, in capitals too: `World News`, `LATEST UPDATE`."""
    return NO_NAME.search(text.title() if text.isupper() else text) is not None


def _without_hanging(text: str) -> str:
    """The text without what hangs behind a name, which may be several things: `Ida Ferrell (@idaf) 39 seconds ago`."""
    while (shorter := HANGING.sub("", text)) != text:
        text = shorter
    return text


def _without_by(text: str, lexicon: Lexicon) -> tuple[str, bool]:
    if (glued := GLUED.match(text)) is not None:
        return text[glued.end() :], True
    genre = GENRE.match(text)
    if genre and lexicon.by_word.match(text, genre.end()):
        text = text[genre.end() :]
    found = lexicon.by_word.match(text)
    return (text[found.end() :].strip(" :"), True) if found else (text, False)


def _is_outlet(part: str, first: str) -> bool:
    """Whether a part behind a name is an outlet: it has a word in capitals, and the name has none."""
    return any(word.isupper() and len(word) > 2 for word in part.split()) and not any(
        word.isupper() and len(word) > 2 for word in first.split()
    )


def _name_case(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 5 else name
