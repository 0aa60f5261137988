"""The central records, all frozen. Offsets are Unicode code points, ends exclusive."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from copydesk.transforms.words import word_count


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """One document as it was received, before anything parses it.

    `data` holds the bytes, or the first limit's worth of them where `problem` says why the
    rest was not taken. `size` and `sha256` are those of the whole.
    """

    document_id: str
    revision: int
    source: str
    source_uri: str
    media_type: str
    data: bytes
    size: int
    sha256: str
    received_at: datetime
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    problem: str | None = None
    problem_detail: str | None = None
    title: str | None = None
    published: date | None = None
    published_at: datetime | None = None
    authors: tuple[str, ...] = ()
    """`title`, `published`, `published_at` and `authors` are what the source said; where it said nothing the page is read."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the source with one role and the slug of the rule that gave it.

    `raw_start`, `raw_end` are offsets into the decoded source text, `None` for HTML. Blocks that were one paragraph
    (a line with two roles, a sentence broken by a page) share `paragraph`.
    """

    role: str
    reason: str
    text: str
    raw_start: int | None = None
    raw_end: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Maps spans of an article's text to spans of the decoded source, by runs copied letter for letter."""

    runs: tuple[tuple[int, int, int], ...] = ()
    """(start in the text, start in the source, length), in order of the first."""

    def raw(self, start: int, end: int) -> tuple[int | None, int | None]:
        """The source span that holds the same words as text[start:end]; `None` twice where there is none.

        >>> OffsetMap(((0, 10, 5), (6, 17, 4))).raw(3, 8)
        (13, 19)
        """
        first = last = None
        for text_start, raw_start, length in self.runs:
            if text_start + length <= start:
                continue
            if text_start >= end:
                break
            if first is None:
                first = raw_start + max(0, start - text_start)
            last = raw_start + min(length, end - text_start)
        return first, last


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A cleaned article: `text` is its paragraphs joined by one blank line."""

    text: str
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    dateline: str | None = None
    language: str | None = None
    outlet_printed: str | None = None
    host_printed: str | None = None
    section: str | None = None
    url: str | None = None
    offsets: OffsetMap = field(default=OffsetMap(), repr=False)

    @property
    def words(self) -> int:
        return word_count(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of an article: text[span_start:span_end], in paragraph number `paragraph` (from 0)."""

    ordinal: int
    paragraph: int
    text: str
    span_start: int
    span_end: int
    raw_start: int | None
    raw_end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A claim that the text states, as docs/facts.md defines it.

    Fields that its kind lacks are `None`: a quotation has no measure.
    """

    kind: str
    text: str
    span_start: int
    span_end: int
    sentence: int
    extractor: str
    confidence: float
    measure: str | None = None
    value_low: float | None = None
    value_high: float | None = None
    qualifier: str | None = None
    hedge: str | None = None
    unit: str | None = None
    item: str | None = None
    modality: str | None = None
    rate: str | None = None
    scope: str | None = None
    place: str | None = None
    place_name: str | None = None
    place_from: str | None = None
    place_id: int | None = None
    place_candidates: str | None = None
    place_precision: str | None = None
    country_code: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    as_of_start: date | None = None
    as_of_end: date | None = None
    said_on: date | None = None
    attributed_to: str | None = None
    speaker: str | None = None
    cue: str | None = None
    claimant_kind: str | None = None
    claimant_id: str | None = None
    claimant_name: str | None = None
    claimant_country: str | None = None
    speaker_id: str | None = None
    body_id: str | None = None
    """The body that the claimant is or speaks for."""

    part_of: int | None = None
    """Of a part (`including 12 guards`): the place of its whole in the list of the article's facts."""

    rule: str | None = None
    """The slug of the rules that found it, as `clause:statement`: what told the measure, and the source."""

    confidence_place: float | None = None
    confidence_as_of: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberEntry:
    """A numeral or number word of a body: the index of the fact it became, or why it is none (see `NumberReason`).

    `unit` is what one of it is, of figures, times and ages.
    """

    text: str
    span_start: int
    span_end: int
    low: float | None
    high: float | None
    unit: str | None
    fact: int | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A person or body named at text[span_start:span_end] of an article, as `names` tells it from others."""

    text: str
    span_start: int
    span_end: int
    entity_id: str
    name: str
    form: str
    """`person` or `body`."""

    kind: str
    country: str | None
    body_id: str | None
    """The body whose word a person gives."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a document was turned away: a `RejectReason` for machines, a sentence for people."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one set of rules made of one raw document; without an article, `verdict` says why."""

    blocks: tuple[Block, ...] = ()
    article: Article | None = None
    sentences: tuple[Sentence, ...] = ()
    facts: tuple[Fact, ...] = ()
    numbers: tuple[NumberEntry, ...] = ()
    mentions: tuple[Mention, ...] = ()
    signature: tuple[int, ...] = ()
    verdict: Verdict | None = None
