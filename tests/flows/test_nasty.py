"""Input that was made to hurt, or by accident does: taken in or turned away, never an error, a hang, or a step outside."""

from __future__ import annotations

import gzip
import io
import random
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, Ingest, article, rows
from tests.homes import found
from tests.texts import distinct

BODY = distinct(1)
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><html><body><p>&j;</p></body></html>"
)


def nasty(part: int) -> dict[str, bytes]:
    """The documents by the names of their files; what is long in them has one `part` of its whole length."""
    return {
        "nested.html": b"<div>" * (20_000 // part) + b"x" + b"</div>" * (20_000 // part),
        "nested-tables.html": b"<table><tr><td>" * (3_000 // part) + b"x",
        "huge.html": b"<html><body>" + b"<p>The council met on Monday, it said.</p>\n" * (5_000 // part) + b"</body></html>",
        "entities.html": ENTITIES.encode(),
        "attributes.html": b"<p " + b" ".join(b'a%d="%d"' % (n, n) for n in range(20_000 // part)) + b">x</p>",
        "script.html": b"<html><body><article>" + BODY.encode() + b"<script>" + b"a('<p>');" * (20_000 // part),
        "bomb.txt.gz": gzip.compress(b"0" * 200_000_000, 9),
        "long-line.txt": ("The council of Torvik counted 14 boats, it said. " * (2_000 // part)).encode(),
        "one-word.txt": b"a" * (1_000_000 // part),
        "quotes.txt": (BODY + '"' * (10_000 // part)).encode(),
        "open-quotes.txt": (BODY + "“ he said " * (5_000 // part)).encode(),
        "brackets.txt": (BODY + "(" * (20_000 // part) + ")" * (20_000 // part)).encode(),
        "capitals.txt": (BODY + "\n\nsources " + "A" * 120 + "& said that it had rained.").encode(),
        "contact.txt": (BODY + "\n\nTo contact the").encode(),
        "told.txt": (BODY + "\n\nThe council told the mayor" + " of and the" * 300 + " end").encode(),
        "numbers.txt": (BODY + " 1,2,3.4.5" * (3_000 // part)).encode(),
        "digits.txt": (BODY + " " + "9" * (50_000 // part)).encode(),
        "hyphens.txt": (BODY + "-" * (50_000 // part)).encode(),
        "blank-lines.txt": (BODY + "\n" * (200_000 // part)).encode(),
        "spaces.txt": (BODY + " " * (500_000 // part) + "end").encode(),
        "marks.txt": BODY.replace(" ", " \u202e\u200f").encode(),
        "combining.txt": (BODY + "e" + "\u0301" * (20_000 // part)).encode(),
        "emoji.txt": BODY.replace(" ", " 👩‍👩‍👧‍👦🏽 ").encode(),
        "surrogates.txt": BODY.replace(" ", " \ud800").encode("utf-8", "surrogatepass"),
        "nuls.txt": BODY.replace(" ", "\0 ").encode(),
        "utf16.txt": BODY.encode("utf-16"),
        "mixed.txt": BODY.encode()
        + "Überfälle in Łódź, “sagte” er. ".encode("cp1252", "replace") * 40
        + "東京".encode("shift_jis") * 40,
        "bom.txt": b"\xef\xbb\xbf\xef\xbb\xbf" + BODY.encode(),
        "controls.txt": bytes(range(1, 32)) * 200 + BODY.encode(),
        "truncated.txt.gz": gzip.compress(BODY.encode() * 20)[:200],
        "not.txt.gz": BODY.encode(),
        "markdown.md": (BODY + "[a](" * (5_000 // part) + "*" * (20_000 // part) + "#" * (5_000 // part)).encode(),
        "noise.txt": random.Random(7).randbytes(300_000 // part),
        "new\nline 'quote' \"double\" ; DROP TABLE.txt": distinct(2).encode(),
        "-rf.txt": distinct(3).encode(),
        "$(touch x) `id` %s {}.txt": distinct(4).encode(),
    }


@pytest.mark.parametrize("part", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_nasty_documents_are_decided_each_for_itself(take: Ingest, tmp_path: Path, part: int) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    documents = nasty(part)
    for name, data in documents.items():
        (folder / name).write_bytes(data)
    run = take(folder)
    decided = run.tally.counts["ingested"] + run.tally.counts["rejected"] + run.tally.counts["duplicates"]
    assert run.tally.counts["received"] == decided == len(documents)
    told = {uri: (reason, detail) for uri, reason, detail in rows(home, "SELECT source_uri, reason, detail FROM rejects")}
    assert [one for one in told.items() if one[1][0] in ("failed", "timed_out", "expectation", "crashed_worker")] == []
    assert found(home) == []
    assert {path.name for path in tmp_path.iterdir()} == {"in", "home"}


def test_names_that_are_not_text_are_taken(take: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "caf\udce9.txt").write_bytes(distinct(5).encode())
    take(folder)
    assert rows(tmp_path / "home", "SELECT status FROM documents") == [("ingested",)]


def packed(path: Path, names: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(name, data)


def test_archives_cannot_step_outside_or_blow_up(take: Ingest, tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    packed(
        folder / "tricks.zip",
        {
            "../../outside.txt": distinct(10).encode(),
            "/absolute.txt": distinct(11).encode(),
            "a/../../b.txt": distinct(12).encode(),
            "C:\\windows.txt": distinct(13).encode(),
            "bomb.txt": b"0" * 100_000_000,
        },
    )
    with tarfile.open(folder / "links.tar", "w") as tar:
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
        hard = tarfile.TarInfo("shadow.txt")
        hard.type, hard.linkname = tarfile.LNKTYPE, "/etc/shadow"
        tar.addfile(hard)
        device = tarfile.TarInfo("zero.txt")
        device.type = tarfile.CHRTYPE
        tar.addfile(device)
        good = tarfile.TarInfo("../up.txt")
        good.size = len(distinct(14).encode())
        tar.addfile(good, io.BytesIO(distinct(14).encode()))
    (folder / "out.txt").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(folder)
    run = take(folder)
    assert run.tally.counts["ingested"] == 5
    assert rows(home, "SELECT reason FROM rejects") == [("too_large",)]
    assert {path.name for path in tmp_path.iterdir()} == {"in", "home"}
    assert rows(home, "SELECT count(*) FROM documents WHERE source_uri LIKE '%passwd%' OR source_uri LIKE '%shadow%'") == [(0,)]
    assert found(home) == []


BROKEN: dict[str, bytes] = {
    "broken.zip": b"PK\x03\x04 no zip",
    "broken.tar.gz": gzip.compress(b"no tar"),
    "broken.warc.gz": gzip.compress(b"WARC/9 no"),
    "broken.parquet": b"PAR1 no",
    "broken.jsonl": b'{"text": "a"}\n{"text": \n',
    "no-column.csv": b"a,b\n1,2\n",
    "nul.csv": b"text,b\n\0\0,2\n",
    "long.csv": b"text\n" + b"x" * 20_000_000,
    "deep.jsonl": b"[" * 100_000,
}


def test_broken_containers_are_rejects(take: Ingest, tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    for name, data in BROKEN.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_text(article(1), encoding="utf-8")
    run = take(folder)
    told = rows(home, "SELECT source_uri, reason FROM rejects")
    assert run.tally.counts["rejected"] == len(told)
    silent = [name for name in BROKEN if not any(f"/{name}" in uri for uri, _ in told)]
    assert set(silent) <= {"broken.warc.gz", "nul.csv"}
    assert "failed" not in {reason for _, reason in told}
    assert rows(home, "SELECT parse_filename(source_uri) FROM articles WHERE source_uri LIKE '%good.txt'") == [("good.txt",)]


@pytest.mark.parametrize("inputs", [300, pytest.param(100_000, marks=[pytest.mark.slow, pytest.mark.timeout(10800)])])
def test_fuzzed_inputs_raise_nothing_and_hang_nowhere(inputs: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("atheris")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzzing", str(inputs), "20240503"],
        capture_output=True,
        text=True,
        errors="replace",
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert f"stat::number_of_executed_units: {inputs}" in done.stderr
    if inputs > 1000:
        with capsys.disabled():
            print(f"\n{inputs} fuzzed inputs, no exception, no hang, seed 20240503")
