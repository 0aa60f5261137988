"""The Prefect flows, and the deployments under which a server shows them."""

import os

# The server's analytics stay off wherever these flows run.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
