"""A purge erases what a Prefect server of the home, its log and its inbox keep of a document."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from urllib.parse import quote

from copydesk.flows.jobs.erasing import Texts, erase_beside
from copydesk.flows.served.run_markdown import SAFE, escaped
from copydesk.warehouse.home import Home
from tests.conftest import Ingest, article, rows
from tests.flows.purges import BODY, TITLE, purge_of, told
from tests.homes import left_of


def prefect_home(home: Path) -> sqlite3.Connection:
    """The tables of a server's database in which a run leaves texts, as a server that stopped leaves them."""
    (home / "prefect" / "storage").mkdir(parents=True)
    db = sqlite3.connect(home / "prefect" / "prefect.db", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("CREATE TABLE artifact (id TEXT PRIMARY KEY, data JSON)")
    db.execute("CREATE TABLE log (id TEXT PRIMARY KEY, message TEXT)")
    db.execute("CREATE TABLE flow_run (id TEXT PRIMARY KEY, name TEXT, parameters JSON)")
    return db


def test_what_the_prefect_server_of_the_home_kept_goes_too(take: Ingest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    inbox = home / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "vosstrup.txt").write_text(told(93), encoding="utf-8")
    (inbox / "stays.txt").write_text(article(94), encoding="utf-8")
    take(inbox)
    uri = (inbox / "vosstrup.txt").as_uri()
    sentence = rows(home, f"SELECT s.text FROM sentences s JOIN articles USING (article_id) WHERE s.text LIKE '%{BODY}%'")[0][0]
    db = prefect_home(home)
    db.execute("INSERT INTO artifact VALUES ('1', ?)", (json.dumps(json.dumps([{"sentence": sentence}])),))
    db.execute(
        "INSERT INTO artifact VALUES ('2', ?)", (json.dumps(json.dumps([{"document": (inbox / "stays.txt").as_uri()}])),)
    )
    db.execute("INSERT INTO log VALUES ('1', ?)", (f"could not read {uri}.",))
    db.execute("INSERT INTO log VALUES ('2', 'received 2 documents')")
    db.execute(
        "INSERT INTO flow_run VALUES ('1', 'vast', ?)", (json.dumps({"paths": [str(inbox / "vosstrup.txt")], "wait": 1}),)
    )
    (home / "prefect" / "server.log").write_text(f"GET {uri}\nstarted\n")
    done = purge_of(home, "source_uri LIKE '%vosstrup%'")
    assert done.remains == ()
    assert left_of(home, "vosstrup", BODY, TITLE) == []
    assert [row[0] for row in db.execute("SELECT id FROM artifact UNION ALL SELECT id FROM log")] == ["2", "2"]
    assert db.execute("SELECT parameters ->> 'wait', parameters ->> '$.paths[0]' FROM flow_run").fetchone() == (1, "purged")
    assert (home / "prefect" / "server.log").read_text().endswith("\nstarted\n")
    assert not (inbox / "vosstrup.txt").exists()
    assert (inbox / "stays.txt").exists()
    db.close()


def test_artifacts_that_write_a_title_or_address_in_another_way_go_too(tmp_path: Path) -> None:
    """As links write an address, and as JSON writes a letter past the first 65,536: in two halves."""
    home = Home(tmp_path / "home")
    title, address = 'A ferry \N{SHIP} runs "aground"', "https://echo.example/ferry-\N{SHIP}\N{GRINNING FACE}/ärger?a=b c"
    database = prefect_home(home.root)
    ways = [title, json.dumps(title), json.dumps(json.dumps([title, address])), address, json.dumps({"url": address})]
    ways += [escaped(title), json.dumps(escaped(title)), f"[original](<{quote(address, safe=SAFE)}>)", quote(address, safe="")]
    stays = ["A ferry \N{SHIP} runs", "https://echo.example/ferry", json.dumps("\N{GRINNING FACE}")]
    for number, text in enumerate([*ways, *stays]):
        database.execute("INSERT INTO artifact VALUES (?, ?)", (str(number), text))
    log = home.root / "prefect" / "server.log"
    log.write_text("\n".join((json.dumps(json.dumps(title)), quote(address, safe="/:"), "started")), encoding="utf-8")
    erase_beside(home, Texts(addresses=frozenset({address}), titles=frozenset({title})), ())
    assert [row[0] for row in database.execute("SELECT data FROM artifact")] == stays
    assert not re.search(r"ferry|aground|echo", log.read_text(encoding="utf-8"))
    assert log.read_text(encoding="utf-8").endswith("\nstarted")
    database.close()
