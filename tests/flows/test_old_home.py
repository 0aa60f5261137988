"""A home that an earlier release wrote opens, is sound, and takes in more: `tests/homes/` holds backups of such homes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.conftest import ROOT, article, copydesk, rows

HOMES = sorted((ROOT / "tests" / "homes").glob("release-*.tar.gz"))
HELD = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM documents), (SELECT count(*) FROM rejects)"


@pytest.fixture(params=HOMES, ids=lambda path: path.name.removesuffix(".tar.gz"))
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    backup = tmp_path / "old.tar"
    backup.write_bytes(gzip.decompress(request.param.read_bytes()))
    restored = copydesk("restore", backup, "--home", tmp_path / "home")
    assert restored.returncode == 0, restored.stderr
    return tmp_path / "home"


def test_an_old_home_is_sound_and_says_what_it_said(home: Path) -> None:
    published = copydesk("publish", "--home", home)
    assert published.returncode == 0, published.stderr
    assert rows(home, HELD) == [(4, 6, 1)]
    assert rows(home, "SELECT value_low, review FROM facts WHERE review IS NOT NULL") == [(14.0, "corrected")]
    assert rows(home, "SELECT count(*) FROM documents WHERE status = 'withdrawn'") == [(1,)]
    checked = copydesk("verify", "--home", home)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_an_old_home_goes_on(home: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(article(1), encoding="utf-8")
    taken = copydesk("ingest", tmp_path / "new.txt", "--home", home, "--jobs", "1")
    assert taken.returncode == 0, taken.stderr
    assert rows(home, HELD) == [(5, 7, 1)]
    again = copydesk("reprocess", "--home", home, "--jobs", "1", "--max-rejects", "1")
    assert again.returncode == 0, again.stderr
    assert rows(home, "SELECT value_low, review FROM facts WHERE review IS NOT NULL") == [(14.0, "corrected")]
    checked = copydesk("verify", "--home", home)
    assert checked.returncode == 0, checked.stdout + checked.stderr
