"""Which rows are meant by the name of a place: its own, those it is printed under, and all that lies in it."""

from __future__ import annotations

import duckdb
import pytest

from copydesk.flows.site.matching import WITHIN

PLACES = """
CREATE TABLE places AS FROM (VALUES
  ('Kestrel Strip', ['Kestrel', 'the Kestrel Strip'], 'KS', 'Kestrel Strip', NULL, 'region'),
  ('Sarn', ['Sarn', 'Old Sarn'], 'KS', 'Kestrel Strip', 'Sarn District', 'town'),
  ('Tarvia', ['Tarvia'], 'TV', NULL, NULL, 'country')
) AS p(name, printed, country_code, admin1, admin2, precision)
"""
FIGURES = """
CREATE TABLE figures AS FROM (VALUES
  ('strip', 'Kestrel Strip', 'KS', 'Kestrel Strip', NULL),
  ('town', 'Sarn', 'KS', 'Kestrel Strip', 'Sarn District'),
  ('namesake', 'Kestrel Bay', 'TV', 'Kestrel Strip', NULL),
  ('abroad', 'Dunmarrow', 'TV', NULL, NULL)
) AS x(figure, place_name, country_code, admin1, admin2)
"""


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Kestrel", {"strip", "town"}),
        ("the kestrel strip", {"strip", "town"}),
        ("Old Sarn", {"town"}),
        ("sarn district", {"town"}),
        ("Tarvia", {"namesake", "abroad"}),
        ("tv", {"namesake", "abroad"}),
        ("Nowhere", set()),
    ],
)
def test_a_name_means_its_place_under_every_printed_name_and_all_that_lies_in_it(asked: str, meant: set[str]) -> None:
    with duckdb.connect() as db:
        db.execute(PLACES)
        db.execute(FIGURES)
        found = db.execute(f"SELECT figure FROM figures x WHERE {WITHIN}", {"place": asked}).fetchall()
    assert {figure for (figure,) in found} == meant
