"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

PACKAGES = ("transforms", "expectations", "warehouse", "flows")


def modules() -> list[str]:
    found = []
    for package in PACKAGES:
        name = f"copydesk.{package}"
        found += [name, *(one.name for one in pkgutil.walk_packages(import_module(name).__path__, f"{name}."))]
    return found


@pytest.mark.parametrize("name", modules())
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0
