"""Rules that tests give to a run in place of the installed ones: under another name, or at fault for one document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from copydesk.flows.wiring import INSTALLED
from copydesk.transforms.rule_set import Rules, RuleSet
from copydesk.transforms.types import Extraction, RawDocument

Fault = Callable[[], object]
Change = Callable[[Extraction], Extraction]


class FaultyRules:
    """The installed rules, but for the documents whose address ends with `guilty`.

    For those `fault` is called first, and what the rules make is changed by `change`.
    """

    def __init__(self, guilty: str, fault: Fault | None, change: Change | None) -> None:
        self._guilty, self._fault, self._change = guilty, fault, change
        self._rules = INSTALLED.transformer()

    def transform(self, raw: RawDocument, limit: int, repeated: frozenset[str] = frozenset()) -> Extraction:
        concerned = bool(raw.source_uri) and raw.source_uri.endswith(self._guilty)
        if concerned and self._fault is not None:
            self._fault()
        extraction = self._rules.transform(raw, limit, repeated)
        return self._change(extraction) if concerned and self._change is not None else extraction


def _faulty(guilty: str, fault: Fault | None, change: Change | None) -> Rules:
    return FaultyRules(guilty, fault, change)


def faulty(guilty: str = "", fault: Fault | None = None, change: Change | None = None, name: str | None = None) -> RuleSet:
    """Rules at fault for the documents whose address ends with `guilty`; for all documents where that is empty.

    For another process `fault` and `change` must be functions of a module.
    """
    rules = replace(INSTALLED, transformer=partial(_faulty, guilty, fault, change))
    return rules if name is None else named(name, rules)


def named(name: str, rules: RuleSet = INSTALLED) -> RuleSet:
    """The same rules under another name."""
    return replace(rules, naming=partial(str, name))


def newer(part: str = "", rules: RuleSet = INSTALLED) -> RuleSet:
    """The same rules as a release would name them that raised the version of `part`, such as `cleaning` or `figures`.

    Without a part there is one more at the end of the name.
    """
    if not part:
        return named(f"{rules.name} ours-2", rules)
    parts = [one + "1" if one.rpartition("-")[0] == part else one for one in rules.name.split()]
    return named(" ".join(parts), rules)
