"""`copydesk rebuild`: what the installed rules made, made again and compared."""

from __future__ import annotations

from typing import Annotated

from copydesk.flows.commands.parameters import FLAT
from copydesk.flows.printing import say
from copydesk.flows.settings import settings_of
from copydesk.flows.settings.options import RebuildOptions

SHOWN = 10


def run(*, options: Annotated[RebuildOptions, FLAT] = RebuildOptions.defaults()) -> int:
    from copydesk.flows.jobs.rebuild import rebuild
    from copydesk.flows.runs.progress import progress_for_terminal

    done = rebuild(settings_of(options), progress_for_terminal())
    say(f"{done.remade} outputs were made again from their raw bytes.")
    for one in done.differences:
        told = "equal" if one.equal else f"{one.only_kept} rows only in the home, {one.only_made} only made again"
        examples = f": {', '.join(one.examples)}" if one.examples else ""
        say(f"  {one.table:12} {one.kept:>9,} rows  {told}{examples}")
    for output in done.decided[:SHOWN]:
        say(f"decided otherwise: output {output}")
    for name, count in sorted(done.older.items()):
        say(f"kept as older rules made them, their files' hashes checked: {count} outputs of {name}")
    if done.left_out:
        say(f"not made again, since they were purged or turned away by chance: {done.left_out} outputs")
    for finding in done.damaged:
        say(f"{finding.kind}: {finding.what} {finding.detail}")
    say("All is equal." if done.equal else "Not all is equal.")
    return 0 if done.equal else 1
