"""Figures that conflict, compared once for everything that is published, beside the requests: in a large home it takes long."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from copydesk.flows.site.desk.reader import Published, Row

MOST_PAIRS = 2_000
"""Pairs of one relation that are kept; the download has all."""

PATIENCE = 0.25
"""Seconds that a request waits for a comparison that goes on, before it shows the one before."""

RELATIONS = {
    "contradicts": "Cannot both hold",
    "differs": "Differ, and could both hold",
    "agrees": "Agree",
    "revises": "A later word of the same claimant",
}
ORDER = "greatest(as_of_a, as_of_b) DESC NULLS LAST, measure, place_name, fact_id_a, fact_id_b"
SQL = f"SELECT * FROM figure_conflicts\nORDER BY relation, {ORDER}"
KEPT = f"""SELECT c.* REPLACE (coalesce(outlet_a, a.source) AS outlet_a, coalesce(outlet_b, b.source) AS outlet_b)
FROM figure_conflicts c JOIN articles a ON a.article_id = article_id_a JOIN articles b ON b.article_id = article_id_b
QUALIFY row_number() OVER (PARTITION BY relation ORDER BY {ORDER}) <= {MOST_PAIRS}
ORDER BY relation, {ORDER}"""


CHOSEN = f"SELECT fact_id_a, fact_id_b FROM figure_conflicts WHERE relation = $1 ORDER BY {ORDER} LIMIT {MOST_PAIRS}"
OF_CHOSEN = f"""SELECT c.* REPLACE (coalesce(outlet_a, a.source) AS outlet_a, coalesce(outlet_b, b.source) AS outlet_b)
FROM (
  SELECT * FROM figure_conflicts WHERE fact_id_a IN (SELECT unnest($1::VARCHAR[]))
    AND fact_id_a || ' ' || fact_id_b IN (SELECT unnest($2::VARCHAR[]))
) c JOIN articles a ON a.article_id = article_id_a JOIN articles b ON b.article_id = article_id_b
ORDER BY relation, {ORDER}"""
"""The pairs in two steps, by few columns first: millions of pairs are chosen from in the memory that a server of pages has."""

SENTENCE_OF = "SELECT fact_id, sentence_id FROM facts WHERE fact_id IN (SELECT unnest($1::VARCHAR[]))"
SENTENCES = "SELECT sentence_id, text FROM sentences WHERE sentence_id IN (SELECT unnest($1::VARCHAR[]))"


@dataclass(frozen=True)
class Compared:
    """Pairs as they were at a position of the log."""

    position: int
    pairs: list[Row] = field(default_factory=list)

    def standing(self, published: Published) -> Compared:
        """Those pairs of which both facts are published still: what was purged or withdrawn since is not shown again."""
        ids = sorted({pair[f"fact_id_{side}"] for pair in self.pairs for side in "ab"})
        there = {
            row["fact_id"]
            for row in published.indexed.ask("SELECT fact_id FROM facts WHERE fact_id IN (SELECT unnest($1::VARCHAR[]))", [ids])
        }
        return Compared(self.position, [pair for pair in self.pairs if {pair["fact_id_a"], pair["fact_id_b"]} <= there])

    @property
    def contradicting(self) -> list[str]:
        """The facts that cannot hold beside another, by id."""
        found = {pair[f"fact_id_{side}"] for pair in self.pairs if pair["relation"] == "contradicts" for side in "ab"}
        return sorted(found)

    def of_fact(self, fact_id: str) -> list[Row]:
        """The other figures of the pairs in which a fact stands: how they relate, and what is known of them."""
        found = []
        for pair in self.pairs:
            for own, other in (("a", "b"), ("b", "a")):
                if pair[f"fact_id_{own}"] == fact_id:
                    found.append({"relation": pair["relation"], **_side(pair, other)})
        return found


def _side(pair: Mapping[str, object], letter: str) -> Row:
    return {name[:-2]: value for name, value in pair.items() if name.endswith(f"_{letter}")}


NONE = Compared(-1)


class Comparison:
    """Compares the figures of what is published, one comparison at a time, and keeps the latest."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest = NONE
        self._narrowed_to = -1
        """The position at which the latest pairs were looked through for those that still stand."""
        self._running: threading.Thread | None = None
        self._tried = -1, False
        """The position whose figures were compared last, or could not be, and whether that was by the index."""

    def of(self, published: Published) -> tuple[Compared, bool]:
        """The latest comparison, and whether it is of what is published now."""
        asked = published.position, published.index is not None
        with self._lock:
            if self._latest.position == published.position:
                return self._latest, True
            if (self._running is None or not self._running.is_alive()) and self._tried != asked:
                self._tried = asked
                self._running = threading.Thread(target=self._compare, args=(published,), daemon=True)
                self._running.start()
            running = self._running
        if running is not None:
            running.join(PATIENCE)
        with self._lock:
            if published.position not in (self._latest.position, self._narrowed_to):
                self._latest = self._latest.standing(published)
                self._narrowed_to = published.position
            return self._latest, self._latest.position == published.position

    def _compare(self, published: Published) -> None:
        import duckdb

        try:
            pairs = _chosen(published) if published.has_kept_rows else published.indexed.ask(KEPT)
            if published.index is not None and not published.has_kept_rows:
                _find_sentences(published, pairs)
        except duckdb.Error as error:  # too many for the memory that a server of pages has
            told = str(error).partition("\n")[0]
            logging.getLogger(__name__).warning("The figures could not be compared: %s", told)
            return
        with self._lock:
            self._latest, self._narrowed_to = Compared(published.position, pairs), -1


