"""What stands above an article, and what a page says of itself."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from copydesk.flows.wiring import lexicon
from copydesk.transforms.cleaning.html import clean_markup
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.types import Article
from tests.extractions import LATE, raw_of

LATEST = date(2030, 1, 1)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("April 8, 2024 - 22:53", "2024-04-08T22:53:00"),
        ("3 May 2024, 5:30 p.m. EDT", "2024-05-03T17:30:00-04:00"),
        ("2024-05-03 14:00 GMT+3", "2024-05-03T14:00:00+03:00"),
        ("03.05.2024, 14:05 Uhr MESZ", "2024-05-03T14:05:00+02:00"),
        ("3 May 2024 10:00 (UTC)", "2024-05-03T10:00:00+00:00"),
        ("3 May 2024 10:00 - Coastal Wire", "2024-05-03T10:00:00"),
    ],
)
def test_a_time_has_the_zone_that_is_printed(printed: str, expected: str) -> None:
    found = DateReader(lexicon()).read(printed, LATEST)
    assert found is not None
    assert found.moment == datetime.fromisoformat(expected)
    assert (found.moment.tzinfo is None) == (datetime.fromisoformat(expected).tzinfo is None)


BODY = "".join(
    f"<p>The council of Port Ellery met on day {n} and talked for three hours about the road to the harbour, which is closed.</p>"
    for n in range(6)
)


def article_of(head: str, top: str = "") -> Article:
    html = f"<html><head>{head}</head><body>{top}<article>{BODY}</article></body></html>".encode()
    raw = raw_of(html, "text/html", LATE)
    found = clean_markup(html.decode(), raw, lexicon(), DateReader(lexicon())).article
    assert found is not None
    return found


def linked(**values: str) -> str:
    import json

    data = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **values})
    return f'<script type="application/ld+json">{data}</script>'


def test_json_ld_says_who_and_when_with_the_zone() -> None:
    people = [{"@type": "Person", "name": "Mira Oduya (mo)"}, {"@type": "Organization", "name": "Harbor Courier"}]
    head = linked(
        headline="Road to the harbour opens again",
        author=people,  # type: ignore[arg-type]
        datePublished="2024-06-18T07:30:00+0200",
        articleSection="Valley",
    )
    found = article_of(
        f'<meta property="og:site_name" content="Harbor Courier">{head}', "<h1>Road to the harbour opens again</h1>"
    )
    assert found.title == "Road to the harbour opens again"
    assert found.authors == ("Mira Oduya",), "the site is no author beside a person"
    assert found.published_at == datetime.fromisoformat("2024-06-18T07:30:00+02:00")
    assert (found.published_on, found.section, found.outlet_printed) == (date(2024, 6, 18), "Valley", "Harbor Courier")


@pytest.mark.parametrize("hung", [" | Harbor Courier", " - Harbor Courier", " – 18.06.2024"])
def test_the_name_of_the_site_does_not_hang_on_the_headline(hung: str) -> None:
    title = "Road to the harbour opens again"
    assert article_of(f"<title>{title}{hung}</title>", f"<h1>{title}</h1>").title == title


def test_a_kicker_above_is_no_headline() -> None:
    title = "Storm on the coast: Road to the harbour opens again"
    found = article_of(f'<meta property="og:title" content="{title}">', "<h2>Storm on the coast</h2>")
    assert found.title == title


TITLE = "Road to the harbour opens again"


@pytest.mark.parametrize(
    ("head", "top"),
    [
        (
            f"<title>{TITLE} : Ellery Archive | Founded 2005</title>",
            f"<h1>Ellery Archive</h1><h3 class='entry-title'>{TITLE}</h3>",
        ),
        (
            f"<title>{TITLE} | Ellery Blog</title>",
            f"<h1><a href='/'>Ellery Blog</a></h1><h2><a href='/2024/road'>{TITLE}</a></h2>",
        ),
        (f"<title>{TITLE}</title>", f"<h2 class='post_cat'>General</h2><h2 class='post_name'>{TITLE}</h2>"),
        (f"<title>Ellery Club - News » {TITLE}</title>", f"<h1>Win a boat today!</h1><h1>News</h1><h2>{TITLE}</h2>"),
        (f"<title>{TITLE} - Harbour Union</title>", f"<nav><h1>Navigation</h1></nav><h1>Press notes</h1><h1>{TITLE}</h1>"),
        (
            '<meta property="og:title" content="Ellery road: what drivers must know now">' + linked(headline=TITLE),
            f"<nav><h1>Ellery road: what drivers must know now</h1></nav><h1 class='article-headline'>{TITLE}</h1>",
        ),
        (
            f'<meta property="og:title" content="{TITLE} - Harbour Times Online">',
            f"<h1 class='entry-title'>{TITLE}</h1><h2>Film: the road</h2>",
        ),
        (f'<meta property="og:title" content="{TITLE}">', f"<h2 class='mediaTitle'>{TITLE} | harbour tv</h2><h1>{TITLE}</h1>"),
    ],
)
def test_the_headline_is_no_name_of_the_site_or_of_a_section(head: str, top: str) -> None:
    assert article_of(head, top).title == TITLE


def test_a_page_without_any_heading_has_the_headline_of_its_tags() -> None:
    assert article_of(f"<title>{TITLE}</title>").title == TITLE


def test_a_page_that_names_no_headline_has_none() -> None:
    assert article_of("").title is None


@pytest.mark.parametrize(
    "line",
    [
        "<p>Posted on 3 May 2024 by Ida Ferrell</p>",
        "<p>11.12.2023 - <i>Comment by Ida Ferrell</i></p>",
        "<em>By Ida Ferrell</em>",
    ],
)
def test_a_byline_that_no_mark_tells_is_read(line: str) -> None:
    assert article_of("", f"<h1>{TITLE}</h1>{line}").authors == ("Ida Ferrell",)


def test_a_menu_beside_the_headline_is_no_byline() -> None:
    assert article_of("", f"<h1>{TITLE}</h1><p>Harbour Gazette</p><p>Travel by Sea</p>").authors == ()


def test_broken_json_ld_and_a_date_in_the_future_say_nothing() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", </script>' + linked(datePublished="2099-01-01")
    found = article_of(head)
    assert found.published_on is None
    assert found.authors == ()
