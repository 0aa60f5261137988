"""What is asked of the desk beside its lists: counts of a search, added claims, two readers, days in words, a requeue's end."""

from __future__ import annotations

import csv
import html
import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest

from copydesk.flows.cli import main
from copydesk.flows.jobs.review import review_claim
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.downloads import FORMULA
from tests.conftest import Ingest, rows
from tests.flows.desks import AskedDesk
from tests.flows.serving import eventually

PRINTED = """{title}

Nora Castell

{day} May 2024

The council of {place} met on Monday. A falling roof killed {dead} people in {place}, the police said, and the choir sang.

Two scores of guests were hurt as well, the baker said. The road was closed until the evening.
"""


@pytest.fixture
def desk(take: Ingest, tmp_path: Path) -> AskedDesk:
    """Four articles of two months and places, of which one begins with what a spreadsheet would run."""
    (tmp_path / "in").mkdir()
    titles = ("=SUM(A1:A9) of roofs", "Roof falls on guests", "Roofs are looked at", "A roof again")
    for number, title in enumerate(titles):
        told = PRINTED.format(title=title, day=3 + number, place=("Nairobi", "Mombasa")[number % 2], dead=number + 3)
        (tmp_path / "in" / f"{number}.txt").write_text(told, encoding="utf-8")
    take(tmp_path / "in")
    return AskedDesk(tmp_path / "home").log_in()


def counts_of(page: str) -> list[tuple[str, int]]:
    """The counts beside a search: each with the address that asks for what it counts."""
    counts = page.partition('class="facets"')[2].partition("</details>")[0]
    found = re.findall(r'href="[^"]*/(search\?[^"]*)"[^>]*>[^<]*</a> <span class="n">(\d+)', counts)
    return [(html.unescape(address), int(count)) for address, count in found]


@pytest.mark.parametrize("among", ["articles", "sentences", "facts"])
def test_counts_of_a_search_lead_to_so_many_hits(desk: AskedDesk, among: str) -> None:
    found = counts_of(desk.get("search?" + urlencode({"q": "people OR guests OR roof", "in": among})))
    assert {"measure", "place"} <= {name for address, _ in found for name in ("measure", "place") if f"{name}=" in address}
    for address, count in found:
        assert re.search(rf'role="status">{count} {among[:-1]}', desk.get(address)), address


