"""The states, districts and countries that texts print behind the comma after a name."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.transforms.places.place import Place

IN_LIST = ""
"""The parent of a state that stands in a list of states: `in Indiana, Pennsylvania and Ohio`."""


def lying_in(places: Sequence[Place], wider: Sequence[Place]) -> list[Place]:
    """Those of some places that lie in one of some regions, else in one of the districts among them.

    >>> ohio = Place("Ohio", "US", 40.2, -83.0, kind="region", admin1="Ohio")
    >>> [place.admin1 for place in lying_in([Place("Sarn", "US", 40.0, -82.0, admin1=one) for one in ("Iowa", "Ohio")], [ohio])]
    ['Ohio']
    """
    states = {(one.country_code, one.admin1) for one in wider if one.kind == "region"}
    found = [place for place in places if place.kind != "region" and (place.country_code, place.admin1) in states]
    if found:
        return found
    districts = {(one.country_code, one.admin1, one.admin2) for one in wider if one.kind == "district"}
    return [place for place in places if place.kind == "town" and (place.country_code, place.admin1, place.admin2) in districts]
