"""Commands in processes of their own, forked from one that has loaded what commands load: a start costs no seconds.

    python -m tests.processes SOCKET

serves the socket until its standard input ends. Whoever connects sends the open files of a command's standard streams with its
arguments, working folder and environment, and receives its exit status. What a command does is its own, as in any process:
its memory, its signals, its environment. Prefect is not loaded beforehand, since it reads the environment when it is loaded.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from contextlib import suppress
from functools import cache
from pathlib import Path
from select import select
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
OUTSIDE = ("COPYDESK_", "PREFECT_API_")
"""Names of settings of the machine that no command of a test sees."""

AT_START = ("PYTHON", "LC_", "LANG")
"""Names that the interpreter reads when it starts: a command that is given one starts in an interpreter of its own."""


def run(
    *arguments: object, cwd: Path | None = None, env: dict[str, str] | None = None, input: str = ""
) -> subprocess.CompletedProcess[str]:
    """Runs `copydesk` with arguments to its end; `env` is added to the environment, `input` is what it reads from its input."""
    words = [str(word) for word in arguments]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(OUTSIDE)} | {"PYTHONPATH": str(ROOT)} | (env or {})
    if any(name.startswith(AT_START) for name in env or {}):
        command = [sys.executable, "-m", "copydesk.flows.cli", *words]
        return subprocess.run(
            command, capture_output=True, text=True, input=input, cwd=cwd, env=environment, check=False, encoding="utf-8"
        )
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        source.write(input.encode())
        source.seek(0)
        streams = [source.fileno(), out.fileno(), errors.fileno()]
        request = {"arguments": words, "cwd": str(cwd or Path.cwd()), "environment": environment}
        with socket.socket(socket.AF_UNIX) as asked:
            asked.connect(_server())
            socket.send_fds(asked, [b"x"], streams)
            asked.sendall(json.dumps(request).encode() + b"\n")
            with asked.makefile("rb") as answer:
                told = answer.read()
        assert told, f"the process of {words} is gone and left no exit status"
        return subprocess.CompletedProcess(words, int(told), _text(out), _text(errors))


def started(*arguments: object, cwd: Path = ROOT, **environment: str) -> subprocess.Popen[str]:
    """`copydesk` with arguments in an interpreter of its own, going on beside the test."""
    return subprocess.Popen(
        [sys.executable, "-m", "copydesk.flows.cli", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


HOLD = """
import sys
from pathlib import Path
from copydesk.warehouse.lock import Holder, folder_lock
with folder_lock(Path(sys.argv[1]), Holder("abcdefgh", 77, "desk", "publish"), 0, print):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    """A process that holds a home's lock until it is killed, or its test ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8").replace("\r\n", "\n")


@cache
def _server() -> str:
    """The socket of this process's server, which is started with the first command and ends with this process."""
    folder = tempfile.mkdtemp(prefix="copydesk-")
    path = f"{folder}/socket"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(OUTSIDE)} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.processes", path]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n", "the server of commands did not start"

    def end() -> None:
        if server.stdin is not None:
            server.stdin.close()
        server.wait()

    atexit.register(end)
    return path


def load() -> None:
    """Loads what commands load, and nothing that starts a thread: of a process with threads a fork is not whole."""
    from importlib import import_module
    from pkgutil import iter_modules

    from copydesk.flows import commands, jobs, sources
    from copydesk.flows.workers.worker import ready

    ready()
    for package in (commands, jobs, sources):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            before = set(sys.modules)
            import_module(module.name)
            assert "prefect" not in sys.modules, (module.name, len(set(sys.modules) - before))
    assert threading.active_count() == 1, threading.enumerate()


def serve(path: str) -> dict[str, Any]:
    """Answers each request from a child of its own, until the standard input ends; gives the request, in that child's child."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen(64)
        print("ready", flush=True)
        while True:
            # Children that ended are not waited for.
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            waiting, _, _ = select([listening, sys.stdin], [], [])
            if sys.stdin in waiting:
                shutil.rmtree(Path(path).parent, ignore_errors=True)
                os._exit(0)
            asked, _ = listening.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                listening.close()
                return _begun(asked)
            asked.close()


def _begun(asked: socket.socket) -> dict[str, Any]:
    """The request, in a child with the asker's streams as its own; this process waits for that child and tells its status."""
    _, streams, _, _ = socket.recv_fds(asked, 1, 3)
    with asked.makefile("rb") as received:
        request: dict[str, Any] = json.loads(received.readline())
    child = os.fork()
    if child:
        for number in streams:
            os.close(number)
        _, status = os.waitpid(child, 0)
        with suppress(OSError):
            asked.sendall(str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    asked.close()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    return request


def become(request: dict[str, Any]) -> None:
    """Runs the command line of a request, as `python -m copydesk.flows.cli` does; never returns."""
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["cwd"])
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = ["copydesk", *request["arguments"]]
    sys.path[0] = request["cwd"]
    code: object = 1
    try:
        runpy.run_module("copydesk.flows.cli", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001  # the interpreter shows whatever a command raises, and so does this
        traceback.print_exc()
    # All that the interpreter does at its end, but for taking its memory apart piece by piece.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit.unregister(gc.unfreeze)
    atexit._run_exitfuncs()
    if isinstance(code, str):
        print(code, file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    load()
    become(serve(sys.argv[1]))
