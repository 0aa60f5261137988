"""What the processes of a server log is shown as text and does nothing to a terminal."""

from __future__ import annotations

import logging

from copydesk.flows.printing import visible


class VisibleRecord(logging.LogRecord):
    """A record of a log whose message and traceback are shown as `visible` shows them."""

    def getMessage(self) -> str:
        """The message with its values."""
        return visible(super().getMessage())

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, visible(value) if name == "exc_text" and value else value)


def make_logs_visible() -> None:
    """Lets whatever this process logs, by whichever library, do nothing to a terminal."""
    logging.setLogRecordFactory(VisibleRecord)
