"""The one file that touches Great Expectations: judges a frame by a suite. Import it late: it takes seconds."""

from __future__ import annotations

import logging
import os
import shutil
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

# Great Expectations must not call out, and reads these when it is imported.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ.setdefault("DO_NOT_TRACK", "1")

import great_expectations as gx
import pandas as pd
from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.execution_engine import pandas_execution_engine
from great_expectations.expectations.registry import get_expectation_impl
from great_expectations.validator.validator import Validator
from tqdm.std import tqdm

from copydesk.expectations import articles, documents, facts, sentences
from copydesk.expectations.suite import Expectation

SUITES: dict[str, tuple[Expectation, ...]] = {
    "documents": documents.SUITE,
    "articles": articles.SUITE,
    "sentences": sentences.SUITE,
    "facts": facts.SUITE,
}
EXAMPLES = 5

# It would hash every value of a frame, for a fingerprint that nobody reads.
pandas_execution_engine.HASH_THRESHOLD = 0
# Its progress bars, which are off, would start a thread: of a process with threads a fork is not whole.
tqdm.monitor_interval = 0


@dataclass(frozen=True)
class Outcome:
    """How one expectation came out over a frame; `rows` are the positions of the rows that broke it."""

    expectation: Expectation
    success: bool
    evaluated: int
    rows: tuple[int, ...] = ()
    examples: tuple[str, ...] = field(default=())


def prepare() -> None:
    """Makes what judging needs, once a process, so that processes forked from this one have it."""
    _context()
    for table in SUITES:
        _suite(table)


def judge(table: str, frame: pd.DataFrame) -> list[Outcome]:
    """Every expectation of a table's suite over a frame, in the suite's order. An empty frame breaks none."""
    suite = SUITES[table]
    if frame.empty:
        return [Outcome(expectation, True, 0) for expectation in suite]
    frame = frame.reset_index(drop=True)
    context = _context()
    batch = context.data_sources.get("frames").get_asset("frame").get_batch_definition("whole").get_batch({"dataframe": frame})
    validator = _Validator(table, execution_engine=batch.data.execution_engine, batches=[batch], data_context=context)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Which rows broke a rule is asked only where some did: it costs half as much again.
        if all(result.success for result in validator.results("BOOLEAN_ONLY")):
            return [Outcome(expectation, True, len(frame)) for expectation in suite]
        results = validator.results("COMPLETE")
    return [_outcome(expectation, one, len(frame)) for expectation, one in zip(suite, _in_order(suite, results), strict=True)]


class _Validator(Validator):
    """Great Expectations' validator of a batch, that makes the graph of metrics of a suite once a process.

    The graph says which metrics an expectation needs, and which metrics those need: it depends on the suite alone, since each
    frame comes under the same name. Its own makes it anew for each batch: half of the time that judging a small one takes.
    """

    def __init__(self, table: str, **arguments: Any) -> None:
        self._table = table
        super().__init__(**arguments)

    def results(self, form: str) -> list[Any]:
        """The result of each expectation of the suite, in no order, in a form of Great Expectations' (`COMPLETE`)."""
        configurations = [expectation.configuration for expectation in _suite(self._table).expectations]
        return self.graph_validate(configurations, runtime_configuration={"result_format": {"result_format": form}})

    def _generate_metric_dependency_subgraphs_for_each_expectation_configuration(  # type: ignore[override]
        self, expectation_configurations: Any, processed_configurations: Any, **arguments: Any
    ) -> tuple[list[Any], list[Any], list[Any]]:
        key = self._table, arguments["runtime_configuration"]["result_format"]["result_format"], self.active_batch_id
        if key not in _graphs:
            _graphs[key] = made = super()._generate_metric_dependency_subgraphs_for_each_expectation_configuration(
                expectation_configurations, processed_configurations, **arguments
            )
            for configuration in made[2]:
                # Its own makes an expectation of it anew for each batch, which then has to ask for its metrics again.
                configuration.to_domain_obj = cache(configuration.to_domain_obj)  # type: ignore[method-assign]
        graphs, broken, configurations = _graphs[key]
        return graphs, [*broken], [*configurations]


_graphs: dict[tuple[str, str, str | None], tuple[list[Any], list[Any], list[Any]]] = {}
"""The graphs of metrics of each suite and form of results."""


@cache
def _context() -> Any:
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    context: Any = gx.get_context(mode="ephemeral")
    for site in (context.variables.data_docs_sites or {}).values():
        # A folder for pages that nobody asked for, made on sight and never taken away.
        shutil.rmtree(site["store_backend"]["base_directory"], ignore_errors=True)
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    context.data_sources.add_pandas("frames").add_dataframe_asset("frame").add_batch_definition_whole_dataframe("whole")
    return context


@cache
def _suite(table: str) -> gx.ExpectationSuite:
    made = gx.ExpectationSuite(name=table)
    for expectation in SUITES[table]:
        kind: Any = _quick(expectation.kind)
        made.add_expectation(kind(column=expectation.column, meta={"name": expectation.name}, **expectation.arguments))
    return made


@cache
def _quick(kind: str) -> Any:
    """Great Expectations' class of a kind of expectation, that makes its configuration and its list of metrics once an object.

    Its own makes a configuration anew each time it asks itself for one, about seventy times a validation, and the list of the
    metrics that it needs for each batch: more than half of the time that judging a small batch takes.
    """
    own: Any = get_expectation_impl(kind)

    def configuration(expectation: Any) -> Any:
        if expectation._configuration is None:
            expectation._configuration = own.configuration.fget(expectation)
        return expectation._configuration

    def needed(expectation: Any, execution_engine: Any = None, runtime_configuration: Any = None) -> Any:
        form = str(runtime_configuration)
        if form not in expectation._needed:
            expectation._needed[form] = own.get_validation_dependencies(expectation, execution_engine, runtime_configuration)
        return expectation._needed[form]

    def changed(expectation: Any, name: str, value: object) -> None:
        own.__setattr__(expectation, name, value)
        if name not in ("_configuration", "_needed"):
            expectation._configuration, expectation._needed = None, {}

    return type(own)(
        f"Quick{own.__name__}",
        (own,),
        {
            "__module__": own.__module__,
            "_configuration": PrivateAttr(default=None),
            "_needed": PrivateAttr(default_factory=dict),
            "configuration": property(configuration),
            "get_validation_dependencies": needed,
            "__setattr__": changed,
        },
    )


def _in_order(suite: Sequence[Expectation], results: Sequence[Any]) -> list[Any]:
    by_name = {result.expectation_config.meta["name"]: result for result in results}
    return [by_name[expectation.name] for expectation in suite]


def _outcome(expectation: Expectation, result: Any, rows: int) -> Outcome:
    """An expectation that could not be evaluated (a column is missing) fails for every row."""
    raised = any(info.get("raised_exception") for info in _infos(result.exception_info))
    if raised:
        return Outcome(expectation, False, rows, tuple(range(rows)), (str(result.exception_info)[:300],))
    broken = tuple(int(row) for row in result.result.get("unexpected_index_list") or ())
    examples = tuple(str(value)[:200] for value in (result.result.get("unexpected_list") or ())[:EXAMPLES])
    return Outcome(expectation, bool(result.success), int(result.result.get("element_count", rows)), broken, examples)


def _infos(info: Any) -> list[dict[str, Any]]:
    if not info:
        return []
    return [info] if "raised_exception" in info else [part for part in info.values() if isinstance(part, dict)]
