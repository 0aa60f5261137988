"""Kills a restore at one of its steps.

python -m tests.restoring ARCHIVE HOME STEP COUNT

STEP is a function of the restore; it is done COUNT times, and its next call kills the process.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from copydesk.flows.jobs import restore


def main(archive: Path, home: Path, name: str, count: int) -> None:
    step, left = getattr(restore, name), count

    def stop(*given: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*given)

    setattr(restore, name, stop)
    restore.restore(archive, home)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
