"""Defers imports of modules that a library imports and hardly ever uses, until something in them is used."""

from __future__ import annotations

import atexit
import contextlib
import gc
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

UNUSED = ("altair", "boto3", "scipy.stats")
"""What Great Expectations imports for charts, buckets and distributions: most of a second of CPU in every process."""


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
