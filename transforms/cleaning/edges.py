"""The edges of a body: a deck that stands above it, lines of its own right below it, what follows a heading of comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk.transforms.cleaning.comments import heat
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.page_text import words_of

LONGEST_DECK = 25
SHARED = 0.6
"""A deck has so great a share of its subject's words in the paragraph below it."""

MOST_DOUBLED = 2
"""A text that prints so many paragraphs twice prints itself twice, and the first is no deck."""

LONGEST_HEADING = 6
LEAST_ITEMS = 2
LEAST_ABOVE = 0.75
"""A heading of comments ends an article of which so great a share stands above it; other headings stand in articles too."""

SHORTEST_ABOVE = 60
"""No register turns below fewer words: a deck stands above the number of comments, a review in the first person below it."""

SIGNED_OFF = re.compile(r"[.!?”\"]\s?[(\[][^\W\d_a-z][^()\[\]\d]{1,20}[)\]]\.?$")
"""The agency in brackets that ends a report: `… were sold, respectively. (Coastal Wire)`."""

DOUBTFUL = -2.0
"""A score of the model above this says little against a paragraph that stands between two of the article."""

UNLIKELY = -4.0
"""Below this score the model speaks so surely against a piece that its word counts for two signs."""

NOTES = frozenset({"biography", "correction"})

CUT_OFF = re.compile(r"(?:…|\.\.\.)\s*(?:\[…\]|(?:[Rr]ead|[Ss]ee) [Mm]ore)?$")
"""The end of a teaser: `The harbour board said on Monday that the ferry would…`."""

MOST_BETWEEN = 8
MOST_OPEN = 6
LEAST_TEASERS = 2
LEAST_HEADLINES = 3
LONGEST_SMALL = 4
MOSTLY = 0.75
SHARED_HEADLINE, STRANGE = 0.4, 0.2
LETTERS = re.compile(r"[^\W\d_]+")
LABELS = 2
"""How many short lines stand above each teaser of a list: section, headline, what its picture is called."""
LONGEST_TEASER_HEADLINE = 16
MOST_TEASERS, MOST_HEADED = 1 / 3, 1 / 2
"""The share of an article's words that teasers below it may have, and where they are many and each has its headline: more
than that is no cut that one sign may make."""

BULLET = re.compile(r"^(?:[-*•▪●‣·–—]|\d{1,3}[.)]|[a-z]\))\s+\S")


def decks(page: Page) -> set[int]:
    """The kept pieces that are a deck: one that says what the paragraph below it says, or one that alone is printed again."""
    kept = sorted(page.kept)
    if len(kept) < 3:
        return set()
    first, second = kept[:2]
    above = {piece.folded for piece in page.pieces[:first] if piece.words >= LONGEST_HEADING}
    again = {at for at in kept[:3] if page.pieces[at].folded in above and page.pieces[at].words <= LONGEST_DECK}
    printed = Counter(page.text(at) for at in kept)
    doubled = sum(number > 1 for number in printed.values())
    if (printed[page.text(first)] > 1 and doubled < MOST_DOUBLED) or _says_the_same(page, first, second):
        again |= {first}
    return again if len(kept) - len(again) >= 2 else set()


def _says_the_same(page: Page, first: int, second: int) -> bool:
    """Whether a single short sentence has most of its subject's words in the longer paragraph below it."""
    deck, lead = page.pieces[first], page.pieces[second]
    if deck.words > LONGEST_DECK or lead.words <= deck.words or re.search(r"[.!?]\s", deck.text[:-1]):
        return False
    own = words_of(deck.folded)
    return len(own) >= 3 and len(own & words_of(lead.folded)) >= SHARED * len(own)


def list_below(page: Page) -> set[int]:
    """The items of a list, with the short lines that head them, below a last sentence that announces them."""
    heads = _announcement(page)
    found = list(_items(page, heads + 1)) if heads is not None else []
    return set(found) if sum(BULLET.match(page.text(at)) is not None for at in found) >= LEAST_ITEMS else set()


def _announcement(page: Page) -> int | None:
    """The last kept piece that ends in a colon, where below it only items and short lines are kept."""
    for at in sorted(page.kept, reverse=True):
        if page.text(at).endswith((":", "：")):
            return at
        if not BULLET.match(page.text(at)) and page.pieces[at].words > LONGEST_HEADING:
            return None
    return None


