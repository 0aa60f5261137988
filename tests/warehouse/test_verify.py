"""Rot is found: a flipped byte, a missing file, a cut log, a wrong span, an orphan, a stale publish."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from copydesk.warehouse.chain import GENESIS, following, opened, sealed
from tests.conftest import copydesk
from tests.homes import first, flip, found

Damage = Callable[[Path], None]


def shift_span(home: Path) -> None:
    """A file whose hash the log knows, and whose first sentence points elsewhere."""
    import hashlib
    import json

    path = first(home, "sentences")
    table = pq.read_table(path)
    starts = table.column("span_start").to_pylist()
    starts[0] += 1
    number = table.schema.get_field_index("span_start")
    pq.write_table(table.set_column(number, table.schema.field(number), [starts]), path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with sqlite3.connect(home / "log.sqlite") as db:
        (name,) = next(row for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if "event" in row[0])
        for rowid, state in db.execute(f"SELECT rowid, state FROM {name}").fetchall():
            envelope = json.loads(state)
            for entry in envelope["data"].get("files", ()):
                if entry["path"].endswith(path.name):
                    entry["sha256"] = digest
                    db.execute(f"UPDATE {name} SET state = ? WHERE rowid = ?", (json.dumps(envelope).encode(), rowid))
    (home / "cache" / "state.sqlite").unlink()


def cut_log(home: Path) -> None:
    with sqlite3.connect(home / "log.sqlite") as db:
        (name,) = next(row for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if "event" in row[0])
        db.execute(f"DELETE FROM {name} WHERE rowid > (SELECT max(rowid) - 2 FROM {name})")


def drop_published(home: Path) -> None:
    (home / "warehouse.duckdb").resolve().unlink()


def test_a_sound_home_has_no_findings(own_home: Path) -> None:
    assert found(own_home) == []
    done = copydesk("verify", "--home", own_home)
    assert (done.returncode, done.stdout) == (0, "All is as the log says.\n")


@pytest.mark.parametrize("table", ["raw", "articles", "blocks", "sentences", "facts", "numbers", "rejects", "validations"])
def test_a_flipped_byte_and_a_missing_file_are_found_with_their_documents(own_home: Path, table: str) -> None:
    flip(own_home, table)
    (finding,) = (one for one in found(own_home) if one.kind == "changed_file")
    assert finding.what.endswith(first(own_home, table).name)
    assert finding.documents
    name = first(own_home, table).name
    first(own_home, table).unlink()
    assert next(one.kind for one in found(own_home) if one.what.endswith(name)) == "missing_file"


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (shift_span, "wrong_span"),
        (cut_log, "log"),
        (lambda home: (home / "data" / "facts" / "stray.parquet").write_bytes(b"x"), "orphan"),
        (drop_published, "stale_publish"),
    ],
    ids=["span", "log", "orphan", "publish"],
)
def test_other_rot_is_found(own_home: Path, damage: Damage, kind: str) -> None:
    damage(own_home)
    assert kind in {finding.kind for finding in found(own_home)}
    assert copydesk("verify", "--home", own_home).returncode == 1


def test_without_a_home_it_says_so(tmp_path: Path) -> None:
    told = copydesk("verify", "--home", tmp_path / "none")
    assert told.returncode == 1
    assert "There is no home" in told.stderr


def flip_any(home: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((home / "data").rglob("*.parquet")))
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.chmod(0o644)
    path.write_bytes(data)


def remove_any(home: Path, chance: random.Random) -> None:
    chance.choice(sorted((home / "data").rglob("*.parquet"))).unlink()


def cut_any(home: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((home / "data").rglob("*.parquet")))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


PLANTED: tuple[Callable[[Path, random.Random], None], ...] = (
    flip_any,
    remove_any,
    cut_any,
    lambda home, _: shift_span(home),
    lambda home, _: cut_log(home),
    lambda home, _: drop_published(home),
    lambda home, chance: (home / "data" / "blocks" / f"{chance.random()}.parquet").write_bytes(b"x") and None,
)


@pytest.mark.parametrize("count", [7, pytest.param(50, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])])
def test_whatever_is_planted_is_found(whole_home: Callable[[], Path], count: int, capsys: pytest.CaptureFixture[str]) -> None:
    chance, seen = random.Random(count), 0
    for number in range(count):
        home = whole_home()
        PLANTED[number % len(PLANTED)](home, chance)
        seen += bool(found(home))
    assert seen == count
    if count > 10:
        with capsys.disabled():
            print(f"\n{count} corruptions planted, {seen} found")


def change_log(home: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    """Changes the log of a home behind the program's back, and removes the cache, which would tell."""
    with closing(sqlite3.connect(home / "log.sqlite", isolation_level=None)) as db:
        change(db)
    for path in (home / "cache").glob("state.sqlite*"):
        path.unlink()


