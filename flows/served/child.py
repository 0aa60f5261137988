"""The beginning of a process that `copydesk up` starts: it ends in silence when it is stopped while it still loads.

python -P -m copydesk.flows.served.child server HOME
python -P -m copydesk.flows.served.child runner HOME
"""

import signal
import sys
from importlib import import_module


def main(what: str, home: str) -> int:
    """Loads and runs one of the two for a home. Ends with 1 after an error that a person is told."""
    from copydesk.warehouse.errors import CopydeskError

    module = import_module(f"copydesk.flows.served.{what}")
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        module.main(home)
    except KeyboardInterrupt:
        return 0
    except CopydeskError as error:
        from copydesk.flows.printing import warn

        warn(f"copydesk: {error}")
        return error.exit_code
    return 0


if __name__ == "__main__":
    # `start` blocked it, so that an interpreter that is stopped while it begins prints no trace: one that came ends us here.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    sys.exit(main(sys.argv[1], sys.argv[2]))
