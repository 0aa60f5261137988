"""Reads documents in a child process that can be ended at any moment, also in the middle of C code.

No signal handler of Python runs while a library in C is at work, so a limit inside the process that reads would not hold.
Here the kernel ends the child (a profiling timer whose signal nobody catches) as soon as one document has used the processor
time that it is allowed. Time spent waiting for the processor does not count: a busy machine turns nobody away.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import threading
import traceback
from datetime import UTC, datetime
from functools import cache
from multiprocessing.connection import Connection, Pipe
from types import TracebackType

import psutil

from copydesk.flows.settings.limits import MEGABYTE, Limits
from copydesk.transforms.rule_set import Rules, RuleSet
from copydesk.transforms.types import Extraction, RawDocument, Verdict

POLL = 0.5
"""Seconds between two looks at a child that has not answered yet."""

IDLE = 600
"""So many looks in a row at which a child had used no processor time: it waits for something that will not come."""

LONG = 500_000
"""Bytes of a plain text up to which `max_seconds` holds as it stands."""

MOST_TIMES = 10
"""How many times `max_seconds` a very long plain text may take."""

TRIES = 2
"""How often a document is begun whose child died for another reason than its time."""

_forking = threading.Lock()
"""Held from the making of a pipe until only its two owners have it: no other child may inherit an end and keep it open."""

Question = tuple[RawDocument, frozenset[str]]


SAMPLE = (
    "At least 14 people were injured on Monday when a bridge fell in the harbour of Lisbon, the mayor said. "
    '"We closed the road in time," said Ada Lund of the fire service, who had counted 300 cars an hour on 4 March 2024.'
)
SAMPLES = (("text/plain", SAMPLE), ("text/html", f"<html><body><h1>A bridge</h1><p>{SAMPLE}</p></body></html>"))
"""Invented news with a figure, a quotation, a place and a date: it leads the rules through what they load late."""


@cache
def load_rules(rule_set: RuleSet) -> Rules:
    """Loads rules, once a process, and all that they load when they are first used: children find it there."""
    rules = rule_set.transformer()
    for media, text in SAMPLES:
        moment = datetime(2024, 3, 5, tzinfo=UTC)
        data = text.encode()
        raw = RawDocument(
            document_id="",
            revision=1,
            source="",
            source_uri="",
            media_type=media,
            data=data,
            size=len(data),
            sha256="",
            received_at=moment,
        )
        rules.transform(raw, len(data))
    return rules


def seconds_for(raw: RawDocument, limits: Limits) -> float:
    """Seconds of processor time that a document may take: a long plain text has more, in proportion to its size.

    Its rules take time in proportion too, so that a book or a dump of two megabytes comes in; a page of HTML has no more,
    whatever its size.
    """
    plain = raw.media_type.startswith("text/") and "html" not in raw.media_type
    return limits.seconds * min(MOST_TIMES, max(1.0, raw.size / LONG)) if plain else limits.seconds


class Guard:
    """Applies the rules of `rule_set` to documents one after the other, each within `limits`.

    The child is forked when it is first needed, so that it has the rules already loaded, and again after a document that
    ended it. A document that is over its limit becomes a verdict and does not touch those around it: `timed_out` for its
    processor time, `crashed_worker` for its memory or where its child died twice. Use it in a `with` statement.
    """

    def __init__(self, limits: Limits, rule_set: RuleSet) -> None:
        self.limits = limits
        self.rule_set = rule_set
        self._child: _Child | None = None

    def __enter__(self) -> Guard:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None) -> None:
        self._end()

    def read(self, raw: RawDocument, repeated: frozenset[str] = frozenset()) -> Extraction:
        """All outputs for a document, or the verdict that turned it away; whatever a rule raises is its verdict `failed`.

        `repeated` are the folded lines learnt to repeat over the document's site.
        """
        verdict = None
        for _ in range(TRIES):
            answer = self._answer((raw, repeated))
            if isinstance(answer, Extraction):
                return answer
            verdict = answer
            if verdict.reason == "timed_out":
                break
        return Extraction(verdict=verdict)

    def _answer(self, question: Question) -> Extraction | Verdict:
        self._child = self._child or _Child(self.limits, self.rule_set)
        try:
            return self._child.answer(question)
        except (EOFError, OSError):
            return self._verdict(self._end(), question[0])
        except _Ended as ended:
            self._end()
            return ended.verdict

    def _end(self) -> int:
        """Ends the child, if there is one; the number of the signal that it died of."""
        child, self._child = self._child, None
        return child.end() if child is not None else 0

    def _verdict(self, died_of: int, raw: RawDocument) -> Verdict:
        if died_of == signal.SIGPROF:
            seconds = f"{seconds_for(raw, self.limits):g}"
            detail = (
                f"Reading it took more than {seconds} seconds of processor time. Its bytes are kept. "
                "Raise max_seconds to give it more, then run: copydesk requeue"
            )
            return Verdict("timed_out", detail)
        return Verdict("crashed_worker", f"The process that read it died twice ({_name(died_of)}). Its bytes are kept.")


class _Ended(Exception):
    """The child is to be ended now, with this verdict."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict


