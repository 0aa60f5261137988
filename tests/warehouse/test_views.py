"""The published views: all are there, with all columns and comments, and hold together."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from copydesk.transforms.vocabulary import Role, values
from copydesk.warehouse.events import DocumentReceived, RunFinished
from copydesk.warehouse.home import Home
from copydesk.warehouse.log import sqlite_log
from copydesk.warehouse.publish import KEPT_SECONDS, expire
from copydesk.warehouse.state import State
from tests.conftest import Ingest, article, copydesk, rows
from tests.receipts import receipt

VIEWS = {
    "articles": "article_id document_id source source_uri url outlet outlet_id outlet_country outlet_kind outlet_printed section title subtitle authors agency "
    "published_on published_at published_offset modified_at dateline language facts text words content_sha256 duplicate_of similarity story_id received_at ingested_at "
    "revision rules output_id batch_id",
    "printings": "article_id document_id source source_uri outlet url received_at",
    "blocks": "document_id article_id ordinal paragraph role reason text raw_start raw_end",
    "sentences": "sentence_id article_id ordinal paragraph text span_start span_end raw_start raw_end",
    "facts": "fact_id claim_id article_id sentence_id kind text span_start span_end raw_start raw_end measure value_low "
    "value_high qualifier hedge unit item modality rate scope place place_name place_from country_code latitude longitude "
    "as_of_start as_of_end said_on attributed_to speaker cue claimant_kind claimant_id "
    "claimant_name claimant_country speaker_id body_id confidence extractor extractor_version review",
    "figures": "measure value_low value_high qualifier unit attributed_to",
    "quotes": "text attributed_to speaker cue",
    "statements": "text attributed_to speaker cue",
    "numbers": "article_id text span_start span_end fact_id reason",
    "mentions": "article_id ordinal text span_start span_end entity_id name form kind country body_id output_id",
    "entities": "entity_id name form kind country aliases speaks_for spokesmen facts mentions articles outlets first_seen last_seen "
    "wikidata_id",
    "claimants": "entity_id name kind country outlet_id outlet figures quotes statements by_others first_said last_said",
    "outlets": "outlet_id name host country language kind printed articles first_published last_published",
    "documents": "document_id source source_uri status reason detail article_id",
    "rejects": "document_id source_uri stage reason expectation detail row size sha256",
    "reviews": "position reviewed_at claim_id verdict corrections taken_back who why",
    "validations": "run_id batch_id suite expectation success evaluated failed examples",
    "runs": "run_id kind outcome started_at finished_at received ingested rejected",
    "events": "position id type subject time data specversion dataschema",
    "source_health": "source last_success_at last_new_document_at usual_gap_hours overdue",
    "places": "place_id name printed country_code admin1 admin2 latitude longitude precision figures articles",
    "figure_series": "measure unit place_name place_id country_code admin1 admin2 as_of outlet outlet_id claimant claimant_id value_low value_high hedge scope modality fact_id",
    "figure_conflicts": "relation why place_id country_code admin1 admin2 sentence_a sentence_b outlet_a outlet_b claimant_a claimant_b text_a text_b hedge_a hedge_b",
    "stories": "story_id title first_on last_on articles copies outlets origins origin_names places entities measures",
    "origins": "article_id story_id outlet owner agency reprint_of origin origin_id origin_from chain",
    "fact_origins": "fact_id claim_id article_id outlet told claimant origin origin_id chain",
    "claim_groups": "claim_group_id story_id measure unit counted reckoning place_name value hedges articles outlets claimants origins "
    "first_printed_on first_printed_by first_claimant fact_ids",
    "timeline": "story_id measure counted place_name as_of published_on outlet claimant value kind change value_before fact_id_before",
    "changes": "position time kind change why who note outlet title before after sentences_gone sentences_new article_id fact_id claim_id "
    "document_id source_uri",
    "articles_history": "article_id text current_from current_until ended_by",
    "facts_history": "fact_id claim_id text current_from current_until ended_by",
}


@pytest.mark.parametrize("view", list(VIEWS))
def test_a_view_has_its_columns_each_with_a_comment(sample_home: Path, view: str) -> None:
    found = dict(
        rows(
            sample_home,
            f"SELECT column_name, comment FROM duckdb_columns() WHERE table_name = '{view}' AND schema_name = 'main'",
        )
    )
    assert set(VIEWS[view].split()) <= set(found)
    assert all(found.values()), [name for name, comment in found.items() if not comment]
    assert rows(sample_home, f"SELECT comment FROM duckdb_views() WHERE view_name = '{view}'")[0][0]
    held = rows(sample_home, f"SELECT count(*) FROM {view}")[0][0]
    assert held == 0 if view == "reviews" else held >= 1, "nobody has reviewed anything there, and all else holds rows"


def test_no_other_view_is_public(sample_home: Path) -> None:
    found = {
        name
        for (name,) in rows(sample_home, "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal")
    }
    assert found == set(VIEWS)


def test_an_empty_home_has_every_view_too(take: Ingest, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    take(tmp_path / "none")
    for view in VIEWS:
        rows(tmp_path / "home", f"SELECT count(*) FROM {view}")


def test_spans_point_at_their_text_to_the_letter(sample_home: Path) -> None:
    for table in ("sentences", "facts", "numbers"):
        wrong = rows(
            sample_home,
            f"SELECT t.text FROM {table} t JOIN articles a USING (article_id) "
            "WHERE substring(a.text, t.span_start + 1, t.span_end - t.span_start) <> t.text",
        )
        assert wrong == []


def test_ids_are_unique_and_lead_somewhere(sample_home: Path) -> None:
    for table, key in (
        ("articles", "article_id"),
        ("sentences", "sentence_id"),
        ("facts", "fact_id"),
        ("documents", "document_id"),
    ):
        assert rows(sample_home, f"SELECT count(*) - count(DISTINCT {key}) FROM {table}") == [(0,)]
    assert rows(sample_home, "SELECT count(*) FROM facts ANTI JOIN sentences USING (sentence_id)") == [(0,)]
    assert rows(
        sample_home, "SELECT count(*) FROM numbers WHERE fact_id IS NOT NULL AND fact_id NOT IN (SELECT fact_id FROM facts)"
    ) == [(0,)]
    assert rows(sample_home, "SELECT count(*) FROM numbers WHERE (fact_id IS NULL) = (reason IS NULL)") == [(0,)]


def test_three_sources_on_one_flood_stand_side_by_side(sample_home: Path) -> None:
    found = rows(
        sample_home,
        "SELECT DISTINCT outlet, value_low, claimant_kind FROM figure_series "
        "WHERE measure = 'killed' AND place_name = 'Port Ellery' AND duplicate_of IS NULL AND published_on = '2024-05-03'",
    )
    assert {
        ("Harbor Courier", 14.0, "police"),
        ("The Daily Lantern", 19.0, "health_authority"),
        ("Coastal Wire", 17.0, "health_authority"),
    } <= set(found)
    relations = rows(
        sample_home,
        "SELECT relation, low_a, low_b FROM figure_conflicts WHERE measure = 'killed' AND place_name = 'Port Ellery'",
    )
    assert ("contradicts", 17.0, 19.0) in [(r, *sorted((a, b))) for r, a, b in relations]


def test_the_figures_of_towns_are_found_from_their_state_and_places_are_listed(take: Ingest, tmp_path: Path) -> None:
    text = (
        "At least 11 people died in Texas on Thursday, the Harbour Board said in a note to the members. Five people were killed "
        "in Dallas, and 40 were hurt in Houston.\n\nIn Springfield, Illinois, 14 houses burned down in the same night of storms, "
        "and the fire spread to the mill by the river.\n"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "storms.txt").write_text(
        f"Storms cross the south\n\nBy Ida Ferrell\nMay 3, 2024\n\n{text}", encoding="utf-8"
    )
    take(tmp_path / "in")
    home = tmp_path / "home"
    found = rows(
        home, "SELECT place_name FROM figure_series WHERE country_code = 'US' AND admin1 = 'Texas' ORDER BY place_name"
    )
    assert found == [("Dallas",), ("Houston",), ("Texas",)]
    listed = rows(home, "SELECT name, place_id, admin1, precision, printed, figures FROM places ORDER BY name")
    assert ("Springfield", 4250542, "Illinois", "town", ["Springfield"], 1) in listed, "the one of four that the text names"
    assert ("Texas", 4736286, "Texas", "region", ["Texas"], 1) in listed


def test_the_file_opens_for_older_readers(sample_home: Path) -> None:
    path = (sample_home / "warehouse.duckdb").resolve()
    tags = rows(sample_home, "SELECT tags FROM duckdb_databases() WHERE NOT internal")[0][0]
    assert "v1.5" in str(tags), tags
    assert not path.stat().st_mode & 0o222


def test_old_files_live_a_day_and_the_data_they_name_with_them(take: Ingest, tmp_path: Path) -> None:
    folder, home = tmp_path / "in", Home(tmp_path / "home")
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(article(n))
        take(folder)
    assert len(list(home.published.glob("*.duckdb"))) == 3
    state = State.open(home.cache / "state.sqlite")
    expire(home, state, time.time())
    assert len(list(home.published.glob("*.duckdb"))) == 3
    expire(home, state, time.time() + KEPT_SECONDS + 5)
    assert [path.resolve() for path in home.published.glob("*.duckdb")] == [home.warehouse.resolve()]
    assert rows(home.root, "SELECT count(*) FROM articles") == [(3,)]
    assert rows(home.root, "SELECT count(*) FROM events WHERE type = 'document.ingested'") == [(3,)]


def test_a_careless_writer_cannot_break_later_readers(take: Ingest, tmp_path: Path) -> None:
    """A read-write session that leaves a write-ahead log beside the link disturbs no file published later."""
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    (folder / "a.txt").write_text(article(1))
    take(folder)
    (home / "warehouse.duckdb.wal").write_bytes(os.urandom(64))
    (folder / "b.txt").write_text(article(2))
    take(folder)
    assert rows(home, "SELECT count(*) FROM articles") == [(2,)]


def test_published_by_increments_equals_published_from_scratch(
    take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copydesk.warehouse.compaction.MOST_SMALL", 4)
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    for n in range(8):
        (folder / f"{n % 6:02}.txt").write_text(article(n))
        take(folder)
    queries = [f"SELECT * FROM {view}" for view in VIEWS if view != "source_health"]
    before = [sorted(rows(home, query), key=repr) for query in queries]
    for path in (home / "cache").iterdir():
        path.unlink()
    shutil.rmtree(home / "published")
    assert copydesk("publish", "--home", home).returncode == 0
    assert [sorted(rows(home, query), key=repr) for query in queries] == before
    assert rows(home, "SELECT count(*), count(DISTINCT run_id) FROM runs") == [(8, 8)]
    assert rows(home, "SELECT count(*) - count(DISTINCT position) FROM events") == [(0,)]
    assert rows(home, "SELECT count(*) FROM documents") == [(6,)]
    assert rows(home, "SELECT count(*) FROM articles_history WHERE ended_by = 'source'") == [(2,)]


def test_a_source_that_is_silent_for_three_times_its_rhythm_is_overdue(take: Ingest, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(article(1))
    take(tmp_path / "in")
    home = tmp_path / "home"
    log = sqlite_log(home / "log.sqlite")
    now = datetime.now(UTC)

    def received(source: str, hours_ago: float) -> DocumentReceived:
        uri, at = f"file:///{source}/{hours_ago}", now - timedelta(hours=hours_ago)
        return receipt(uri, source=source, received_at=at, sha256="0" * 64, problem="vanished")

    writer = log.writer(str(uuid.uuid4()))
    polled = ("wire", "slow", "mute")
    end = RunFinished(run_id=writer.run_id, kind="ingest", outcome="completed", started_at=now, sources=polled)
    writer.append(*(received("wire", hours) for hours in (9, 8, 7, 6)), *(received("slow", hours) for hours in (30, 20, 10)))
    writer.append(end)
    log.close()
    assert copydesk("publish", "--home", home).returncode == 0
    health = (
        "SELECT source, documents, usual_gap_hours, last_new_document_at IS NULL, overdue FROM source_health ORDER BY source"
    )
    assert rows(home, health) == [
        ("mute", 0, None, True, False),
        ("slow", 3, None, False, False),
        ("test", 1, None, False, False),
        ("wire", 4, 1.0, False, True),
    ]


def test_every_block_has_a_role_of_the_design_and_a_reason(sample_home: Path) -> None:
    found = rows(sample_home, "SELECT DISTINCT role, reason FROM blocks")
    assert {role for role, _ in found} <= set(values(Role))
    assert all(reason for _, reason in found)


ROWS_BY_VERSION = [
    ("1", None, None, None),
    ("2", "+02:00", None, None),
    ("3", "+02:00", datetime(2024, 5, 4), None),
    ("4", "+02:00", datetime(2024, 5, 4), "supported"),
]
"""What files of each schema version say of an article: what came later is null."""


def test_a_file_of_an_older_schema_is_read_as_if_what_came_later_were_null(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from copydesk.warehouse.scans import scan
    from copydesk.warehouse.schemas import ARTICLES

    rows_of = {
        version: pa.schema([(column.name, column.kind) for column in ARTICLES.columns if column.since <= version])
        for version in (1, 2, 3, 4)
    }
    files = []
    for version, schema in rows_of.items():
        path = tmp_path / f"{version}.parquet"
        values = {
            "article_id": str(version),
            "published_offset": "+02:00",
            "modified_at": datetime(2024, 5, 4),
            "facts": "supported",
        }
        pq.write_table(pa.Table.from_pylist([{name: values.get(name) for name in schema.names}], schema=schema), path)
        files.append((str(path), version, False))
    for given, expected in (
        (files[:1], ROWS_BY_VERSION[:1]),
        (files, ROWS_BY_VERSION),
        (files[::-1], ROWS_BY_VERSION),
    ):
        query = f"SELECT article_id, published_offset, modified_at, facts FROM ({scan(ARTICLES, given, live=False)}) ORDER BY 1"
        with duckdb.connect() as db:
            assert db.execute(query).fetchall() == expected
