"""Near copies, decided in the order of receipt: a later article points at the earliest that it is like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.signature import SIMILAR, band_keys, similarity, unpacked
from warehouse.state import State


@dataclass(frozen=True)
class Copy:
    """The earliest article that another is like, and the share of words runs in common, 0..1."""

    duplicate_of: str
    similarity: float


class CopyFinder:
    """Looks articles up by the bands of their signatures; remembers those decided and not yet in the log."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._new: list[tuple[str, str, tuple[int, ...], str | None]] = []

    def decide(self, article_id: str, document_id: str, hashes: Sequence[int]) -> Copy | None:
        """The earliest received article of another document that this one is like; to be asked in the order of receipt."""
        found = self._find(document_id, article_id, hashes)
        self._new.append((article_id, document_id, tuple(hashes), found.duplicate_of if found else None))
        return found

    def committed(self) -> None:
        """The decisions so far are in the log and folded: the state knows them now."""
        self._new.clear()

    def _find(self, document_id: str, article_id: str, hashes: Sequence[int]) -> Copy | None:
        keys = band_keys(hashes)
        own = self._state.document(document_id)
        if not keys or own is None:
            return None
        rows = self._state.rows(
            f"SELECT DISTINCT o.article_id, o.document_id, o.signature, o.duplicate_of, m.received_position FROM bands b "
            f"JOIN outputs o USING (output_id) JOIN documents m ON m.document_id = o.document_id "
            f"LEFT JOIN dead d ON d.output_id = o.output_id WHERE b.key IN ({','.join('?' * len(keys))}) "
            f"AND d.output_id IS NULL AND m.received_position < ? ORDER BY m.received_position LIMIT 200",
            *keys,
            own["received_position"],
        )
        older = [(row[0], row[1], unpacked(row[2]), row[3]) for row in rows]
        for other, document, signature, original in [*older, *self._new]:
            share = similarity(signature, hashes)
            if document != document_id and other != article_id and share >= SIMILAR:
                return Copy(original if original and original != article_id else other, round(share, 3))
        return None
