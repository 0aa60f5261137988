"""The five real documents beside the checkout, where they are: blocks, articles and dates equal the gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from tests.conftest import rows


@pytest.fixture(scope="module")
def gold_home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("gold") / "home"
    ingest(Settings(home=home, jobs=1), FolderSource("seeds", [shared / "seeds"]), {}, Progress())
    return home


def gold(shared: Path, name: str, kind: str) -> Any:
    return json.loads((shared / "gold" / f"{name}.{kind}.json").read_text(encoding="utf-8"))


NAMES = ("000_e5d5263487338472", "001_f6ff097811d0b4ab", "002_b796a3233b35c8af", "003_d572e4f2333ef74b", "004_f49a4b4dde230f40")


@pytest.mark.parametrize("name", NAMES)
def test_blocks_equal_the_gold(gold_home: Path, shared: Path, name: str) -> None:
    raw = (shared / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
    want = [
        (part["role"], raw[part["raw_start"] : part["raw_end"]].strip())
        for segment in gold(shared, name, "segments")
        for part in segment.get("parts", [segment])
    ]
    found = rows(
        gold_home,
        "SELECT b.role, b.raw_start, b.raw_end FROM blocks b JOIN articles a USING (article_id) "
        f"WHERE a.source_uri LIKE '%{name}.txt' ORDER BY b.ordinal",
    )
    assert [(role, raw[start:end]) for role, start, end in found] == want


@pytest.mark.parametrize("name", NAMES)
def test_articles_equal_the_gold(gold_home: Path, shared: Path, name: str) -> None:
    want = gold(shared, name, "article")
    text, title, subtitle, authors, day, clock, dateline, outlet = rows(
        gold_home,
        "SELECT text, title, subtitle, authors, strftime(published_on, '%Y-%m-%d'), strftime(published_at, '%H:%M'), "
        f"dateline, outlet_printed FROM articles WHERE source_uri LIKE '%{name}.txt'",
    )[0]
    assert text.split("\n\n") == want["paragraphs"]
    assert (title, subtitle, authors) == (want["title"], want["subtitle"], want["authors"])
    assert (day, clock, dateline, outlet) == (want["published"], want["published_time"], want["dateline"], want["outlet"])


def test_blocks_tile_the_raw_text(gold_home: Path, shared: Path) -> None:
    for name in NAMES:
        raw = (shared / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
        spans = rows(
            gold_home,
            f"SELECT raw_start, raw_end FROM blocks JOIN documents USING (document_id) WHERE source_uri LIKE '%{name}.txt' ORDER BY 1",
        )
        at = 0
        for start, end in spans:
            assert at <= start < end
            assert not any(ch.isalnum() for ch in raw[at:start])
            at = end
        assert not any(ch.isalnum() for ch in raw[at:])


def test_facts_reach_what_was_promised(gold_home: Path, shared: Path) -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("score_facts", shared / "tools" / "score_facts.py")
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    found = scorer.read_warehouse(gold_home / "warehouse.duckdb")
    documents = [
        (name, "\n\n".join(gold(shared, name, "article")["paragraphs"]), gold(shared, name, "facts"), *found[name])
        for name in NAMES
    ]
    score = scorer.score(documents)
    assert score["figure"]["f1"] >= 85
    assert score["figure"]["claim"]["f1"] >= 62
    assert score["quote"]["f1"] >= 75
    assert score["statement"]["f1"] >= 60
