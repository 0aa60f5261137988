"""The Prefect flows, and the deployments under which a server shows them."""

import os

from copydesk.flows.served.logs import make_logs_visible

# The server's analytics stay off wherever these flows run.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
make_logs_visible()