def test_a_claim_is_added_by_command_and_found_by_search_and_in_changes(
    desk: AskedDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    ((article,),) = rows(desk.home, "SELECT article_id FROM articles WHERE title = 'A roof again'")
    asked = ["fact", "add", article[:12], "--words", "Two scores  of guests", "--kind", "figure"]
    fields = ["--set", "measure=injured", "--set", "value_low=40", "--set", "value_high=40", "--set", "unit=people"]
    assert main([*asked, *fields, "--set", "place=Port Ellery", "--why", "a score is twenty", "--home", str(desk.home)]) == 0
    assert "Added figure" in capsys.readouterr().out
    told = "SELECT text, measure, value_low, place_name FROM facts WHERE extractor = 'person'"
    assert rows(desk.home, told) == [("Two scores of guests", "injured", 40.0, "Port Ellery")]
    hits = desk.get("search?" + urlencode({"q": "scores", "in": "facts", "place": "Port Ellery"}))
    ((fact, claim),) = rows(desk.home, "SELECT fact_id, claim_id FROM facts WHERE extractor = 'person'")
    assert 'role="status">1 fact' in hits
    assert f"facts/{fact}" in hits
    review_claim(Settings(home=desk.home, jobs=1), claim, "correct", "fewer", {"value_high": 45.0})
    changes = (
        "SELECT change, why, kind, article_id, fact_id, after, note FROM changes WHERE claim_id = $$"
        + claim
        + "$$ ORDER BY position"
    )
    assert rows(desk.home, changes) == [
        ("came", "review", "figure", article, fact, "Two scores of guests [injured]", "a score is twenty"),
        ("changed", "review", "figure", article, fact, "corrected: value_high 45.0", "fewer"),
    ]
    assert main([*asked, *fields, "--why", "again", "--home", str(desk.home)]) == 1, "it was added already"
    assert (
        main(["fact", "add", article, "--words", "no such words", "--kind", "quote", "--why", "x", "--home", str(desk.home)])
        == 1
    )
    for more in (["--after", "-5"], ["--after", "99999999"], ["--why", "  "]):
        said = ["fact", "add", article, "--words", "A roof again", "--kind", "statement", "--home", str(desk.home), *more]
        assert main([*said, *([] if "--why" in more else ["--why", "x"])]) == 1
    assert "is no place in the text" in capsys.readouterr().err
    assert main(["fact", "confirm", claim, "--why", " ", "--home", str(desk.home)]) == 1
    assert "Say why" in capsys.readouterr().err
    assert main(["fact", "confirm", claim, "--words", "guests", "--why", "x", "--home", str(desk.home)]) == 1


def test_cells_that_a_spreadsheet_would_run_are_text(desk: AskedDesk) -> None:
    told = list(csv.DictReader(io.StringIO(desk.client.get(f"{desk.keys.root}/articles.csv").text)))
    assert not [value for row in told for value in row.values() if value.startswith(FORMULA)]
    assert "'=SUM(A1:A9) of roofs" in {row["title"] for row in told}
    assert "=SUM(A1:A9) of roofs" in {row["title"] for row in desk.json("articles.json")}, "programs get it to the letter"


def test_days_are_taken_as_all_commands_take_them(desk: AskedDesk) -> None:
    assert "4 of 4" in desk.get("articles?from=2024-05-01&to=yesterday").replace("1 to ", "")
    assert "There is nothing" in desk.get("articles?from=-7d")
    assert "how long ago" in desk.get("articles?from=soon", 400)
    assert "how long ago" in desk.get("?since=soon", 400)
    desk.get("?since=-2w")


def test_the_agreement_of_two_readers_is_told(desk: AskedDesk) -> None:
    settings = Settings(home=desk.home, jobs=1)
    claims = [row[0] for row in rows(desk.home, "SELECT claim_id FROM facts ORDER BY claim_id LIMIT 4")]
    assert "Two readers" not in desk.get("precision")
    for claim, one, other in zip(
        claims, ("confirm", "confirm", "reject", "confirm"), ("confirm", "reject", "reject", "confirm"), strict=True
    ):
        review_claim(settings, claim, one, "read", {}, who="Ada")
        review_claim(settings, claim, other, "read", {}, who="Bo")
    review_claim(settings, claims[1], "confirm", "I was wrong", {}, who="Bo")
    assert desk.json("readers.json") == [
        {"one": "Ada", "other": "Bo", "claims": 4, "both_right": 2, "both_wrong": 1, "one_alone": 1, "other_alone": 0}
    ], "what a reader says later, knowing the other's word, does not count"
    page = desk.get("precision")
    assert "75 %" in page.partition('id="readers"')[2]
    assert "0.50" in page.partition('id="readers"')[2]


HOLDING = """
import sys, time
from copydesk.flows.jobs.apart import Apart
if __name__ == "__main__":
    job = Apart(time.sleep, 600)
    print(job._process.pid, flush=True)
    time.sleep(600)
"""


def is_there(process: int) -> bool:
    """Whether a process is there that is not only waiting to be asked how it ended."""
    status = Path(f"/proc/{process}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")
def test_a_job_apart_ends_with_the_process_that_began_it_however_that_ends(tmp_path: Path) -> None:
    (tmp_path / "holding.py").write_text(HOLDING, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(tmp_path / "holding.py")], stdout=subprocess.PIPE, text=True) as beginner:
        assert beginner.stdout is not None
        job = int(beginner.stdout.readline())
        assert is_there(job)
        os.kill(beginner.pid, signal.SIGKILL)
    eventually(lambda: not is_there(job))
