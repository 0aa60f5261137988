"""Shapes that were built to be slow end as an article or as an explained reject, within a generous limit of processor time."""

from __future__ import annotations

import pytest

from copydesk.flows.settings.limits import MEGABYTE, Limits
from copydesk.flows.wiring import INSTALLED
from copydesk.flows.workers.guard import Guard
from copydesk.transforms.cleaning.markup_lines import flatten
from copydesk.transforms.cleaning.markup_tree import DEEPEST, parsed, without_surplus
from copydesk.transforms.types import Extraction
from tests.adversarial import PARAGRAPHS, SHAPES, page
from tests.extractions import raw_of

SIZE = 2_000
LIMITS = Limits(bytes=64 * MEGABYTE, seconds=60, memory=1024 * MEGABYTE)


def made_of(media: str, content: str) -> Extraction:
    with Guard(LIMITS, INSTALLED) as guard:
        return guard.read(raw_of(content.encode(), media))


@pytest.mark.parametrize(("media", "name"), SHAPES, ids=lambda one: one.removeprefix("text/"))
def test_a_shape_ends_as_an_article(media: str, name: str) -> None:
    made = made_of(media, SHAPES[media, name](SIZE))
    assert made.verdict is None or made.verdict.reason == "no_article", made.verdict


def lines(text: str) -> list[str]:
    tree = parsed(text)
    assert tree is not None
    return [line.text for line in flatten(tree)]


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul><li", "table><tr><td", "blockquote"])
@pytest.mark.parametrize("depth", [100, 255, 256, 400, 5_000])
def test_no_depth_loses_a_paragraph(tag: str, depth: int) -> None:
    expected = lines(page())
    found = lines(page(f"<{tag}>" * depth))
    assert [line for line in found if line.strip(" |")] == expected  # empty cells are bars
    tree = parsed(page(f"<{tag}>" * depth))
    assert tree is not None
    assert max(sum(1 for _ in element.iterancestors()) for element in tree.iter("p")) <= max(DEEPEST, 256)


def test_text_behind_an_element_that_was_flattened_stays_in_its_place() -> None:
    deep = "<div>" * 300
    assert lines(f"<html><body>{deep}<p>one</p>two<p>three</p></div>four{'</div>' * 299}five</body></html>") == [
        "one",
        "two",
        "three",
        "four",
        "five",
    ]


@pytest.mark.parametrize(
    "big", ["<img alt='' src='data:{}'>", "<!--{}-->", "<script>var x = '{}';</script>", "<p hidden>{}</p>"]
)
def test_a_part_of_twelve_million_letters_loses_nothing_around_it(big: str) -> None:
    made = lines(page(big.format("a" * 12_000_000)))
    assert [line for line in made if len(line) < 1_000_000] == lines(page())


def test_an_ordinary_page_is_left_as_it_is() -> None:
    script = "<script>for (i = 0; i <n.length; i++) { " + "x = y; " * 500 + "}</script>"
    for given in (page(script), page(f"<!-- <p {'a ' * 500}> -->"), PARAGRAPHS, page('<p title="a > b" data-x=1>')):
        assert without_surplus(given) == given


def test_the_first_attributes_of_a_crowded_tag_stay() -> None:
    crowded = 'class="lead" id=x ' + " ".join(f"a{n}" for n in range(5000))
    assert without_surplus(f"<p {crowded}>Rain</p>").startswith('<p class="lead" id=x a0 ')
    assert without_surplus(f"<p {crowded}>Rain</p>").endswith(">Rain</p>")


def test_a_page_of_more_than_twenty_thousand_lines_is_read_to_its_end() -> None:
    assert lines(page("", "".join(f"<p>line {n}</p>" for n in range(30_000))))[-1] == "line 29999"
