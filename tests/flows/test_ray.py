"""A Ray cluster in a network of its own: the tables of a local run, to the row, also where a document kills its workers.

It is run by `make soak` where the extra `ray` is installed: Ray has time limits of its own, which a busy machine can pass.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Ingest, rows
from tests.homes import contents
from tests.texts import distinct_folder

pytest.importorskip("ray")
pytestmark = pytest.mark.slow

ALONE = ["unshare", "--map-root-user", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"]
"""Ray opens its ports on every address of a machine: here the machine has none but loopback, and all ends with the command."""

CLUSTER = """
set -e
ip link set lo up
ray start --head --node-ip-address 127.0.0.1 --port 6379 --ray-client-server-port 10001 --num-cpus 1 \
  --include-dashboard false --object-store-memory 80000000 --disable-usage-stats --temp-dir "$1" > "$1/told" 2>&1
shift
copydesk ingest "$1" --source test --home "$2" --executor ray://127.0.0.1:10001
python -m tests.flows.deadly ingest "$1/two" --home "$3" --executor ray://127.0.0.1:10001
copydesk ingest "$1" --home "$4" --executor ray://127.0.0.1:10002 || test $? -ne 0
"""


def has_namespaces() -> bool:
    return subprocess.run([*ALONE, "ip", "link"], check=False, capture_output=True).returncode == 0


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose path leaves room for the names of Ray's sockets."""
    with tempfile.TemporaryDirectory(prefix="ray", dir="/tmp") as folder:
        yield Path(folder)


def test_the_same_tables_as_a_local_run(take: Ingest, tmp_path: Path, short_folder: Path) -> None:
    if not has_namespaces():
        pytest.skip("needs the right to make a network of its own (unshare)")
    folder = distinct_folder(tmp_path / "in", range(18))
    distinct_folder(folder / "two", range(6, 8))
    take(folder, home=tmp_path / "alone")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "RAY_USAGE_STATS_ENABLED": "0"}
    homes = [tmp_path / name for name in ("home", "deadly", "nowhere")]
    command = [*ALONE, "bash", "-c", CLUSTER, "bash", short_folder, folder, *homes]
    done = subprocess.run(command, check=False, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(homes[0]) == contents(tmp_path / "alone")
    assert rows(homes[1], "SELECT reason, parse_filename(source_uri) FROM rejects") == [("crashed_worker", "00007.txt")]
    assert rows(homes[1], "SELECT count(*) FROM articles") == [(1,)]
    assert "No Ray cluster answers at ray://127.0.0.1:10002" in done.stderr
