"""Ids that persons had under earlier rules: what people decided of one holds for the person’s id of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.transforms.names.folding import person_id_from

if TYPE_CHECKING:
    import duckdb

RULED = "SELECT entity_id, into_id, name, kind, country FROM internal.rulings ORDER BY ALL"
SPLIT = "SELECT entity_id, alias, article_id, into_id, name FROM internal.splits ORDER BY ALL"


def follow_earlier_ids(db: duckdb.DuckDBPyConnection) -> None:
    """Adds, to the tables of what people decided, the same of the ids that rows of newer rules have.

    A person keeps the earlier id, which stands in the log, in saved queries and in addresses: `ida-ferrell.person` is
    `ida-ferrell.government` where somebody merged, renamed or split that one. What was decided of the new id goes first.
    """
    rulings = db.execute(RULED).fetchall()
    said = {str(row[0]) for row in rulings}
    names: dict[str, tuple[object, ...]] = {}
    for entity_id, into_id, name, kind, country in rulings:
        names.setdefault(entity_id, (into_id or entity_id, name, kind, country))
    for _, into_id, *_ in rulings:
        names.setdefault(into_id, (into_id, None, None, None))
    now: dict[str, tuple[object, ...]] = {}
    for earlier in sorted(names):
        person = person_id_from(earlier)
        if person is not None and person not in said:
            now.setdefault(person, (person, *names[earlier]))
    splits = [(person, *row[1:]) for row in db.execute(SPLIT).fetchall() if (person := person_id_from(str(row[0]))) is not None]
    if now:
        db.executemany("INSERT INTO internal.rulings VALUES (?, ?, ?, ?, ?)", list(now.values()))
    if splits:
        db.executemany("INSERT INTO internal.splits VALUES (?, ?, ?, ?, ?)", splits)
