"""Plain text to blocks and an article: pieces, roles, then the parts put together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from copydesk.transforms.cleaning.language import detect_language
from copydesk.transforms.cleaning.openings import OpeningDateline, agency_of, dateline_of
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.pieces import joins, split_pieces
from copydesk.transforms.cleaning.printed_dates import DateReader, PrintedDate
from copydesk.transforms.cleaning.roles import read_page
from copydesk.transforms.dates.order import DateOrder, tags_of
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.names.hosts import host_of
from copydesk.transforms.types import Article, Block, OffsetMap, RawDocument
from copydesk.transforms.vocabulary import ARTICLE_ROLES, Role
from copydesk.transforms.words import folded

FOOT = 1000
"""Letters at the end of a text that are looked through for the addresses of its outlet."""

STOPPED_MONTH = re.compile(r"\.(?=\d)")
PATH = re.compile(r"(?:Home|Startseite|Inicio|Início|Accueil)(?:\s*[/»>›|]|(?=[A-Z])|\s[A-Z])")
WEATHER = re.compile(r"-?\d{1,2}(?:[.,]\d)?\s?[°º]?\s?[CF]$")
BESIDE_CLOCK = 2
ITEM = re.compile(r"^[•▪●*-]\s+")
HANGING = " :|•–—"
"""What is left before a headline whose label is gone: `: Flood report`."""
SHORTEST_BARRED, LONGEST_OUTLET = 4, 4
SAME_DAYS = 3
"""How many days a report may be printed after the day of its dateline."""

SHORTEST_ARTICLE = 25
"""Fewer words than this in the body make no article."""

OWNER = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:(?:©|copyright)\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)?,?\s*(?:by\s+)?"
    r"(?P<name>[^\W\d_][^.,|()\n]{1,40}?)(?=\s*(?:[.,|()]|all rights|alle rechte|tous droits|todos|tutti|$))",
    re.IGNORECASE,
)
RESERVED = re.compile(
    r"""(?:^|\s*[-–—•·]\s*|\s+)(?:
        riproduzione|tutti\si|todos|reservados|derechos|direitos|all\srights|alle\srechte|tous\sdroits|rights\sreserved
      | reproduction|reproducción|reprodução|nachdruck
    )\b.*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands behind a holder of rights and is no part of the name: `- Riproduzione riservata`."""
HELD_SINCE = re.compile(r"\s(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?\s*$")
"""The year behind a holder of rights: `Copyright Quay Paper 2024`."""
HOST = re.compile(r"\b((?:[a-z0-9-]+\.)+[a-z]{2,10})(?:/\S*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Cleaned:
    """The blocks of a document and the article among them, `None` where there is none."""

    blocks: tuple[Block, ...]
    article: Article | None


def clean_plain(
    text: str, raw: RawDocument, lexicon: Lexicon, dates: DateReader, repeated: frozenset[str] = frozenset()
) -> Cleaned:
    """The blocks and the article of a plain text.

    `repeated` are the folded lines learnt to repeat over the document's site. The receipt
    date bounds printed dates: none is later than it by more than a day.
    """
    page = read_plain(text, raw, lexicon, dates, repeated)
    opening = dateline_of(page) if page.last >= page.first else None
    paragraphs = _paragraphs(page)
    blocks = _blocks(page, text, paragraphs)
    article = _article(page, paragraphs, opening, raw)
    return Cleaned(blocks, article if article and article.words >= SHORTEST_ARTICLE else None)


def read_plain(text: str, raw: RawDocument, lexicon: Lexicon, dates: DateReader, repeated: frozenset[str]) -> Page:
    """The pieces of a plain text with their roles."""
    latest = (raw.received_at + timedelta(days=1)).date()
    return read_page(Page(split_pieces(text), lexicon, dates, latest, repeated, _order(text, raw)))


def _order(text: str, raw: RawDocument) -> DateOrder:
    """The evidence for the order of day and month: the language and the address as told, the hosts that the foot prints."""
    foot = [host.lower() for host in HOST.findall(text[-FOOT:])]
    told = host_of(raw.url)
    hosts = (*([told] if told else []), *reversed(foot))
    return DateOrder(tags_of(raw.language), hosts, lambda: text, lambda: detect_language(text))


def _paragraphs(page: Page) -> dict[int, int]:
    """The paragraph number of every piece; a piece that goes on with the one before shares its number."""
    numbers: dict[int, int] = {}
    number = -1
    before = None
    for at in range(len(page.pieces)):
        in_body = page.roles[at][0] == Role.BODY
        if not (in_body and before is not None and joins(page.pieces[before], page.pieces[at])):
            number += 1
        numbers[at] = number
        if in_body:
            before = at
        elif page.roles[at][0] in ARTICLE_ROLES:
            before = None
    return numbers


def _blocks(page: Page, raw: str, paragraphs: dict[int, int]) -> tuple[Block, ...]:
    blocks = []
    for at, piece in enumerate(page.pieces):
        role, reason = page.roles[at]
        number = paragraphs[at]
        cut = page.cuts.get(at)
        if cut is None:
            blocks.append(Block(role, reason, piece.text, piece.start, piece.end, number))
            continue
        offset, second, why = cut
        behind = piece.text[offset:].lstrip()
        left = piece.text[:offset].rstrip() if role in ARTICLE_ROLES else piece.text[:offset].rstrip(" ,|•·-–—")
        middle = OffsetMap(piece.runs).raw(len(left) - 1, len(left))[1] or piece.end
        right = OffsetMap(piece.runs).raw(len(piece.text) - len(behind), len(piece.text) - len(behind) + 1)[0] or piece.end
        blocks.append(Block(role, reason, left, piece.start, middle, number))
        blocks.append(Block(second, why, behind, right, piece.end, number))
    return tuple(blocks)


def _article(page: Page, paragraphs: dict[int, int], opening: OpeningDateline | None, raw: RawDocument) -> Article | None:
    text, runs = _joined(page, paragraphs, opening)
    if not text:
        return None
    titles = [page.text(at) for at in range(len(page.pieces)) if page.roles[at][0] == Role.TITLE]
    subtitles = [page.text(at) for at in range(len(page.pieces)) if page.roles[at][0] == Role.SUBTITLE]
    head = opening.dateline if opening else page.own_line
    day = head.day if head else None
    told = page.dates.read(day, page.latest, page.order) if day else None
    printed: PrintedDate | None = (None if _is_clock(page, day) else page.printed) or told or page.changed
    agency = page.byline.agency if page.byline else None
    return Article(
        text=text,
        title=_bare_title(titles[0]) if titles else None,
        subtitle=ITEM.sub("", subtitles[0]) if subtitles else None,
        authors=page.byline.authors if page.byline else (),
        agency=agency or agency_of(page, opening),
        published_on=printed.day if printed else None,
        published_at=printed.moment if printed else None,
        modified_at=page.changed.stamp if page.changed else None,
        dateline=next((one.place for one in (head, page.own_line) if one and one.place), None),
        outlet_printed=page.outlet or _outlet_printed(page),
        host_printed=_host_printed(page),
        url=raw.url,
        offsets=OffsetMap(tuple(runs)),
    )


def _bare_title(text: str) -> str:
    """The headline without marks before it, such as those of an item, and without what stands behind a bar at its end."""
    text = ITEM.sub("", text).lstrip(HANGING).rstrip(" |")
    head, bar, behind = text.rpartition(" | ")
    return head.strip() if bar and len(head.split()) >= SHORTEST_BARRED and len(behind.split()) <= LONGEST_OUTLET else text


def _is_clock(page: Page, day: str | None) -> bool:
    """Whether the printed date is the day on which the page was looked at.

    It stands above the headline, and is days off the dateline's day, or the path to the page stands between (`HomeNews…`),
    or the weather stands above it.
    """
    titles = [at for at, (role, _) in page.roles.items() if role == Role.TITLE]
    if page.printed is None or page.dated_in is None or not titles or page.dated_in > min(titles):
        return False
    if not page.dated_surely and any(PATH.match(page.text(at)) for at in range(page.dated_in + 1, min(titles))):
        return True
    if any(WEATHER.match(page.text(at)) for at in range(max(0, page.dated_in - BESIDE_CLOCK), page.dated_in)):
        return True
    if day is None:
        return False
    dated = page.dates.read(f"{STOPPED_MONTH.sub('. ', day).rstrip('.')} {page.printed.day.year}")
    return dated is not None and abs((dated.day - page.printed.day).days) > SAME_DAYS


def _joined(page: Page, paragraphs: dict[int, int], opening: OpeningDateline | None) -> tuple[str, list[tuple[int, int, int]]]:
    """The article's text and its runs; the dateline is left out of it."""
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    size, last = 0, -1
    for at, piece in enumerate(page.pieces):
        if page.roles[at][0] not in ARTICLE_ROLES:
            continue
        skip = opening.dateline.length if opening and opening.piece == at else 0
        if parts:
            glue = " " if paragraphs[at] == last else "\n\n"
            parts.append(glue)
            size += len(glue)
        end = page.cuts[at][0] if at in page.cuts else len(piece.text)
        text = piece.text[skip:end].rstrip()
        parts.append(text)
        for start, raw_start, length in piece.runs:
            cut = max(0, skip - start)
            stop = min(length, skip + len(text) - start)
            if stop > cut:
                runs.append((size + start + cut - skip, raw_start + cut, stop - cut))
        size += len(text)
        last = paragraphs[at]
    return "".join(parts), runs


def _outlet_printed(page: Page) -> str | None:
    """The name in the foot of the page: who is to be contacted, or who holds the rights."""
    for at in range(len(page.pieces) - 1, page.last, -1):
        text = page.text(at)
        if page.roles[at][0] == Role.FOOTER and (found := _owner(text)):
            return found
    return None


def _owner(text: str) -> str | None:
    words = text.split()
    if folded(" ".join(words[:3])) == "to contact the" and len(words) > 3:
        return words[3].strip(",.:;")
    found = OWNER.search(text)
    name = HELD_SINCE.sub("", RESERVED.sub("", found["name"])).strip(" -–—•·") if found else ""
    return name or None


def _host_printed(page: Page) -> str | None:
    """The host of an address in the foot of the page."""
    for at in range(len(page.pieces) - 1, page.last, -1):
        if page.roles[at][0] == Role.FOOTER and (found := HOST.search(page.text(at))):
            return found[1].lower().removeprefix("www.")
    return None
