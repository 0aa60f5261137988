"""What containers give: whose names are shared, whose options change, whose columns say more, and what damage leaves whole."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.flows.jobs.ingest import ingest
from copydesk.flows.jobs.verify import check
from copydesk.flows.runs.run import Progress, Run
from copydesk.flows.settings import Settings
from copydesk.flows.sources.containers import Options
from copydesk.flows.sources.folder import FolderSource
from copydesk.flows.sources.found import Content, Found
from copydesk.flows.sources.registry import spec_of
from copydesk.warehouse.errors import PermanentError
from tests.conftest import rows
from tests.flows.troubles import page, record
from tests.texts import distinct


def found_in(path: Path, **options: object) -> list[Found]:
    source = FolderSource("t", [path], options=Options(**options))  # type: ignore[arg-type]
    return list(source.discover())


def test_two_members_of_one_name_are_two_documents(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for number in (1, 2):
            info = tarfile.TarInfo("a.txt")
            info.size = len(distinct(number).encode())
            tar.addfile(info, io.BytesIO(distinct(number).encode()))
    found = found_in(tmp_path / "a.tar")
    assert [one.uri.partition("#")[2] for one in found] == ["a.txt", "a.txt%20%282%29"]


def contents_of(path: Path) -> list[Content]:
    """What is in a container, each read before the next is asked for, as a run does."""
    return [one.read(10**6) for one in FolderSource("t", [path]).discover()]


def take(home: Path, path: Path, **options: object) -> Run:
    source = FolderSource("t", [path], options=Options(**options))  # type: ignore[arg-type]
    return ingest(Settings(home=home, jobs=1, max_rejects=1.0), source, {}, Progress())


def test_the_reject_of_a_container_goes_when_its_rows_come_in_and_returns(tmp_path: Path) -> None:
    home, path = tmp_path / "home", tmp_path / "a.csv"
    text = distinct(1).replace('"', '""')
    path.write_text(f'name,story\nA,"{text}"\n', encoding="utf-8")
    query = "SELECT status, count(*) FROM documents GROUP BY 1 ORDER BY 1"
    take(home, path)
    assert rows(home, query) == [("rejected", 1)]
    take(home, path, columns={"text": "story"})
    assert rows(home, query) == [("ingested", 1), ("withdrawn", 1)]
    take(home, path)
    assert rows(home, query) == [("ingested", 1), ("rejected", 1)]


@pytest.mark.parametrize("mark", [";", "\t", "|", ",", "^"])
def test_the_mark_between_fields_is_found_or_told(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"title{mark}text{mark}date\nStorm{mark}The sea; the town, the road{mark}2024-05-03\n", encoding="utf-8")
    if mark in ",;":
        path.write_text(path.read_text().replace("sea; the town, the", "sea and the"), encoding="utf-8")
    (one,) = found_in(path, delimiter="^" if mark == "^" else None)
    assert (one.title, str(one.published)) == ("Storm", "2024-05-03")
    assert spec_of("a", {"kind": "rows", "location": "x", "delimiter": "tab"}, "f").delimiter == "\t"
    with pytest.raises(PermanentError, match="delimiter"):
        spec_of("a", {"kind": "rows", "location": "x", "delimiter": ";;"}, "f")


def test_a_row_brings_authors_moment_language_and_outlet_into_the_article(tmp_path: Path) -> None:
    told = {
        "authors": ["Nora Castell", "Ida Brandt"],
        "date_publish": "2023-05-03 10:15:00",
        "source_domain": "courier.example",
    }
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"maintext": distinct(1), "text": "", "lang": "en-GB", **told}), encoding="utf-8"
    )
    take(tmp_path / "home", tmp_path / "a.jsonl")
    asked = "SELECT authors, published_at::VARCHAR, language, outlet FROM articles"
    assert rows(tmp_path / "home", asked) == [(["Nora Castell", "Ida Brandt"], "2023-05-03 10:15:00", "en", "courier.example")]


def test_an_address_in_a_table_an_archive_or_a_page_loses_its_login(tmp_path: Path) -> None:
    """The bytes of a page are kept as they came; what is made of them shows who published it and where, and no login."""
    login, folder = "https://desk:s3cret@courier.example/", tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text(json.dumps({"text": distinct(1), "url": f"{login}1"}), encoding="utf-8")
    archived = record(page(distinct(2)), 2) + record(page(distinct(3)), 3).replace(
        b"WARC-Type", b"WARC-Truncated: time\r\nWARC-Type"
    )
    (folder / "b.warc").write_bytes(archived.replace(b"https://courier.example/", login.encode()))
    linked = page(distinct(4)).replace(b"<body>", f'<head><link rel="canonical" href="{login}4"></head><body>'.encode())
    (folder / "c.html").write_bytes(linked)
    done = take(tmp_path / "home", folder)
    assert done.tally.counts["ingested"] == 3
    found = rows(tmp_path / "home", "SELECT url FROM articles ORDER BY url")
    assert found == [(f"https://courier.example/{number}",) for number in (1, 2, 4)]
    for table in ("documents", "rejects", "printings", "articles", "events"):
        assert "s3cret" not in str(rows(tmp_path / "home", f"SELECT * FROM {table}")), table
    assert rows(tmp_path / "home", "SELECT count(*) FROM rejects") == [(1,)]


def test_records_of_other_kinds_are_read_or_counted(tmp_path: Path) -> None:
    kinds = ("response", "conversion", "resource", "revisit", "metadata")
    parts = []
    for number, kind in enumerate(kinds):
        body = page(distinct(number)) if kind != "revisit" else b"HTTP/1.1 200 OK\r\n\r\n"
        if kind == "response":
            parts.append(record(body, number))
            parts.append(record(body, number).replace(b"200 OK", b"206 No"))
            continue
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://courier.example/{number}\r\nContent-Type: text/html\r\n"
        )
        parts.append(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n")
    (tmp_path / "a.warc").write_bytes(b"".join(parts))
    source = FolderSource("t", [tmp_path / "a.warc"])
    read = [one.read(10**6).problem for one in source.discover()]
    assert read == [None, None, None]
    assert dict(source.skipped) == {"partial_content": 1, "warc_revisit": 1, "warc_metadata": 1}


def container(kind: str) -> bytes:
    texts = [distinct(number) for number in range(4)]
    if kind == "a.jsonl":
        return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)
    if kind == "a.csv":
        return b"text\n" + b"".join(b'"' + text.replace('"', '""').encode() + b'"\n' for text in texts)
    if kind.startswith("a.warc"):
        pack = gzip.compress if kind.endswith("gz") else bytes
        return b"".join(pack(record(page(text), number)) for number, text in enumerate(texts))
    made = io.BytesIO()
    if kind == "a.zip":
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for number, text in enumerate(texts):
                packed.writestr(f"{number}.txt", text)
        return made.getvalue()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for number, text in enumerate(texts):
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return gzip.compress(made.getvalue()) if kind.endswith("gz") else made.getvalue()


@pytest.mark.parametrize("kind", ["a.zip", "a.tar", "a.tar.gz", "a.jsonl", "a.csv", "a.warc", "a.warc.gz"])
def test_no_cut_and_no_flipped_byte_raises_anything(kind: str, tmp_path: Path) -> None:
    whole = container(kind)

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(whole)), st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(1, 255)), max_size=3))
    def tried(cut: int, flips: list[tuple[int, int]]) -> None:
        data = bytearray(whole)
        for place, bits in flips:
            data[place] ^= bits
        (tmp_path / kind).write_bytes(bytes(data[:cut]))
        for content in contents_of(tmp_path / kind):
            assert content.problem is None or content.detail

    tried()


@pytest.mark.parametrize("kind", ["a.tar", "a.jsonl", "a.csv", "a.warc", "a.warc.gz"])
def test_what_stands_before_a_cut_comes_in(kind: str, tmp_path: Path) -> None:
    whole = container(kind)
    (tmp_path / kind).write_bytes(whole[: len(whole) * 3 // 5 - 200])
    contents = contents_of(tmp_path / kind)
    assert [content.problem for content in contents[:2]] == [None, None]
    assert contents[-1].problem


def tar_of(numbers: range) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for number in numbers:
            info = tarfile.TarInfo("f" * 120 + f"/{number}.txt")  # so long a name needs notes in front of the header
            info.size = len(distinct(number).encode())
            tar.addfile(info, io.BytesIO(distinct(number).encode()))
    return made.getvalue()


def read_of(path: Path, data: bytes) -> list[str | None]:
    path.write_bytes(data)
    return [content.problem for content in contents_of(path)]


def test_what_stands_before_a_false_checksum_of_the_packing_comes_in(tmp_path: Path) -> None:
    packed = gzip.compress(tar_of(range(3)))
    spoilt = packed[:-8] + b"\0\0\0\0" + packed[-4:]
    assert read_of(tmp_path / "a.tar.gz", spoilt) == [None, None, None, "broken_container"]
    rows_of_two = gzip.compress(b"".join(json.dumps({"text": distinct(number)}).encode() + b"\n" for number in range(2)))
    assert read_of(tmp_path / "a.jsonl.gz", rows_of_two + b"rubbish") == [None, None, "broken_container"]


def test_a_second_archive_behind_the_first_is_read(tmp_path: Path) -> None:
    assert read_of(tmp_path / "a.tar", tar_of(range(2)) + tar_of(range(2, 4))) == [None] * 4
    assert read_of(tmp_path / "b.tgz", gzip.compress(tar_of(range(2))) + gzip.compress(tar_of(range(2, 4)))) == [None] * 4


def test_a_damaged_header_behind_notes_costs_one_member(tmp_path: Path) -> None:
    whole = bytearray(tar_of(range(4)))
    headers = [at for at in range(0, len(whole), 512) if whole[at + 257 : at + 262] == b"ustar"]
    whole[headers[3] + 120] ^= 0xFF  # the header of the second member, behind its notes
    assert read_of(tmp_path / "a.tar", bytes(whole)) == [None, None, None, "broken_container"]


def test_an_archive_that_is_cut_between_two_members_is_told(tmp_path: Path) -> None:
    whole = tar_of(range(3))
    headers = [at for at in range(0, len(whole), 512) if whole[at + 257 : at + 262] == b"ustar"]
    assert read_of(tmp_path / "a.tar", whole[: headers[4]]) == [None, None, "broken_container"]


def test_blanks_before_a_quotation_mark_are_no_text(tmp_path: Path) -> None:
    text = distinct(1).replace("\n", " ").replace('"', "'") + ", and so on"
    (tmp_path / "a.csv").write_text(f'"title", "text", "date"\n"Storm", "{text}", "2024-05-03"\n', encoding="utf-8")
    (one,) = found_in(tmp_path / "a.csv")
    assert (one.title, str(one.published), one.read(10**6).data.decode()) == ("Storm", "2024-05-03", text)
    (tmp_path / "b.csv").write_text(f'title;text\nStorm; "We lost it," she said. {text}\n', encoding="utf-8")
    (one,) = found_in(tmp_path / "b.csv")
    assert one.read(10**6).data.decode().strip().startswith('"We lost it," she said.')


def test_a_map_is_no_text_and_a_number_no_author(tmp_path: Path) -> None:
    table = pa.table(
        {
            "text": pa.array([[("lang", "en")]], pa.map_(pa.string(), pa.string())),
            "body": [distinct(1)],
            "author": pa.array([17]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    (one,) = found_in(tmp_path / "a.parquet")
    assert (one.read(10**6).data.decode(), one.authors) == (distinct(1), ())


def test_a_row_of_which_only_the_title_the_day_or_the_authors_changed_is_a_revision(tmp_path: Path) -> None:
    home, path = tmp_path / "home", tmp_path / "a.jsonl"
    copy = distinct(1).replace("a", "e", 1)
    told: dict[str, object] = {"title": "Storm", "date": "2024-05-03", "authors": ["Nora Castell"]}

    def write(**changed: object) -> Run:
        records = [{"text": distinct(1), **told, **changed}, {"text": distinct(2)}, {"text": distinct(1)}, {"text": copy}]
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        return take(home, path)

    asked = "SELECT title, published_on::VARCHAR, authors, revision, duplicate_of FROM articles WHERE source_uri LIKE '%#1'"
    write()
    (claims,) = rows(home, "SELECT list_sort(list(claim_id)) FROM facts")
    changes: list[dict[str, object]] = [{"title": "Storm at sea"}, {"date": "2024-05-04"}, {"authors": []}, {"title": None}]
    for revision, changed in enumerate(changes, 2):
        run = write(**changed)
        assert (run.tally.counts["ingested"], run.tally.counts["unchanged"]) == (1, 3), changed
        ((title, day, authors, number, copied),) = rows(home, asked)
        assert (number, copied) == (revision, None)
        for name, value in (("title", title), ("date", day), ("authors", authors)):
            if changed.get(name) is not None:
                assert value == changed[name]
        told |= changed
        assert write().tally.counts["received"] == 0
    assert rows(home, "SELECT list_sort(list(claim_id)) FROM facts") == [claims]
    assert rows(home, "SELECT count(*), count(DISTINCT ended_by) FROM articles_history WHERE ended_by = 'source'") == [(4, 1)]
    assert rows(home, "SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL") == [(1,)]
    assert check(Settings(home=home), print) == []
