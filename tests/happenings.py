"""What happens to a home of the sample articles, a step at a time: what is kept beside its views must follow all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from copydesk.flows.jobs import entities, stories
from copydesk.flows.jobs.adding import add_claim, span_of
from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.purge import purge
from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.jobs.review import review_claim, withdraw
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from tests.conftest import article, reader, rows
from tests.rule_sets import newer


def first_figures(home: Path) -> list[str]:
    return [row[0] for row in rows(home, "SELECT claim_id FROM facts WHERE kind = 'figure' ORDER BY claim_id LIMIT 4")]


def entity(home: Path, number: int) -> dict[str, Any]:
    found = rows(home, "SELECT entity_id, name, kind, country FROM entities ORDER BY facts + mentions DESC, entity_id LIMIT 5")
    return dict(zip(("entity_id", "name", "kind", "country"), found[number], strict=True))


def corrected_and_taken_back(home: Path) -> Iterator[None]:
    settings, claims = Settings(home=home, jobs=1), first_figures(home)
    review_claim(settings, claims[0], "correct", "read", {"place_name": "North Port", "value_low": 3.0})
    review_claim(settings, claims[1], "reject", "no claim", {})
    yield
    review_claim(settings, claims[0], "undo", "wrong", {})
    review_claim(settings, claims[1], "confirm", "a claim", {})
    yield


def names_merged_split_and_undone(home: Path) -> Iterator[None]:
    settings, one, other = Settings(home=home, jobs=1), entity(home, 0), entity(home, 1)
    entities.merge(settings, one, other, "the same")
    yield
    entities.undo(settings, one["entity_id"], "they are two")
    entities.rename(settings, other, "The Harbour", "its name")
    yield
    ((found,),) = rows(home, f"SELECT article_id FROM mentions WHERE entity_id = '{one['entity_id']}' ORDER BY 1 LIMIT 1")
    entities.split(settings, one, "another", None, found, "Another One")
    yield


def stories_joined_split_and_undone(home: Path) -> Iterator[None]:
    settings = Settings(home=home, jobs=1)
    (one, _), (other, _), *_ = rows(home, "SELECT story_id, articles FROM stories ORDER BY articles DESC, story_id")
    stories.merge(settings, one, other, "one event")
    yield
    ((article_id,),) = rows(home, f"SELECT max(article_id) FROM articles WHERE story_id = '{other}' AND duplicate_of IS NULL")
    stories.split(settings, other, [article_id], "another event")
    next(article_taken_in_and_withdrawn(home))
    yield
    stories.undo(settings, one, "two events")
    stories.undo(settings, other, "one event")
    yield


def claim_added(home: Path) -> Iterator[None]:
    ((article_id, text),) = rows(home, "SELECT article_id, text FROM articles ORDER BY article_id LIMIT 1")
    one = dict(zip(("article_id", "text"), (article_id, text), strict=True))
    with reader(home) as db:
        found = db.execute("SELECT * FROM articles WHERE article_id = $1", [article_id])
        names = [column[0] for column in found.description or ()]
        one = dict(zip(names, found.fetchall()[0], strict=True))
    words = " ".join(text.split()[:4])
    add_claim(Settings(home=home, jobs=1), one, "statement", span_of(text, words), {"attributed_to": "the choir"}, "missed")
    yield


def article_taken_in_and_withdrawn(home: Path) -> Iterator[None]:
    (home.parent / "more").mkdir(exist_ok=True)
    for number in range(2):
        (home.parent / "more" / f"{number}.txt").write_text(article(number), encoding="utf-8")
    ingest(Settings(home=home, jobs=1, max_rejects=1.0), FolderSource("more", [home.parent / "more"]), {}, Progress())
    yield
    ((document,),) = rows(home, "SELECT document_id FROM articles ORDER BY article_id LIMIT 1")
    withdraw(Settings(home=home, jobs=1), document, "asked")
    yield


def article_purged(home: Path) -> Iterator[None]:
    ((document,),) = rows(home, "SELECT document_id FROM articles ORDER BY article_id LIMIT 1")
    purge(Settings(home=home, jobs=1), document, "asked")
    yield


def all_made_again(home: Path) -> Iterator[None]:
    review_claim(Settings(home=home, jobs=1), first_figures(home)[2], "correct", "read", {"place_name": "North Port"})
    reprocess(Settings(home=home, jobs=1), Selection(), Progress(), newer())
    yield


def own_tables_written(home: Path) -> Iterator[None]:
    one = entity(home, 0)
    outlet = rows(home, "SELECT outlet FROM articles WHERE outlet IS NOT NULL ORDER BY 1 LIMIT 1")[0][0]
    (home / "entities.csv").write_text(f'name,also,kind\nThe One,"{one["name"]}",\n', encoding="utf-8")
    (home / "outlets.csv").write_text(f'name,also\nThe Paper,"{outlet}"\n', encoding="utf-8")
    place = rows(home, "SELECT name FROM places ORDER BY figures DESC, name LIMIT 1")[0][0]
    (home / "places.csv").write_text(f'name,also,pcode\nThe Place,"{place}",XX01\n', encoding="utf-8")
    review_claim(Settings(home=home, jobs=1), first_figures(home)[0], "confirm", "read", {})
    yield
    assert rows(home, "SELECT DISTINCT place_name FROM facts WHERE place_name = 'The Place'")
    article_of = article_taken_in_and_withdrawn(home)
    next(article_of)
    yield


HAPPENINGS: tuple[Callable[[Path], Iterator[None]], ...] = (
    corrected_and_taken_back,
    names_merged_split_and_undone,
    stories_joined_split_and_undone,
    claim_added,
    article_taken_in_and_withdrawn,
    article_purged,
    all_made_again,
    own_tables_written,
)
