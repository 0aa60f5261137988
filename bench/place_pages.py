"""Annotated pages for the model of places: every figure of a page with its candidates, and which of them are right.

Three kinds of folders are read. NAME.article.json (`paragraphs`, `title`) with NAME.facts.json (`place_name` of a figure at
`span_start`). NAME.txt, a raw page, with NAME.lists.json (`figures` with `start` in the raw text and `place`, a list of which
each is right, `null` for none). NAME.txt with NAME.fig, whose last lines are the figures of the cleaned text (number, start,
end), and NAME.ans: a line a figure, with its number and its places parted by `;` (`-` for none, `x` for no figure).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from copydesk.flows.wiring import lexicon, parser
from copydesk.transforms.facts import FactReader
from copydesk.transforms.facts.context import Reading, read_article
from copydesk.transforms.facts.quote_tags import TagReader
from copydesk.transforms.facts.reporting_clauses import SpeechReader
from copydesk.transforms.facts.whereabouts.candidates import Candidate
from copydesk.transforms.facts.whereabouts.choice import PlaceChoice
from copydesk.transforms.facts.whereabouts.traits import Figure
from copydesk.transforms.pipeline import Transformer, sentences_of
from copydesk.transforms.types import Article, Fact, RawDocument, Sentence

NOUNS = re.compile(
    r"\b(?:district|province|governorate|county|state|region|strip|village|town|municipality|city|zone|islands?|lga"
    r"|local government area|agency|division|prefecture|camp|area)\b"
)
"""Words of the name of a place without which it is the same one."""

LIMIT = 10**7

NAMING = frozenset({"facts.whereabouts.scenes.json", "facts.home_country.json"})
"""Files of cases that all tell the names of places, next to last; of others those that say so."""

DAY = date(2024, 5, 15)
"""The day on which the cases were published."""

Right = tuple[int, frozenset[str | None]]
"""Where a figure begins in the article, and the names of the places that are right for it."""


class Example(NamedTuple):
    """A figure: its page, the traits of its candidates, which of them are right, what the rules chose."""

    page: str
    rows: np.ndarray
    right: np.ndarray
    ruled: int


class Pages:
    """Reads folders of annotated pages."""

    def __init__(self) -> None:
        self._lexicon = lexicon()
        self._parser = parser()
        self._reader = FactReader(self._lexicon, self._parser)
        self._cleaning = Transformer(self._lexicon, self._reader)
        self._speech, self._tags = SpeechReader(self._lexicon), TagReader(self._lexicon)

    def read(self, folder: Path) -> list[Example]:
        """The figures of a folder that are annotated."""
        return [
            example
            for path in sorted([*folder.glob("*.facts.json"), *folder.glob("*.lists.json"), *folder.glob("*.ans")])
            for example in self._page(path)
        ]

    def cases(self, path: Path) -> list[Example]:
        """The figures of the cases of a rule, whose `want` names their places: a `text` each, no page."""
        return [
            example
            for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")))
            if path.name in NAMING or case.get("what") == "name"
            for example in self._case(f"{path.name} {number}", case)
        ]

    def _case(self, name: str, case: dict[str, Any]) -> Iterator[Example]:
        article = Article(text=case["text"], published_on=DAY, dateline=case.get("dateline"), language="en")
        sentences = sentences_of(article)
        choice = PlaceChoice(self._reading(article, sentences))
        figures = [fact for fact in self._reader.find(article, sentences).facts if fact.kind == "figure"]
        if len(figures) != len(case["want"]):
            return
        for fact, want in zip(sorted(figures, key=lambda fact: fact.span_start), case["want"], strict=True):
            figure = counted(choice.reading, fact)
            if figure is not None:
                yield example(name, choice, figure, frozenset({want[-2]}))

    def _reading(self, article: Article, sentences: Sequence[Sentence]) -> Reading:
        return read_article(article, sentences, self._speech, self._tags, self._lexicon, self._parser)

    def _page(self, path: Path) -> Iterator[Example]:
        name = path.name.split(".")[0]
        read = {".ans": self._answers, ".facts.json": self._facts, ".lists.json": self._lists}
        article, rights = next(made(path, name) for ending, made in read.items() if path.name.endswith(ending))
        sentences = sentences_of(article)
        choice = PlaceChoice(self._reading(article, sentences))
        for fact in self._reader.find(article, sentences).facts:
            right = next((places for at, places in rights if fact.span_start <= at < fact.span_end), None)
            figure = counted(choice.reading, fact)
            if fact.kind == "figure" and right is not None and figure is not None:
                yield example(name, choice, figure, right)

    def _facts(self, path: Path, name: str) -> tuple[Article, list[Right]]:
        told = json.loads(path.with_name(f"{name}.article.json").read_text(encoding="utf-8"))
        day = date.fromisoformat(str(told["published"])[:10]) if told.get("published") else None
        article = Article(text="\n\n".join(told["paragraphs"]), title=told.get("title"), published_on=day, language="en")
        figures = (one for one in json.loads(path.read_text(encoding="utf-8")) if one["kind"] == "figure")
        return article, [(one["span_start"], frozenset({one.get("place_name", one.get("place"))})) for one in figures]

    def _lists(self, path: Path, name: str) -> tuple[Article, list[Right]]:
        article = self._cleaned(path.with_name(f"{name}.txt"))
        figures = json.loads(path.read_text(encoding="utf-8"))["figures"]
        placed = ((_in_text(article, one["start"], one["end"]), one) for one in figures if not one["optional"])
        return article, [(at, frozenset(one["place"])) for at, one in placed if at is not None]

    def _answers(self, path: Path, name: str) -> tuple[Article, list[Right]]:
        listed = path.with_name(f"{name}.fig").read_text(encoding="utf-8").rsplit("\n\n", 1)[1]
        starts = {line.split("\t")[0]: int(line.split("\t")[1]) for line in listed.splitlines() if "\t" in line}
        told = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        given = ((fields[0].strip(), fields[1].strip()) for fields in told if len(fields) > 1)
        places = [(number, places.split(";")) for number, places in given if number in starts and places != "x"]
        none = {"-": None}
        return self._cleaned(path.with_name(f"{name}.txt")), [
            (starts[number], frozenset(none.get(one.strip(), one.strip()) for one in ones)) for number, ones in places
        ]

    def _cleaned(self, path: Path) -> Article:
        """The article of a raw page, an empty one where there is none."""
        data = path.read_bytes()
        raw = RawDocument(
            document_id="d",
            revision=1,
            source="bench",
            source_uri=f"file:///{path.name}",
            media_type="text/plain",
            data=data,
            size=len(data),
            sha256="h",
            received_at=datetime.now(UTC),
        )
        return self._cleaning.transform(raw, LIMIT).article or Article(text="")


def _in_text(article: Article, start: int, end: int) -> int | None:
    """Where a span of the raw text begins in the article, `None` where it is not all of it."""
    for text_start, raw_start, length in article.offsets.runs:
        if raw_start <= start and end <= raw_start + length:
            return text_start + start - raw_start
    return None


def counted(reading: Reading, fact: Fact) -> Figure | None:
    """The figure of a fact as its place is asked for."""
    number = next((one for one in reading.numbers if fact.span_start <= one.at < fact.span_end), None)
    if number is None:
        return None
    value = fact.value_low if fact.value_low is not None else fact.value_high
    sentence = reading.sentence_at(number.at)
    return Figure(start=number.at, end=number.end, sentence=sentence, measure=fact.measure, value=value)


def example(page: str, choice: PlaceChoice, figure: Figure, right: frozenset[str | None]) -> Example:
    """A figure with the traits of its candidates; `right` are the names that are right."""
    rule = choice.ruled(figure)
    candidates, rows = choice.rows(figure, rule)
    ruled = next(number for number, one in enumerate(candidates) if one.is_of(rule.meant))
    verdicts = [is_right(one, choice.reading.text, right) for one in candidates]
    return Example(page, np.array(rows, float), np.array(verdicts, float), ruled)


def is_right(one: Candidate, text: str, right: Sequence[str | None] | frozenset[str | None]) -> bool:
    """Whether a candidate is a place that is right, by its name or as the page prints it."""
    if one.place is None:
        return None in right
    names = {one.place.name, *(text[named.start : named.end] for named in one.mentions)}
    return not {same(name) for name in names}.isdisjoint(same(name) for name in right if name)


def same(name: str) -> str:
    """What two spellings of the name of a place share.

    >>> same("Sarn District"), same("the Sárn")
    ('sarn', 'sarn')
    """
    plain = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if one.isalnum() or one in " -’'")
    words = re.sub(r"[-’']", " ", plain.removeprefix("the "))
    return " ".join((NOUNS.sub("", words).strip() or words).split())