def replace(old: str, new: str) -> Callable[[sqlite3.Connection], object]:
    """Changes the first event that holds the text."""
    return lambda db: db.execute(
        "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), ?, ?) AS BLOB) "
        "WHERE rowid = (SELECT min(rowid) FROM stored_events WHERE instr(CAST(state AS TEXT), ?))",
        (old, new, old),
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (replace('.txt"', '.tyt"'), "was changed after it was appended"),
        (replace('"source":"articles"', '"source":"articlez"'), "was changed"),
        (replace('"specversion":"1.0","id":"', '"specversion":"1.0","id":"x'), "was changed"),
        (replace('"time":"20', '"time":"19'), "was changed"),
        (replace('"subject":"', '"subject":"a'), "was changed"),
        (lambda db: db.execute("UPDATE stored_events SET originator_version = 9999 WHERE rowid = 3"), "was changed"),
        (lambda db: db.execute("DELETE FROM stored_events WHERE rowid = 5"), "was removed"),
        (
            lambda db: db.executemany("UPDATE stored_events SET rowid = ? WHERE rowid = ?", [(-1, 4), (4, 5), (5, -1)]),
            "does not follow",
        ),
        (
            lambda db: db.execute(
                "INSERT INTO stored_events SELECT hex(randomblob(16)), 1, topic, state FROM stored_events WHERE rowid = 4"
            ),
            "does not follow",
        ),
    ],
    ids=["address", "source", "id", "time", "subject", "version", "removed", "swapped", "own_home to the end"],
)
def test_a_change_to_the_log_is_found_at_its_position(
    own_home: Path, change: Callable[[sqlite3.Connection], object], told: str
) -> None:
    change_log(own_home, change)
    findings = [one for one in found(own_home) if one.kind == "log"]
    assert findings
    assert all(one.what.startswith("position ") for one in findings)
    assert told in findings[0].detail or told in findings[-1].detail
    done = copydesk("verify", "--home", own_home)
    assert (done.returncode, "log: position " in done.stdout) == (1, True)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('.txt"', '.tyt"', "names the document"),
        ('"article_id":"', '"article_id":"0', "names the article"),
        ('"output_id":"', '"output_id":"0', "names the output"),
        ('"revision":1,"sha256"', '"revision":2,"sha256"', "names the output"),
    ],
)
def test_ids_are_made_again_even_where_somebody_chained_the_log_anew(own_home: Path, old: str, new: str, told: str) -> None:
    def chain_anew(db: sqlite3.Connection) -> None:
        replace(old, new)(db)
        chain = GENESIS
        rows = db.execute("SELECT rowid, originator_id, originator_version, state FROM stored_events ORDER BY rowid").fetchall()
        for rowid, stream, version, state in rows:
            link = opened(stream, version, state)
            chain = following(chain, link.computed)
            db.execute("UPDATE stored_events SET state = ? WHERE rowid = ?", (sealed(link.body, link.computed, chain), rowid))

    change_log(own_home, chain_anew)
    assert told in " ".join(one.detail for one in found(own_home) if one.kind == "log")
