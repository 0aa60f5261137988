"""An article being read for facts: its sentences, quotations, reports, dates and numbers, found once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from copydesk.transforms.dates import DateSpan, find_dates
from copydesk.transforms.dates.order import DateOrder, tags_of
from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.focus import about, seat
from copydesk.transforms.facts.home_country import home_words, without_opening
from copydesk.transforms.facts.local_currency import country_of, is_told
from copydesk.transforms.facts.location import Location
from copydesk.transforms.facts.locations import locations, of_events
from copydesk.transforms.facts.names import names_of_persons
from copydesk.transforms.facts.parsing import parsed
from copydesk.transforms.facts.place_labels import Label, place_labels, ruling
from copydesk.transforms.facts.quote_tags import TagReader
from copydesk.transforms.facts.quoted_spans import Quoted, find_quoted
from copydesk.transforms.facts.reporting_clauses import SpeechReader
from copydesk.transforms.facts.resolver import Source
from copydesk.transforms.facts.sources import find_sources
from copydesk.transforms.facts.syntax import Parser
from copydesk.transforms.lexicon import Lexicon
from copydesk.transforms.numbers import Number, no_figure, read_numbers
from copydesk.transforms.places import Gazetteer, Place
from copydesk.transforms.types import Article, Sentence
from copydesk.transforms.vocabulary import Qualifier

PLAIN_CUE = re.compile(r"(?:said|says|told|tells|added|adds|according)\b", re.IGNORECASE)
"""Words that are of saying and of nothing else: a sentence is not parsed for their sake."""

HIDES_SOURCE = re.compile(r"\b(?:who|and|but|after|although|because|before|if|since|though|when|while)\s", re.IGNORECASE)
"""What stands between such a word and who says it (`Moss shook his head and said`), or opens a clause that another goes on
behind (`While he said it was dry, it rained`)."""

ENTRY = re.compile(r"\s*(?::|\s[–—-])\s")
"""What stands between the date that heads a paragraph and its text."""

__all__ = ["Reading", "Source", "read_article"]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What every extractor needs of an article; offsets point into `text`."""

    article: Article
    text: str
    sentences: Sequence[Sentence]
    lexicon: Lexicon
    reference: date | None
    quoted: Sequence[Quoted]
    sources: Sequence[Source]
    dates: Sequence[DateSpan]
    numbers: Sequence[Number]
    focus: Place | None
    """The place that the article as a whole is about."""

    seat: Place | None
    """The place of its dateline, where it is about no place that stands out."""

    labels: Sequence[Label] = field(repr=False)
    """The places that paragraphs open with and that rule those below them."""

    gazetteer: Gazetteer = field(repr=False)
    """The gazetteer as this article reads it: of places that share a name, those in the countries that it names."""

    clauses: Mapping[int, Clauses] = field(repr=False)
    """The parsed sentences by their number: those that may hold a claim."""

    persons: frozenset[str] = field(repr=False)
    """The last words of names of several words that are no place: `Ferrell` of `Ida Ferrell`."""

    starts: Sequence[int] = field(repr=False, default=())

    def country(self, word: str) -> str | None:
        """The country (ISO 3166 alpha-2) whose currency a sign or noun of several countries is in this article."""
        if word not in self._countries:
            self._countries[word] = country_of(word, self.article, self.lexicon)
        return self._countries[word]

    def tells_currency(self, word: str) -> bool:
        """Whether it is told whose currency a sign or noun is: that of one country, or of one that the page or outlet names."""
        if word not in self._told:
            self._told[word] = is_told(word, self.article, self.lexicon)
        return self._told[word]

    @cached_property
    def _countries(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def _told(self) -> dict[str, bool]:
        return {}

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds `offset` (or the last that begins before it)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def label_at(self, sentence: int) -> Label | None:
        """The label that rules the paragraph of a sentence: `KENYA: Twelve people died.`; `None` where none does."""
        number = bisect_right(self.labels, self.sentences[sentence].span_start, key=lambda label: label.start)
        return self.labels[number - 1] if number else None

    def focus_at(self, sentence: int) -> Place | None:
        """The place that a sentence is about unless it names another: that of its label, else that of the article."""
        label = self.label_at(sentence)
        return label.place if label is not None else self.focus

    def sources_in(self, sentence: int) -> list[Source]:
        """The reports of a sentence."""
        first = bisect_left(self.sources, sentence, key=lambda source: source.sentence)
        last = bisect_right(self.sources, sentence, first, key=lambda source: source.sentence)
        return list(self.sources[first:last])

    @cached_property
    def _located(self) -> dict[int, list[Location]]:
        return {}

    def locations(self, sentence: int) -> list[Location]:
        """The places that a parsed sentence names outside its sources, found once."""
        if sentence not in self._located:
            taken = [(source.report.source_start, source.report.source_end) for source in self.sources_in(sentence)]
            clauses = self.clauses[sentence]
            named = [
                *locations(clauses, self.text, self.gazetteer, self.persons),
                *home_words(clauses, self.text, self.gazetteer, self._home(sentence)),
            ]
            outside = [found for found in named if not any(start < found.end and found.start < end for start, end in taken)]
            self._located[sentence] = without_opening(clauses, of_events(outside, self.text))
        return self._located[sentence]

    def _home(self, sentence: int) -> Place | None:
        """The country that a sentence means by `nationwide`."""
        label = self.label_at(sentence)
        return self.gazetteer.country(label.place.country_code or "") if label is not None else self.country_of_focus

    @cached_property
    def country_of_focus(self) -> Place | None:
        """The country of the place that the article is about."""
        return self.gazetteer.country(self.focus.country_code) if self.focus is not None and self.focus.country_code else None

    def saying(self, sentence: int) -> frozenset[int]:
        """The verbs of saying of a parsed sentence, as tokens of it."""
        clauses = self.clauses[sentence]
        said = (clauses.at(source.report.cue_start) for source in self.sources_in(sentence))
        return frozenset(token for token in said if token is not None)

    def entry_date(self, sentence: Sentence) -> DateSpan | None:
        """The date that holds for a sentence without one: the heading of its paragraph (`May 3, 2019: The ferry sank.`).

        Else the one that opens the sentence before: `On Monday, hundreds met. Seven people were arrested.`
        """
        first = bisect_left(self.sentences, sentence.paragraph, key=lambda one: one.paragraph)
        heading = self._opening_date(first, "")
        if heading is not None and ENTRY.match(self.text, heading.end):
            return heading
        if first == sentence.ordinal:
            return None
        opening = self._opening_date(sentence.ordinal - 1, "On ")
        return opening if opening is not None and opening.last is not None and self.text[opening.end] == "," else None

    def _opening_date(self, number: int, word: str) -> DateSpan | None:
        """The date at the beginning of a sentence, behind a word."""
        start = self.sentences[number].span_start
        at = bisect_left(self.dates, start, key=lambda found: found.start)
        if at == len(self.dates) or not self.text.startswith(word, start):
            return None
        return self.dates[at] if self.dates[at].start == start + len(word) else None

    def quoted_in(self, start: int, end: int) -> Sequence[Quoted]:
        """The quotations of which some part stands between two places."""
        first = bisect_right(self.quoted, start, key=lambda run: run.close)
        return self.quoted[first : bisect_left(self.quoted, end, first, key=lambda run: run.open)]

    def joined_by_quotation(self, number: int) -> Sentence:
        """A sentence with those before and after it that stand with it in one quotation in its paragraph, as one."""
        sentence = self.sentences[number]
        runs = self.quoted_in(sentence.span_start, sentence.span_end)
        numbers = [number, *(self.sentence_at(at) for run in runs for at in (run.open, run.close - 1))]
        joined = [self.sentences[one] for one in numbers if self.sentences[one].paragraph == sentence.paragraph]
        start, end = min(one.span_start for one in joined), max(one.span_end for one in joined)
        return replace(sentence, span_start=start, span_end=end)

    def quoted_at(self, offset: int) -> bool:
        """Whether the place is inside a quotation."""
        number = bisect_left(self.quoted, offset, key=lambda run: run.open) - 1
        return number >= 0 and offset < self.quoted[number].close


def read_article(
    article: Article,
    sentences: Sequence[Sentence],
    speech: SpeechReader,
    tags: TagReader,
    lexicon: Lexicon,
    parser: Parser,
) -> Reading:
    """Reads an article once for all extractors. Relative dates count from its printed date alone."""
    text = article.text
    quoted = find_quoted(text)
    numbers = read_numbers(text)
    cues = speech.cues(text)
    counted = [number.at for number in numbers if no_figure(text, number) is None]
    places = [
        *counted,
        *(cue for cue in cues if not PLAIN_CUE.match(text, cue) or HIDES_SOURCE.search(text, max(0, cue - 24), cue)),
    ]
    clauses = parsed(sentences, parser, places, numbers)
    sources = find_sources(text, sentences, quoted, speech=speech, tags=tags, lexicon=lexicon, clauses=clauses)
    gazetteer, focus = about(article, lexicon.gazetteer, _currencies(numbers, lexicon), _home_of_outlet(article, lexicon))
    return Reading(
        article=article,
        text=text,
        sentences=sentences,
        lexicon=lexicon,
        reference=article.published_on,
        quoted=quoted,
        sources=sources,
        dates=find_dates(text, article.published_on, _month_first(article)),
        numbers=_reported(numbers, sources),
        clauses=clauses,
        persons=names_of_persons(text, lexicon.gazetteer),
        focus=focus,
        seat=seat(article, gazetteer) if focus is None else None,
        labels=ruling(place_labels(text, gazetteer)),
        gazetteer=gazetteer,
        starts=tuple(sentence.span_start for sentence in sentences),
    )


def _reported(numbers: Sequence[Number], sources: Sequence[Source]) -> list[Number]:
    """The numbers without hedges that are the verb of a report: `The bank earlier estimated 2,000 jobs would go`."""
    cues = {source.report.cue_start for source in sources}
    return [
        replace(number, start=number.at, hedge=None, qualifier=Qualifier.EXACT)
        if number.hedge is not None and number.hedge in REPORTING_HEDGES and number.start in cues
        else number
        for number in numbers
    ]


REPORTING_HEDGES = frozenset({"estimated"})
"""Hedges that are verbs of a report too."""


def _home_of_outlet(article: Article, lexicon: Lexicon) -> str | None:
    """The country of an article's outlet (ISO 3166 alpha-2), `None` where it is not known."""
    outlet = lexicon.outlets.of(article.url, None, article.outlet_printed, article.host_printed)
    return outlet.country if outlet is not None else None


WORLDWIDE = frozenset({"USD", "EUR"})
"""Currencies in which sums of many countries are printed."""


def _currencies(numbers: Sequence[Number], lexicon: Lexicon) -> list[str]:
    """The currencies of an article's sums, as far as they tell whose they are."""
    codes = [lexicon.currency(number.currency) for number in numbers if number.currency]
    return [code for code in codes if code not in WORLDWIDE]


def _month_first(article: Article) -> bool:
    """Whether `3/5/2019` is the fifth of March in an article: by its address, its other dates, its language."""
    hosts = tuple(host for host in (urlsplit(article.url or "").hostname, article.host_printed) if host)
    return DateOrder(tags=tags_of(article.language), hosts=hosts, text=lambda: article.text).month_first
