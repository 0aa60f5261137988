"""Captions and credits of pictures, told by their form: a credit behind a line, a line that is one, a sentence twice."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from copydesk.transforms.cleaning.pieces import Piece
from copydesk.transforms.words import folded

PICTURE = (
    r"(?:photo(?:s|graphs?|graphie)?|pics?|pictures?|images?|fotos?|foto(?:grafie|graf[íi]a)|bild(?:er)?|illustrations?|"
    r"symbol(?:bild|foto)|archiv(?:bild|foto)|screengrab|screenshot|handout|courtesy|file|archives?|archivo|archiv|getty|imago|shutterstock|unsplash|pixabay)"
)
NAMES = r"[^\W\d_a-zß-ÿ][\w.’'-]*(?:\s[^\W\d_a-zß-ÿ][\w.’'-]*){1,3}"
"""Two to four words that begin as names do."""

CREDIT_BEHIND = re.compile(
    rf"""
      [(\[]\s?{NAMES}\s?/\s?[^\W\d_a-zß-ÿ][^()\[\]]{{1,40}}[)\]]\.?$        # … beside the wall. (Ida Ferrell/Coastal Wire)
    | [(\[](?!(?:\d+\s)?(?i:{PICTURE})[)\]])\s?                        # … on road [PHOTOS], … (2 photos) are headlines
      (?i:(?:[^()\[\]]{{0,40}}\s)?{PICTURE}\b[^()\[\]]{{0,60}})[)\]]\.?$  # … beside the wall. (Photo by Ida Ferrell)
    | \b(?i:{PICTURE})(?:\s(?i:by|credit))?\s?:\s?[(\[]?[^\W\d_a-zß-ÿ][^()\[\].]{{1,50}}[)\]]?\.?$  # … wall. Photo: Ida Ferrell
    | [.!?)”"]\s(?:[A-Z][A-Z.]+\s){{0,3}}[A-Z][A-Z.]+/[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){{0,2}}$  # … wall. KWIRE/Ida Ferrell
    | [.!?)”"]\s(?:[A-Z][A-Z.’'-]+\s){{1,3}}/\s[A-Z]{{2,8}}$             # … wall. IDA FERRELL / KWIRE
    | (?<![.!?”"])\s[(\[][^()\[\]]{{2,60}}\s(?i:via)\s[^()\[\]]{{2,20}}[)\]](?:\s[(\[][A-Z]{{2,8}}[)\]])?$
                                                                     # … beside the wall (Harbor Police via KWA) (KWA)
    | [(\[][A-Z]{{2,8}}\s?/\s?[A-Z][a-z]{{2,}}[^()\[\]]{{0,40}}[)\]]\.?$    # … beside the wall. (KWIRE/Ferrell)
    | [.!?)”"]\s?(?i:photo(?:s|graph)?)\s(?i:by)\s[^\W\d_a-zß-ÿ][^()\[\].]{{1,50}}$   # … wall.Photo by Ida Ferrell/KWA
    | [.!?)”"]\s?(?i:photo(?:s|graph)?|image|picture)\s(?i:courtesy(?:\sof)?)\s[^\W\d_a-zß-ÿ][^()\[\].]{{1,50}}$
                                                                     # … wall. Photo courtesy Harbor Police
    | [.!?)”"]\s(?i:video)\s?:\s?[^\W\d_a-zß-ÿ][^()\[\].]{{1,30}}$          # … wall. Video: Coastal Wire
    | [(\[](?i:symbol|archiv|beispiel)(?i:bild|foto)[)\]]\.?$                # … beside the wall (Symbolbild).
    | (?<![.!?”"])\s\[(?!(?:VIDEOS?|AUDIO|PHOTOS?|PICS?|POLL|QUIZ|MAPS?|PDF|LIVE|UPDATED?|WATCH|OPINION|NSFW)\])[A-Z]{{2,8}}\]$
                                                                     # … beside the wall [KWA]
    """,
    re.VERBOSE,
)
"""A credit at the end of a line, which makes the line a caption."""

CREDIT_LINE = re.compile(
    rf"""^(?:
      {NAMES}\s?/\s?[^\W\d_a-zß-ÿ][\w.]*(?:\s[^\W\d_a-zß-ÿ][\w.]*){{0,2}}   # TOM KARST/Coastal Wire
    | [\w .()%-]{{1,60}}\.(?i:jpe?g|png|gif|webp|tiff?)                    # BARCO.jpg
    | (?:[(\[][^()\[\]]{{0,30}}\b(?i:{PICTURE})\b[^()\[\]]{{0,30}}[)\]]\s?)+  # (Full-size photo)(All photos)
    | (?i:{PICTURE}(?:\scredits?)?)\s?(?::|\bby\b|©)\s?\S.{{1,60}}                         # Photo: Tom Karst
    | ©\s?[^\W\d_](?:[^\d]|/(?:19|20)\d\d\b){{1,50}}                        # © Coastal Wire/2014/Tom Karst
    | ©\s?[^\W\d_][^\d]{{1,30}}\s(?:19|20)\d\d\s?/\s?[^\W\d_][^\d]{{1,40}}      # © KWA 2021 / TOM KARST
    )$""",
    re.VERBOSE,
)
"""A line that is a credit and nothing else."""

MARKED = re.compile(r"[/:©)\]|–—-]|^In\sthis\s|\bby\b|\.\w{3,4}$")
"""What every credit has: without it a line is not looked at any longer."""

NAMED_IN_BRACKETS = re.compile(rf"^(?:[A-Z][a-z]{{1,6}}\.\s)?{NAMES}\s\([^()]{{2,50}}\)$")
"""A person and in brackets whose picture it is: `Capt. Tom Karst (Harbor Police)`."""

HELD_BY = re.compile(r"©\s?[^\W\d_](?!.*[.!?”\"]$)")
"""The credit that opens a caption without a stop: `© KWA 2021 / TOM KARST The wall at low tide (File)`."""

TWO_AGENCIES = re.compile(r"[.!?”\"]\s?[(\[](?P<one>[^()\[\]/]{2,20})/(?P<other>[^()\[\]/]{2,20})[)\]]\.?$")
"""What may sign a report at its end as well as a picture: `… were sold. (KWA/Coastal Wire)`."""

PLACED = re.compile(
    r"""\(
        (?:\d\.\s?)?(?:v\.\s?)?
        (?: li?|re?|left|right|cent(?:re|er)|links|rechts|Mitte|hinten|vorne|(?:à\s)?(?:gauche|droite)|au\scentre
          | izquierda|derecha|sinistra|destra|(?:second|third|far)(?:\sfrom)?(?:\sthe)?\s(?:left|right) )
        \.?(?:\s?n\.\s?[lr]\.?)?
    \)""",
    re.VERBOSE,
)
"""Where in the picture somebody stands: `Ida Ferrell (left) and Tom Karst on the quay`, `Ida Ferrell (l.)`."""
PLACED_REASON = "placed_in_picture"

CREDIT_LINE_REASON = "credit_line"
CREDIT_BEHIND_REASON = "credit_in_brackets"
FROM_FILE_REASON = "from_file"
LONGEST_CAPTION = 60
LONGEST_ABOVE = 100
"""How many words a caption with its credit may have at the head of a page, above prose without one."""
LONGEST_CREDIT = 9
LEAST_REPEATED = 8
LONGEST_BETWEEN = 4
"""So many words may stand between a caption and its second print: the credit of the picture."""
MOST_REPEATED = 1 / 3
"""Where a greater share of the prose stands twice, the source doubles its paragraphs and none of them is a caption."""

ITEM = re.compile(r"[-*•▪●‣·–—]\s")
NUMBER = re.compile(r"\d+")

FROM_FILE = re.compile(
    r"""
    ^[-–—\s]*(?:FILE|ARCHIVE?S?)(?:\s(?i:photo|picture|image))?(?:\s?[-–—:|]\s?\S|\s(?=In\sthis\s))  # FILE – Boats lie …
    | ^In\sthis\s(?:photo|image|picture)(?:graph)?\s(?:taken|provided|made|released|supplied)\b  # In this photo taken Sunday
    | ^In\sthis\s[A-Z][\w.,]*(?:\s[\w.,]+){0,5}\s(?:file\s)?(?:photo|image|picture)(?:graph)?\b   # In this May 3 photo
    """,
    re.VERBOSE,
)
LONGEST_FROM_FILE = 200
"""What a caption says at its beginning of its picture; it may then run to several sentences."""

BEHIND_CREDIT = re.compile(r"\s*\|\s*$|\s+MORE(?:\s\|)?\sLESS$")
DOTS = re.compile(r"\S{0,16}\s?(?:\.\.\.|…)$")
SHORTEST_BEGUN = 30

INNER_STOP = re.compile(r"[.!?]\s[^\W\d_a-z]")
DAY_BEHIND = re.compile(
    r"\b(?:yesterday|today)\.?$|\b(?:19|20)\d\d\.?$|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b[^.]{0,20}\.?$", re.IGNORECASE
)
"""A caption says at its end when the picture was taken."""


def credit_roles(pieces: Sequence[Piece]) -> dict[int, tuple[str, str]]:
    """The pieces that are captions by a credit in them, and those that are credits, by number."""
    found: dict[int, tuple[str, str]] = {}
    for at, piece in enumerate(pieces):
        if MARKED.search(piece.text) is None:
            continue
        if piece.words <= LONGEST_CREDIT and CREDIT_LINE.match(piece.text):
            found[at] = ("credit", CREDIT_LINE_REASON)
        elif piece.words <= LONGEST_FROM_FILE and FROM_FILE.match(piece.text):
            found[at] = ("caption", FROM_FILE_REASON)
        elif (piece.words <= LONGEST_CAPTION and HELD_BY.match(piece.text)) or (
            piece.words <= LONGEST_ABOVE
            and _credited(piece.text)
            and (piece.words <= LONGEST_CAPTION or _heads_prose(pieces, at))
        ):
            found[at] = ("caption", CREDIT_BEHIND_REASON)
        elif piece.words <= LONGEST_CAPTION and PLACED.search(piece.text):
            found[at] = ("caption", PLACED_REASON)
    return found


def _credited(text: str) -> bool:
    """Whether a credit stands at the end of a text, or before a bar or buttons behind it: `… (Photo by Ida Ferrell) |`."""
    text = BEHIND_CREDIT.sub("", text)
    return CREDIT_BEHIND.search(text, max(0, len(text) - 140)) is not None


def _heads_prose(pieces: Sequence[Piece], at: int) -> bool:
    """Whether no prose stands above a piece, and two paragraphs of it below."""
    below = [piece for piece in pieces[at + 1 :] if piece.prose]
    return not any(piece.prose for piece in pieces[:at]) and len(below) > 1


def signs_report(pieces: Sequence[Piece], at: int, agencies: Container[str]) -> bool:
    """Whether two listed agencies sign the last paragraph of a report, with prose right above it: then it is no caption."""
    signed = TWO_AGENCIES.search(pieces[at].text)
    if signed is None or not (folded(signed["one"]) in agencies or folded(signed["other"]) in agencies):
        return False
    return at > 0 and pieces[at - 1].prose and not any(piece.prose for piece in pieces[at + 1 :])


def cut_off_above(pieces: Sequence[Piece]) -> set[int]:
    """The lines that break off in dots and that the next line but one at most begins with: it shows them whole."""
    found: set[int] = set()
    for at, piece in enumerate(pieces[:-1]):
        begun = DOTS.sub("", piece.text) if piece.words >= LEAST_REPEATED else piece.text
        if (
            begun != piece.text
            and len(begun) >= SHORTEST_BEGUN
            and any(one.text.startswith(begun) for one in pieces[at + 1 : at + 3])
        ):
            found.add(at)
    return found


def captions_above(pieces: Sequence[Piece], credits: Iterable[int]) -> set[int]:
    """The sentences right above a line that is a credit that say at their end when the picture was taken."""
    return {
        at - 1
        for at in credits
        if at
        and LEAST_REPEATED <= pieces[at - 1].words <= LONGEST_CAPTION
        and DAY_BEHIND.search(pieces[at - 1].text)
        and INNER_STOP.search(pieces[at - 1].text) is None
    }


LONGEST_CAPTION = 35
SAID = re.compile(r"\b(?:said|says|told|announced)\b|\baccording\sto\s")
"""What a report has and the text of a picture hardly ever."""


def printed_twice(pieces: Sequence[Piece], kept: Iterable[int], published: re.Pattern[str]) -> set[int]:
    """The kept pieces that stand twice beside each other, or with a credit between: a picture has them as text and under it.

    Empty where much of the text is doubled. Where what stands between opens as `published` has it, the upper one is the
    deck and the lower one the first sentence. A paragraph of many words, or one that tells who said it, is none of a picture:
    a page that printed its lead twice lost both.
    """
    inside = set(kept)
    found: set[int] = set()
    for at in sorted(inside):
        below = at + 2 if at + 2 < len(pieces) and pieces[at + 1].words <= LONGEST_BETWEEN else at + 1
        if below == at + 2 and published.match(pieces[at + 1].text):
            continue
        reports = pieces[at].words > LONGEST_CAPTION or SAID.search(pieces[at].text) is not None
        if (
            below < len(pieces)
            and pieces[at].words >= LEAST_REPEATED
            and not reports
            and _alike(pieces[at].text, pieces[below].text)
        ):
            found |= {at, below} & inside
    words = sum(pieces[at].words for at in inside)
    return found if sum(pieces[at].words for at in found) <= MOST_REPEATED * words else set()


def _alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for marks and at most one word in eight; not items of a list, nor other numbers."""
    if abs(len(one) - len(other)) > 12 or ITEM.match(one) or NUMBER.findall(one) != NUMBER.findall(other):
        return False
    mine, theirs = folded(one).split(), folded(other).split()
    same = sum(a == b for a, b in zip(mine, theirs, strict=False))
    return len(mine) == len(theirs) and same >= len(mine) - len(mine) // LEAST_REPEATED
