"""The rules that a run applies, in one record: it is passed in, and it travels to the processes that apply them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from copydesk.transforms.lexicon import Lexicon
    from copydesk.transforms.types import Extraction, RawDocument


class Rules(Protocol):
    """Rules that are loaded and ready to be applied, as `transforms.pipeline.Transformer` is."""

    def transform(self, raw: RawDocument, limit: int, repeated: frozenset[str] = frozenset()) -> Extraction:
        """All outputs for a document, or the verdict that turned it away.

        Args:
            raw: the document.
            limit: the bytes that packed data may unpack to.
            repeated: the folded lines that were learnt to repeat over the document's site.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """Which rules a run applies. Each field is a function, so that a run that makes nothing loads nothing.

    The functions belong to modules, so that the record can be pickled: each process calls them for itself.
    """

    naming: Callable[[], str]
    """Gives the name under which the log records what the rules made: their versions and those of their libraries."""

    lexicon: Callable[[], Lexicon]
    """Gives the reference tables, parsed."""

    transformer: Callable[[], Rules]
    """Gives the rules, loaded."""

    @property
    def name(self) -> str:
        """The name of the rules as this process has them installed."""
        return self.naming()
