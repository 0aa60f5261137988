"""What the body model learns from: pages with gold, pages of segments, texts made of gold paragraphs, as rows of numbers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np

from bench.made_texts import Told, made_texts
from copydesk.flows.wiring import lexicon
from copydesk.transforms.cleaning.decode import decode
from copydesk.transforms.cleaning.features import features
from copydesk.transforms.cleaning.html import clean_markup, read_markup
from copydesk.transforms.cleaning.page import Page
from copydesk.transforms.cleaning.pieces import Piece, split_pieces
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.cleaning.roles import furniture
from copydesk.transforms.cleaning.selection import core
from copydesk.transforms.models.wording import NAMES as WORDING
from copydesk.transforms.models.wording import Wording
from copydesk.transforms.types import RawDocument

WORDS = re.compile(r"\w+")
RUN = 4
LATEST = date(2100, 1, 1)
MADE = 0.3
"""What a made text weighs against a page that is known whole."""
SEGMENTS, TAUGHT = 0.3, 0.5
"""What the known lines of a page of segments weigh, and all its others, against a page that is known whole."""
ALMOST_ALIKE = 0.15
"""The power by which long lines weigh more on a text of segments, whose lines are judged one by one; in markup it was worse."""
FAR, ONE_IN = 30, 4
"""Of lines so far from the article and from every known one, one in so many is learnt from, at as many times the weight."""
ROTATIONS = 6


class Document(NamedTuple):
    """A page's outlet; features, labels, weights, words, folded text and prose of every line; whether it is known whole."""

    outlet: str
    rows: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    words: np.ndarray
    folded: Sequence[str]
    prose: np.ndarray
    whole: bool = False

    @property
    def rotation(self) -> int:
        """Which of the parts its outlet is in."""
        return int(hashlib.sha256(self.outlet.encode()).hexdigest(), 16) % ROTATIONS

    def near(self) -> np.ndarray:
        """The numbers of the lines that are learnt from."""
        told = np.convolve(self.labels > 0, np.ones(2 * FAR + 1), "same")[: len(self.labels)] > 0
        every = np.arange(len(self.labels)) % ONE_IN == 0
        return np.flatnonzero((self.weights > 0) & (told | every))

    def worded(self, wording: Wording, names: Sequence[str]) -> Document:
        """The same with the columns of its words by other weights than the shipped ones; `names` are those of its columns."""
        numbers: dict[str, int] = {}
        each = [line.split() for line in self.folded]
        words = np.array([numbers.setdefault(word, len(numbers)) for line in each for word in line], dtype=np.intp)
        lines = np.repeat(np.arange(len(each)), [len(line) for line in each])
        rows, at = self.rows.copy(), list(names).index(WORDING[0])
        found = wording.found(list(numbers), words, lines)
        rows[:, at : at + len(WORDING)] = np.column_stack(wording.columns(*found, self.prose))
        return self._replace(rows=rows)


def look(text: str, ending: str) -> tuple[Sequence[Piece], np.ndarray]:
    """The lines of a document and their features."""
    dates = DateReader(lexicon())
    if ending == ".html":
        marked = read_markup(text, None, LATEST, lexicon(), dates)
        return marked.pieces, marked.rows(lexicon().terms)
    page = Page(split_pieces(text), lexicon(), dates, LATEST)
    furniture(page)
    roles = {at: role for at, (role, _) in page.roles.items()}
    return page.pieces, features(page.pieces, roles, core(page), lexicon().terms)


def read(path: Path) -> Document | None:
    """A page that is known whole: a line is the article's where over half of its runs of four words are the gold's."""
    text = decode(path.read_bytes())
    if not isinstance(text, str):
        return None
    pieces, rows = look(text, path.suffix)
    words = np.array([piece.words for piece in pieces], float)
    return Document(outlet_of(path), rows, labelled(pieces, gold(path)[1]), evenly(words), words, *_texts(pieces), whole=True)


def outlet_of(path: Path) -> str:
    """The part of a page's name before `_`."""
    return path.name.split("_", maxsplit=1)[0]


def gold(path: Path) -> tuple[str, list[str]]:
    """The title and the paragraphs of a page."""
    told = json.loads(path.with_suffix(".article.json").read_text(encoding="utf-8"))
    return told.get("title") or "", told["paragraphs"]


