"""A year of runs by schedule: how many files there are, and what a run costs at its end.

    python -m bench.year [--runs 3504] [--scratch DIR]

A document is really taken in; every further run writes its rows again under other ids, with the events that name them,
and publishes, as a run of a few new documents does; every 96th is followed by maintenance. A run every quarter of an
hour is 35,040 a year.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

import copydesk.warehouse.compaction
import copydesk.warehouse.publish
from bench.archive import copied, events_of
from bench.corpora import texts
from bench.measure import ours
from copydesk.flows.jobs.maintain import maintain
from copydesk.flows.runs.run import Progress, open_run
from copydesk.flows.settings import Settings
from copydesk.warehouse.files import new_file
from copydesk.warehouse.publish import publish
from copydesk.warehouse.schemas import TABLES

A_DAY = 96
DAY_SECONDS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=3504)
    parser.add_argument("--scratch", type=Path)
    options = parser.parse_args()
    # A day here lasts as long as its runs take: what readers may have open for a day outlives it by that.
    copydesk.warehouse.publish.KEPT_SECONDS = copydesk.warehouse.compaction.KEPT_SECONDS = DAY_SECONDS
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        texts(Path(folder) / "texts", 1)
        settings = Settings(home=Path(folder) / "home", jobs=1)
        ours("ingest", Path(folder) / "texts", "--home", settings.home)
        with open_run(settings, "bench", {}, Progress()) as run:
            known = [recorded.event for recorded in run.log.read()]
            rows = {
                table: pq.read_table(path, schema=TABLES[table].schema)
                for table in TABLES
                for path in (run.home.root / "data" / table).glob("*.parquet")
            }
        print("| runs | runs a second | publish, median ms | most files of a table | files in the home | merging s |")
        print("| ---: | ---: | ---: | ---: | ---: | ---: |")
        for day in range(options.runs // A_DAY):
            spent, began = [], time.perf_counter()
            for number in range(day * A_DAY + 1, (day + 1) * A_DAY + 1):
                with open_run(settings, "bench", {}, Progress()) as run:
                    made = []
                    for table, given in rows.items():
                        with new_file(run.home, table, "copy") as (writer, entries):
                            writer.write_table(copied(given, number).cast(TABLES[table].schema))
                        made += entries
                    run.append_all(events_of(number, made, known, run.run_id))
                    run.tally.counts["ingested"] = 1
                    run.finish("completed")
                    before = time.perf_counter()
                    publish(run.home, run.log, run.state)
                    spent.append(time.perf_counter() - before)
            rate = A_DAY / (time.perf_counter() - began)
            before = time.perf_counter()
            maintain(settings, Progress())
            merging = time.perf_counter() - before
            with open_run(settings, "bench", {}, Progress()) as run:
                (most,) = run.state.rows("SELECT max(n) FROM (SELECT count(*) AS n FROM files GROUP BY tab)")[0]
            files = sum(1 for path in settings.home.rglob("*") if path.is_file())
            if (day + 1) & day == 0 or day == options.runs // A_DAY - 1:
                publishing = 1000 * statistics.median(spent)
                print(f"| {number:,} | {rate:.1f} | {publishing:.0f} | {most} | {files} | {merging:.1f} |", flush=True)


if __name__ == "__main__":
    main()