def _items(page: Page, start: int) -> Iterator[int]:
    """Items from a place on, and lines right above one that are short and no furniture."""
    size = len(page.pieces)
    for at in range(start, size):
        item = BULLET.match(page.text(at)) is not None
        heads = at + 1 < size and page.pieces[at].words <= LONGEST_HEADING and BULLET.match(page.text(at + 1)) is not None
        if at in page.roles or not (item or heads):
            return
        yield at


def signed_off(page: Page) -> set[int]:
    """A paragraph right below the text that an agency in brackets ends."""
    at = max(page.kept, default=-1) + 1
    if not 0 < at < len(page.pieces) or at in page.roles:
        return set()
    piece = page.pieces[at]
    return {at} if piece.words >= LONGEST_HEADING and SIGNED_OFF.search(piece.text) else set()


def notes_below(page: Page) -> set[int]:
    """The last kept pieces that hold a phrase of a note on the writer or the text, or begin with one that asks for money."""
    found: set[int] = set()
    for at in sorted(page.kept, reverse=True):
        role, reason = page.roles.get(at, ("", ""))
        asks = role == "paywall" and reason.startswith("start:")
        if role not in NOTES and not asks and not (role == "credit" and reason.startswith("has:")):
            return found
        found.add(at)
    return set()


def teasers_below(page: Page) -> set[int]:
    """The last kept pieces where they are teasers of other stories: several that are cut off, with their headlines.

    Only where no paragraph above them ends so: a speech that trails off stays.
    """
    found: list[int] = []
    for at in sorted(page.kept, reverse=True):
        cut = CUT_OFF.search(page.text(at)) is not None
        heads = bool(found) and not page.pieces[at].closed and page.pieces[at].words <= LONGEST_TEASER_HEADLINE
        if not cut and not heads:
            break
        found.append(at)
    above = page.kept - set(found)
    trails = any(CUT_OFF.search(page.text(at)) for at in above)
    cuts = [at for at in range(min(found, default=0), max(found, default=-1) + 1) if CUT_OFF.search(page.text(at))]
    several = sum(at in page.kept for at in cuts) >= LEAST_TEASERS
    headed = all(at - 1 not in page.kept or at - 1 in found for at in cuts)
    most = MOST_HEADED if headed and len(cuts) > LEAST_TEASERS else MOST_TEASERS
    few = sum(page.pieces[at].words for at in found) <= most * sum(page.pieces[at].words for at in page.kept)
    return set(found) if several and few and not trails else set()


def headlines_below(page: Page) -> set[int]:
    """The items that end the body where they are headlines of other stories.

    No colon announces them, their words begin with capitals as headlines do, and the article has few of them; or it has
    hardly any of them, and each is as long as a headline.
    """
    found: list[int] = []
    for at in sorted(page.kept, reverse=True):
        if not BULLET.match(page.text(at)) or page.text(at).rstrip('”"’')[-1:] in ".;,:":
            break
        found.append(at)
    above = page.kept - set(found)
    if len(found) < LEAST_HEADLINES or not above or not page.text(max(above)).rstrip('”"’').endswith((".", "!", "?")):
        return set()
    own = words_of(" ".join(page.pieces[at].folded for at in above))
    words = {at: words_of(page.pieces[at].folded) for at in found}
    titled = sum(_in_title_case(page.text(at)) for at in found)
    foreign = sum(len(own & words[at]) <= SHARED_HEADLINE * len(words[at]) for at in found)
    strange = sum(len(own & words[at]) <= STRANGE * len(words[at]) for at in found)
    long = all(page.pieces[at].words >= LONGEST_HEADING - 1 for at in found)
    unlike = long and strange == len(found)
    return set(found) if (titled >= MOSTLY * len(found) and foreign >= MOSTLY * len(found)) or unlike else set()


def open_headlines_below(page: Page) -> set[int]:
    """The two or more lines without a stop that end the body as headlines of other stories: nothing stands below them.

    All their words begin with capitals as headlines in English do, no colon announces them, and no line of the text above
    them is like them.
    """
    found: list[int] = []
    for at in sorted(page.kept, reverse=True):
        if not _like_headline(page, at, LEAST_HEADLINES):
            break
        found.append(at)
    above = page.kept - set(found)
    if (
        not LEAST_TEASERS <= len(found) <= MOST_OPEN
        or not above
        or not page.text(max(above)).rstrip('”"’').endswith((".", "!", "?"))
    ):
        return set()
    alike = any(_like_headline(page, at, 1) for at in above)
    few = sum(page.pieces[at].words for at in found) <= MOST_TEASERS * sum(page.pieces[at].words for at in above)
    return set(found) if few and not alike else set()


