"""What `copydesk up` does: a Prefect server and the process that serves a home's deployments, on this machine."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator

from copydesk.flows.printing import one_line, say, warn
from copydesk.flows.served import children
from copydesk.flows.served.auth import file_of, lock_of, own_auth_string
from copydesk.flows.served.door import own_origins
from copydesk.flows.served.hosting import address_of, check_port, operators_choice, say_what_is_in_front, stoppable
from copydesk.flows.served.login import GOOD_FOR, PATH
from copydesk.flows.served.schedules import NIGHTLY, WEEKLY
from copydesk.flows.settings import Settings
from copydesk.flows.site.desk.keys import Keys
from copydesk.flows.sources.choose import INBOX
from copydesk.flows.sources.registry import read_sources
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home

STARTS_WITHIN = 900.0
"""Seconds in which a server must answer: far more than it takes on a busy machine. One that ends is noticed at once."""


def serve(settings: Settings, host: str, port: int) -> int:
    """Serves until it is stopped by Ctrl-C or SIGTERM, or the server ends; a runner that dies is started again."""
    home = settings.place.with_inbox()
    sources = read_sources(home)
    chosen = operators_choice(settings, host)
    origins = own_origins(host, port, settings.origins)
    address = address_of(host, port)
    with _alone(home, address), stoppable():
        check_port(host, port)
        auth_string, where = chosen or (own_auth_string(home), str(file_of(home)))
        environment = children.environment_of(settings, host, port, auth_string, origins)
        token = secrets.token_urlsafe(32)
        server = children.start_server(settings, environment, token)
        try:
            children.wait_until_it_answers(address, server, children.server_log(settings), STARTS_WITHIN)
            say(f"Prefect: {address}")
            say(f"Desk:    {address}{Keys(auth_string).root}/")
            say(f"Log in:  {address}{PATH}#{token}")
            say(f"         opens once, within {GOOD_FOR / 60:.0f} minutes; later log in with the auth string in {where}")
            say_what_is_in_front(host, settings, origins)
            say(f"Inbox:   {home.inbox}\nScheduled:\n  ingest/{INBOX}: every 5 minutes")
            for spec in sources.values():
                say(f"  ingest/{spec.name}: {spec.schedule or 'by hand'} ({spec.kind} {one_line(spec.shown)})")
            say(f"  maintain/maintain: {NIGHTLY}\n  verify/verify: {WEEKLY}")
            say("Ctrl-C stops both.", flush=True)
            children.keep_running(server, lambda: children.start_runner(settings, environment), children.Restarts())
            warn(f"copydesk: the server ended with {server.returncode}. See {children.server_log(settings)}")
            return 1
        except KeyboardInterrupt:
            say("Stopping. A run that is going on is taken up by the next.", flush=True)
            return 0
        finally:
            children.stop(server)


@contextlib.contextmanager
def _alone(home: Home, address: str) -> Iterator[None]:
    """Holds the home's place for one `up`.

    Raises PermanentError with the address of the one that holds it.
    """
    with lock_of(home).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            told = file.read().strip()
            other = json.loads(told)["address"] if told else "another address"
            raise PermanentError(f"{home.root} is served already, at {other}. Open that, or stop it first.") from error
        file.seek(0)
        file.truncate()
        file.write(json.dumps({"address": address, "pid": os.getpid()}))
        file.flush()
        yield