def _name(number: int) -> str:
    return signal.Signals(number).name if number else "it ended itself"


class _Child:
    """A forked process that answers questions until its pipe is closed."""

    def __init__(self, limits: Limits, rule_set: RuleSet) -> None:
        rules = load_rules(rule_set)
        self._limits = limits
        with _forking:
            self._pipe, theirs = Pipe()
            self._pid = os.fork()
            if self._pid == 0:
                _serve(theirs, limits, rules)
            theirs.close()
        self._process = psutil.Process(self._pid)
        self._at_first = self._process.memory_info().rss

    def answer(self, question: Question) -> Extraction:
        """What the child makes of a document. Raises EOFError or OSError where it died, _Ended where it has to be ended."""
        self._pipe.send(question)
        idle, used = 0, -1.0
        while not self._pipe.poll(POLL):
            with contextlib.suppress(psutil.Error):  # it died in between: the pipe tells
                times = self._process.cpu_times()
                idle, used = (idle + 1 if times.user + times.system == used else 0), times.user + times.system
                self._check(idle)
        extraction: Extraction = self._pipe.recv()
        return extraction

    def _check(self, idle: int) -> None:
        most = self._limits.memory
        if self._process.memory_info().rss - self._at_first > most:
            detail = f"Reading it took more than {most // MEGABYTE:,} MB of memory. Its bytes are kept. Raise max_memory."
            raise _Ended(Verdict("crashed_worker", detail))
        if idle >= IDLE:
            raise _Ended(Verdict("crashed_worker", "The process that read it stood still twice. Its bytes are kept."))

    def end(self) -> int:
        """Ends the process, which keeps nothing that anybody needs; the number of the signal that it had died of."""
        self._pipe.close()
        with contextlib.suppress(ProcessLookupError):
            ended, status = os.waitpid(self._pid, os.WNOHANG)
            if not ended:
                os.kill(self._pid, signal.SIGKILL)
                _, status = os.waitpid(self._pid, 0)
            return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        return 0


def _serve(pipe: Connection, limits: Limits, rules: Rules) -> None:
    """What the child does until its pipe is closed. Never returns.

    It keeps of its parent what is in memory, and nothing else: no signal handlers, no open files (the home's lock would live
    as long as they do), nothing to write at the end.
    """
    try:
        gc.freeze()
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGPROF):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        _close_all_but(pipe.fileno())
        while True:
            raw, repeated = pipe.recv()
            signal.setitimer(signal.ITIMER_PROF, seconds_for(raw, limits))
            answer = pickle.dumps(_extraction(rules, raw, limits.bytes, repeated), pickle.HIGHEST_PROTOCOL)
            signal.setitimer(signal.ITIMER_PROF, 0)
            pipe.send_bytes(answer)
    except (EOFError, OSError):
        os._exit(0)
    finally:
        os._exit(1)


def _close_all_but(kept: int) -> None:
    """Closes every open file but the standard streams and one."""
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))


def _extraction(rules: Rules, raw: RawDocument, limit: int, repeated: frozenset[str]) -> Extraction:
    try:
        return rules.transform(raw, limit, repeated)
    except Exception:  # noqa: BLE001  # whatever a rule raises is that document's alone
        return Extraction(verdict=Verdict("failed", traceback.format_exc(limit=-8)))
