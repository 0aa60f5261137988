"""How an article ends: what signs it, marks of its end, lines torn off, paragraphs printed again, its last words."""

from __future__ import annotations

import re
from itertools import pairwise

from copydesk.transforms.cleaning.bylines import Byline
from copydesk.transforms.cleaning.edges import BULLET, headlines_below, open_headlines_below, teasers_below
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.reader_notes import notes_to_reader
from copydesk.transforms.cleaning.signed_lines import is_name
from copydesk.transforms.words import folded, folded_letters

TABLE_ROW = re.compile(r"^\|.*\|$|\t.*\t")

CREDITED = re.compile(
    r"""\s\|\s(?:via|source\s?:?)\s[^|.]{2,40}$                                   # … were sold. | via Coastal Wire
    | \s\[(?:full\sstory|read\smore|more|continued)\]$                        # … were sold [FULL STORY]
    | (?<=\.\.\.|.[.…]…|..…)\s*(?:read\s)?(?:the\s)?full\s(?:story|article)\.?$       # … were sold...Full Story
    | \s*[(\[](?:
        (?:(?:additional\s)?reporting|writing|compiled|edit(?:ed|ing)|translated|with\s(?:agency\s)?inputs?|inputs?|full\stext
        |source|sources|berichterstattung|con\sinformación)\b[^()\[\]]*            # (Reporting by Ida Ferrell)
    )[)\]]?\.?$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Who worked on a report, in brackets behind its last sentence."""

MARK = re.compile(
    r"""(?<=[.!?”"’)\]])\s*(?:
        [-–—]{1,3}\s?(?:\d{0,3}[A-Za-z]?\d{0,3}|(?i:ends?))\s?[-–—]{1,8}      # --05D06--, - 06D--, -0-, -END-
      | [-–—]{2,3}\s?\d{1,3}\s?[-–—]*
      | \#{2,6}                                                            # ###
      | (?i:end\s?items?|endit|item\sends)\.?                               # … said Karst. Enditem
    )$""",
    re.VERBOSE,
)
"""The marks that agencies and offices put behind the last word of a report."""

SIGN = re.compile(
    r"""(?<=[.!?”"’»])\s*(?:
        [-–—]{1,2}\s?(?P<dashed>[^\W\d_a-z][\w.]*(?:[ /-][^\W\d_][\w.]*){0,3})          # … were sold. - KWA/vm
      | \s(?P<writer>[^\W\d_a-z][\w.’'-]+(?:\s[^\W\d_a-z][\w.’'-]*){1,2})/[A-Z]{2,6}   # … were sold. Ida Ferrell/KWA
      | [(\[](?P<bracket>[^\W\d_][^()\[\]\d]{1,30})[)\]]\.?                               # … were sold. (Coastal Wire)
      | (?<=[^\W\d_A-Z][.!?”"])\s(?P<bare>[A-Z]{2,6}(?:/[A-Za-z]{2,4}){0,3})              # … were sold. KWA
      | \s(?P<known>[^\W\d_a-z][\w-]+(?:\s[^\W\d_a-z][\w-]+){0,2})                        # … were sold. Coastal Wire
    )$""",
    re.VERBOSE,
)
"""Who signs a report behind its last sentence: `known` counts only where the table of agencies has it."""

BUREAU = re.compile(
    r"\b(?:news|press|agenc(?:y|ies)|wires?|bureau|desk|network|times|post|herald|tribune|gazette|tv|radio|media|online|daily)\b",
    re.IGNORECASE,
)
"""What the name of an agency has that no table lists, where brackets stand around it: `(Harbor News)`."""

INITIALS = re.compile(r"[A-Za-z]{2,5}(?:/[A-Za-z]{2,5}){1,4}$")
"""The signs of agencies and editors on a line of their own: `kwa/cwire/jp`."""

LINE = re.compile(r"(?:[-–—]\s?)?[(\[]?(?:source\s?:\s?)?(?P<name>[^\W\d_][\w ./-]{1,30}?)[)\]]?\.?$", re.IGNORECASE)
NAMED = re.compile(r"[-–—]\s?(?P<name>[^\W\d_].{3,40})$")
IN_BRACKETS = re.compile(r"^[\w/]{2,12}\s\((?P<names>[^()]{2,60})\)$")
"""`mk/hc (Coastal Wire, KWA)`: editors, and the agencies that they used."""

LONGEST_SHORT = 14
LONGEST_PROMPT = 3
"""A line of so few words that ends in a colon announces nothing at the end of a text: `No comments:`, `Subscribe to:`."""

LONGEST_SIGN = 6
LONGEST_BUTTON = 2
LEAST_AGAIN = 8
SHORTEST_LAST = 4
MOST_LAST = 3
LEAST_TORN = 12
DOUBTFUL = -2.0
"""A score of the model above this says little against the last lines of a text."""

NUMBER = re.compile(r"[^\w\s]?(?P<digits>\d[\d.,]*)\s?(?:%|[kKmM]|bn|million|billion)?$")
YEAR = re.compile(r"(?:19|20)\d\d$")
IN_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
LONGEST_LABEL = 8
WHOLE = 0.5
"""A sign or a mark stands in the second half of its paragraph."""


def endings(page: Page) -> None:
    """Gives the last lines of the body their roles, and cuts off its last paragraph what is none of its words."""
    if not page.kept:
        return
    page.kept |= _last_words(page)
    _leave_notes(page)
    page.kept -= teasers_below(page)
    page.kept -= headlines_below(page) | open_headlines_below(page)
    _printed_again(page)
    _number_boxes(page)
    _short_last_lines(page)
    _signs_below(page)
    if page.kept:
        page.first, page.last = min(page.kept), max(page.kept)
        _cut(page, page.last)


def _leave_notes(page: Page) -> None:
    """Takes what speaks to the reader at the end out of the body."""
    notes = notes_to_reader(page)
    for at in notes:
        page.give(at, "footer", "speaks_to_the_reader")
    page.kept -= notes


def _last_words(page: Page) -> set[int]:
    """The few lines below the body, down to the end of the text, that are sentences and that hardly anything speaks against.

    A text that an archive cut off ends in the middle of its article: the very last line may lack its end.
    """
    last = max(page.kept) + 1
    below = range(last + _is_button(page, last), len(page.pieces))
    if not 0 < len(below) <= MOST_LAST or any(at in page.roles for at in below):
        return set()
    for at in below:
        piece = page.pieces[at]
        score = page.scores[at] if at < len(page.scores) else 0.0
        torn = at == below[-1] and len(below) > 1 and piece.words >= LEAST_TORN and not piece.closed
        if score <= DOUBTFUL or not ((piece.closed and piece.words >= SHORTEST_LAST and piece.text[-1:] != ":") or torn):
            return set()
    return set(below)


def _is_button(page: Page, at: int) -> bool:
    """Whether a line of a word or two that a phrase gives away whole stands below the text: `Advertisement`."""
    role, reason = page.roles.get(at, ("", ""))
    return role in ("navigation", "paywall") and reason.startswith("line:") and page.pieces[at].words <= LONGEST_BUTTON


def _printed_again(page: Page) -> None:
    """Paragraphs that stand in the body to the letter already; what stands under a picture may lack its stop or its end."""
    seen: set[str] = set()
    last = len(page.pieces) - 1
    for at in sorted(page.kept):
        piece = page.pieces[at]
        open_ = not piece.closed and any(f"{piece.text}." in one or (at == last and one.startswith(piece.text)) for one in seen)
        if piece.words >= LEAST_AGAIN and (open_ or (piece.closed and piece.text in seen)):
            page.give(at, "other", "printed_again")
            page.kept -= {at}
        elif piece.words >= LEAST_AGAIN and not piece.closed and _is_quoted_below(page, at):
            said = {at, at + 1} if _names_speaker(page, at + 1) else {at}
            for one in said:
                page.give(one, "other", "words_of_a_paragraph")
            page.kept -= said
        seen.add(piece.text)


def _is_quoted_below(page: Page, at: int) -> bool:
    """Whether a paragraph of the body holds a line without a stop word for word: it stands large beside the text."""
    words = page.pieces[at].folded
    return any(words in page.pieces[one].folded for one in page.kept if page.pieces[one].words > page.pieces[at].words)


def _names_speaker(page: Page, at: int) -> bool:
    """Whether a line is a name and nothing else, which stands under the words of a person that are printed large."""
    return at in page.kept and not page.pieces[at].closed and is_name(page.text(at))


def _number_boxes(page: Page) -> None:
    """Boxes beside the article: a number that it has as well, alone on a line, and below it in a few words what it counts."""
    boxes = [at for at in sorted(page.kept) if at + 1 in page.kept and is_box(page.text(at)) and _is_label(page, at + 1)]
    numbers = [page.text(at) for at in boxes]
    if len(boxes) > 1 and all(number.isdigit() for number in numbers) and _in_a_row([int(number) for number in numbers]):
        return
    words = folded_letters(" ".join(page.text(at) for at in page.kept if page.pieces[at].prose)).split()
    for at in boxes:
        if _digits(page.text(at)) in words or _in_words(page.text(at)) in words:
            for one in (at, at + 1):
                page.give(one, "caption", "number_in_a_box")
                page.kept -= {one}


def is_box(text: str) -> bool:
    """Whether a line is a number and nothing else, and no year."""
    return NUMBER.match(text) is not None and YEAR.match(text) is None


def _in_a_row(numbers: list[int]) -> bool:
    """Whether numbers count up or down one by one: those of a list."""
    return all(abs(one - other) == 1 for one, other in pairwise(numbers))


def _digits(text: str) -> str:
    found = NUMBER.match(text)
    return " ".join(folded_letters(found["digits"]).split()) if found else ""


def _in_words(text: str) -> str:
    return IN_WORDS[int(text)] if text.isdigit() and int(text) < len(IN_WORDS) else text


def _is_label(page: Page, at: int) -> bool:
    piece = page.pieces[at]
    return piece.words <= LONGEST_LABEL and not NUMBER.match(piece.text) and piece.text[:1].isalpha()


def _short_last_lines(page: Page) -> None:
    """Short lines without a stop at the very end: no heading stands there. They are torn off, or lead on to other pages."""
    while len(page.kept) > 1:
        at = max(page.kept)
        piece = page.pieces[at]
        others = sum(page.pieces[one].words for one in page.kept if one != at and page.pieces[one].prose)
        announces = piece.text.endswith(":") and piece.words <= LONGEST_PROMPT
        if (piece.closed and not announces) or piece.prose or piece.words > LONGEST_SHORT or others < piece.words:
            return
        if BULLET.match(piece.text) and (not NAMED.match(piece.text) or BULLET.match(page.text(at - 1))):
            return
        if page.text(at - 1).endswith((":", "：")):
            return
        of_several = at - 1 in page.kept and page.pieces[at - 1].words <= LONGEST_SHORT and not page.pieces[at - 1].closed
        if TABLE_ROW.search(piece.text) or of_several:
            return
        if _goes_on(page, at + 1):
            page.kept |= {at + 1}
            return
        page.kept -= {at}
        if not _signs(page, at):
            page.give(at, "other" if at == len(page.pieces) - 1 else "navigation", "short_line_at_the_end")


def _goes_on(page: Page, at: int) -> bool:
    """Whether a sentence of prose stands below a heading that ends the body, and hardly anything speaks against it."""
    if at >= min(len(page.scores), len(page.pieces)) or at in page.roles:
        return False
    return page.pieces[at].prose and page.pieces[at].closed and page.scores[at] > DOUBTFUL


def _signs_below(page: Page) -> None:
    """The lines right below the body that sign it."""
    at = max(page.kept) + 1
    while at < len(page.pieces) and at not in page.roles and _signs(page, at):
        at += 1


def _signs(page: Page, at: int) -> bool:
    """Whether a line signs the report: agencies, editors' initials, or a name behind a dash, which is its byline."""
    text = page.text(at)
    if page.pieces[at].words > LONGEST_SIGN + 4:
        return False
    used = IN_BRACKETS.match(text)
    names = used["names"].split(",") if used else [found["name"]] if (found := LINE.match(text)) else text.split(",")
    listed = next((name.strip() for name in names if folded(name) in page.lexicon.agencies), None)
    if listed is None and INITIALS.match(text):
        listed = next((name for name in text.split("/") if folded(name) in page.lexicon.agencies), "")
    if listed is not None:
        page.signed_off = page.signed_off or listed or None
        page.give(at, "credit", "signs_the_report")
        return True
    named = NAMED.match(text)
    if named and is_name(named["name"].strip()):
        page.byline = page.byline or Byline((named["name"].strip(),), None, True)
        page.give(at, "byline", "signs_the_report")
        return True
    return False


def _cut(page: Page, at: int) -> None:
    """Cuts off a paragraph who worked on it, who signs it, and the mark of its end."""
    text = page.text(at)
    end = len(text)
    for _ in range(3):
        rest = text[:end].rstrip()
        found = CREDITED.search(rest) or MARK.search(rest) or _sign(page, rest)
        if found is None or found.start() < WHOLE * len(text):
            break
        end = found.start()
    end = len(text[:end].rstrip(" -–—"))
    if end < len(text) and at not in page.cuts:
        page.cuts[at] = (end, "credit", "behind_the_last_sentence")


def _sign(page: Page, text: str) -> re.Match[str] | None:
    """The sign behind the last sentence: a listed agency, or letters in the form of one."""
    found = SIGN.search(text)
    if not found:
        return None
    if found["writer"]:
        page.byline = page.byline or Byline((found["writer"],), None, True)
        return found
    name = found["dashed"] or found["bracket"] or found["bare"] or found["known"]
    parts = [name, *re.split(r"[/,]", name)]
    listed = next((part.strip() for part in parts if folded(part) in page.lexicon.agencies), None)
    page.signed_off = page.signed_off or listed
    short = found["bare"] or (name.isupper() and len(name) <= LONGEST_SIGN and not found["known"])
    bureau = (found["bracket"] or found["dashed"]) and BUREAU.search(name)
    return found if listed or short or bureau else None
