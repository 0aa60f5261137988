"""A list that is filtered, sorted and paged by its address, and the query that answers it, which is shown as it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from copydesk.flows.site.desk.filters import Filter, clean
from copydesk.flows.site.desk.reader import Published, Row
from copydesk.warehouse.scans import quoted

ROWS = 50
"""Rows of a page."""

DEEPEST = 200
"""Pages that are shown; who wants more narrows the list, or downloads it whole."""


SHALLOW = 10
"""Pages that are found by one sort."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a list: its name in the rows, what people read above it, its SQL, and how it is shown."""

    name: str
    label: str
    sql: str = ""
    sortable: bool = False
    number: bool = False
    shown: bool = True

    @property
    def expression(self) -> str:
        """What stands in the query."""
        return f"{self.sql} AS {self.name}" if self.sql and self.sql != self.name else self.name


def column(name: str, label: str, sql: str = "") -> Column:
    """A column that is only shown."""
    return Column(name=name, label=label, sql=sql)


def sortable(name: str, label: str, sql: str = "") -> Column:
    """A column that the list can be sorted by."""
    return Column(name=name, label=label, sql=sql, sortable=True)


def quantity(name: str, label: str, sql: str = "") -> Column:
    """A column of numbers that the list can be sorted by."""
    return Column(name=name, label=label, sql=sql, sortable=True, number=True)


