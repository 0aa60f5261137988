"""What worker processes have loaded when they begin: the process from which they are forked imports this module."""

from copydesk.flows.wiring import INSTALLED
from copydesk.flows.workers.worker import ready

ready(INSTALLED)
