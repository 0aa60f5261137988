"""Whose currency a sign or noun means that several countries share: pesos of the Philippines or of Mexico."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.types import Article

NAME = re.compile(r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}")
DOLLARS = ("dollar", "dollars", "cent", "cents")
NOUNS = {
    **dict.fromkeys(("rs", "re", "rupee", "rupees", "paise", "paisa"), "rupees?"),
    **dict.fromkeys(("sh", "shs", "shilling", "shillings", "slash mark"), "shillings?"),
    **dict.fromkeys(("kr", "crown", "crowns", "øre"), "crowns?|kronor|kroner|kronur|koruna"),
    **dict.fromkeys(("pound", "pounds", "piastres"), "pounds?"),
    **{noun: f"{noun.removesuffix('s')}s?" for noun in "peso pesos dinar dinars franc francs dirham dirhams".split()},
    **{noun: f"{noun.removesuffix('s')}s?" for noun in "rial rials riyal riyals lira liras won mark marks".split()},
}
"""The noun that a page gives with the country where it tells whose money a short form or a bare noun is."""

OWNER = r"\b(?P<owner>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)\s+(?:{})\b"
SIGN = re.compile(r"[^\w]$")
DOLLAR_COUNTRIES = frozenset("CA AU NZ SG HK JM TT FJ NA BB BS BZ GY".split())
"""Countries whose own papers print a bare `$` for their dollar."""

AMERICAN = re.compile(r"\bU\.?S\b|\bUnited States\b|\bAmericans?\b")
TOP_OF_COUNTRY = 2
"""Letters of the last part of an address that is a country's."""

LEAST_NAMED = 3
"""Times that an article names the country whose bare sign it prints."""

LEAST_PEOPLE = 100_000
"""Inhabitants of the smallest town that speaks for its country."""


def country_of(word: str, article: Article, lexicon: Lexicon) -> str | None:
    """The country (ISO 3166 alpha-2) of an article among those that share a currency's sign or noun; `None` where none is told.

    What the page itself calls by its country goes first (`131 Sri Lankan rupees`), then the country of its dateline, of its
    outlet, by the table of outlets or the address, and the country that it names most, dollars where more than half of the
    names are of it. Dollars are of no dateline: a report from abroad prints those of its outlet. A bare `$` is that of the
    outlet, else of the one country that an article is about which no agency wrote.
    """
    key, shared = _shared(word, lexicon)
    if not shared:
        return None
    if (called := _called(key, article.text, lexicon)) is not None:
        return called
    country, host = _outlet(article, lexicon)
    dollars = SIGN.search(key) or key in DOLLARS
    written = [] if dollars else [one for one in _named("", article.dateline or "", lexicon) if one in shared]
    home = next(iter(written), None) or country or host.rpartition(".")[2].upper()
    if home in shared or (country and dollars):
        return home if home in shared else None
    if SIGN.search(key):
        return _at_home(article, host, shared & DOLLAR_COUNTRIES, lexicon)
    named = Counter(_named(article.text, article.dateline or "", lexicon))
    votes = Counter({country: times for country, times in named.items() if country in shared})
    most = min(votes, key=lambda country: (-votes[country], country), default=None)
    if most is not None and key in DOLLARS and (AMERICAN.search(article.text) or 2 * votes[most] <= named.total()):
        return None
    return most


def is_told(word: str, article: Article, lexicon: Lexicon) -> bool:
    """Whether one country alone has a sign or noun, or the page or its outlet tells whose it is; else it is a guess."""
    key, shared = _shared(word, lexicon)
    if not shared or _called(key, article.text, lexicon) is not None:
        return True
    country, host = _outlet(article, lexicon)
    if country or host.rpartition(".")[2].upper() in shared:
        return True
    if SIGN.search(key) or key in DOLLARS:
        return AMERICAN.search(article.text) is not None
    return any(country in shared for country in _named("", article.dateline or "", lexicon))


def _shared(word: str, lexicon: Lexicon) -> tuple[str, set[str]]:
    """A sign or noun as the table has it, and the countries that share it."""
    key = word.lower().strip(" .")
    return key, {country for name, country in lexicon.money.shared if name == key and country}


def _outlet(article: Article, lexicon: Lexicon) -> tuple[str | None, str]:
    """The country of an article's outlet, `None` where the table tells none, and the host that it is printed at."""
    outlet = lexicon.outlets.of(article.url, None, article.outlet_printed, article.host_printed)
    host = article.host_printed or urlsplit(article.url or "").hostname or ""
    return outlet.country if outlet is not None else None, host


def _called(key: str, text: str, lexicon: Lexicon) -> str | None:
    """The one country that a page gives with the noun of a currency: `131 Sri Lankan rupees`; `None` where it gives two."""
    noun = NOUNS.get(key)
    found = re.finditer(OWNER.format(noun), text) if noun is not None else ()
    named = {lexicon.country_of(one) for match in found for one in (match["owner"], match["owner"].split()[-1])}
    countries = named - {None}
    return countries.pop() if len(countries) == 1 else None


def _at_home(article: Article, host: str, shared: set[str], lexicon: Lexicon) -> str | None:
    """The country of a bare sign where the article is about one country alone and no agency reports it from abroad."""
    if article.agency or not shared or len(host.rpartition(".")[2]) == TOP_OF_COUNTRY or AMERICAN.search(article.text):
        return None
    votes = Counter(_named(article.text, article.dateline or "", lexicon))
    country, most = max(votes.items(), key=lambda vote: (vote[1], vote[0]), default=("", 0))
    return country if country in shared and most >= LEAST_NAMED and 2 * most > votes.total() else None


def _named(text: str, dateline: str, lexicon: Lexicon) -> list[str]:
    """The countries that a text names, itself or by a town, once for each time."""
    countries = []
    for found in NAME.finditer(f"{dateline.title()}\n{text}"):
        for name in {found.group(), found.group().split()[0]}:
            place = lexicon.gazetteer.find(name)
            if place is not None and place.country_code and place.weight >= LEAST_PEOPLE:
                countries.append(place.country_code)
                break
    return countries
