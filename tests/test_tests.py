"""What holds for every test module: it stands alone, and each of its assertions can fail."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import LONGEST, ROOT

MODULES = sorted((ROOT / "tests").rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    """The full names of all that a module imports, at its top and inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)


def of_test_modules(names: Iterator[str]) -> list[str]:
    """Those among names that are a test module or stand in one."""
    return [name for name in names if name.startswith("tests.") and any(part.startswith("test_") for part in name.split("."))]


def constant(node: ast.expr) -> bool:
    """Whether an expression has one value whatever the program does: a literal, or a part of `or` that is true, of `and` that is false."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.BoolOp):
        ends = isinstance(node.op, ast.Or)
        return any(isinstance(part, ast.Constant) and bool(part.value) == ends for part in node.values)
    if isinstance(node, ast.Compare):
        return all(isinstance(part, ast.Constant) for part in (node.left, *node.comparators))
    return isinstance(node, ast.Tuple) and bool(node.elts)


def empty_checks(tree: ast.AST) -> list[int]:
    """The lines of assertions and conditions that cannot turn out otherwise."""
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert | ast.If | ast.IfExp) and constant(node.test)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_imports_a_test_module_and_every_check_can_fail(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert of_test_modules(imported(tree)) == [], "what tests share stands in a module that is no test"
    assert empty_checks(tree) == []


@pytest.mark.parametrize(
    "text",
    ["assert True", "assert x or True", "if n % step == 0 or True:\n    x()", "assert 'name' == 'name'", "assert (x, 'told')"],
)
def test_a_check_that_cannot_fail_is_seen(text: str) -> None:
    assert empty_checks(ast.parse(text)) == [1]


def test_an_import_of_a_test_module_is_seen_wherever_it_stands() -> None:
    text = "def f():\n    from tests.flows.test_cli import one\n    from tests.flows import test_up\n    import tests.homes\n"
    found = of_test_modules(imported(ast.parse(text)))
    assert found == ["tests.flows.test_cli.one", "tests.flows.test_up"]


def test_the_files_that_are_begun_first_are_there() -> None:
    assert [name for name in LONGEST if not (ROOT / "tests" / f"{name}.py").is_file()] == []
