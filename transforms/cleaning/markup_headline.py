"""Which of the texts that a page of markup offers is its headline: its tags, its JSON-LD, its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from copydesk.transforms.words import collapsed, folded

HEADINGS = {"h1": "first_order", "h2": "second_order", "h3": "lower_order", "h4": "lower_order"}
MARKED = re.compile(
    r"(?:^|[\s_-])(?:entry|post|article|artikel|page|story|news|content|single|item|node|blog|beitrag)?[_-]{0,2}"
    r"(?:title|headlines?|titel|heading|ueberschrift)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What the class or id of an element calls a headline: `entry-title`, `article__headline`."""

SITE = re.compile(r"site|logo|brand|masthead|blog[-_]?(?:title|name)|navbar", re.IGNORECASE)
"""What it calls the name of the site."""

CRUMB = re.compile(r"crumb|nowrap|menu|active", re.IGNORECASE)
ASIDE = re.compile(
    r"""
    (?:^|[\s_-])(?:aside|side|related|recommend|teasers|footer|foot|nav|navigation|menu|comments?|respond|newsletter|modal
      |popup|cookie|promo|ad|ads|rail|more|popular|search|slider|banner)(?:$|[\s_-])
    |widget|sidebar|teaser
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What it calls a part beside the article."""

ASIDE_TAGS = frozenset("nav aside footer form select".split())
WHOLE_TAGS = frozenset("html body main article".split())
UNSEEN = re.compile(r"hidden|invisible|sr-only|screen-reader|text-hide|visually", re.IGNORECASE)
SPLIT = re.compile(r"\s+[|*·•–—»›:-]+\s+|\s*[|：»]\s*")
"""What stands between the headline, the section and the site in a page's title."""

SOCIAL = ".//meta[@property='og:title' or @name='og:title' or @name='twitter:title' or @property='twitter:title']/@content"
HOST = re.compile(r"^https?://[^/]+")
BEHIND_PATH = re.compile(r"[?#].*", re.DOTALL)
NEVER_MARKED = frozenset("script style a input button img svg path li ul p option".split())
PROSE_TAGS = frozenset("p div section span td article".split())

LONGEST = 300
"""Letters of the longest text that may be a headline."""

SHORTEST_PART = 8
PROSE = 25
"""Words of a paragraph of the text."""

PARAGRAPHS = 6
"""How many paragraphs are looked at for the words of the headline."""

REACH = 200
"""How many elements from the first paragraph on are looked at."""

MOST_PARTS = 8
MOST_HEADINGS = 80


@dataclass
class Candidate:
    """A text that may be the headline, with its `folded` key and what speaks for it or against it.

    `place` is the number of the element that prints it first, `None` where it is not printed; `times` how often it is.
    """

    text: str
    key: str
    signs: set[str] = field(default_factory=set)
    place: int | None = None
    times: int = 0


@dataclass(frozen=True)
class Shown:
    """What a page prints: its elements, the place of the first paragraph of its text, and the words of the first few."""

    elements: Sequence[HtmlElement]
    prose: int
    words: frozenset[str]

    @classmethod
    def of(cls, tree: HtmlElement) -> Shown:
        body = tree.find(".//body")
        elements = [one for one in (tree if body is None else body).iter() if isinstance(one.tag, str)]
        paragraphs = list(islice((at for at, one in enumerate(elements) if _is_prose(one)), PARAGRAPHS))
        words = folded(" ".join(elements[at].text_content() for at in paragraphs)).split()
        return cls(elements, paragraphs[0] if paragraphs else len(elements), frozenset(words))


def _is_prose(one: HtmlElement) -> bool:
    if one.tag not in PROSE_TAGS:
        return False
    own = len((one.text or "").split()) + sum(len((child.tail or "").split()) for child in one)
    if own < PROSE and one.tag == "p":
        own = len(one.text_content().split())
    return own >= PROSE and not is_aside(one)


def is_aside(one: HtmlElement) -> bool:
    """Whether the element stands in a part beside the article: a menu, a side box, a foot."""
    around = (up for up in (one, *one.iterancestors()) if up.tag not in WHOLE_TAGS)
    return any(up.tag in ASIDE_TAGS or ASIDE.search(named(up)) for up in around)


def named(one: HtmlElement) -> str:
    """The classes and the id of an element."""
    return f"{one.get('class') or ''} {one.get('id') or ''}"


class Candidates:
    """The candidates of one page, each text once, in the order in which they were found."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self._found: dict[str, Candidate] = {}

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self._found.values())

    def _add(self, text: str, *signs: str, place: int | None = None) -> None:
        text = collapsed(text)
        key = folded(text)
        if not key or len(text) > LONGEST:
            return
        known = self._found.setdefault(key, Candidate(text, key))
        known.signs.update(signs)
        if place is not None:
            known.times += 1
            if known.place is None:
                known.place, known.text = place, text

    def add_told(self, text: str, sign: str) -> None:
        """A text that a tag or the JSON-LD gives for the headline, and its parts."""
        self._add(text, sign)
        for part in _parts(text):
            self._add(part, "of_parts")

    def add_title(self, whole: str) -> None:
        """The text of the title tag, its parts, and what stands before and behind each mark of it."""
        self._add(whole, "title_tag")
        parts = _parts(whole)
        for number, part in enumerate(parts):
            self._add(
                part, "of_parts", "first_part" if not number else "last_part" if number == len(parts) - 1 else "inner_part"
            )
        for cut in islice(SPLIT.finditer(whole), MOST_PARTS):
            self._add(whole[: cut.start()], "of_parts", "first_part")
            self._add(whole[cut.end() :], "of_parts", "last_part")

    def add_printed(self) -> None:
        """The headings of the page and what it marks as a headline, each with its parts."""
        elements = self.shown.elements[: self.shown.prose + REACH]
        orders = Counter(one.tag for one in elements if one.tag in HEADINGS and one.text_content().strip())
        first: set[str] = set()
        headings = ((at, one) for at, one in enumerate(elements) if one.tag in HEADINGS or (len(one) < 6 and _is_marked(one)))
        for at, one in islice(headings, MOST_HEADINGS):
            text = collapsed(one.text_content()[: 2 * LONGEST])
            if not text or len(text) > LONGEST:
                continue
            signs = set(_signs(one, at < self.shown.prose))
            if one.tag in HEADINGS and one.tag not in first and "aside" not in signs:
                first.add(one.tag)
                signs.add("first_of_its_order")
            if one.tag == "h1" and orders["h1"] == 1:
                signs.add("only_first_order")
            self._add(text, *signs, place=at)
            for part in _inner(one):
                if part != text:
                    self._add(part, "part_of_heading", *(signs - {"marked"}), place=at)


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in SPLIT.split(text)]
    return [part for part in parts if len(part) >= SHORTEST_PART][:MOST_PARTS] if len(parts) > 1 else []


def _is_marked(one: HtmlElement) -> bool:
    """Whether the class, the id or the property of an element calls it a headline."""
    if one.tag in NEVER_MARKED:
        return False
    return bool((one.get("class") or one.get("id")) and MARKED.search(named(one))) or one.get("itemprop") == "headline"


def _inner(one: HtmlElement) -> Iterator[str]:
    """The texts of a heading's elements and what it prints beside them: a kicker, and the headline alone."""
    children = [child for child in one if isinstance(child.tag, str)]
    while len(children) == 1 and not (one.text or "").strip() and not (children[0].tail or "").strip():
        one = children[0]
        children = [child for child in one if isinstance(child.tag, str)]
    if not children or len(children) > MOST_PARTS:
        return
    own = collapsed(" ".join([one.text or "", *(child.tail or "" for child in one)]))
    texts = [own, *(collapsed(child.text_content()) for child in children)]
    yield from (text for text in texts if len(text) >= SHORTEST_PART)


def _signs(one: HtmlElement, above: bool) -> Iterator[str]:
    """What the element of a printed text, and what is around it, says of the text."""
    if one.tag in HEADINGS:
        yield HEADINGS[one.tag]
    if _is_marked(one):
        yield "marked"
    if above:
        yield "above_text"
    if is_aside(one):
        yield "aside"
    parent = one.getparent()
    if SITE.search(f"{named(one)} {named(parent)}" if parent is not None else named(one)):
        yield "site_mark"
    if CRUMB.search(named(one)):
        yield "crumb"
    if UNSEEN.search(named(one)):
        yield "hidden"
    links = (*one.iter("a"), *one.iterancestors("a"))
    if links:
        yield "home_link" if _is_home(links[0].get("href") or "") else "own_link"


def _is_home(link: str) -> bool:
    return BEHIND_PATH.sub("", HOST.sub("", link)).strip("./") in ("", "index.html", "index.php", "home")


def read_candidates(tree: HtmlElement, linked: str | None) -> Candidates:
    """The candidates for the headline of a page; `linked` is what its JSON-LD says."""
    found = Candidates(Shown.of(tree))
    for text in tree.xpath(SOCIAL):
        found.add_told(collapsed(text), "social")
    found.add_title(title_tag(tree))
    if linked:
        found.add_told(linked, "linked")
    found.add_printed()
    return found


def title_tag(tree: HtmlElement) -> str:
    """The text of the page's title tag; empty where it has none."""
    return next((collapsed(one.text_content()) for one in tree.iter("title")), "")
