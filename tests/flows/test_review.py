"""Human corrections are events: recorded, applied, surviving a reprocess, undone by another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from copydesk.flows.jobs.reprocess import Selection, reprocess
from copydesk.flows.jobs.review import corrections, restore, review_claim, withdraw
from copydesk.flows.runs.run import Progress
from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from tests.conftest import Ingest, article, copydesk, rows
from tests.rule_sets import newer

CLAIM = "SELECT claim_id FROM facts WHERE kind = 'figure' AND text = '{text}' ORDER BY claim_id LIMIT 1"


def claim(home: Path, text: str) -> str:
    return str(rows(home, CLAIM.format(text=text))[0][0])


def test_a_review_is_applied_survives_newer_rules_and_is_undone(own_home: Path) -> None:
    home = own_home
    settings = Settings(home=home, jobs=1, max_rejects=1.0)
    wrong = claim(home, "Seventeen people")
    doubted = claim(home, "19 people")
    review_claim(settings, wrong, "correct", "the recording says eighteen", corrections(["value_low=18", "value_high=18"]))
    review_claim(settings, doubted, "reject", "of another flood", {})
    assert reprocess(settings, Selection(), Progress(), newer("cleaning")).tally.counts["ingested"]
    told = dict(rows(home, "SELECT claim_id, review FROM facts WHERE review IS NOT NULL"))
    assert told == {wrong: "corrected", doubted: "rejected"}
    assert rows(home, f"SELECT value_low, text FROM figures WHERE claim_id = '{wrong}'") == [(18.0, "Seventeen people")]
    assert rows(home, f"SELECT count(*) FROM figure_series WHERE claim_id = '{doubted}'") == [(0,)]
    assert rows(home, "SELECT count(*) FROM events WHERE type = 'claim.reviewed'") == [(2,)]
    review_claim(settings, doubted, "undo", "it is the same flood", {})
    assert rows(home, f"SELECT count(*) FROM figure_series WHERE claim_id = '{doubted}'") == [(1,)]
    assert rows(home, f"SELECT review FROM facts WHERE claim_id = '{doubted}'") == [(None,)]


def test_corrections_add_up_field_by_field_and_are_taken_back_alone_or_all(own_home: Path) -> None:
    home = own_home
    settings = Settings(home=home, jobs=1, max_rejects=1.0)
    wrong = claim(home, "Seventeen people")
    query = f"SELECT value_low, value_high, place_name, as_of_end, review FROM facts WHERE claim_id = '{wrong}'"
    (found,) = rows(home, query)

    def say(action: str, *pairs: str, back: tuple[str, ...] = ()) -> tuple[object, ...]:
        review_claim(settings, wrong, action, "heard it", corrections(pairs), back)
        return rows(home, query)[0]

    assert say("correct", "place_name=North Port")[2] == "North Port"
    both = say("correct", "as_of_end=2024-02-07", "value_high=19")
    assert both == (found[0], 19.0, "North Port", date(2024, 2, 7), "corrected")
    assert say("correct", "place_name=South Port")[2:4] == ("South Port", date(2024, 2, 7)), "the later of two stands"
    assert say("confirm")[2:] == ("South Port", date(2024, 2, 7), "confirmed"), "a verdict takes no correction away"
    assert say("correct", back=("place_name",)) == (found[0], 19.0, found[2], date(2024, 2, 7), "corrected")
    assert say("correct", "place_name=")[2] is None
    with pytest.raises(PermanentError, match=r"Corrected are: .*as_of_end"):
        say("correct", back=("unit",))
    assert say("correct", back=("place_name", "as_of_end", "value_high")) == found, "no correction is left"
    say("correct", "value_high=19")
    assert say("undo") == found
    with pytest.raises(PermanentError, match="nothing to take back"):
        say("undo")
    told = rows(
        home, f"SELECT verdict, corrections::VARCHAR, taken_back FROM reviews WHERE claim_id = '{wrong}' ORDER BY position"
    )
    assert [row[0] for row in told] == ["corrected"] * 3 + ["confirmed"] + ["corrected"] * 4 + ["undone"]
    assert told[1][1:] == ('{"as_of_end":"2024-02-07","value_high":19.0}', [])
    assert told[4][1:] == ("{}", ["place_name"])


def test_the_page_of_an_article_shows_a_second_correction(own_home: Path) -> None:
    home = own_home
    wrong = claim(home, "Seventeen people")
    (article_id,) = rows(home, f"SELECT article_id FROM facts WHERE claim_id = '{wrong}'")[0]
    for place in ("North Port", "South Port"):
        review_claim(Settings(home=home), wrong, "correct", "heard it", corrections([f"place_name={place}"]))
        assert copydesk("report", "--home", home).returncode == 0
        assert any(place in path.read_text(encoding="utf-8") for path in (home / "report").rglob(f"*{article_id}*.html"))


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("measure=hurt", "'hurt' is none of its words: killed"),
        ("qualifier=maybe", "'maybe' is none of its words: exact"),
        ("claimant_kind=police officer", "none of its words"),
        ("value_low=nan", "'nan' is no number"),
        ("value_low=inf", "'inf' is no number"),
        ("value_low=1,000", "'1,000' is no number"),
        ("as_of_end=2024-02-30", "is no day such as 2026-05-03"),
        ("value_low", "--set value_low: there is no value"),
        ("place=a\x1b[31m", "cannot be seen"),
        ("=3", "'' cannot be corrected"),
    ],
)
def test_a_bad_correction_names_the_field_the_value_and_the_remedy(pair: str, words: str) -> None:
    with pytest.raises(PermanentError) as caught:
        corrections([pair])
    assert words in str(caught.value)


def test_a_correction_that_spoils_the_fact_is_refused(own_home: Path) -> None:
    home = own_home
    wrong = claim(home, "Seventeen people")
    for pairs, words in (
        (["value_low=19", "value_high=18"], "the wrong way round"),
        (["as_of_start=2024-05-02", "as_of_end=2024-05-01"], "the wrong way round"),
        (["unit="], "A figure keeps a measure"),
        (["value_low=18", "value_low=19"], "given twice"),
    ):
        sets = [word for pair in pairs for word in ("--set", pair)]
        refused = copydesk("fact", "correct", wrong, *sets, "--why", "x", "--home", home)
        assert (refused.returncode, words in refused.stderr) == (1, True), refused.stderr
    assert rows(home, "SELECT count(*) FROM reviews") == [(0,)]


def test_the_one_name_of_a_place_follows_its_correction(own_home: Path) -> None:
    home = own_home
    wrong = claim(home, "Seventeen people")

    def places() -> list[tuple[object, ...]]:
        return rows(home, f"SELECT place, place_name FROM facts WHERE claim_id = '{wrong}'")

    before = places()
    review_claim(Settings(home=home), wrong, "correct", "so it says", corrections(["place=North Port"]))
    assert places() == [("North Port", "North Port")]
    assert rows(home, "SELECT count(*) FROM figure_series WHERE place_name = 'North Port'") == [(1,)]
    review_claim(Settings(home=home), wrong, "correct", "not that", {}, ("place",))
    assert places() == before
    review_claim(Settings(home=home), wrong, "correct", "its name", corrections(["place_name=Kept Harbour"]))
    review_claim(Settings(home=home), wrong, "correct", "as printed", corrections(["place=the harbour"]))
    assert places() == [("the harbour", "Kept Harbour")]


def test_what_cannot_be_corrected_says_what_can() -> None:
    with pytest.raises(PermanentError, match="'text' cannot be corrected"):
        corrections(["text=other"])
    with pytest.raises(PermanentError, match="'many' is no number"):
        corrections(["value_low=many"])


def test_a_withdrawn_document_stays_out_until_it_is_restored(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(article(1 if name == "one.txt" else 2), encoding="utf-8")
    take(tmp_path / "one.txt", tmp_path / "two.txt")
    settings = Settings(home=home, jobs=1, max_rejects=1.0)
    document = str(rows(home, "SELECT document_id FROM articles WHERE source_uri LIKE '%one.txt'")[0][0])
    withdraw(settings, document, "asked by the outlet")
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]
    assert rows(home, "SELECT status, reason FROM documents WHERE status = 'withdrawn'") == [
        ("withdrawn", "asked by the outlet")
    ]
    assert take(tmp_path / "one.txt", tmp_path / "two.txt").tally.counts["received"] == 0
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]
    with pytest.raises(PermanentError, match="withdrawn already") as raised:
        withdraw(settings, document, "again")
    assert raised.value.document_id == document
    restore(settings, document, "a mistake")
    assert rows(home, "SELECT count(*), count(DISTINCT output_id) FROM articles") == [(2, 2)]
    ended = rows(home, "SELECT ended_by FROM articles_history WHERE ended_by IS NOT NULL")
    assert ended == [("withdrawn",)]


def test_the_commands_take_the_beginning_of_an_id(own_home: Path) -> None:
    home = own_home
    fact = claim(home, "Seventeen people")
    done = copydesk("fact", "confirm", fact[:12], "--why", "heard it", "--home", home)
    assert done.returncode == 0, done.stderr
    assert "Confirmed figure 'Seventeen people'" in done.stdout
    assert rows(home, "SELECT review FROM facts WHERE review IS NOT NULL") == [("confirmed",)]
    nothing = copydesk("fact", "correct", fact, "--why", "x", "--home", home)
    assert nothing.returncode == 1
    assert "--set" in nothing.stderr
    gone = copydesk("document", "withdraw", "nosuch", "--why", "x", "--home", home)
    assert "no document 'nosuch'" in gone.stderr


def test_a_beginning_that_fits_several_documents_takes_none_of_them_out(own_home: Path) -> None:
    home = own_home
    folder = rows(home, "SELECT min(source_uri) FROM documents")[0][0].rsplit("/", 1)[0]
    for action in (("withdraw",), ("purge", "--yes")):
        refused = copydesk("document", action[0], folder, *action[1:], "--why", "x", "--home", home)
        assert refused.returncode == 1
        assert "may mean" in refused.stderr, refused.stderr
        assert "Give the whole id of one" in refused.stderr
    assert rows(home, "SELECT DISTINCT status FROM documents WHERE status IN ('withdrawn', 'purged')") == []
