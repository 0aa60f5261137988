"""The fold: what stands after which events."""

from __future__ import annotations

import sqlite3
import uuid
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.warehouse.events import (
    DocumentDuplicate,
    DocumentIngested,
    DocumentRejected,
    DocumentWithdrawn,
    Event,
    RunAbandoned,
)
from copydesk.warehouse.log import EventLog, memory_log
from copydesk.warehouse.state import State
from tests.receipts import receipt

NOW = datetime(2024, 5, 3, tzinfo=UTC)


def received(document: str, revision: int, content: str) -> Event:
    return receipt(f"file:///{document}", document_id=document, revision=revision, size=9, sha256=content, received_at=NOW)


def ingested(document: str, revision: int, content: str, rules: str = "1") -> Event:
    output = f"{document}-{revision}-{rules}"
    return DocumentIngested(
        document_id=document,
        revision=revision,
        sha256=content,
        output_id=output,
        article_id=f"article-{content}",
        batch_id="b",
        rules=rules,
        outlet=None,
        signature="",
    )


def turned_away(document: str, revision: int, content: str, output: str, detail: str = "-") -> Event:
    return DocumentRejected(
        document_id=document,
        revision=revision,
        sha256=content,
        output_id=output,
        batch_id="b",
        rules="1",
        reason="empty",
        detail=detail,
    )


def folded(*events: Event) -> State:
    log = memory_log()
    log.writer(str(uuid.uuid4())).append(*events)
    return State.open().catch_up(log)


def alive(state: State) -> set[str]:
    return {row[0] for row in state.rows("SELECT output_id FROM outputs WHERE output_id NOT IN (SELECT output_id FROM dead)")}


def test_a_new_content_supersedes_the_old_whole() -> None:
    state = folded(received("a", 1, "x"), ingested("a", 1, "x"), received("a", 2, "y"), ingested("a", 2, "y"))
    assert alive(state) == {"a-2-1"}
    assert [tuple(r) for r in state.rows("SELECT output_id, cause FROM dead")] == [("a-1-1", "source")]


def test_new_rules_supersede_and_say_so() -> None:
    state = folded(received("a", 1, "x"), ingested("a", 1, "x"), ingested("a", 1, "x", "2"))
    assert alive(state) == {"a-1-2"}
    assert state.rows("SELECT cause FROM dead")[0][0] == "rules"


def test_an_article_lives_while_any_document_prints_it() -> None:
    events = [
        received("a", 1, "x"),
        ingested("a", 1, "x"),
        received("b", 1, "x"),
        DocumentDuplicate("b", 1, "x", "article-x"),
        received("a", 2, "y"),
        ingested("a", 2, "y"),
    ]
    state = folded(*events)
    assert alive(state) == {"a-1-1", "a-2-1"}
    assert [tuple(r) for r in state.rows("SELECT * FROM owners")] == [("a-1-1", "b")]
    state = folded(*events, received("b", 2, "z"), ingested("b", 2, "z"))
    assert alive(state) == {"a-2-1", "b-2-1"}


def test_a_spoilt_fetch_takes_no_article_away() -> None:
    rejected = turned_away("a", 2, "e", "a-2-1", "nothing in it")
    state = folded(received("a", 1, "x"), ingested("a", 1, "x"), received("a", 2, "e"), rejected)
    assert "a-1-1" in alive(state)
    assert state.document("a")["status"] == "rejected"  # type: ignore[index]


def test_a_withdrawn_document_has_no_article() -> None:
    state = folded(received("a", 1, "x"), ingested("a", 1, "x"), DocumentWithdrawn("a", "by court order", "desk"))
    assert alive(state) == set()
    assert state.article_of("x") is None


def test_received_and_undecided_documents_are_pending_in_log_order() -> None:
    state = folded(received("b", 1, "y"), received("a", 1, "x"), received("c", 1, "z"), ingested("a", 1, "x"))
    assert [document["document_id"] for document in state.pending()] == ["b", "c"]


def dump(state: State) -> list[list[tuple[object, ...]]]:
    tables = ("documents", "outputs", "contents", "dead", "owners", "files", "runs", "knowledge")
    return [sorted(map(tuple, state.rows(f"SELECT * FROM {table}")), key=repr) for table in tables]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.booleans()), max_size=12), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_folded_by_steps_equals_folded_at_once(story: list[tuple[str, str, bool]], step: int) -> None:
    log = memory_log()
    writer = log.writer(str(uuid.uuid4()))
    by_steps, at_every_event = State.open(), State.open()
    for n, (document, content, good) in enumerate(story, 1):
        article = at_every_event.catch_up(log).article_of(content)
        writer.append(received(document, n, content))
        if not good:
            writer.append(turned_away(document, n, content, f"{document}-{n}-r"))
        elif article is None:
            writer.append(ingested(document, n, content))
        else:
            writer.append(DocumentDuplicate(document, n, content, article))
        if n % step == 0:
            by_steps.catch_up(log)
    at_once = dump(State.open().catch_up(log))
    assert dump(by_steps.catch_up(log)) == at_once
    assert dump(at_every_event.catch_up(log)) == at_once


def test_a_cache_of_another_shape_is_folded_anew(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    log: EventLog = memory_log()
    log.writer(str(uuid.uuid4())).append(received("a", 1, "x"))
    kept = State.open(path).catch_up(log)
    kept.db.execute("UPDATE meta SET value = 'older' WHERE key = 'shape'")
    kept.close()
    again = State.open(path)
    assert again.position == 0
    assert again.catch_up(log).document("a") is not None
    again.close()
    path.write_bytes(b"not a database at all, but long enough to be one" * 40)
    assert State.open(path).catch_up(log).document("a") is not None


def test_a_cache_that_an_overtaken_process_holds_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    State.open(path).close()
    stopped = sqlite3.connect(path, isolation_level=None)
    stopped.execute("BEGIN IMMEDIATE")
    stopped.execute("UPDATE meta SET value = '7' WHERE key = 'position'")
    log = memory_log()
    log.writer(str(uuid.uuid4())).append(RunAbandoned("one", "other"))
    state = State.open(path).catch_up(log)
    assert state.position == 1
    stopped.execute("COMMIT")
    assert state.position == 1
    state.close()
    stopped.close()
    again = State.open(path)
    assert again.position == 1
    again.close()