def unshown(name: str, label: str, sql: str = "") -> Column:
    """A column that links and downloads have, and the page does not show."""
    return Column(name=name, label=label, sql=sql, shown=False)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What can be listed, and how.

    Args:
        name: Its name in the address
        title: What people read above it
        note: A sentence under the title
        table: What stands after FROM
        key: The columns that order what is otherwise equal, so that pages never overlap
        columns: What is selected
        filters: What the address may set
        order: The column that it is sorted by where the address names none, with `-` before it where it falls
        identity: Where rows are many and wide, the column by which those of a page are found first, by few columns
        found: What stands after FROM once they are, with `{ids}` and `{articles}` where theirs stand
        alone: What stands after FROM where no condition needs the tables that are joined
    """

    name: str
    title: str
    note: str = ""
    table: str
    key: str
    columns: Sequence[Column]
    filters: Sequence[Filter]
    order: str
    identity: str = ""
    found: str = ""
    alone: str = ""

    def source(self, published: Published) -> Published:
        """Where it is asked: of the index of the desk, where that has the view of its name."""
        return published.of(self.name)

    def asked(self, given: Mapping[str, str]) -> Asked:
        """What an address asks for. Raises BadFilter for a value that its filter cannot take."""
        values = {one.name: clean(one.label, given[one.name]) for one in self.filters if given.get(one.name, "").strip()}
        sort = given.get("sort", "")
        if sort.removeprefix("-") not in {column.name for column in self.columns if column.sortable}:
            sort = self.order
        page = given.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
        asked = Asked(listing=self, values=values, sort=sort, page=min(max(1, number), DEEPEST))
        asked.where()
        return asked


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A list with what its address asked of it."""

    listing: Listing
    values: Mapping[str, str]
    sort: str
    page: int = 1

    def where(self) -> str:
        """The conditions, each in a line; empty where there are none."""
        found = [
            one.condition.replace("{}", one.literal(one.label, self.values[one.name]))
            for one in self.listing.filters
            if one.name in self.values
        ]
        return "\nWHERE " + "\n  AND ".join(found) if found else ""

    def order(self) -> str:
        """How the rows are ordered, to the last tie."""
        return f"\nORDER BY {self._falls()}, {self.listing.key}"

    def _falls(self) -> str:
        """The column that it is sorted by, and which way."""
        return f"{self.sort.removeprefix('-')}{' DESC' if self.sort.startswith('-') else ''} NULLS LAST"

    def sql(self) -> str:
        """The query of all rows, as it is shown and downloaded."""
        columns = ",\n  ".join(column.expression for column in self.listing.columns)
        return f"SELECT {columns}\nFROM {self.listing.table}{self.where()}{self.order()}"

    def page_sql(self) -> str:
        """The query of the page."""
        return f"{self.sql()}\nLIMIT {ROWS} OFFSET {(self.page - 1) * ROWS}"

    def count_sql(self) -> str:
        """The query of how many rows there are."""
        where = self.where()
        return f"SELECT count(*) AS n FROM {self._table(where)}{where}"

    def _table(self, needed: str) -> str:
        """What stands after FROM: without the tables that are joined where nothing that is needed is of them."""
        return self.listing.alone if self.listing.alone and "a." not in needed else self.listing.table

    def page_rows(self, published: Published) -> list[Row]:
        """The rows that `page_sql` gives.

        Of many wide rows a sort would read every column of all of them. So the page's are found by those that order them.
        Far down the list the last value of the page is found first: only what stands before it is sorted to the last tie.
        """
        listing, name = self.listing, self.sort.removeprefix("-")
        if not listing.identity:
            return published.ask(self.page_sql())
        column = next(column for column in listing.columns if column.name == name)
        table, where, edge = self._table(self.where() + column.sql), self.where(), None
        if self.page > SHALLOW:
            last = published.one(
                f"SELECT {column.expression}\nFROM {table}{where}\nORDER BY {self._falls()}\n"
                f"LIMIT 1 OFFSET {self.page * ROWS - 1}"
            )
            edge = last[name] if last else None
        if edge is not None:
            where += (
                f"{chr(10) + '  AND' if where else chr(10) + 'WHERE'} {column.sql} {'>=' if self.sort != name else '<='} $1"
            )
        found = published.ask(
            f"SELECT {listing.identity} AS identity, article_id AS article, {column.expression}\nFROM {table}{where}"
            f"{self.order()}\nLIMIT {ROWS} OFFSET {(self.page - 1) * ROWS}",
            [] if edge is None else [edge],
        )
        if not found:
            return []
        named = {name: ", ".join(sorted({quoted(row[name]) for row in found})) for name in ("identity", "article")}
        columns = ", ".join(column.expression for column in listing.columns)
        table = listing.found.format(ids=named["identity"], articles=named["article"])
        return published.ask(f"SELECT {columns} FROM {table}{self.order()}")

    def answer(self, published: Published) -> Answer:
        """The rows of the page, and how many there are on all."""
        asked_of = self.listing.source(published)
        counted = asked_of.one(self.count_sql())
        return Answer(asked=self, rows=self.page_rows(asked_of), total=counted["n"] if counted else 0)

    def address(self, **changed: str | int | None) -> str:
        """The part of an address after its path that asks for this, with some of it changed; None takes a value out."""
        wanted: dict[str, str | int | None] = {**self.values, "sort": self.sort, "page": self.page, **changed}
        if wanted["sort"] == self.listing.order:
            del wanted["sort"]
        if wanted["page"] == 1:
            del wanted["page"]
        given = urlencode({name: value for name, value in wanted.items() if value not in (None, "")})
        return f"?{given}" if given else "?"

    def sorted_by(self, name: str) -> str:
        """The address that sorts by a column: upwards first, and the other way where it is sorted so already."""
        return self.address(sort=f"-{name}" if self.sort == name else name, page=1)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A page of rows."""

    asked: Asked
    rows: list[Row]
    total: int

    @property
    def pages(self) -> int:
        """How many pages can be turned to."""
        return max(1, min(DEEPEST, -(-self.total // ROWS)))

    @property
    def first(self) -> int:
        """The number of the first row, from 1."""
        return (self.asked.page - 1) * ROWS + 1


def choices_of(listing: Listing, published: Published) -> dict[str, list[tuple[str, int | None]]]:
    """For each filter that offers values: those values, each with its number of rows, asked once of what is published."""
    found: dict[str, list[tuple[str, int | None]]] = {}
    source = listing.source(published)
    for one in listing.filters:
        if isinstance(one.choices, str):
            kept = source.known.get(one.choices)
            if kept is None:
                kept = [(str(row["value"]), int(row["n"])) for row in source.ask(one.choices)]
                source.known[one.choices] = kept
            found[one.name] = kept
        elif one.choices is not None:
            found[one.name] = [(value, None) for value in one.choices]
    return found
