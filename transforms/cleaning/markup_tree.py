"""Markup to a tree: what the parser would choke on is pruned or flattened first, and no text is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml.etree import ErrorTypes, TreeBuilder
from lxml.html import HtmlElement, HTMLParser
from trafilatura.utils import HTML_PARSER, load_html

MOST_ATTRIBUTES = 256
LONGEST_VALUE = 1 << 20
"""A tag with more attributes, or an attribute with more letters, is cut to these: the parser compares every two attributes of a
tag and refuses values of ten million bytes, and nothing reads them."""

LONG_TAG = 2 * MOST_ATTRIBUTES
"""A tag of fewer letters has no attribute too many."""

DEEPEST = 200
"""Elements below this depth become siblings: the parser stops at 256."""

# Everything is possessive and nothing fails once begun, so that the time is linear in the length whatever is left open. A quote
# opens a value after an equals sign alone, as in the HTML standard. Comments and raw text are passed over: no tag stands there.
TAG = re.compile(
    r"""<!--(?:>|->|.*?(?:--!?>|\Z))
      | (?P<tag><(?P<name>[a-z][^\s/>]*+)(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+>?+)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"""[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())
RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}


def parsed(text: str) -> HtmlElement | None:
    """The tree of a page as trafilatura reads it; none where it is no HTML."""
    pruned = without_surplus(text)
    tree = load_html(pruned)
    if any(entry.type == ErrorTypes.ERR_RESOURCE_LIMIT for entry in HTML_PARSER.error_log):
        return _flattened(pruned)
    return tree


def without_surplus(text: str) -> str:
    """The markup without attributes over `MOST_ATTRIBUTES` of a tag and without values over `LONGEST_VALUE` letters.

    >>> without_surplus('<p class="lead">' + "Rain.")
    '<p class="lead">Rain.'
    >>> without_surplus("<p " + " ".join(f"a{n}" for n in range(1000)) + ">Rain.").count(" ")
    256
    """
    kept: list[str] = []
    done = at = 0
    while found := TAG.search(text, at):
        at = found.end()
        name = found["name"]
        if name is None:
            continue
        if at - found.start() > LONG_TAG:
            kept += [text[done : found.start()], _pruned(found["tag"], name)]
            done = at
        if (end := RAW_ENDS.get(name.lower())) is not None:
            closing = end.search(text, at)
            at = closing.start() if closing else len(text)
    return "".join([*kept, text[done:]]) if kept else text


def _pruned(tag: str, name: str) -> str:
    head = f"<{name[:LONG_TAG]}"
    attributes = [found[0] for found in ATTRIBUTE.finditer(tag, 1 + len(name))]
    few = [one for one in attributes[:MOST_ATTRIBUTES] if len(one) <= LONGEST_VALUE]
    if len(few) == len(attributes) and len(name) <= LONG_TAG:
        return tag
    return " ".join([head, *few]) + (">" if tag.endswith(">") else "")


class _Flattening:
    """A target of the parser that opens no element below `DEEPEST`: one that would be follows its parent instead."""

    def __init__(self) -> None:
        self._builder = TreeBuilder(element_factory=HTMLParser().makeelement, insert_comments=False)
        self._depth = 0
        self._over: str | None = None
        """The open element at `DEEPEST`, of those that were flattened the last."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth >= DEEPEST:
            self._close()
            self._over = tag
        self._builder.start(tag, dict(attributes))

    def end(self, tag: str) -> None:
        if self._depth >= DEEPEST:
            if self._over == tag:
                self._close()
        else:
            self._builder.end(tag)
        self._depth -= 1

    def _close(self) -> None:
        if self._over is not None:
            self._builder.end(self._over)
            self._over = None

    def data(self, text: str) -> None:
        self._builder.data(text)

    def close(self) -> HtmlElement | None:
        self._close()
        return self._builder.close()


def _flattened(text: str) -> HtmlElement | None:
    """The tree of a page that the parser gave up on: no bound on the size of its parts, all elements at most `DEEPEST` deep."""
    parser = HTMLParser(target=_Flattening(), huge_tree=True, remove_comments=True, remove_pis=True)
    parser.feed(text)
    tree: HtmlElement | None = parser.close()
    return tree
