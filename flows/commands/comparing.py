"""`copydesk clean --compare`: the pages whose article differs most from what trafilatura alone makes of them."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.flows.printing import say

if TYPE_CHECKING:
    from copydesk.flows.settings.limits import Limits
    from copydesk.transforms.types import RawDocument

EXAMPLE = 90
"""Letters of the first line that only one of the two texts has."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two texts of one page: words that both have, that only ours has, that only trafilatura's has, and a line of each."""

    path: Path
    shared: int
    ours: int
    theirs: int
    only_ours: str
    only_theirs: str

    @property
    def agreement(self) -> float:
        """The share of the words of both texts that they have in common, from 0 to 1."""
        whole = 2 * self.shared + self.ours + self.theirs
        return 2 * self.shared / whole if whole else 1.0


def compared(path: Path, ours: str, theirs: str) -> Comparison:
    """How two texts of one page differ.

    >>> found = compared(Path("a.html"), "Rain fell.\\nRoads closed.", "Rain fell.\\nRead more")
    >>> found.shared, found.ours, found.theirs, found.only_ours, found.only_theirs, found.agreement
    (2, 2, 2, 'Roads closed.', 'Read more', 0.5)
    """
    mine, other = Counter(ours.split()), Counter(theirs.split())
    return Comparison(
        path=path,
        shared=(mine & other).total(),
        ours=(mine - other).total(),
        theirs=(other - mine).total(),
        only_ours=next(_lines_without(ours, theirs), ""),
        only_theirs=next(_lines_without(theirs, ours), ""),
    )


def _lines_without(text: str, other: str) -> Iterator[str]:
    """The lines of a text that stand nowhere in another, white space folded."""
    whole = " ".join(other.split())
    return (line for line in text.splitlines() if line.strip() and " ".join(line.split()) not in whole)


def print_comparison(pages: Iterable[tuple[Path, RawDocument]], limits: Limits, most: int) -> None:
    """Reads pages one after the other and prints the `most` that differ most, and how many were read."""
    found: list[Comparison] = []
    unread: Counter[str] = Counter()
    for one in _comparisons(pages, limits):
        if isinstance(one, str):
            unread[one] += 1
        else:
            found.append(one)
    found.sort(key=lambda one: (one.agreement, str(one.path)))
    say(f"{'agree':>6} {'both':>6} {'ours':>6} {'theirs':>6}  page")
    for page in found[:most]:
        say(f"{page.agreement:6.2f} {page.shared:6} {page.ours:6} {page.theirs:6}  {page.path}")
        for whose, line in (("only ours", page.only_ours), ("only theirs", page.only_theirs)):
            if line:
                say(f"{'':29}{whose}: {textwrap.shorten(line, EXAMPLE)}")
    mean = sum(page.agreement for page in found) / max(1, len(found))
    say(f"{len(found)} pages compared, mean agreement {mean:.2f}")
    for reason, count in sorted(unread.items()):
        say(f"{count} not read: {reason}")


def _comparisons(pages: Iterable[tuple[Path, RawDocument]], limits: Limits) -> Iterator[Comparison | str]:
    """A comparison for each page, or the reason why the rules turned it away before its text was looked at."""
    import trafilatura

    from copydesk.flows.wiring import INSTALLED
    from copydesk.flows.workers.guard import Guard
    from copydesk.transforms.cleaning.decode import decode_document
    from copydesk.transforms.cleaning.markup_tree import parsed

    with Guard(limits, INSTALLED) as guard:
        for path, raw in pages:
            made = guard.read(raw)
            if made.article is None and not made.blocks:
                yield made.verdict.reason if made.verdict else "no_article"
                continue
            text = decode_document(raw.data, raw.media_type, limits.bytes)
            tree = parsed(text) if isinstance(text, str) else None
            theirs = trafilatura.extract(tree, include_comments=False) if tree is not None else None
            yield compared(path, made.article.text if made.article else "", theirs or "")
