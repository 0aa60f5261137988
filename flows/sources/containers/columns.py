"""The names of columns that are known without a setting, and how a row's value of a column is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from copydesk.flows.sources.containers.member import printable

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text",
        "body",
        "content",
        "article",
        "maintext",
        "full_text",
        "fulltext",
        "article_text",
        "articletext",
        "article_body",
        "articlebody",
        "article_content",
        "plaintext",
        "plain_text",
        "text_content",
        "cleaned_text",
        "clean_text",
        "extracted_text",
        "raw_text",
        "story_text",
        "html",
        "raw_html",
        "html_content",
        "page_html",
    ),
    "title": ("title", "headline", "title_page", "article_title", "heading", "title_rss"),
    "date": (
        "date",
        "published",
        "published_on",
        "publication_date",
        "date_publish",
        "pubdate",
        "pub_date",
        "published_at",
        "publishedat",
        "published_date",
        "publish_date",
        "publishing_date",
        "publication_datetime",
        "date_published",
        "datepublished",
        "datetime",
        "seendate",
        "timestamp",
    ),
    "time": ("time", "published_time", "publication_time", "time_publish", "pubtime", "pub_time"),
    "url": (
        "url",
        "link",
        "source_url",
        "article_url",
        "canonical_url",
        "canonical_link",
        "permalink",
        "web_url",
        "documentidentifier",
        "sourceurl",
        "uri",
    ),
    "authors": ("authors", "author", "byline", "author_name", "writers", "creator"),
    "language": ("language", "lang", "language_code", "languages", "detected_language"),
    "outlet": (
        "outlet",
        "publisher",
        "publication",
        "newspaper",
        "media_name",
        "source_name",
        "site_name",
        "source_domain",
        "domain",
        "sourcecommonname",
        "media_url",
        "source",
    ),
}
"""What is asked for, to the names of its columns in the order in which they are tried, in small letters: those of news-please,
fundus, GDELT, Media Cloud, Common Crawl's news data sets, Event Registry and news APIs among them."""


SHOWN = 5


class Columns:
    """The columns that a source names, and those that are understood by their names."""

    def __init__(self, given: Mapping[str, str | Sequence[str]]) -> None:
        self._given = {what: (names,) if isinstance(names, str) else tuple(names) for what, names in given.items()}

    def values(self, record: Mapping[str, Any], what: str) -> Iterator[tuple[str, Any]]:
        """The columns of a row that may hold it, in order, with their values.

        Names are compared without case and outer blanks.
        """
        there = _by_plain_name(tuple(record))
        for wanted in self._given.get(what) or NAMES[what]:
            name = wanted if wanted in record else there.get(_plain(wanted))
            if name is not None:
                yield name, record[name]

    def has_text(self, record: Mapping[str, Any]) -> bool:
        """Whether a row has a column of text at all, be it empty."""
        return next(self.values(record, "text"), None) is not None

    def told(self, what: str) -> str:
        """The names that are looked for, as a message prints them."""
        names = self._given.get(what) or NAMES[what]
        return " or ".join(names[:SHOWN]) + (" (or a like name)" if len(names) > SHOWN else "")

    def wanted(self, names: Sequence[str]) -> list[str]:
        """Those of a table's columns that are asked for."""
        record = dict.fromkeys(names)
        asked = {name for what in NAMES for name, _ in self.values(record, what)}
        return [name for name in names if name in asked]


@lru_cache(maxsize=64)
def _by_plain_name(names: tuple[Any, ...]) -> Mapping[str, Any]:
    return {_plain(name): name for name in reversed(names)}


def _plain(name: object) -> str:
    return str(name).strip().strip("\ufeff").strip().casefold()


def no_text(columns: Columns, names: list[str]) -> str:
    """The sentence about a table without a column of text, with the setting that mends it."""
    there = ", ".join(printable(name) for name in names[:40]) or "none"
    sentence = f"no column {columns.told('text')}; its columns are: {there}. "
    if len(names) == 1 and any(mark in names[0] for mark in "\t;|,:"):
        sentence += 'The fields seem to be parted by another mark: name it in sources.toml: delimiter = ";" '
        return sentence + 'Or name the column of the text there: columns = {text = "…"}'
    return sentence + 'Name the column of the text in sources.toml: columns = {text = "…"}'
