"""Commands in processes of their own, forked from one that has loaded what commands load: a start costs no seconds.

    python -m tests.processes serve SOCKET
    python -m tests.processes ask SOCKET ARGUMENT ...

The first serves the socket until its standard input ends; the second is such a command, for a shell. Whoever connects sends the
open files of a command's standard streams with its arguments, working folder and environment, and receives its process id and,
at its end, its exit status. What a command does is its own, as in any process: its memory, its signals, its environment. Prefect
is not loaded beforehand, since it reads the environment when it is loaded.
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

CLI = "copydesk.flows.cli"

UNLESS_TOLD = {"COPYDESK_JOBS": "1"}
"""Settings of commands of tests: one that is not told to needs no pool, whose processes would load all anew."""

AT_START = ("PYTHON", "LC_", "LANG")
"""Names that an interpreter reads when it starts: a command that is given one starts in an interpreter of its own."""


class Process:
    """A command that goes on beside its test: what tests ask of a `subprocess.Popen`."""

    def __init__(self, asked: socket.socket, out: IO[bytes], errors: IO[str]) -> None:
        self._told = asked.makefile("rb")
        self._out = out
        self.stderr = errors
        self.pid = int(self._told.readline())
        self.returncode: int | None = None

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        with suppress(ProcessLookupError):  # it has ended in between
            self.send_signal(signal.SIGKILL)

    def wait(self) -> int:
        """Its exit status, once it has ended; the number of the signal it died of, as a negative number."""
        if self.returncode is None:
            told = self._told.readline()
            assert told, "a command is gone and left no exit status"
            self.returncode = int(told)
            self._told.close()
        return self.returncode

    def poll(self) -> int | None:
        """Its exit status where it has ended; None while it goes on."""
        return self.wait() if self.ends_within(0) else None

    def ends_within(self, seconds: float) -> bool:
        """Whether it has ended when so many seconds are over."""
        return self.returncode is not None or bool(select([self._told], [], [], seconds)[0])

    def communicate(self) -> tuple[str, str]:
        """What it said on its output and as errors, once it has ended and nobody holds its streams."""
        with self.stderr as stream:
            errors = stream.read()
        self.wait()
        with self._out as file:
            file.seek(0)
            return file.read().decode("utf-8").replace("\r\n", "\n"), errors


def started(
    *arguments: object, module: str = CLI, cwd: Path = ROOT, input: str = "", quiet: bool = False, **environment: str
) -> Process:
    """`copydesk` with arguments, or another module as `python -m` runs it; `input` is what it reads, `environment` is added.

    Of a `quiet` one nobody reads what it says.
    """
    request = {"module": module, "arguments": [str(word) for word in arguments], "cwd": str(cwd)}
    outside = {name: value for name, value in os.environ.items() if not name.startswith(OUTSIDE)}
    request["environment"] = outside | UNLESS_TOLD | {"PYTHONPATH": str(ROOT)} | environment
    out = tempfile.TemporaryFile()  # noqa: SIM115  # whoever has the process closes it
    reading, writing = (os.open(os.devnull, os.O_RDONLY), os.open(os.devnull, os.O_WRONLY)) if quiet else os.pipe()
    with tempfile.TemporaryFile() as source, socket.socket(socket.AF_UNIX) as asked:
        source.write(input.encode())
        source.seek(0)
        asked.connect(server())
        socket.send_fds(asked, [b"x"], [source.fileno(), out.fileno(), writing])
        os.close(writing)
        asked.sendall(json.dumps(request).encode() + b"\n")
        return Process(asked, out, open(reading, encoding="utf-8"))


def run(
    *arguments: object, cwd: Path | None = None, env: dict[str, str] | None = None, input: str = "", module: str = CLI
) -> subprocess.CompletedProcess[str]:
    """Runs `copydesk`, or another module, with arguments to its end; `env` is added to the environment, `input` is what it reads."""
    if any(name.startswith(AT_START) for name in env or {}):
        environment = {**os.environ, **UNLESS_TOLD, "PYTHONPATH": str(ROOT), **(env or {})}
        command = [sys.executable, "-m", module, *map(str, arguments)]
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", input=input, cwd=cwd, env=environment, check=False
        )
    process = started(*arguments, module=module, cwd=cwd or Path.cwd(), input=input, **(env or {}))
    out, errors = process.communicate()
    return subprocess.CompletedProcess([str(word) for word in arguments], process.wait(), out, errors)


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


def ask(path: str, arguments: list[str]) -> int:
    """The exit status of `copydesk` with this process's streams, working folder and environment."""
    request = {"module": CLI, "arguments": arguments, "cwd": str(Path.cwd()), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect(path)
        socket.send_fds(asked, [b"x"], [0, 1, 2])
        asked.sendall(json.dumps(request).encode() + b"\n")
        with asked.makefile("rb") as told:
            status = told.readlines()[-1]
    return abs(int(status))


SHARED_SERVER = "TESTS_COMMANDS"
"""The variable that names the socket of a server that processes of tests share."""


def share_server() -> None:
    """Starts a server for the processes of tests that this process is about to start."""
    os.environ[SHARED_SERVER] = server()


@cache
def server() -> str:
    """The socket of the server of commands: the shared one, or one that is started now and ends with this process."""
    if shared := os.environ.get(SHARED_SERVER):
        return shared
    folder = tempfile.mkdtemp(prefix="copydesk-")
    path = f"{folder}/socket"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(OUTSIDE)} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.processes", "serve", path]
    serving = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT)
    assert serving.stdout is not None
    assert serving.stdout.readline() == b"ready\n", "the server of commands did not start"

    def end() -> None:
        if serving.stdin is not None:
            serving.stdin.close()
        serving.wait()

    atexit.register(end)
    return path


def serve(path: str) -> dict[str, Any]:
    """Answers each request from a child of its own, until the standard input ends; gives the request, in that child's child."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen(64)
        print("ready", flush=True)
        while True:
            waiting, _, _ = select([listening, sys.stdin], [], [])
            _forget_those_that_ended()
            if sys.stdin in waiting:
                shutil.rmtree(Path(path).parent, ignore_errors=True)
                os._exit(0)
            asked, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                return _begun(asked)
            asked.close()


def _forget_those_that_ended() -> None:
    """Waits for children that have ended; what they took of the processor then counts as taken by the tests."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _begun(asked: socket.socket) -> dict[str, Any]:
    """The request, in a child with the asker's streams as its own; this process waits for that child and tells its status."""
    _, streams, _, _ = socket.recv_fds(asked, 1, 3)
    with asked.makefile("rb") as received:
        request: dict[str, Any] = json.loads(received.readline())
    child = os.fork()
    if child:
        for number in streams:
            os.close(number)
        with suppress(OSError):
            asked.sendall(f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        with suppress(OSError):
            asked.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    asked.close()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    return request


def become(request: dict[str, Any]) -> None:
    """Runs the module of a request, as `python -m` does; never returns."""
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    # A command in the foreground hears Ctrl-C, also where the tests themselves run in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(request["cwd"])
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = [request["module"], *request["arguments"]]
    sys.path[0] = request["cwd"]
    code: object = 1
    try:
        runpy.run_module(request["module"], run_name="__main__", alter_sys=True)
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
    if sys.argv[1] == "ask":
        sys.exit(ask(sys.argv[2], sys.argv[3:]))
    from tests.preloading import load

    load()
    become(serve(sys.argv[2]))
