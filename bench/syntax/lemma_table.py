"""The words whose lemma the dictionary gives otherwise than the treebanks: what `lemmas.json` of the pipeline holds."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from bench.syntax.conllu import Sentence
from copydesk.flows.parsing.lemmas import FILE, Lemmas


def write_lemmas(sentences: Iterable[Sentence], pipeline: Path) -> int:
    """Writes the words into a pipeline's folder; returns how many there are."""
    seen: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence.words:
            form = word.text if word.pos == "PROPN" else word.text.lower()
            seen[word.tag, form][word.lemma, word.pos] += 1
    plain = Lemmas({})
    table: dict[str, dict[str, str]] = defaultdict(dict)
    for (tag, form), lemmas in sorted(seen.items()):
        (lemma, pos), _ = lemmas.most_common(1)[0]
        if lemma not in ("_", plain.lemma(form, pos, tag)):
            table[tag][form] = lemma
    (pipeline / FILE).write_text(json.dumps(table, ensure_ascii=False, sort_keys=True, indent=0), encoding="utf-8")
    return sum(map(len, table.values()))
