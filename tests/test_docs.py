"""The documentation says what is so: generated pages, printed output, names of files and of what is in them; it builds by itself."""

from __future__ import annotations

import ast
import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copydesk.expectations import facts
from copydesk.flows.settings import Settings
from copydesk.flows.sources.source_options import KINDS
from copydesk.transforms.reject_reasons import RejectReason
from copydesk.transforms.vocabulary import values
from docs.generate import PAGES, views
from tests.conftest import ROOT, copydesk, rows
from tests.pages import TRANSCRIPTS, with_transcript

DOCS = ROOT / "docs"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
SLUG = re.compile(r"[a-z]+(?:_[a-z]+)*")
FOLDERS = ("bench", "docs", "expectations", "flows", "seeds", "tests", "transforms", "warehouse")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    assert text_of(DOCS / name) == PAGES[name](), "run `make docs`"


def test_the_page_of_commands_has_every_option_that_the_help_has() -> None:
    page = text_of(DOCS / "reference" / "commands.md")
    names = re.findall(r"^## `copydesk (\w[\w-]*)`", page, re.MULTILINE)
    listed = copydesk("--help").stdout
    assert len(names) > 15
    for name in names:
        assert re.search(rf"\b{name}\b", listed), f"`copydesk --help` says nothing of {name}"
    for name in ("ingest", "source", "verify", "document"):
        section = page.partition(f"## `copydesk {name}`")[2].partition("\n## ")[0]
        for option in re.findall(r"--[a-z][a-z-]+", copydesk(name, "--help").stdout):
            assert option == "--help" or f"`{option}" in section, f"the page says nothing of {option} of `copydesk {name}`"


def test_every_view_of_a_home_in_use_is_on_the_page_of_tables(sample_home: Path) -> None:
    query = "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"
    described = {(view.name, column) for view in views() for column, _, comment in view.columns if comment}
    assert set(rows(sample_home, query)) == described


@pytest.mark.parametrize("page", TRANSCRIPTS, ids=lambda page: page.name)
def test_what_a_page_prints_is_what_its_commands_print(page: Path, tmp_path: Path) -> None:
    assert text_of(page) == with_transcript(text_of(page), tmp_path), "run `make readme` if the output changed on purpose"


def test_the_documentation_builds_with_all_its_links_and_loads_nothing_from_outside(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        html = text_of(page)
        loads = [*re.findall(r'\bsrc="([^"]*)"', html), *re.findall(r'<link [^>]*href="([^"]*)"', html)]
        assert not [address for address in loads if "//" in address], page
        assert 'class="mermaid"' not in html, f"{page}: the theme would load a script from outside to draw it"


def test_every_decision_is_in_the_list_of_decisions() -> None:
    listed = text_of(DOCS / "decisions" / "index.md")
    decisions = sorted((DOCS / "decisions").glob("0*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        assert f"({path.name})" in listed
        text = text_of(path).lower()
        assert "**status:**" in text and "## decision" in text and "what follows" in text, path


def code_in(path: Path) -> Iterator[str]:
    """What stands in backticks on a page, outside its code blocks."""
    prose = re.sub(r"^```.*?^```", "", text_of(path), flags=re.DOTALL | re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", prose)


@pytest.mark.parametrize("page", [CONTRIBUTING, *sorted(DOCS.rglob("*.md"))], ids=lambda page: page.name)
def test_the_files_that_a_page_names_are_there(page: Path) -> None:
    for name in code_in(page):
        if name.startswith(tuple(f"{folder}/" for folder in FOLDERS)) and " " not in name:
            assert (ROOT / name).exists(), f"{page.name} names {name}"
        elif re.fullmatch(r"[\w/]+\.(?:py|csv)", name):
            assert [*ROOT.glob(f"*/{name}"), *ROOT.glob(f"*/*/{name}"), *ROOT.glob(f"*/*/*/{name}")], (
                f"{page.name} names {name}"
            )


def test_the_rooms_of_contributing_are_there() -> None:
    rooms = re.findall(r"^([\w./]+) {2,}\S", text_of(CONTRIBUTING), re.MULTILINE)
    assert len(rooms) > 12
    for room in rooms:
        assert (ROOT / room).exists(), room


def test_what_contributing_says_is_in_a_file_is_in_it() -> None:
    named = re.findall(r"`(\w+)`\s+in\s+`([\w./]+\.py)`", text_of(CONTRIBUTING))
    assert len(named) > 5
    for name, file in named:
        assert re.search(rf"\b{name}\b", text_of(ROOT / file)), f"{file} has no {name}"


def test_the_make_targets_that_contributing_names_are_there() -> None:
    makefile = text_of(ROOT / "Makefile")
    pages = text_of(CONTRIBUTING) + text_of(ROOT / "README.md")
    targets = set(re.findall(r"^make (\w+) |`make (\w+)`", pages, re.MULTILINE))
    assert len(targets) > 5
    for target in map("".join, targets):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def slugs_used() -> set[str]:
    """Every reject slug in the code: a slug that is followed by a sentence, among arguments or in a tuple."""
    found = set()
    files = [*(ROOT / "flows" / "sources").rglob("*.py"), *(ROOT / "flows" / "workers").rglob("*.py")]
    for path in (*files, ROOT / "transforms" / "cleaning" / "decode.py", ROOT / "transforms" / "pipeline.py"):
        for node in ast.walk(ast.parse(text_of(path))):
            given = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
            for slug, says in itertools.pairwise(given):
                if is_slug(slug) and is_sentence(says):
                    found.add(ast.literal_eval(slug))
            if isinstance(node, ast.keyword) and node.arg in ("problem", "reason") and is_slug(node.value):
                found.add(ast.literal_eval(node.value))
    return found


def is_slug(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and SLUG.fullmatch(node.value) is not None


def is_sentence(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and " " in node.value
    named = isinstance(node, ast.Name) and node.id in ("detail", "error")
    return named or isinstance(node, ast.JoinedStr) or ast.unparse(node).startswith(("str(", "traceback."))


def test_every_reject_reason_of_the_code_is_described_and_no_other() -> None:
    assert slugs_used() == set(values(RejectReason))


def test_the_guide_of_facts_lists_the_measures_that_are_known() -> None:
    section = text_of(DOCS / "facts.md").partition("### Measures")[2].partition("## ")[0]
    known = next(expectation for expectation in facts.SUITE if expectation.name == "measure_known")
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == [str(measure) for measure in known.arguments["value_set"]]


def test_the_page_of_sources_lists_the_kinds_that_are_known() -> None:
    section = text_of(DOCS / "how-to" / "sources.md").partition("## Kinds")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(KINDS)


def test_the_page_of_schedules_lists_the_deployments_that_are_served(tmp_path: Path) -> None:
    from copydesk.flows.served.deployments import deployments

    page = text_of(DOCS / "how-to" / "prefect.md")
    for deployment in deployments(Settings(home=tmp_path)):
        assert f"`{deployment.flow_name}/{deployment.name}`" in page, f"how-to/prefect.md says nothing of {deployment.name}"
