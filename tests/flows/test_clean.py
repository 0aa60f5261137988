"""`copydesk clean`: why lines were left out, and which pages of a folder differ from what trafilatura alone makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.flows.cli import main
from copydesk.flows.commands.comparing import compared

LINES = [
    "The ferry between Ellery and Sarn stood still on Monday after its engine failed in the harbour, the port office said.",
    "Some 212 people waited on the quay until buses came in the evening, and nobody was hurt, a spokeswoman added.",
    "A second ferry will sail from Tuesday morning, with room for 90 cars, until the engine is mended in the yard of Dalmir.",
]
PAGE = """<html><head><title>Ferry stands still</title></head><body><nav><a href="/a">Home</a> <a href="/b">Region</a></nav>
<article><h1>Ferry stands still</h1>{text}</article><aside><h3>Related articles</h3><ul><li><a href="/c">Bakery opens
in Ellery again</a></li></ul></aside><footer>© 2024 Harbor Courier. All rights reserved.</footer></body></html>"""


def page_of(lines: list[str]) -> str:
    return PAGE.format(text="".join(f"<p>{line}</p>" for line in lines))


def test_why_tells_the_rule_and_the_evidence_of_every_line_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ferry.html"
    path.write_text(page_of(LINES), encoding="utf-8")
    assert main(["clean", str(path), "--why"]) == 0
    told = capsys.readouterr().out
    assert "the whole line is a phrase of the table furniture: 'related articles'" in told
    assert "the body model leaves the line out; score -" in told
    assert "100% links, in an element beside the article, trafilatura leaves it out" in told
    assert all(line[:40] not in told for line in LINES), "the article's own lines need no reason"
    assert "words, " in told.splitlines()[-1]


def test_why_of_a_plain_text_says_where_a_line_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(
        "\n\n".join(["Home", "Ferry stands still", *LINES, "Related articles", "Bakery opens again in Ellery"]),
        encoding="utf-8",
    )
    assert main(["clean", str(path), "--why"]) == 0
    told = capsys.readouterr().out
    assert "above the first line of the article" in told
    assert "the line stands below one that heads other stories; score" in told
    assert "below the last line of the article" in told


def test_compare_lists_the_pages_that_differ_most_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "same.html").write_text(page_of(LINES), encoding="utf-8")
    bulletin = [*LINES, *(f"<table><tr><td>{town}</td><td>{number}</td></tr></table>" for number, town in enumerate("AB"))]
    (tmp_path / "other.html").write_text(page_of([*bulletin, "Boats: 4", "Share on Mastodon"]), encoding="utf-8")
    (tmp_path / "note.txt").write_text("No page.", encoding="utf-8")
    assert main(["clean", str(tmp_path), "--compare", "--most", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["agree", "both", "ours", "theirs", "page"]
    assert sum(line.endswith(".html") for line in lines) == 1, "--most bounds the list"
    assert lines[-1].startswith("2 pages compared, mean agreement ")


def test_compared_counts_words_and_shows_a_line_of_each() -> None:
    found = compared(Path("a.html"), "One line\nours alone", "One  line\ntheirs")
    assert (found.shared, found.ours, found.theirs) == (2, 2, 1)
    assert (found.only_ours, found.only_theirs) == ("ours alone", "theirs")
    assert compared(Path("b.html"), "", "").agreement == 1.0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{folder}"], "a folder is read with --compare alone"),
        (["{folder}/none.html"], "there is no such file"),
        (["{folder}/none", "--compare"], "there is no such folder"),
        (["{folder}", "--compare"], "no file in it ends in .html or .htm"),
        (["{folder}", "--compare", "--most", "0"], "--most is 0; it must be 1 or more"),
    ],
)
def test_what_cannot_be_cleaned_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["clean", *(part.format(folder=tmp_path) for part in arguments)]) == 1
    assert words in capsys.readouterr().err
