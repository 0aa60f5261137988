"""Entries of the ledger for numerals that are not read: of other languages, and digits glued to a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.transforms.types import NumberEntry
from copydesk.transforms.vocabulary import NumberReason

GLUED = re.compile(r"[\d\u00b2\u00b3\u00b9\u2070-\u2089]+")

NUMERAL = re.compile(r"[\d\u00b2\u00b3\u00b9\u2070-\u2089]+(?:[.,’'\u00a0\u202f\u2009٬٫]\d+)*")


def unread_numbers(text: str) -> list[NumberEntry]:
    """The ledger of a text in a language without tables: every numeral of it, none of them read as a figure.

    Numbers of their own are left without a value: whether `9.845` is nine or nine thousand is the language's to say.
    """
    return [
        NumberEntry(
            text=found.group(),
            span_start=found.start(),
            span_end=found.end(),
            low=None,
            high=None,
            unit=None,
            fact=None,
            reason=NumberReason.LANGUAGE,
        )
        for found in NUMERAL.finditer(text)
    ]


def glued(text: str, ledger: list[NumberEntry]) -> Iterator[NumberEntry]:
    """Entries for digits that are part of a name or a sign, so that none is missing: `R2-D2`, `2015/16`."""
    covered = {at for entry in ledger for at in range(entry.span_start, entry.span_end)}
    for found in GLUED.finditer(text):
        if found.start() not in covered:
            named = text[found.start() - 1 : found.start()].isalpha() or text[found.end() : found.end() + 1].isalpha()
            yield NumberEntry(
                text=found.group(),
                span_start=found.start(),
                span_end=found.end(),
                low=None,
                high=None,
                unit=None,
                fact=None,
                reason=NumberReason.NAME if named else NumberReason.IDENTIFIER,
            )
