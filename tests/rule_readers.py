"""What each rule file makes of a case of its own: `READERS`, by the name of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from lxml.html import document_fromstring

from copydesk.flows.wiring import lexicon, parser, transformer
from copydesk.transforms.cleaning.bylines import read_byline
from copydesk.transforms.cleaning.characters import squeezed
from copydesk.transforms.cleaning.comments import comments_begin
from copydesk.transforms.cleaning.datelines import Names, place_dateline
from copydesk.transforms.cleaning.decode import decode
from copydesk.transforms.cleaning.language import detect_language
from copydesk.transforms.cleaning.linked_data import linked_article
from copydesk.transforms.cleaning.marked_authors import marked_authors
from copydesk.transforms.cleaning.markup_lines import flatten
from copydesk.transforms.cleaning.page import furniture_roles
from copydesk.transforms.cleaning.page_parts import PageParts
from copydesk.transforms.cleaning.page_text import PageText
from copydesk.transforms.cleaning.pieces import split_pieces
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.cleaning.signed_lines import read_signed
from copydesk.transforms.cleaning.sites import short_lines, site_of
from copydesk.transforms.dates import find_dates
from copydesk.transforms.dates.order import DateOrder
from copydesk.transforms.facts import FactReader
from copydesk.transforms.facts.circumstances import rate_after
from copydesk.transforms.facts.context import read_article
from copydesk.transforms.facts.focus import about
from copydesk.transforms.facts.names import alone, person
from copydesk.transforms.facts.nouns import head_noun
from copydesk.transforms.facts.place_labels import place_labels, ruling
from copydesk.transforms.facts.quote_tags import TagReader
from copydesk.transforms.facts.quoted_spans import find_quoted
from copydesk.transforms.facts.reporting_clauses import SpeechReader
from copydesk.transforms.facts.speaker_labels import signature as signed
from copydesk.transforms.facts.speaker_labels import turns
from copydesk.transforms.facts.subjects import subject, verb_end
from copydesk.transforms.names.hosts import host_of
from copydesk.transforms.numbers import no_figure, read_numbers
from copydesk.transforms.numbers.values import bare_numbers
from copydesk.transforms.pipeline import sentences_of
from copydesk.transforms.places import place_key
from copydesk.transforms.sentences import split_sentences
from copydesk.transforms.types import Article, Extraction, Fact
from copydesk.transforms.words import folded, word_count
from copydesk.transforms.words.signature import SIMILAR, signature, similarity
from tests import names
from tests.extractions import LATE, raw_of
from tests.names import kind_of

PUBLISHED = date(2024, 5, 15)
"""A Wednesday: the day that relative dates of the cases count from."""


@dataclass(frozen=True)
class Case:
    text: str
    options: dict[str, Any]


def _dates(case: Case) -> Any:
    published = None if case.options.get("undated") else PUBLISHED
    shown = [(case.text[span.start : span.end], span.first, span.last) for span in find_dates(case.text, published)]
    return [[text, *(str(day) if day else None for day in days)] for text, *days in shown]


def _hedges(case: Case) -> Any:
    return [[case.text[n.start : n.end], n.low, n.high, n.qualifier] for n in read_numbers(case.text)]


def _reasons(case: Case) -> Any:
    return [[case.text[n.at : n.end], no_figure(case.text, n)] for n in read_numbers(case.text)]


def _page(case: Case, media: str) -> Extraction:
    data = case.text.encode()
    raw = raw_of(data, media, LATE)
    return transformer().transform(raw, 1 << 20)


def _blocks(case: Case) -> Any:
    return [[block.role, block.text[:24]] for block in _page(case, "text/plain").blocks]


def _markup_blocks(case: Case) -> Any:
    return [[block.role, block.text[:24]] for block in _page(case, "text/html").blocks]


def _of_names(read: Callable[[str, Mapping[str, Any]], Any], case: Case) -> Any:
    return read(case.text, case.options)


def _article(case: Case, media: str) -> Any:
    made = _page(case, media)
    assert made.article is not None or made.verdict is not None
    if made.article is None:
        return made.verdict.reason if made.verdict else None
    shown = {name: getattr(made.article, name) for name in case.options["fields"]}
    return {name: list(value) if isinstance(value, tuple) else str(value) if value else None for name, value in shown.items()}


def _facts(text: str, dateline: str | None = None) -> list[Fact]:
    article = Article(text=text, dateline=dateline, published_on=PUBLISHED, language="en")
    return FactReader(lexicon(), parser()).find_facts(article, sentences_of(article))[0]


def _of_facts(kind: str | None, *names: str) -> Callable[[Case], Any]:
    def read(case: Case) -> Any:
        found = [fact for fact in _facts(case.text, case.options.get("dateline")) if kind is None or fact.kind == kind]
        return [[getattr(fact, name) for name in names] for fact in sorted(found, key=lambda fact: fact.span_start)]

    return read


def _byline(case: Case) -> Any:
    found = read_byline(case.text, lexicon())
    return [*found.authors, found.agency] if found else None


def _signed(case: Case) -> Any:
    dates = [(one.start, one.end) for one in DateReader(lexicon()).read_all(case.text)]
    found = read_signed(case.text, dates, lexicon())
    return [*found.authors, found.agency] if found else None


def _printed(case: Case) -> Any:
    order = DateOrder(tuple(case.options.get("tags", ())))
    found = DateReader(lexicon()).read_all(case.text, date(2024, 12, 1), order)
    return [[str(one.day), one.clock.isoformat() if one.clock else None, one.updated] for one in found]


def _dateline(case: Case) -> Any:
    found = place_dateline(case.text, Names.of(lexicon()))
    return [found.place, found.agency, found.day, case.text[found.length :]] if found else None


def _marked_authors(case: Case) -> Any:
    return marked_authors(PageParts(document_fromstring(case.text), case.options["title"]))


def _linked(case: Case) -> Any:
    page = document_fromstring(f'<html><script type="application/ld+json">{case.text}</script></html>')
    found = linked_article(page, case.options.get("url"), case.options.get("titles", ()))
    return [found.headline, list(found.authors), found.published] if found else None


def _furniture(case: Case) -> Any:
    pieces = split_pieces(case.text)
    repeated = frozenset(case.options.get("repeated", ()))
    return [[role, reason] for role, reason in furniture_roles(pieces, lexicon(), repeated).values()]


def _page_text(case: Case) -> Any:
    page = PageText(split_pieces(case.text))
    return [int(page.clocks().sum()), int(page.digits().sum()), round(float(page.share_of_capitals[0]), 2)]


def _head_noun(case: Case) -> Any:
    number = read_numbers(case.text)[0]
    noun = head_noun(case.text, number, lexicon(), len(case.text))
    return [noun.word, noun.item, noun.unit] if noun else None


def _reports(case: Case) -> Any:
    article = Article(text=case.text, language="en")
    reading = read_article(article, sentences_of(article), SpeechReader(lexicon()), TagReader(lexicon()), lexicon(), parser())
    return [[source.attributed_to, source.report.cue] for source in reading.sources]


def _focus(case: Case) -> Any:
    article = Article(text=case.text, title=case.options.get("title"), dateline=case.options.get("dateline"), language="en")
    found = about(article, lexicon().gazetteer, case.options.get("money", ()))[1]
    return found.name if found else None


def _subject(case: Case) -> Any:
    found = subject(case.text, verb_end(case.text, case.text.rindex(case.options["verb"])))
    return case.text[found[0] : found[1]] if found else None


def _terms(case: Case) -> Any:
    return [kind for kind, _ in lexicon().terms.find(case.text.lower())]


READERS: dict[str, Callable[[Case], Any]] = {
    "dates": _dates,
    "numbers.values": lambda case: [[number.low, number.kind] for number in bare_numbers(case.text)],
    "numbers.hedges": _hedges,
    "numbers.ranges": _hedges,
    "numbers.non_figures": _reasons,
    "sentences": lambda case: [case.text[one.start : one.end] for one in split_sentences(case.text)],
    "cleaning.decode": lambda case: getattr(got := decode(case.text.encode(case.options["encoding"])), "reason", got),
    "cleaning.language": lambda case: detect_language(case.text),
    "places": lambda case: place_key(case.text),
    "words.signature": lambda case: similarity(signature(case.text), signature(case.options["other"])) >= SIMILAR,
    "words": lambda case: [folded(case.text), word_count(case.text)],
    "models.register_words": _terms,
    "cleaning.bylines": _byline,
    "cleaning.signed_lines": _signed,
    "cleaning.datelines": _dateline,
    "cleaning.printed_dates": _printed,
    "cleaning.page_dates": lambda case: _article(case, "text/html"),
    "cleaning.marked_authors": _marked_authors,
    "cleaning.captions": _blocks,
    "cleaning.edges": _blocks,
    "cleaning.endings": lambda case: [_article(case, "text/plain"), _blocks(case)],
    "cleaning.openings": lambda case: [_article(case, "text/plain"), _blocks(case)],
    "cleaning.characters": lambda case: squeezed(case.text),
    "cleaning.comments": lambda case: comments_begin(case.text.split("\n")),
    "cleaning.html": _markup_blocks,
    "cleaning.linked_data": _linked,
    "cleaning.markup_lines": lambda case: [[line.tag, line.text] for line in flatten(document_fromstring(case.text))],
    "cleaning.markup_head": lambda case: _article(case, "text/html"),
    "cleaning.metadata": lambda case: _article(case, "text/html"),
    "cleaning.page": _furniture,
    "cleaning.page_text": _page_text,
    "cleaning.pieces": lambda case: [piece.text for piece in split_pieces(case.text)],
    "cleaning.plain_text": lambda case: _article(case, "text/plain"),
    "cleaning.roles": _blocks,
    "cleaning.selection": _blocks,
    "cleaning.sites": lambda case: (
        sorted(short_lines(case.text, DateReader(lexicon())))
        if "\n" in case.text
        else [site_of(case.text, None), outlet.name if (outlet := lexicon().outlets.at(host_of(case.text))) else None]
    ),
    "facts.circumstances": lambda case: (
        rate_after(case.text, case.options["end"])
        if case.options.get("what") == "rate"
        else _of_facts("figure", "place_name", "place_from")(case)
        if case.options.get("what") == "name"
        else _of_facts("figure", "place", "scope", "as_of_start", "as_of_end")(case)
    ),
    "facts.attribution": _of_facts("figure", "text", "attributed_to", "cue"),
    "facts.context": _reports,
    "facts.counting": _of_facts("figure", "text", "measure", "unit", "rule"),
    "facts.events": _of_facts("figure", "text", "measure"),
    "facts.focus": _focus,
    "facts.place_labels": lambda case: [one.place.name for one in ruling(place_labels(case.text, lexicon().gazetteer))],
    "facts.agents": _of_facts("statement", "text", "attributed_to"),
    "facts.agreement": _reports,
    "facts.outer_clauses": _of_facts("statement", "text", "attributed_to"),
    "facts.adverbials": _of_facts("statement", "text", "attributed_to"),
    "facts.item_labels": _of_facts("statement", "text", "speaker"),
    "facts.noun_reports": _of_facts("statement", "text", "attributed_to"),
    "facts.governing": _of_facts("statement", "text", "attributed_to"),
    "facts.home_country": _of_facts("figure", "place_name", "place_from"),
    "facts.locations": _of_facts("figure", "text", "place"),
    "facts.modality": _of_facts("figure", "text", "modality"),
    "facts.whereabouts.scenes": _of_facts("figure", "text", "place_name", "place_from"),
    "facts.times": _of_facts("figure", "text", "as_of_start", "as_of_end", "said_on"),
    "facts.referents": _reports,
    "facts.sources": _reports,
    "facts.quote_tags": _of_facts("quote", "text", "speaker", "cue"),
    "facts.antecedents": _of_facts("figure", "text", "measure", "value_low", "value_high", "unit"),
    "facts.local_currency": _of_facts("figure", "text", "measure", "value_low", "value_high", "unit"),
    "facts.figures": _of_facts("figure", "text", "measure", "value_low", "value_high", "unit"),
    "facts.measures": _of_facts("figure", "text", "measure"),
    "facts.names": lambda case: [alone(case.text), person(case.text), kind_of(case.text)],
    "facts.nouns": _head_noun,
    "facts.units": _head_noun,
    "facts.short_units": _head_noun,
    "facts.quoted_spans": lambda case: [case.text[run.start : run.end] for run in find_quoted(case.text)],
    "facts.quotes": _of_facts("quote", "text", "speaker", "cue"),
    "facts.reporting_clauses": _reports,
    "facts.speaker_labels": lambda case: (
        [turn.speaker for turn in turns(case.text)]
        if case.options.get("what") == "turns"
        else [signed(case.text, run) for run in find_quoted(case.text)]
    ),
    "facts.reported_clauses": _of_facts("statement", "text", "attributed_to"),
    "facts.statements": _of_facts("statement", "text", "attributed_to"),
    "facts.subjects": _subject,
}


READERS |= {name: partial(_of_names, read) for name, read in names.READERS.items()}
