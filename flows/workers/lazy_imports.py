"""Defers imports of modules that a library imports and hardly ever uses, until something in them is used."""

from __future__ import annotations

import atexit
import contextlib
import gc
import sys
import threading
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

UNUSED = ("altair", "boto3", "scipy.stats")
"""What Great Expectations imports for charts, buckets and distributions: most of a second of CPU in every process."""


OPTIONAL = ("botocore", "sqlalchemy")
"""What Great Expectations imports where it is installed, and does without where it is not: databases and buckets."""

FLUENT = "great_expectations.datasource.fluent"
UNASKED = (
    "spacy.cli.info",
    *(
        f"{FLUENT}.{kind}_datasource"
        for kind in "alloy aurora bigquery citus databricks_sql fabric neon postgres redshift snowflake sql_server sqlite "
        "spark spark_azure_blob_storage spark_dbfs spark_filesystem spark_google_cloud_storage spark_s3 "
        "pandas_azure_blob_storage pandas_dbfs pandas_filesystem pandas_google_cloud_storage pandas_s3".split()
    ),
)
"""What is imported only to be offered: spaCy's command line, and where Great Expectations can read from besides frames.

Each of them makes classes and commands for half a second in every process.
"""


@contextlib.contextmanager
def absent(*names: str) -> Iterator[None]:
    """Lets imports of these modules fail inside a `with` block, as if they were not installed; those loaded already stay.

    It does nothing in a process that has other threads: they may need them meanwhile.
    """
    hidden = [name for name in names if name not in sys.modules and threading.active_count() == 1]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None there means that there is no such module
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


class _StandIn(ModuleType):
    """A module that has a class without anything in it under every name."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {"__module__": self.__name__})
        setattr(self, name, made)
        return made


@contextlib.contextmanager
def unasked(*names: str) -> Iterator[None]:
    """Lets imports of these modules cost nothing inside a `with` block: classes that do nothing stand in for what they have.

    Whoever imports one of them later gets the module itself; those loaded already stay. It does nothing in a process that has
    other threads: they may need them meanwhile.
    """
    stood_for = [name for name in names if name not in sys.modules and threading.active_count() == 1]
    sys.modules.update({name: _StandIn(name) for name in stood_for})
    try:
        yield
    finally:
        for name in stood_for:
            del sys.modules[name]


def defer(*names: str) -> None:
    """Lets imports of these modules cost nothing until they are used; those loaded already stay as they are.

    The standard library's LazyLoader runs a module at the second `import` already.
    """
    for name in names:
        spec = find_spec(name) if name not in sys.modules else None
        if spec is not None and spec.loader is not None:
            sys.modules[name] = _late_module(spec)


def _late_module(spec: ModuleSpec) -> ModuleType:
    """A module that runs its code when a name is looked up that it does not have yet (a `__getattr__` of its own, PEP 562)."""
    module = module_from_spec(spec)

    def load(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        del module.__dict__["__getattr__"]
        if spec.loader is not None:
            spec.loader.exec_module(module)
        return getattr(module, name)

    module.__dict__["__getattr__"] = load
    return module


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Switches garbage collection off while modules and tables load, and then exempts them from it (`gc.freeze`).

    They stay until the process ends, so that looking through them would be lost time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        # Libraries in C++ complain at the end of what the interpreter does not take down.
        atexit.register(gc.unfreeze)
