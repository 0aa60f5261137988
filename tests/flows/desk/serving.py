"""A desk in a process of its own, for a browser to look at."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.conftest import ROOT, rows
from tests.flows.serving import STOPS_WITHIN, eventually, free_port


@dataclass
class ServedDesk:
    """A desk that `copydesk desk` serves."""

    home: Path
    origin: str
    address: str
    login: str


@contextlib.contextmanager
def desk_served(home: Path, base: Path) -> Iterator[ServedDesk]:
    """Serves the desk of a home until the block ends; what the command says lies in `base`, its working folder."""
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "PREFECT_"))} | {
        "PYTHONPATH": str(ROOT)
    }
    command = [sys.executable, "-P", "-m", "copydesk.flows.cli", "desk", "--home", str(home), "--port", str(port)]
    with (base / "told.txt").open("w") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, text=True, env=environment, cwd=base)
    origin = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: process.poll() is not None or _answers(origin))
        said = dict(line.split(": ", 1) for line in (base / "told.txt").read_text().splitlines() if ": " in line)
        yield ServedDesk(home, origin, said["Desk"].strip(), said["Log in"].strip())
    finally:
        process.terminate()
        assert process.wait(STOPS_WITHIN) == 0
        assert "Traceback" not in (base / "told.txt").read_text()


def _answers(origin: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"{origin}/copydesk/desk", trust_env=False).is_success
    return False


def paths_of(home: Path) -> dict[str, str]:
    """The pages of a desk that a browser looks at, by name; of the home that the tests of the desk share."""
    hostile = rows(home, "SELECT article_id FROM articles WHERE text LIKE '%</script>%'")[0][0]
    page = rows(home, "SELECT article_id FROM articles WHERE source_uri LIKE '%courier-ferry.html'")[0][0]
    run = rows(home, "SELECT run_id FROM runs WHERE kind = 'ingest'")[0][0]
    names = (
        "articles",
        "facts?kind=figure&sure=0.7",
        "search?q=harbour",
        "conflicts",
        "review",
        "sources",
        "rejects",
        "stories",
        "entities",
        "places",
        "series?measure=killed&place=Port+Ellery",
        "precision",
        "sources/new",
    )
    story = rows(home, "SELECT story_id FROM stories ORDER BY articles DESC, story_id LIMIT 1")[0][0]
    entity = rows(home, "SELECT entity_id FROM entities ORDER BY facts DESC, entity_id LIMIT 1")[0][0]
    place = rows(home, "SELECT place_id FROM places WHERE name = 'Mombasa'")[0][0]
    return {
        "overview": "",
        **{name.partition("?")[0].replace("/", "-"): name for name in names},
        "story": f"stories/{story}",
        "entity": f"entities/{entity}",
        "place": f"places/{place}",
        "article": f"articles/{page}",
        "hostile": f"articles/{hostile}",
        "run": f"runs/{run}",
    }
