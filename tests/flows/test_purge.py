"""A purge erases bytes and rows for good, and keeps that it happened."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.rebuild import rebuild
from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.jobs.review import review_claim
from copydesk.flows.jobs.verify import check
from copydesk.flows.runs.run import Progress, Run
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.warehouse.chain import opened
from tests.conftest import Ingest, article, copydesk, rows
from tests.flows.purges import BODY, TITLE, purge_of, told
from tests.flows.websites import Site, page
from tests.homes import contents, folder_of, found, left_of

NAME = "The name that must go is Tobias Quarrel"


def everything(home: Path) -> str:
    """All text of all files of a home, Parquet unpacked."""
    parts = []
    for path in home.rglob("*"):
        if path.suffix == ".parquet":
            parts.append(str(pq.read_table(path).to_pylist()))
        elif path.is_file():
            parts.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(parts)


def test_nothing_of_a_purged_document_is_left_but_that_it_was_there(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 6)
    take(folder, home=tmp_path / "without")
    (folder / "gone.txt").write_text(article(60).replace("The council met", f"{NAME}. The council met"), encoding="utf-8")
    take(folder)
    (folder / "gone.txt").write_text(article(61).replace("The council met", f"{NAME}. The council met"), encoding="utf-8")
    take(folder)
    assert NAME in everything(home)
    (document, digest) = rows(home, "SELECT document_id, sha256 FROM documents WHERE source_uri LIKE '%gone.txt'")[0]
    asked = copydesk("document", "purge", document, "--why", "court order 12", "--home", home)
    assert asked.returncode == 1
    assert "--yes" in asked.stderr
    done = copydesk("document", "purge", document, "--why", "court order 12", "--yes", "--home", home)
    assert done.returncode == 0, done.stderr
    assert NAME not in everything(home)
    assert rows(home, f"SELECT status, reason, sha256 FROM documents WHERE document_id = '{document}'") == [
        ("purged", "court order 12", digest)
    ]
    left, without = contents(home), contents(tmp_path / "without")
    assert {table: left[table] for table in left if table != "documents"} == {
        table: without[table] for table in without if table != "documents"
    }
    assert found(home) == []
    assert rebuild(Settings(home=home, jobs=1), Progress()).equal

    again = take(folder)
    assert (again.tally.counts["received"], again.tally.skipped["purged"]) == (0, 1)
    (folder / "new.txt").write_text(article(62), encoding="utf-8")
    assert take(folder).tally.counts["ingested"] == 1
    assert NAME not in everything(home)
    refused = copydesk("document", "restore", document, "--why", "x", "--yes", "--home", home)
    assert "not withdrawn" in refused.stderr
    before = rows(home, "SELECT count(*) FROM events WHERE type = 'document.purged'")
    again_asked = copydesk("document", "purge", document, "--why", "x", "--yes", "--home", home)
    assert (again_asked.returncode, again_asked.stdout.split(":")[0]) == (0, "Purged already")
    assert rows(home, "SELECT count(*) FROM events WHERE type = 'document.purged'") == before


def test_bytes_that_another_document_holds_stay_and_are_named(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 2)
    (folder / "z-copy.txt").write_bytes((folder / "000.txt").read_bytes())
    take(folder)
    before = contents(home)["sentences"]
    document = rows(home, "SELECT document_id FROM documents WHERE source_uri LIKE '%/000.txt'")[0][0]
    done = copydesk("document", "purge", document, "--why", "x", "--yes", "--home", home)
    assert "z-copy.txt" in done.stdout
    assert contents(home)["sentences"] == before
    assert rows(home, "SELECT parse_filename(source_uri) FROM articles ORDER BY 1") == [("001.txt",), ("z-copy.txt",)]
    copy = rows(home, "SELECT document_id FROM documents WHERE source_uri LIKE '%z-copy.txt'")[0][0]
    assert copydesk("document", "purge", copy, "--why", "x", "--yes", "--home", home).returncode == 0
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]
    assert found(home) == []


def test_no_title_address_or_word_of_a_plain_file_is_left_in_any_file(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 3)
    path = folder / "vosstrup-ferry.txt"
    path.write_text(told(70), encoding="utf-8")
    ingest(
        Settings(home=home, jobs=1, max_rejects=1.0),
        FolderSource("test", [folder, path]),
        {"paths": [str(folder), "news/../vosstrup-ferry.txt", str(path)]},
        Progress(),
    )
    fact = rows(home, "SELECT claim_id FROM facts JOIN articles USING (article_id) WHERE source_uri LIKE '%vosstrup%' LIMIT 1")
    review_claim(Settings(home=home), fact[0][0], "correct", f"{BODY} more", {"place": BODY})
    assert copydesk("report", "--home", home).returncode == 0
    texts = (TITLE, BODY, "vosstrup-ferry", "Quenby")
    assert {text for _, text in left_of(home, *texts)} == set(texts)
    done = purge_of(home, "source_uri LIKE '%vosstrup%'")
    assert left_of(home, *texts) == []
    assert [str(path) in line for line in done.remains] == [True], "its source outside the home is named"
    assert rows(home, "SELECT 1 FROM internal.reviews WHERE why <> '' OR corrections <> '{}'") == []
    assert found(home) == []
    assert rebuild(Settings(home=home, jobs=1), Progress()).equal
    assert take(folder).tally.skipped["purged"] == 1


def test_rows_of_a_table_with_titles_and_addresses_and_rejects_with_their_details(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    lines = [
        {"text": told(71), "title": TITLE, "url": "https://ferry.example/vosstrup"},
        {
            "text": told(72).replace(TITLE, "Other title of the day"),
            "title": "Other",
            "url": "https://ferry.example/vosstrup-2",
        },
        {"text": "x", "title": "Turned away for Wilmet Orne", "url": "https://ferry.example/orne"},
    ]
    (tmp_path / "table.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    take(tmp_path / "table.jsonl")
    gone = (TITLE, "cars. 71", 'https://ferry.example/vosstrup"', "Wilmet Orne", "https://ferry.example/orne")
    for where in ("url LIKE '%/vosstrup'", "url LIKE '%/orne'"):
        purge_of(home, where)
    assert left_of(home, *gone) == []
    assert rows(home, "SELECT url FROM articles") == [("https://ferry.example/vosstrup-2",)]
    assert found(home) == []


def test_pages_of_the_web_are_forgotten_with_what_the_source_remembered(
    site: Site, poll: Callable[..., Run], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    site.put("/quenby", page(80))
    site.put("/stays", page(81))
    site.put("/list.txt", f"{site.root}/quenby\n{site.root}/stays\n{site.root}/missing-wilmet\n", "text/plain")
    poll("urls", f"{site.root}/list.txt")
    assert {text for _, text in left_of(home, "/quenby", "/stays")} == {"/quenby", "/stays"}
    purge_of(home, "source_uri LIKE '%/quenby'")
    purge_of(home, "source_uri LIKE '%/missing-wilmet'")
    assert left_of(home, "/quenby", "(80)", "wilmet") == []
    assert {text for _, text in left_of(home, "/stays", "(81)")} == {"/stays", "(81)"}
    again = poll("urls", f"{site.root}/list.txt")
    assert (again.tally.counts["received"], again.tally.skipped["purged"]) == (0, 2)
    assert found(home) == []


def test_a_purged_text_is_not_taken_in_under_another_name(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 2)
    (folder / "a.txt").write_text(told(73), encoding="utf-8")
    take(folder)
    (folder / "a.txt").write_text(told(74), encoding="utf-8")
    take(folder)
    purge_of(home, "source_uri LIKE '%/a.txt'")
    (folder / "b.txt").write_text(told(73), encoding="utf-8")
    with zipfile.ZipFile(folder / "c.zip", "w") as packed:
        packed.writestr("in/d.txt", told(74))
        packed.writestr("in/e.txt", article(75))
    run = take(folder)
    assert (run.tally.counts["received"], run.tally.counts["ingested"], run.tally.skipped["purged"]) == (1, 1, 3)
    reprocess(Settings(home=home, jobs=1), Selection(), Progress())
    assert left_of(home, BODY, TITLE) == []
    assert rows(home, "SELECT count(*) FROM documents WHERE source_uri LIKE '%c.zip%'") == [(1,)]


def test_empty_documents_are_still_taken_in_after_one_was_purged(take: Ingest, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 1)
    (folder / "empty.txt").write_bytes(b"")
    take(folder)
    purge_of(tmp_path / "home", "source_uri LIKE '%/empty.txt'")
    (folder / "empty-too.txt").write_bytes(b"")
    assert take(folder).tally.counts["rejected"] == 1


def test_lines_that_the_document_alone_repeated_go_from_what_was_learnt(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 6)
    repeated = ("call at the house of wilmet orne", "follow the gazette of the harbour")  # small letters, as they are kept
    for path in folder.glob("*.txt"):
        path.write_text(path.read_text() + f"\n\n{repeated[1]}\n", encoding="utf-8")
    for number in range(6):
        (folder / "one.txt").write_text(told(76 + number) + "\n\n{}\n\n{}\n".format(*repeated))
        source = FolderSource("test", [folder], outlet="Orne Gazette")
        ingest(Settings(home=home, jobs=1, max_rejects=1.0), source, {}, Progress())
    assert {text for name, text in left_of(home, *repeated) if name == "log.sqlite"} == set(repeated)
    purge_of(home, "source_uri LIKE '%/one.txt'")
    assert left_of(home, repeated[0]) == []
    assert ("log.sqlite", repeated[1]) in left_of(home, repeated[1])
    assert found(home) == []
    assert rebuild(Settings(home=home, jobs=1), Progress()).equal


def test_where_other_documents_print_the_same_bytes_the_address_of_this_one_goes_alone(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 1)
    (folder / "a-vosstrup.txt").write_text(told(90), encoding="utf-8")
    take(folder)
    (folder / "b-other.txt").write_text(told(90), encoding="utf-8")
    take(folder)
    done = purge_of(home, "source_uri LIKE '%a-vosstrup.txt'")
    assert [uri.rpartition("/")[2] for uri in done.elsewhere] == ["b-other.txt"]
    assert left_of(home, "a-vosstrup") == []
    assert rows(home, "SELECT parse_filename(source_uri) FROM articles ORDER BY 1") == [("000.txt",), ("b-other.txt",)]
    assert found(home) == []


def test_a_home_that_an_older_program_purged_is_purged_again(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 2)
    (folder / "vosstrup.txt").write_text(told(91), encoding="utf-8")
    take(folder)
    before = bodies(home)
    purge_of(home, "source_uri LIKE '%vosstrup%'")
    with closing(sqlite3.connect(home / "log.sqlite")) as db, db:
        for rowid, body in {**bodies(home), **before}.items():
            envelope = json.loads(body)
            envelope["data"] = {name: value for name, value in envelope["data"].items() if name not in ("contents", "redacted")}
            db.execute("UPDATE stored_events SET state = ? WHERE rowid = ?", (json.dumps(envelope).encode(), rowid))
    (home / "cache" / "state.sqlite").unlink()
    assert copydesk("publish", "--home", home).returncode == 0
    assert found(home) == []
    assert ("log.sqlite", "vosstrup.txt") in left_of(home, "vosstrup.txt")
    (folder / "vosstrup.txt").rename(folder / "renamed.txt")
    assert take(folder).tally.skipped["purged"] == 1
    assert purge_of(home, "status = 'purged'").run.tally.counts["purged"] == 1
    assert left_of(home, "vosstrup.txt", TITLE, BODY) == []
    assert found(home) == []
    assert purge_of(home, "status = 'purged'").run.tally.counts["purged"] == 0


def bodies(home: Path) -> dict[int, bytes]:
    """The events of a home's log without their place in the chain, as an older program wrote them."""
    with closing(sqlite3.connect(home / "log.sqlite")) as db:
        rows = db.execute("SELECT rowid, originator_id, originator_version, state FROM stored_events").fetchall()
    return {rowid: opened(stream, version, state).body for rowid, stream, version, state in rows}


def test_a_purge_in_a_log_of_postgresql(take: Ingest, tmp_path: Path, log: str) -> None:
    import psycopg

    home, folder = tmp_path / "home", folder_of(tmp_path, 1)
    (folder / "vosstrup.txt").write_text(told(92), encoding="utf-8")
    take(folder, log=log)
    purge_of(home, "source_uri LIKE '%vosstrup%'", log=log)
    with psycopg.connect(log) as db:
        states = [bytes(row[0]).decode() for row in db.execute("SELECT state FROM copydesk_events")]
    assert not [state for state in states if "vosstrup" in state or BODY in state]
    assert left_of(home, "vosstrup", BODY, TITLE) == []
    assert check(Settings(home=home, log=log), lambda _: None) == []