def _like_headline(page: Page, at: int, least: int) -> bool:
    """Whether a line is like a headline: no stop, no mark of an item, a capital for each of its long words, `least` of them."""
    piece = page.pieces[at]
    if (
        piece.closed
        or piece.prose
        or BULLET.match(piece.text)
        or not LONGEST_HEADING - 1 <= piece.words <= LONGEST_TEASER_HEADLINE
    ):
        return False
    words = [word for word in LETTERS.findall(piece.text) if len(word) > LONGEST_SMALL]
    small = any(word.islower() for word in LETTERS.findall(piece.text))
    return small and len(words) >= least and all(word[0].isupper() for word in words)


def _in_title_case(text: str) -> bool:
    """Whether nearly all long words of a line of several begin with a capital."""
    words = [word for word in LETTERS.findall(text) if len(word) > LONGEST_SMALL]
    return len(words) >= LEAST_HEADLINES and sum(word[0].isupper() for word in words) >= MOSTLY * len(words)


def listed_below(page: Page) -> set[int]:
    """The kept pieces below a line that heads other stories, where each stands under short lines: its headline and labels.

    Or where they are nothing but items without a stop: headlines with numbers. Only where they are the smaller part of what
    is kept.
    """
    for at, (role, reason) in sorted(page.roles.items()):
        below = sorted(one for one in page.kept if one > at)
        if role != "teaser" or not reason.startswith("line:") or len(below) < LEAST_TEASERS:
            continue
        between = [one for one in range(at + 1, below[-1]) if one not in page.kept]
        short = [one for one in between if page.pieces[one].words <= LONGEST_TEASER_HEADLINE and not page.pieces[one].closed]
        words = sum(page.pieces[one].words for one in below)
        few = words <= MOST_TEASERS * sum(page.pieces[one].words for one in page.kept)
        labelled = len(short) >= LABELS * len(below) and all(one - 1 in short for one in below)
        items = all(BULLET.match(page.text(one)) and not page.pieces[one].closed for one in below)
        if few and (labelled or items):
            return set(below)
    return set()


def below_thread(page: Page) -> set[int]:
    """The kept pieces below a line that heads comments, where the article stands above it or the register turns."""
    total = sum(page.pieces[at].words for at in page.kept)
    for at, (role, reason) in sorted(page.roles.items()):
        if role == "comment_prompt" and reason.startswith("line:"):
            below = [other for other in page.kept if other > at]
            above = [other for other in page.kept if other < at]
            words = sum(page.pieces[other].words for other in above)
            warm = words >= SHORTEST_ABOVE and _heat(page, above) < 0 < _heat(page, below)
            if above and (warm or words >= LEAST_ABOVE * total):
                return set(below)
    return set()


def _heat(page: Page, lines: Sequence[int]) -> float:
    """How much lines read as comments on the whole: above 0 they do."""
    return sum(heat(page.text(at)) for at in lines) / max(1, len(lines))


def between_short_lines(page: Page, least: float) -> set[int]:
    """The few lines that the model alone leaves out between two kept ones that are no prose, with a score above `least`.

    They are rows of a table, items of a list without marks, lines of a poem; and those that a colon above them announces.
    """
    kept = sorted(page.kept)
    printed = Counter(piece.text for piece in page.pieces)
    found: set[int] = set()
    for above, below in pairwise(kept):
        gap = range(above + 1, min(below, len(page.scores)))
        announced = page.text(above).endswith((":", "：")) and page.pieces[above].words >= LONGEST_HEADING
        if not 0 < below - above - 1 <= MOST_BETWEEN or not (
            announced or not (page.pieces[above].prose or page.pieces[below].prose)
        ):
            continue
        if all(at not in page.roles and page.scores[at] > least and printed[page.text(at)] == 1 for at in gap):
            found |= set(gap)
    return found


def between_prose(page: Page) -> set[int]:
    """Whole sentences of prose that the model alone leaves out, and not by much, below a kept one.

    One stands above another kept one, or several down to the heading of the comments.
    """
    found: set[int] = set()
    run: list[int] = []
    for at in range(min(len(page.scores), len(page.pieces))):
        piece = page.pieces[at]
        role = page.roles.get(at, ("", ""))[0]
        ends = (at in page.kept and len(run) == 1) or role == "comment_prompt"
        if run and ends:
            found |= set(run)
        sentence = piece.prose and piece.closed and not role
        below_kept = bool(run) or (at > 0 and at - 1 in page.kept and page.pieces[at - 1].prose)
        doubtful = at not in page.kept and sentence and below_kept and page.scores[at] > DOUBTFUL
        run = [*run, at] if doubtful else []
    return found
