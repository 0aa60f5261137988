"""`copydesk watch`: questions that every run asks again, and what is new to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import one_line, say, warn
from copydesk.flows.settings import Settings, settings_of
from copydesk.flows.settings.options import HomeOptions
from copydesk.flows.site.watches.definitions import Watch, WatchOptions
from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    from copydesk.flows.runs.run import Run

SHOWN = 20
"""Lines of what is new that are printed for a watch."""


def run(
    action: Annotated[Literal["list", "add", "check", "remove"], Parameter(help="What to do.")],
    name: Annotated[str | None, Parameter(help="Name of the watch; without one, check asks them all.")] = None,
    /,
    *,
    added: Annotated[WatchOptions | None, FLAT] = None,
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    from copydesk.flows.site.watches.definitions import add_watch, path_of, remove_watch, watch_of

    settings = settings_of(options)
    home = settings.place
    if action == "list":
        return _list(settings)
    if action == "check":
        return _check(settings, name)
    if name is None:
        raise PermanentError(f"copydesk watch {action} needs the name of a watch. See: copydesk watch list")
    if action == "add":
        watch = watch_of(name, added.given if added is not None else {}, "copydesk watch add")
        add_watch(home, watch)
        say(f"Added {watch.name} to {path_of(home)}. Try it: copydesk watch check {watch.name}")
        return 0
    remove_watch(home, name)
    say(f"Removed {name} from {path_of(home)}.")
    return 0


def _list(settings: Settings) -> int:
    from copydesk.flows.site.watches.definitions import feed_of, path_of, read_watches

    watches = read_watches(settings.place)
    if not watches:
        say(f"No watches in {path_of(settings.place)}. Add one: copydesk watch add NAME --measure killed --place PLACE")
    for watch in watches.values():
        feed = feed_of(settings.place, watch.name)
        say(one_line(f"{watch.name}: {_told(watch)}{f'; feed {feed}' if feed.exists() else ''}"))
    return 0


def _told(watch: Watch) -> str:
    """What a watch looks for, in a line."""
    parts = (f"{name} {value}" for name, value in watch.given.items() if name not in ("name", "about") and value is not None)
    return watch.sql or ", ".join([watch.about, *parts])


def _check(settings: Settings, name: str | None) -> int:
    """Asks the watches now, and prints what is new. Gives 1 where one of them could not be asked."""
    from copydesk.flows.commands.reading import published_home
    from copydesk.flows.site.watches.check import check_watches

    faults: list[str] = []
    for match in check_watches(published_home(settings), faults.append, name):
        say(match.told())
        for line in match.headlines()[:SHOWN]:
            say(f"  {one_line(line)}")
        if len(match.new) > SHOWN:
            say(f"  and {len(match.new) - SHOWN} more")
    for fault in faults:
        warn(one_line(fault))
    return 1 if faults else 0


def say_watches(run: Run) -> None:
    """Asks the watches of a home after a run that published something, and prints which of them found something new."""
    from copydesk.flows.site.watches.check import check_watches

    if not run.published:
        return
    for match in check_watches(run.home, lambda fault: warn(one_line(fault))):
        if match.new or match.begun:
            say(one_line(match.told()))
            for line in match.headlines()[:SHOWN]:
                say(f"  {one_line(line)}")
