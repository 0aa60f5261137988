"""`copydesk backup` and `copydesk restore`: a home in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import HomeOptions
from copydesk.warehouse.errors import PermanentError


def run(
    file: Annotated[Path, Parameter(help="Where to: a .tar file that is not there yet.")],
    /,
    *,
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    from copydesk.flows.jobs.backup import backup

    saved = backup(settings_of(options), file)
    already = "already, as the home stands now" if saved.already else ""
    say(f"{saved.files} files and the log are in {file} {already}".rstrip() + ".")
    say(f"Back again: copydesk restore {file} --home NEW")
    return 0


def run_restore(
    file: Annotated[Path, Parameter(help="What `copydesk backup` wrote.")],
    /,
    *,
    options: Annotated[HomeOptions, FLAT] = HomeOptions.defaults(),
) -> int:
    from copydesk.flows.commands.publish import publish_anew
    from copydesk.flows.jobs.restore import restore

    settings = settings_of(options)
    if settings.log or settings.remote:
        raise PermanentError("A backup is of a home whose log lies in its folder. Restore into a folder, without COPYDESK_LOG.")
    if not restore(file, settings.home):
        say(f"{settings.home} was made of {file} before; it is left as it is.")
    return publish_anew(settings)
