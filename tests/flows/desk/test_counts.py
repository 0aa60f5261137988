"""Counts beside the lists of the desk, workbooks, and how far the claims can be trusted by what was reviewed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from copydesk.flows.jobs.review import review_claim
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.facets import MOST_VALUES, facets_of
from copydesk.flows.site.desk.reader import Reader
from copydesk.flows.site.desk.work_lists import LISTS
from copydesk.warehouse.home import Home
from tests.conftest import rows
from tests.flows.desks import AskedDesk, query_of


@pytest.mark.parametrize("name", sorted(LISTS))
@pytest.mark.parametrize("narrowed", [False, True])
def test_counts_are_those_of_the_rows_that_are_asked_for(home: Path, name: str, narrowed: bool) -> None:
    published = Reader(Home(home)).now()
    listing = LISTS[name]
    given = {"facts": {"kind": "figure", "q": "a"}, "articles": {"q": "harbour"}, "entities": {"q": "a"}}.get(name, {})
    asked = listing.asked(given if narrowed else {})
    for facet in facets_of(asked, published):
        assert 1 < len(facet.values) <= MOST_VALUES
        for value, count in facet.values:
            both = listing.asked({**asked.values, facet.filter.name: value})
            assert both.answer(published).total == count, (facet.filter.name, value)


def test_a_list_leads_by_its_counts_to_the_rows(desk: AskedDesk) -> None:
    page = desk.get("facts?kind=figure")
    counts = page.partition('class="facets"')[2].partition("</details>")[0]
    address, count = re.findall(
        r'href="[^"]*/(facts\?[^"]*measure=killed[^"]*)"[^>]*>killed</a> <span class="n">(\d+)', counts
    )[0]
    assert f"of {count}</p>" in desk.get(address.replace("&amp;", "&"))


@pytest.mark.parametrize(
    "path", ["facts.xlsx?kind=figure", "articles.xlsx", "series.xlsx?measure=killed", "conflicts.xlsx", "entities.xlsx"]
)
def test_a_workbook_has_the_rows_of_the_page_and_no_formula(desk: AskedDesk, path: str) -> None:
    told = desk.client.get(f"{desk.keys.root}/{path}")
    assert told.headers["content-disposition"].endswith('.xlsx"')
    sheet = openpyxl.load_workbook(io.BytesIO(told.content)).active
    assert sheet is not None
    listed = desk.json(path.replace(".xlsx", ".json"))
    assert [cell.value for cell in sheet[1]] == list(listed[0])
    assert sheet.max_row == len(listed) + 1
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}


def test_precision_counts_what_was_right_as_it_was_found(own: AskedDesk) -> None:
    assert "Nobody reviewed a claim yet" in own.get("precision")
    claims = [
        row[0] for row in rows(own.home, "SELECT claim_id FROM facts WHERE kind = 'figure' ORDER BY md5(claim_id) LIMIT 4")
    ]
    settings = Settings(home=own.home, jobs=1)
    review_claim(settings, claims[0], "confirm", "read", {})
    review_claim(settings, claims[1], "correct", "read", {"place_name": "North Port"})
    review_claim(settings, claims[1], "confirm", "right now", {})
    review_claim(settings, claims[3], "reject", "no claim", {})
    found = {(row["grouped"], row["value"]): row for row in own.json("precision.json")}
    whole = found["all", "all"]
    assert (whole["reviewed"], whole["right"], whole["corrected"], whole["rejected"]) == (3, 1, 1, 1)
    assert (whole["sampled"], whole["sampled_right"]) == (2, 1), "the third of the sample was not reviewed yet"
    measures = {value: row["reviewed"] for (grouped, value), row in found.items() if grouped == "measure"}
    assert sum(measures.values()) == 3
    assert len(rows(own.home, query_of(own.get("precision")))) == len(found)
    review_claim(settings, claims[2], "confirm", "read", {})
    again = next(row for row in own.json("precision.json") if row["grouped"] == "all")
    assert (again["sampled"], again["sampled_right"]) == (4, 2)


def test_the_sample_is_drawn_by_lot_once_and_for_all(own: AskedDesk) -> None:
    wanted = [
        row[0] for row in rows(own.home, "SELECT claim_id FROM facts WHERE kind = 'figure' ORDER BY md5(claim_id) LIMIT 2")
    ]
    first = own.get("review?by=sample")
    assert f'action="{own.keys.root}/review/{wanted[0]}"' in first
    assert "a sample drawn by lot" in first
    answer = own.say(wanted[0], "confirm", back="?by=sample")
    assert f'action="{own.keys.root}/review/{wanted[1]}"' in own.follow(answer)
