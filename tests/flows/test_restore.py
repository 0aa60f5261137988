"""A restore is whole or nothing, can be repeated, and believes no archive."""

from __future__ import annotations

import io
import shutil
import signal
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from copydesk.flows.jobs.backup import backup
from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.restore import restore
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.flows.sources.folder import FolderSource
from copydesk.warehouse.errors import PermanentError
from tests.conftest import ROOT, Ingest, article, copydesk, rows
from tests.processes import run


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two articles, a home that holds them, and its backup."""
    base = tmp_path_factory.mktemp("saved")
    home = Settings(home=base / "home", jobs=1, max_rejects=1.0)
    for number in (1, 2):
        (base / f"{number}.txt").write_text(article(number), encoding="utf-8")
        ingest(home, FolderSource("test", [base / f"{number}.txt"]), {}, Progress())
    backup(home, base / "home.tar")
    return base


@pytest.fixture
def saved(once: Path, tmp_path: Path) -> Path:
    """A backup of `home`, which holds two articles; the test's own copies of both."""
    shutil.copytree(once, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path / "home.tar"


def test_the_same_backup_and_restore_again_succeed_and_say_so(saved: Path, tmp_path: Path, take: Ingest) -> None:
    before = saved.read_bytes()
    again = copydesk("backup", saved, "--home", tmp_path / "home")
    assert (again.returncode, "already" in again.stdout) == (0, True), again.stderr
    assert saved.read_bytes() == before
    for _ in range(2):
        done = copydesk("restore", saved, "--home", tmp_path / "new")
        assert done.returncode == 0, done.stderr
        assert rows(tmp_path / "new", "SELECT count(*) FROM articles") == [(2,)]
    assert "before" in done.stdout
    (tmp_path / "3.txt").write_text(article(3), encoding="utf-8")
    take(tmp_path / "3.txt", home=tmp_path / "new")
    later = copydesk("restore", saved, "--home", tmp_path / "new")
    assert later.returncode == 0, "a home that went on since is left as it is"
    assert rows(tmp_path / "new", "SELECT count(*) FROM articles") == [(3,)]
    take(tmp_path / "3.txt")
    other = copydesk("backup", saved, "--home", tmp_path / "home")
    assert (other.returncode, "no backup of" in other.stderr) == (1, True)


def test_a_home_of_another_log_is_no_restored_home(saved: Path, tmp_path: Path, take: Ingest) -> None:
    take(tmp_path / "1.txt", home=tmp_path / "other")
    with pytest.raises(PermanentError, match="is not empty"):
        restore(saved, tmp_path / "other")
    assert rows(tmp_path / "other", "SELECT count(*) FROM articles") == [(1,)]


@pytest.mark.parametrize(("step", "count"), [("_unpack", 0), ("_unpack", 2), ("_put", 0), ("_put", 9)])
def test_after_a_kill_the_same_restore_succeeds(saved: Path, tmp_path: Path, step: str, count: int) -> None:
    killed = run(saved, tmp_path / "new", step, count, module="tests.restoring", cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert not (tmp_path / "new").exists() or (tmp_path / "new" / "log.sqlite").exists(), "it is whole or not there"
    done = copydesk("restore", saved, "--home", tmp_path / "new")
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "new", "SELECT count(*) FROM articles") == [(2,)]
    assert copydesk("verify", "--home", tmp_path / "new").returncode == 0
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_home_without_an_event_and_one_without_a_log_are_not_backed_up(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with closing(sqlite3.connect(tmp_path / "home" / "log.sqlite")) as empty:
        empty.execute("CREATE TABLE notes (a INT)")
    with pytest.raises(PermanentError, match="holds no event"):
        backup(Settings(home=tmp_path / "home"), tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


Change = Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]


def _add(name: str, kind: bytes = tarfile.REGTYPE, target: str = "", data: bytes = b"") -> Change:
    def change(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        member = tarfile.TarInfo(name)
        member.type, member.linkname, member.size = kind, target, len(data)
        members.append((member, data))

    return change


def _replace(name: str, data: bytes) -> Change:
    def change(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        for place, (member, _) in enumerate(members):
            if member.name.startswith(name):
                member.size = len(data)
                members[place] = (member, data)

    return change


def _without(name: str) -> Change:
    def change(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        members[:] = [one for one in members if not one[0].name.startswith(name)]

    return change


def _as_link(name: str, target: str) -> Change:
    def change(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        for member, _ in members:
            if member.name.startswith(name):
                member.type, member.linkname, member.size = tarfile.SYMTYPE, target, 0

    return change


HOSTILE: dict[str, tuple[Change, str]] = {
    "parent": (_add("../evil.txt", data=b"x"), "'../evil.txt' has no place"),
    "absolute": (_add("/nowhere/evil.txt", data=b"x"), "has no place"),
    "deep parent": (_add("data/facts/../../../evil.parquet", data=b"x"), "has no place"),
    "link": (_add("data/facts/link.parquet", tarfile.SYMTYPE, "/etc"), "has no place"),
    "hard link": (_add("data/facts/hard.parquet", tarfile.LNKTYPE, "log.sqlite"), "has no place"),
    "device": (_add("data/facts/null.parquet", tarfile.CHRTYPE), "has no place"),
    "pipe": (_add("data/facts/pipe.parquet", tarfile.FIFOTYPE), "has no place"),
    "folder": (_add("data", tarfile.DIRTYPE), "'data' has no place"),
    "unknown table": (_add("data/secrets/a.parquet", data=b"x"), "has no place"),
    "twice": (_add("log.sqlite", data=b"x"), "'log.sqlite' has no place"),
    "stray": (_add("data/facts/stray.parquet", data=b"x"), "its log does not name"),
    "missing": (_without("data/raw"), "is not whole"),
    "changed": (_replace("data/raw", b"other bytes"), "has another SHA-256"),
    "no log": (_without("log.sqlite"), "it holds no log"),
    "no database": (_replace("log.sqlite", b"no database at all" * 100), "cannot be read"),
    "linked log": (_as_link("log.sqlite", "/etc/hostname"), "'log.sqlite' has no place"),
    "empty log": (_replace("log.sqlite", b""), "holds no event"),
}


def changed(archive: Path, change: Change) -> Path:
    """The archive with other members."""
    with tarfile.open(archive) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar.getmembers()]  # type: ignore[union-attr]
    change(members)
    made = archive.with_name("hostile.tar")
    with tarfile.open(made, "w") as tar:
        for member, data in members:
            tar.addfile(member, io.BytesIO(data))
    return made


def everything(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in sorted(folder.rglob("*")))


@pytest.mark.parametrize(("change", "words"), HOSTILE.values(), ids=HOSTILE)
def test_an_archive_that_no_backup_wrote_is_refused_whole(saved: Path, tmp_path: Path, change: Change, words: str) -> None:
    made = changed(saved, change)
    before = list(everything(tmp_path))
    with pytest.raises(PermanentError, match=words):
        restore(made, tmp_path / "new")
    assert list(everything(tmp_path)) == before


@pytest.mark.parametrize("path", ["../../evil.parquet", "/etc/hostname", "data/raw/../../../evil.parquet", "log.sqlite"])
def test_a_log_that_names_files_outside_the_home_is_refused(saved: Path, tmp_path: Path, path: str) -> None:
    log = tmp_path / "log.sqlite"
    with tarfile.open(saved) as tar:
        log.write_bytes(tar.extractfile("log.sqlite").read())  # type: ignore[union-attr]
        named = next(name for name in tar.getnames() if name.startswith("data/raw/"))
    with closing(sqlite3.connect(log)) as db, db:
        table = next(
            row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE name LIKE '%events' AND type = 'table'")
        )
        db.execute(f"UPDATE {table} SET state = CAST(replace(CAST(state AS TEXT), ?, ?) AS BLOB)", (named, path))
    made = changed(saved, _replace("log.sqlite", log.read_bytes()))
    with pytest.raises(PermanentError, match="which no home holds"):
        restore(made, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_what_is_no_archive_and_what_does_not_fit_is_said_in_one_sentence(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    cut = tmp_path / "cut.tar"
    cut.write_bytes(saved.read_bytes()[:20_000])
    huge = tmp_path / "huge.tar"
    member = tarfile.TarInfo("log.sqlite")
    member.size = 1 << 60
    huge.write_bytes(member.tobuf(tarfile.GNU_FORMAT) + b"x" * 10_240)
    for archive in (tmp_path / "rows.csv", cut, huge, tmp_path / "nothing.tar"):
        done = copydesk("restore", archive, "--home", tmp_path / "new")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr
        assert not (tmp_path / "new").exists()


def test_restored_data_files_are_read_only(saved: Path, tmp_path: Path) -> None:
    assert restore(saved, tmp_path / "new")
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "new" / "data").rglob("*.parquet")} == {0o444}
