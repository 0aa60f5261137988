"""Texts and pages that were built to be slow: shapes that grow with a size, each around an article that must not be lost."""

from __future__ import annotations

from collections.abc import Callable

from tests.texts import distinct

STORY = distinct(7)
PARAGRAPHS = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n"))


def page(before: str = "", after: str = "", around: str = "") -> str:
    return f"<html><head><title>Torvik</title></head><body>{before}<article>{around}{PARAGRAPHS}</article>{after}</body></html>"


def text(before: str = "", after: str = "") -> str:
    return "\n\n".join(part for part in (before, STORY, after) if part)


PAGES: dict[str, Callable[[int], str]] = {
    "attributes on one tag": lambda n: page("<div " + " ".join(f"a{i}=1" for i in range(n)) + ">"),
    "bare attributes": lambda n: page("<div " + " ".join(f"a{i}" for i in range(n)) + ">"),
    "one attribute again and again": lambda n: page("<div " + "a=1 " * n + ">"),
    "attributes with angles": lambda n: page("<div " + " ".join(f'a{i}=">"' for i in range(n)) + ">"),
    "a long value": lambda n: page(f'<div data-x="{"a" * 30 * n}">'),
    "a long class": lambda n: page(f'<div class="{"lead " * n}">'),
    "deep blocks": lambda n: page("<div>" * n),
    "deep blocks that close": lambda n: page("<div>" * n, "</div>" * n),
    "deep inline": lambda n: page("<span>" * n + "</span>" * n),
    "unclosed bold": lambda n: page("<b>x" * n),
    "unclosed links": lambda n: page("<a href=x>x" * n),
    "deep lists": lambda n: page("<ul><li>" * n),
    "deep tables": lambda n: page("<table><tr><td>" * n),
    "many cells": lambda n: page("", f"<table>{'<tr><td>x' * n}</table>"),
    "many items": lambda n: page("", f"<ul>{'<li>one more item' * n}</ul>"),
    "end tags of nothing": lambda n: page("", "</div></b>" * n),
    "comments": lambda n: page("<!-- x -->" * n),
    "an open comment": lambda n: page("", "<!-- x " * n),
    "open tags": lambda n: page("", "<a " * n),
    "open quotes": lambda n: page("", "<a b='" * n),
    "entities": lambda n: page("", f"<p>{'&amp;' * n}</p>"),
    "breaks": lambda n: page("", "line<br>" * n),
    "an open script": lambda n: page("", "<script>" + "if (a<b) {}; " * n),
    "linked data that nests": lambda n: page('<script type="application/ld+json">' + '{"a":' * n + "</script>"),
    "many metas": lambda n: page('<meta property="article:author" content="Ida Brandt">' * n),
    "many times": lambda n: page("<time datetime='2024-03-04'>4 March 2024</time>" * n),
    "digits in a page": lambda n: page("", f"<p>{'1' * 8 * n}</p>"),
    "dates in a page": lambda n: page("", "<p>4 March 2024</p>" * n),
}

PLAIN: dict[str, Callable[[int], str]] = {
    "one letter": lambda n: text(after="a" * 8 * n),
    "digits": lambda n: text(after="1" * 8 * n),
    "groups of digits": lambda n: text(after="1,234," * n),
    "numbers": lambda n: text(after="14 " * n),
    "capitals": lambda n: text(after="Aaa " * n),
    "capital letters": lambda n: text(after="A" * 8 * n),
    "open quotes": lambda n: text(after="“word " * n),
    "straight quotes": lambda n: text(after='"' * 4 * n),
    "dashes": lambda n: text(after="-" * 8 * n),
    "dots": lambda n: text(after="." * 8 * n),
    "commas": lambda n: text(after=", " * 2 * n),
    "blanks": lambda n: text(after="x" + " " * 8 * n + "x"),
    "line ends": lambda n: text(after="\n" * 8 * n + "x"),
    "initials": lambda n: text(after="A. " * n),
    "said": lambda n: text(after="he said " * n),
    "and": lambda n: text(after="Ada and " * n),
    "of the": lambda n: text(after="of the " * n),
    "parentheses": lambda n: text(after="(" * 8 * n),
    "one long line": lambda n: text(after="The harbour of Torvik counted 14 boats on Monday, the mayor said. " * (n // 8)),
    "short lines": lambda n: text(after="Share\n" * n),
    "bylines": lambda n: text(before="By Ida Brandt\n" * n),
    "dates": lambda n: text(after="4 March 2024\n" * n),
    "combining marks": lambda n: text(after="e" + "\u0301" * 4 * n),
    "zero-width joiners": lambda n: text(after="a\u200d" * 4 * n),
    "addresses": lambda n: text(after="http://" * n),
    "mail": lambda n: text(after="a@" * 2 * n),
    "hashes": lambda n: text(after="#tag " * n),
    "slashes": lambda n: text(after="/" * 8 * n),
}

SHAPES = {
    **{("text/html", name): make for name, make in PAGES.items()},
    **{("text/plain", name): make for name, make in PLAIN.items()},
}
