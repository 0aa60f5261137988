"""How the rules are built: rooms and imports, vocabularies, records, patterns, the size of functions."""

from __future__ import annotations

import ast
import csv
import io
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import copydesk.transforms
from copydesk.flows.wiring import tables
from copydesk.transforms.types import Fact
from copydesk.transforms.vocabulary import ClaimantKind, Measure, Role, Term, values
from copydesk.warehouse.fact_columns import FACTS
from copydesk.warehouse.series import FIGURES

PRODUCT = ("transforms", "expectations", "warehouse", "flows")
ROOT = Path(copydesk.transforms.__file__).resolve().parent.parent


@cache
def sources(folder: str) -> tuple[tuple[str, ast.Module], ...]:
    """The modules of a folder: their dotted names and their syntax trees."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found.append((".".join(parts[:-1] if parts[-1] == "__init__" else parts), ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(found)


def imports(tree: ast.Module) -> set[str]:
    """The modules of the product that a module imports, wherever in it, for types alone too."""
    named = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("copydesk."):
            module = str(node.module).removeprefix("copydesk.")
            named |= {f"{module}.{name.name}" for name in node.names} | {module}
        elif isinstance(node, ast.Import):
            named |= {name.name.removeprefix("copydesk.") for name in node.names if name.name.startswith("copydesk.")}
    return named


def arrows(folder: str, depth: int | None) -> set[tuple[str, str]]:
    """Who imports whom in a folder, by module, or with folders and files `depth` levels down as one box each."""
    modules = dict(sources(folder))
    found = set()
    for name, tree in modules.items():
        for target in imports(tree) & set(modules):
            ends = tuple(".".join(end.split(".")[:depth]) for end in (name, target))
            # That a package's own front names what is in it is no circle.
            if ends[0] != ends[1] and ends[1] != folder and not (depth is None and ends[0].startswith(f"{ends[1]}.")):
                found.add((ends[0], ends[1]))
    return found


def in_circles(found: set[tuple[str, str]]) -> set[str]:
    """The boxes that are part of a circle, or lie between two."""
    left = set(found)
    while True:
        froms, tos = {one for one, _ in left}, {other for _, other in left}
        kept = {(one, other) for one, other in left if one in tos and other in froms}
        if kept == left:
            return froms | tos
        left = kept


@pytest.mark.parametrize("depth", [2, None], ids=["rooms", "modules"])
@pytest.mark.parametrize("folder", PRODUCT)
def test_no_module_and_no_room_imports_in_a_circle(folder: str, depth: int | None) -> None:
    assert in_circles(arrows(folder, depth)) == set()


@pytest.mark.parametrize(("folder", "most_boxes", "most_arrows"), [("transforms", 18, 32), ("flows", 12, 35)])
def test_the_picture_of_imports_is_small(folder: str, most_boxes: int, most_arrows: int) -> None:
    found = arrows(folder, 2)
    boxes = {".".join(name.split(".")[:2]) for name, _ in sources(folder)} - {folder}
    assert len(boxes) <= most_boxes, sorted(boxes)
    assert len(found) <= most_arrows, sorted(found)


def test_the_rules_are_passed_in() -> None:
    """Workers reach for no rules of their own: what they apply comes with the task."""
    reaching = [name for name, tree in sources("flows/workers") if "flows.wiring" in imports(tree)]
    assert reaching == []


def positional_calls(folder: str) -> list[tuple[str, int]]:
    """Calls with seven positional arguments or more, by module and line."""
    return [
        (name, node.lineno)
        for name, tree in sources(folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and sum(not isinstance(one, ast.Starred) for one in node.args) >= 7
    ]


@pytest.mark.parametrize("folder", PRODUCT)
def test_calls_of_many_arguments_name_them(folder: str) -> None:
    assert positional_calls(folder) == []


def test_no_function_of_transforms_is_longer_than_forty_lines() -> None:
    long = [
        (name, node.name)
        for name, tree in sources("transforms")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for folder in PRODUCT:
        package = import_module(f"copydesk.{folder}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(import_module(found.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{found.name}.{name}", value


def test_long_patterns_are_verbose_and_have_comments() -> None:
    unread = [
        name
        for name, pattern in patterns()
        if len(pattern.pattern) > 300 and not (pattern.flags & re.VERBOSE and re.search(r"\s# \S", pattern.pattern))
    ]
    assert unread == []


@pytest.mark.parametrize("kind", Term.__subclasses__(), ids=lambda kind: str(kind.__name__))
def test_every_term_of_a_vocabulary_has_a_meaning(kind: type[Term]) -> None:
    assert kind.__doc__
    assert len(set(values(kind))) == len(kind)
    for term in kind:
        assert term.meaning and term == kind(str(term))


def column(table: str, name: str) -> set[str]:
    return {row[name] for row in csv.DictReader(io.StringIO(tables()[table]))}


def test_the_tables_name_terms_of_the_vocabularies() -> None:
    assert column("furniture", "role") <= set(values(Role))
    assert column("measures", "measure") | column("units", "measure") <= set(values(Measure))
    assert column("claimants", "kind") <= set(values(ClaimantKind))


def test_roles_and_reasons_in_the_rules_are_of_the_vocabularies() -> None:
    """Roles stand in the rules as plain strings beside their reasons: `page.give(at, "byline", "names_before_date")`."""
    given = [
        node.args[1].value
        for _, tree in sources("transforms/cleaning")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "give"
        and len(node.args) == 3
        and isinstance(node.args[1], ast.Constant)
    ]
    assert given and set(given) <= set(values(Role))


def test_a_column_of_facts_is_a_field_of_the_record_and_a_line_of_the_schema() -> None:
    """The third place is the rule that fills it."""
    made_by_rows = {
        "fact_id",
        "claim_id",
        "article_id",
        "sentence_id",
        "raw_start",
        "raw_end",
        "extractor_version",
        "output_id",
    }
    in_schema = {one.name for one in FACTS.columns}
    in_record = {field.name for field in fields(Fact)}
    assert in_schema - made_by_rows == in_record - {"sentence"}
    assert set(re.findall(r"\bf\.(\w+)", FIGURES)) - {"review"} <= in_schema
