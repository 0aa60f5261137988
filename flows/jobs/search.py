"""Searches a home: by the index that is there, or by one that is made first where it is missing, damaged or behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar

from copydesk.flows.settings import Settings
from copydesk.transforms.vocabulary import Measure
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from copydesk.warehouse.published import published_position
from copydesk.warehouse.search import Found, NoIndex, Wanted, find, outlet_names
from copydesk.warehouse.search_facets import Counted, facets
from copydesk.warehouse.searching.query import EmptyQuestion, Question, question_of
from copydesk.warehouse.searching.words import name_key
from copydesk.warehouse.when import day

if TYPE_CHECKING:
    from copydesk.flows.runs.run import Progress

T = TypeVar("T")


def search(settings: Settings, wanted: Wanted, progress: Progress | None = None) -> Found:
    """What of a home's articles, sentences or facts holds the words that are wanted, the best first.

    Takes no lock where the index is as new as what is published; otherwise waits for the home's lock and makes it so.

    Args:
        settings: of the home.
        wanted: the words, by `question`, and which of what holds them.
        progress: shows people that an index is made.

    Raises PermanentError where nothing is published, where the measure or an outlet is not known here, or where no index can
    be made; HomeLocked where it must be made and another run keeps the lock.
    """
    home = settings.place
    position = published_position(home)
    if position < 0:
        raise PermanentError(f"{home} has published nothing to search. Begin with: copydesk ingest FOLDER --home {home}")
    if wanted.measure is not None and wanted.measure not in list(Measure):
        raise PermanentError(f"{wanted.measure!r} is no measure. The measures are: {', '.join(Measure)}.")
    _check_outlets(settings, home, wanted, progress)
    return _asked(settings, lambda: find(home.search, position, wanted), progress)


def search_facets(settings: Settings, wanted: Wanted, total: int) -> Counted:
    """How many of the hits of a search are of which outlet, month, measure and place. Raises as `search` does."""
    home = settings.place
    position = published_position(home)
    return _asked(settings, lambda: facets(home.search, position, wanted, total), None)


def question(text: str) -> Question:
    """The question that a person wrote. Raises PermanentError where it asks for nothing."""
    try:
        return question_of(text)
    except EmptyQuestion as error:
        raise PermanentError(str(error)) from None


def asked_day(label: str, given: str | None) -> date | None:
    """The day that a person wrote under a label, None where none was. Raises PermanentError for what is no day."""
    try:
        return day(given, datetime.now(UTC)) if given is not None else None
    except ValueError as error:
        raise PermanentError(f"{label}: {error}.") from None


def _check_outlets(settings: Settings, home: Home, wanted: Wanted, progress: Progress | None) -> None:
    """Raises PermanentError that names the outlets of the home where one that is asked for is none of them."""
    for outlet in wanted.outlets:
        names = _asked(settings, lambda: outlet_names(home.search), progress)
        if name_key(outlet) not in map(name_key, names):
            raise PermanentError(f"Nothing here is printed by {outlet!r}. The outlets are: {', '.join(names) or 'none'}.")


def _asked(settings: Settings, ask: Callable[[], T], progress: Progress | None) -> T:
    """The answer of the index; where there is none that can be asked, it is made and asked once more."""
    try:
        return ask()
    except NoIndex as error:
        _make(settings, progress, error.damaged)
    try:
        return ask()
    except NoIndex as error:
        raise PermanentError(f"The search index cannot be read: {error}. Delete it, and search again.") from error


def _make(settings: Settings, progress: Progress | None, damaged: bool) -> None:
    """Makes the index what it must be, under the home's lock; writes nothing into the log."""
    from copydesk.flows.runs.run import Progress, open_run
    from copydesk.warehouse.cache import forget_cache
    from copydesk.warehouse.search_index import follow

    with open_run(settings, "search", {}, progress or Progress()) as run:
        run.progress.say("making the search index")
        if damaged:
            forget_cache(run.home.search)
        follow(run.home, run.log, run.state)
