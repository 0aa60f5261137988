"""What the headline model looks at in the texts that a page of markup offers, and which of them it ranks first."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from copydesk.transforms.cleaning.markup_headline import SHORTEST_PART, SOCIAL, SPLIT, Candidate, read_candidates, title_tag
from copydesk.transforms.models.headline_model import MARKUP_NAMES, HeadlineModel
from copydesk.transforms.words import collapsed, folded

FOLLOWS = re.compile(r"\s*(?:$|[|*·•：»›]|[–—-]+\s)")
"""What stands between a headline and the name of the site."""

TORN = re.compile(r"(?:…|\.\.\.)$")
TOLD = frozenset("social title_tag linked first_order first_part last_part".split())
"""The signs of which two together tell a headline more surely than each."""

BESIDE = frozenset("aside site_mark home_link".split())
SAID = frozenset("social title_tag linked".split())
FEW = 6
LONG_WORD = 3
FAR = 8.0


def find_headline(tree: HtmlElement, linked: str | None, site: str | None, model: HeadlineModel) -> str | None:
    """The headline of a page, without its site and section; `None` where the page offers no text for one.

    `linked` is the headline of the page's JSON-LD, `site` the name of its site.
    """
    found, rows = features(tree, linked, site)
    scores = [model.score(row) for row in rows]
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    return found[best].text if best is not None else None


def features(tree: HtmlElement, linked: str | None, site: str | None) -> tuple[list[Candidate], list[list[float]]]:
    """The candidates of a page and a row for each, columns as in `headline_model.MARKUP_NAMES`."""
    candidates = read_candidates(tree, linked)
    told = [one.text for one in candidates if one.signs & SAID]
    found = [one for one in candidates if not (_may_be_kicker(one) and any(_kicker(one.text, text) for text in told))]
    shown = candidates.shown
    above = [one.place for one in found if one.place is not None and one.place < shown.prose and "aside" not in one.signs]
    page = _Page(
        found=found,
        prose=shown.prose,
        words=shown.words,
        title=frozenset(folded(title_tag(tree)).split()),
        social=frozenset(folded(" ".join(collapsed(text) for text in tree.xpath(SOCIAL))).split()),
        site=folded(site or "").replace(" ", ""),
        nearest=max(above, default=None),
        news=linked is not None,
    )
    return found, [_row(one, page) for one in found]


@dataclass(frozen=True)
class _Page:
    """What a candidate is seen against; `nearest` is the place of the last one above the text."""

    found: Sequence[Candidate]
    prose: int
    words: frozenset[str]
    title: frozenset[str]
    social: frozenset[str]
    site: str
    nearest: int | None
    news: bool


def _row(one: Candidate, page: _Page) -> list[float]:
    values = dict.fromkeys(one.signs, 1.0) | _form(one, page) | _beside_others(one, page)
    return [float(values.get(name, 0.0)) for name in MARKUP_NAMES]


def _form(one: Candidate, page: _Page) -> dict[str, float]:
    """What a candidate's words and its place say."""
    words = one.key.split()
    own = frozenset(words)
    long = [word for word in own if len(word) > LONG_WORD] or list(own)
    printed = one.place is not None
    return {
        "printed": printed,
        "nearest_above": one.place is not None and one.place == page.nearest,
        "distance": min(FAR, math.log1p(abs(page.prose - one.place))) / 4 if one.place is not None else 0.0,
        "twice": one.times > 1,
        "site_text": bool(page.site) and one.key.replace(" ", "") in (page.site, page.site.split(".")[0]),
        "short": len(words) < 3,
        "lone_word": len(words) < 2,
        "long": len(words) > 20,
        "ends_open": one.text[-1:] in ":,–-",
        "in_title": len(own & page.title) / len(own),
        "in_social": len(own & page.social) / len(own),
        "in_text": sum(word in page.words for word in long) / len(long),
        "told_by_both": one.signs >= {"social", "linked"},
        "social_of_news": page.news and "social" in one.signs,
        "printed_of_news": page.news and printed,
        "told_twice": len(one.signs & TOLD) > 1,
        "social_printed": printed and "social" in one.signs,
        "linked_printed": printed and "linked" in one.signs,
        "main_heading": one.signs >= {"first_order", "above_text"} and not one.signs & BESIDE,
    }


def _beside_others(one: Candidate, page: _Page) -> dict[str, float]:
    """How a candidate stands to the others of its page."""
    others = [other for other in page.found if other is not one and len(other.key) >= SHORTEST_PART]
    unprinted = one.place is None
    torn = TORN.search(one.text) is not None or (unprinted and any(_torn(one.text, other.text) for other in others))
    return {
        "holds_another": any(other.key in one.key for other in others),
        "in_another": len(one.key) >= SHORTEST_PART and any(one.key in other.key for other in others),
        "site_behind": unprinted and any(other.place is not None and _hangs(one.text, other.text) for other in others),
        "torn": torn,
    }


def _may_be_kicker(one: Candidate) -> bool:
    return len(one.key.split()) < FEW and "first_order" not in one.signs


def _kicker(text: str, long: str) -> bool:
    """Whether the text is what stands above a headline: another candidate has it, a colon and the headline."""
    bare = text.rstrip(" :")
    return long.startswith(f"{bare}: ") and len(long) > len(bare) + SHORTEST_PART


def _hangs(long: str, short: str) -> bool:
    """Whether more stands behind the shorter text, or before it, in the longer one, with a mark between."""
    if len(short) < SHORTEST_PART or len(short) >= len(long):
        return False
    if long.startswith(short) and FOLLOWS.match(long, len(short)):
        return True
    return long.endswith(short) and SPLIT.search(f"{long[: -len(short)]} ") is not None


def _torn(short: str, long: str) -> bool:
    """Whether the shorter text is the longer one cut off in a sentence."""
    behind = long[len(short) :]
    return behind[:1].isspace() and long.startswith(short) and not FOLLOWS.match(behind) and not behind.lstrip()[:1].isupper()
