"""Sentences of CoNLL-U files: words with their spans in the text, trees, and the mentions of GUM's `Entity=`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ENTITY = re.compile(r"\((?P<opened>\d+)-(?P<kind>[a-z]+)[^()]*|(?P<closed>\d+)\)|\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One syntactic word: `start` and `end` are characters of the sentence's text; `head` is an index, its own for the root."""

    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A mention of an entity: words `first` to `last`, the last included, of one kind."""

    first: int
    last: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a treebank; `mentions` is `None` where the treebank has none at all."""

    id: str
    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...] | None


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yields the sentences of a CoNLL-U file whose words can be found in their text one after another."""
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    for line in path.read_text("utf-8").split("\n"):
        if line.startswith("#"):
            key, _, value = line[1:].partition(" = ")
            comments[key.strip()] = value
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            spans = word_spans(comments["text"], rows)
            if spans is not None:
                yield sentence(comments, rows, spans)
            comments, rows = {}, []


def word_spans(text: str, rows: list[list[str]]) -> list[tuple[int, int]] | None:
    """Returns each syntactic word's span in the text, or `None` where a word's letters are not the text's letters."""
    spans: list[tuple[int, int]] = []
    position = covered = 0
    for row in rows:
        number, form = row[0], row[1]
        if "-" in number:
            covered = int(number.partition("-")[2])
        start = text.find(form, position)
        gap = text[position:start] if start >= 0 else "?"
        if gap.strip():
            return None
        if "-" in number:
            continue
        if len(spans) < covered and gap and spans and spans[-1][1] == position and "-" in number:
            return None
        spans.append((start, start + len(form)))
        position = start + len(form)
    return spans


def sentence(comments: dict[str, str], rows: list[list[str]], spans: list[tuple[int, int]]) -> Sentence:
    """Builds a sentence of its comment lines, its rows and the spans of its words."""
    words = []
    plain = [row for row in rows if row[0].isdigit()]
    for index, (row, (start, end)) in enumerate(zip(plain, spans, strict=True)):
        head = int(row[6]) - 1 if row[6] != "0" else index
        words.append(Word(text=row[1], start=start, end=end, lemma=row[2], pos=row[3], tag=row[4], head=head, relation=row[7]))
    return Sentence(
        id=comments["sent_id"],
        text=comments["text"],
        words=tuple(words),
        mentions=mentions(plain) if comments["sent_id"].startswith("GUM_") else None,
    )


def mentions(rows: list[list[str]]) -> tuple[Mention, ...]:
    """Reads the nested brackets of `Entity=`; mentions that go on in another sentence are left out."""
    open_ones: list[tuple[str, int, str]] = []
    found = []
    for index, row in enumerate(rows):
        value = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for match in ENTITY.finditer(value):
            if match["opened"]:
                open_ones.append((match["opened"], index, match["kind"]))
                continue
            number = match["closed"]
            place = next((at for at in reversed(range(len(open_ones))) if number in (None, open_ones[at][0])), None)
            if place is not None:
                _, first, kind = open_ones.pop(place)
                found.append(Mention(first=first, last=index, kind=kind))
    return tuple(sorted(found, key=lambda mention: (mention.first, -mention.last)))