def read_segments(path: Path) -> Document | None:
    """A page of which some lines are known; the others are taught by how its markup is cleaned."""
    text, markup = decode(path.read_bytes()), path.with_suffix(".html").read_bytes()
    if not isinstance(text, str):
        return None
    pieces, rows = look(text, path.suffix)
    words = np.array([piece.words for piece in pieces], float)
    told = json.loads(path.with_suffix(".segments.json").read_text(encoding="utf-8"))
    lines = [" ".join(piece.text.split()) for piece in pieces]
    wanted, unwanted = (
        np.array([any(" ".join(segment.split()) in line for segment in told[name]) for line in lines], float)
        for name in ("wanted", "unwanted")
    )
    known = np.maximum(wanted, unwanted)
    taught = labelled(pieces, cleaned(markup).split("\n\n"))
    labels = np.where(known > 0, wanted, taught)
    power = ALMOST_ALIKE if path.suffix == ".txt" else 0.5
    weights = known / max(1.0, known.sum()) * SEGMENTS + np.where(known > 0, 0.0, evenly(words, power) * TAUGHT)
    return Document(urlsplit(told["url"]).netloc.removeprefix("www."), rows, labels, weights, words, *_texts(pieces))


def cleaned(markup: bytes) -> str:
    """The article of a page of markup as it is cleaned now."""
    raw = RawDocument(
        document_id="d",
        revision=1,
        source="bench",
        source_uri="file:///page.html",
        media_type="text/html",
        data=markup,
        size=len(markup),
        sha256="h",
        received_at=datetime.now(UTC),
    )
    text = decode(markup)
    article = clean_markup(text, raw, lexicon(), DateReader(lexicon())).article if isinstance(text, str) else None
    return article.text if article else ""


def made(path: Path, number: int) -> Iterator[Document]:
    """The texts made of a page's gold paragraphs; blank lines part their lines, so each is a piece."""
    title, paragraphs = gold(path)
    for told in made_texts(title, paragraphs, number):
        pieces, rows = look("\n\n".join(line for line, _ in told), ".txt")
        words = np.array([piece.words for piece in pieces], float)
        labels, silent = _told(pieces, told)
        weights = evenly(np.where(silent, 0.0, np.maximum(1.0, words)))
        yield Document(outlet_of(path), rows, labels, np.where(silent, 0.0, weights) * MADE, words, *_texts(pieces))


def _texts(pieces: Sequence[Piece]) -> tuple[list[str], np.ndarray]:
    """The folded text of each line, and whether it is prose."""
    return [piece.folded for piece in pieces], np.array([float(piece.prose) for piece in pieces])


def _told(pieces: Sequence[Piece], told: Told) -> tuple[np.ndarray, np.ndarray]:
    """The label of each piece, and whether nothing is said of it."""
    by_text = {" ".join(line.split()): label for line, label in told}
    found = [by_text.get(" ".join(piece.text.split())) for piece in pieces]
    return np.array([label or 0.0 for label in found]), np.array([label is None for label in found])


def evenly(words: np.ndarray, power: float = 0.5) -> np.ndarray:
    """Weights of lines that add up to 1: long ones weigh more, by a power of their words."""
    weights = np.maximum(1.0, words) ** power
    return np.asarray(weights / max(1e-9, weights.sum()))


def labelled(pieces: Sequence[Piece], paragraphs: Sequence[str]) -> np.ndarray:
    """For each line whether it is the article's."""
    runs, whole = set(_runs("\n\n".join(paragraphs))), {paragraph.strip() for paragraph in paragraphs}
    return np.array([_label(piece.text, runs, whole) for piece in pieces])


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = WORDS.findall(text)
    return (tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1))


def _label(text: str, runs: set[tuple[str, ...]], whole: set[str]) -> float:
    own = list(_runs(text))
    return float(sum(run in runs for run in own) > len(own) / 2) if own else float(text in whole)


def paths_of(pages: Path, ending: str) -> list[Path]:
    """The pages that are known whole."""
    return [p.with_name(p.name.replace(".article.json", ending)) for p in sorted(pages.glob("*.article.json"))]


def documents_of(pages: Path, segments: Path | None, ending: str) -> list[Document]:
    """The pages that are known whole and those of segments."""
    told = [p.with_name(p.name.replace(".segments.json", ending)) for p in sorted(segments.glob("*.json"))] if segments else []
    found = [*map(read, paths_of(pages, ending)), *map(read_segments, told)]
    return [document for document in found if document is not None and len(document.words)]


def made_of(pages: Path) -> list[Document]:
    """The texts made of pages that are known whole."""
    paths = paths_of(pages, ".txt")
    texts = [one for n in range(8) for at, path in enumerate(paths) for one in made(path, n * len(paths) + at)]
    return [document for document in texts if len(document.words)]