def _chosen(published: Published) -> list[Row]:
    """The pairs, of rows that are kept beside what is published."""
    chosen = [row for relation in RELATIONS for row in published.ask(CHOSEN, [relation])]
    pairs = [f"{row['fact_id_a']} {row['fact_id_b']}" for row in chosen]
    return published.ask(OF_CHOSEN, [[row["fact_id_a"] for row in chosen], pairs])


def _find_sentences(published: Published, pairs: Sequence[Row]) -> None:
    """Puts in the sentences, which the index has not."""
    sides = [(pair, side) for pair in pairs for side in "ab"]
    ids = sorted({pair[f"fact_id_{side}"] for pair, side in sides})
    of_fact = {row["fact_id"]: row["sentence_id"] for row in published.indexed.ask(SENTENCE_OF, [ids])}
    wanted = sorted(set(of_fact.values()))
    told = {row["sentence_id"]: row["text"] for row in published.ask(SENTENCES, [wanted])}
    for pair, side in sides:
        pair[f"sentence_{side}"] = told.get(of_fact.get(pair[f"fact_id_{side}"], ""))


FILTERS = {"relation": "relation", "measure": "measure", "place": "place_name"}
"""What pairs are narrowed by: the name in the address, and the column."""

PAIRS = 30
"""Pairs of a page."""


def page_of(compared: Compared, given: Mapping[str, str]) -> dict[str, object]:
    """A page of the pairs: those that an address asks for, with the values that it may choose from."""
    values = {name: given[name].strip() for name in FILTERS if given.get(name, "").strip()}
    pairs = [pair for pair in compared.pairs if all(pair[FILTERS[name]] == value for name, value in values.items())]
    asked = given.get("page", "")
    pages = max(1, -(-len(pairs) // PAIRS))
    page = min(max(1, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1), pages)
    options = {
        name: Counter(str(pair[column]) for pair in compared.pairs if pair[column]).most_common()
        for name, column in FILTERS.items()
    }
    kept = urlencode(values)
    return {
        "pairs": pairs[(page - 1) * PAIRS : page * PAIRS],
        "total": len(pairs),
        "page": page,
        "pages": pages,
        "kept": f"?{kept}&" if kept else "?",
        "values": values,
        "options": options,
        "relations": RELATIONS,
    }
