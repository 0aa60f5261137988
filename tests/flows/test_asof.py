"""What was known then, and what came, went or changed since, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from copydesk.flows.jobs.maintain import maintain
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from tests.conftest import Ingest, article, copydesk, rows
from tests.homes import contents, folder_of
from tests.rule_sets import newer


def position(home: Path) -> int:
    return int(rows(home, "SELECT max(position) FROM events")[0][0])


def changes(home: Path, since: object, until: object) -> list[dict[str, Any]]:
    done = copydesk("diff", "--from", str(since), "--to", str(until), "--format", "json", "--home", home)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def published(home: Path, when: object, target: Path) -> Path:
    done = copydesk("publish", "--as-of", str(when), "--to", target, "--home", home)
    assert done.returncode == 0, done.stderr
    (target.parent / "as").mkdir(exist_ok=True)
    link = target.parent / "as" / target.stem
    link.mkdir()
    (link / "warehouse.duckdb").symlink_to(target)
    return link


def test_the_warehouse_as_it_was_then_after_changes_and_compaction(
    take: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copydesk.warehouse.compaction.MOST_SMALL", 4)
    home, folder = tmp_path / "home", folder_of(tmp_path, 3)
    take(folder)
    first, before = position(home), contents(home)
    (folder / "000.txt").write_text(article(40), encoding="utf-8")
    (folder / "bad.txt").write_text("")
    take(folder)
    second, between = position(home), contents(home)
    for number in range(4):
        (folder / f"more{number}.txt").write_text(article(100 + number), encoding="utf-8")
        take(folder)
    document = rows(home, "SELECT document_id FROM articles WHERE source_uri LIKE '%001.txt'")[0][0]
    copydesk("document", "withdraw", document, "--why", "x", "--home", home)
    assert maintain(Settings(home=home, jobs=1), Progress()).tally.counts["merged"] > 0
    assert contents(published(home, first, tmp_path / "first.duckdb")) == before
    then = published(home, second, tmp_path / "second.duckdb")
    assert contents(then) == between
    assert rows(then, "SELECT count(*) FROM articles_history WHERE current_until IS NOT NULL") == [(1,)]
    assert rows(then, "SELECT max(position) FROM events") == [(second,)]
    assert rows(then, "SELECT count(DISTINCT batch_id) FROM validations") == [(2,)]
    when = rows(home, f"SELECT time FROM events WHERE position = {first}")[0][0]
    assert contents(published(home, when.isoformat(), tmp_path / "time.duckdb")) == before


def test_a_difference_says_what_changed_and_whether_the_source_did(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 2)
    take(folder)
    start = position(home)
    (folder / "000.txt").write_text(article(0).replace("about $2 million", "about $3 million"), encoding="utf-8")
    (folder / "new.txt").write_text(article(9), encoding="utf-8")
    take(folder)
    (old,) = (row for row in changes(home, start, position(home)) if row["kind"] == "figure" and row["change"] == "changed")
    assert (old["why"], old["before"].split(" [")[0]) == ("source", "about $2 million")
    told = changes(home, start, position(home))
    of_first = [(row["kind"], row["change"]) for row in told if row["document"].endswith("000.txt")]
    assert of_first.count(("article", "changed")) == 1
    assert (of_first.count(("figure", "changed")), of_first.count(("figure", "came"))) == (1, 0), (
        "what the revision states as before is no change"
    )
    assert {row["change"] for row in told if row["document"].endswith("new.txt")} == {"came"}
    assert not [row for row in told if row["document"].endswith("001.txt")]

    middle = position(home)
    fact = rows(home, "SELECT claim_id FROM figures JOIN articles USING (article_id) WHERE source_uri LIKE '%000.txt' LIMIT 1")[
        0
    ][0]
    copydesk("fact", "reject", fact, "--why", "x", "--home", home)
    document = rows(home, "SELECT document_id FROM articles WHERE source_uri LIKE '%001.txt'")[0][0]
    copydesk("document", "withdraw", document, "--why", "x", "--home", home)
    told = changes(home, middle, position(home))
    assert [row["id"] for row in told if row["why"] == "review"] == [fact]
    assert {row["why"] for row in told if row["document"].endswith("001.txt") and row["id"] != fact} == {"withdrawn"}


def test_newer_rules_are_told_from_a_changed_source(take: Ingest, tmp_path: Path) -> None:
    from copydesk.flows.jobs.reprocess import Selection, reprocess
    from copydesk.flows.runs.run import Progress
    from copydesk.flows.settings import Settings

    home = tmp_path / "home"
    take(folder_of(tmp_path, 2))
    start = position(home)
    reprocess(Settings(home=home, jobs=1), Selection(), Progress(), newer())
    told = changes(home, start, position(home))
    assert [(row["kind"], row["change"], row["why"]) for row in told] == [("article", "changed", "rules")] * 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("publish", "--as-of", "soon", "--to", "x.duckdb"), "or a position of the log"),
        (("publish", "--as-of", "1999-01-01", "--to", "x.duckdb"), "nothing in the log"),
        (("publish", "--as-of", "3"), "both or none"),
        (("diff", "--from", "x", "--to", "3"), "or a position of the log"),
    ],
)
def test_a_time_that_is_none_says_so(take: Ingest, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    take(folder_of(tmp_path, 1))
    done = copydesk(*arguments, "--home", tmp_path / "home", cwd=tmp_path)
    assert done.returncode == 1
    assert told in done.stderr
    assert not (tmp_path / "x.duckdb").exists()


def test_a_published_file_is_never_written_over(take: Ingest, tmp_path: Path) -> None:
    take(folder_of(tmp_path, 1))
    (tmp_path / "mine.duckdb").write_text("mine")
    done = copydesk("publish", "--as-of", "3", "--to", tmp_path / "mine.duckdb", "--home", tmp_path / "home")
    assert "is there already" in done.stderr
    assert (tmp_path / "mine.duckdb").read_text() == "mine"
    with pytest.raises(duckdb.Error):
        duckdb.connect(str(tmp_path / "mine.duckdb"), read_only=True)


def test_a_number_that_the_source_changed_is_one_line_and_a_young_home_begins_with_nothing(
    take: Ingest, tmp_path: Path
) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 2)
    take(folder)
    begun = copydesk("diff", "--since", "yesterday", "--format", "json", "--home", home)
    came = [row for row in json.loads(begun.stdout) if row["kind"] == "article"]
    assert [(row["change"], row["why"]) for row in came] == [("came", "source")] * 2
    first = position(home)
    text = (folder / "000.txt").read_text(encoding="utf-8")
    (folder / "000.txt").write_text(text.replace("about $2 million", "about $3 million"), encoding="utf-8")
    take(folder)
    (row,) = (row for row in changes(home, first, position(home)) if row["kind"] == "figure" and "million" in str(row["after"]))
    assert (row["change"], row["why"]) == ("changed", "source")
    assert "$2 million" in row["before"]
    assert "$3 million" in row["after"]


def test_every_change_is_a_row_with_who_did_it_and_the_sentences_that_differ(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 2)
    take(folder)
    assert {row[0] for row in rows(home, "SELECT change FROM changes")} == {"came"}
    assert rows(home, "SELECT count(*) FROM changes") == rows(home, "SELECT count(*) + 2 FROM facts")
    first = position(home)
    text = (folder / "000.txt").read_text(encoding="utf-8")
    (folder / "000.txt").write_text(text.replace("about $2 million", "about $3 million"), encoding="utf-8")
    take(folder)
    second = position(home)
    told = rows(home, f"SELECT kind, change, why, before, after FROM changes WHERE position > {first} ORDER BY ALL")
    assert [row[:3] for row in told] == [
        ("article", "changed", "source"),
        ("figure", "changed", "source"),
        ("statement", "came", "source"),
        ("statement", "went", "source"),
    ]
    assert told[1][3:] == ("about $2 million [money], the council", "about $3 million [money], the council")
    ((gone, new),) = rows(
        home, "SELECT sentences_gone, sentences_new FROM changes WHERE kind = 'article' AND change = 'changed'"
    )
    assert ["$2 million" in "".join(gone), "$3 million" in "".join(new)] == [True, True]
    assert len(gone) == len(new) == 1
    compared = {(row["kind"], row["change"], row["why"], row["before"], row["after"]) for row in changes(home, first, second)}
    assert compared == set(told), "the command compares two times, the view tells the steps"

    ((claim, low),) = rows(home, "SELECT claim_id, value_low FROM figures WHERE text = 'about $3 million'")
    for given in (("confirm",), ("correct", "--set", "value_low=2500000"), ("undo",)):
        assert copydesk("fact", given[0], claim, *given[1:], "--why", "the council's note", "--home", home).returncode == 0
    document = rows(home, "SELECT document_id FROM articles WHERE source_uri LIKE '%001.txt'")[0][0]
    copydesk("document", "withdraw", document, "--why", "asked", "--home", home)
    said = rows(
        home,
        f"SELECT why, before, after, note, who <> '' FROM changes WHERE position > {second} AND kind = 'figure' "
        f"AND (claim_id = '{claim}' OR after IS NOT NULL) ORDER BY position",
    )
    assert said == [
        ("review", None, "confirmed", "the council's note", True),
        ("review", f"confirmed: value_low {low}", "corrected: value_low 2500000.0", "the council's note", True),
        ("review", "corrected", None, "the council's note", True),
    ]
    went = rows(
        home, f"SELECT DISTINCT kind, change, why, note FROM changes WHERE document_id = '{document}' AND change = 'went'"
    )
    assert set(went) == {(kind, "went", "withdrawn", "asked") for kind in ("article", "figure", "quote", "statement")}


def test_a_content_that_two_documents_print_goes_with_the_last_of_them(take: Ingest, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", folder_of(tmp_path, 1)
    (folder / "twin.txt").write_text(article(0), encoding="utf-8")
    take(folder)
    assert rows(home, "SELECT count(*) FROM changes WHERE kind = 'article'") == [(1,)]
    (folder / "000.txt").write_text(article(0).replace("$2 million", "$3 million"), encoding="utf-8")
    take(folder)
    assert rows(home, "SELECT count(*) FROM changes WHERE change = 'changed' AND kind = 'article'") == [(1,)]
    assert rows(home, "SELECT count(*) FROM changes WHERE change = 'went' AND kind = 'article'") == [(0,)]
    twin = rows(home, "SELECT document_id FROM documents WHERE source_uri LIKE '%twin.txt'")[0][0]
    copydesk("document", "withdraw", twin, "--why", "asked", "--home", home)
    assert rows(home, "SELECT change, why, document_id FROM changes WHERE change = 'went' AND kind = 'article'") == [
        ("went", "withdrawn", twin)
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [((), "one of the two"), (("--since", "-7d", "--from", "1"), "one of the two"), (("--since", "soon"), "a day such as")],
)
def test_diff_says_how_its_time_is_given(sample_home: Path, arguments: tuple[str, ...], says: str) -> None:
    told = copydesk("diff", *arguments, "--home", sample_home)
    assert (told.returncode, told.stdout) == (1, "")
    assert says in told.stderr
