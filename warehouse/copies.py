"""Near copies, decided in the order of receipt: a later article points at the earliest that it is like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from copydesk.transforms.words.signature import SIMILAR, band_keys, similarity, unpacked
from copydesk.warehouse.state import State


@dataclass(frozen=True)
class Copy:
    """The earliest article that another is like, and the share of words runs in common, 0..1."""

    duplicate_of: str
    similarity: float


@dataclass(frozen=True)
class _Known:
    """An article that was decided before: what later ones are compared with."""

    article_id: str
    document_id: str
    signature: Sequence[int]
    original: str | None


class CopyFinder:
    """Looks articles up by the bands of their signatures; remembers those decided and not yet in the log."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._new: list[_Known] = []
        self._places: dict[int, list[int]] = {}

    def decide(self, article_id: str, document_id: str, hashes: Sequence[int]) -> Copy | None:
        """The earliest received article of another document that this one is like; to be asked in the order of receipt."""
        keys = band_keys(hashes)
        copy = self._find(document_id, article_id, hashes, keys)
        known = _Known(article_id, document_id, hashes, copy.duplicate_of if copy else None)
        for key in keys:
            self._places.setdefault(key, []).append(len(self._new))
        self._new.append(known)
        return copy

    def committed(self) -> None:
        """The decisions so far are in the log and folded: the state knows them now."""
        self._new.clear()
        self._places.clear()

    def _find(self, document_id: str, article_id: str, hashes: Sequence[int], keys: Sequence[int]) -> Copy | None:
        own = self._state.document(document_id)
        if not keys or own is None:
            return None
        places = sorted({place for key in keys for place in self._places.get(key, ())})
        for known in chain(self._older(keys, own["received_position"]), (self._new[place] for place in places)):
            if known.original == article_id:
                continue  # it was decided to be a copy of this article, which is only made again
            share = similarity(known.signature, hashes)
            if known.document_id != document_id and known.article_id != article_id and share >= SIMILAR:
                return Copy(known.original or known.article_id, round(share, 3))
        return None

    def _older(self, keys: Sequence[int], before: int) -> Iterator[_Known]:
        rows = self._state.rows(
            f"SELECT DISTINCT o.article_id, o.document_id, o.signature, o.duplicate_of, m.received_position FROM bands b "
            f"JOIN outputs o USING (output_id) JOIN documents m ON m.document_id = o.document_id "
            f"LEFT JOIN dead d ON d.output_id = o.output_id WHERE b.key IN ({','.join('?' * len(keys))}) "
            f"AND d.output_id IS NULL AND m.received_position < ? ORDER BY m.received_position LIMIT 200",
            *keys,
            before,
        )
        for row in rows:
            yield _Known(row[0], row[1], unpacked(row[2]), row[3])
