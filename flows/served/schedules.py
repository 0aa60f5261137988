"""When the deployments of every home run, as cron expressions."""

EVERY_FIVE_MINUTES = "*/5 * * * *"
"""The inbox."""

NIGHTLY = "30 3 * * *"
"""Maintenance."""

WEEKLY = "0 4 * * 0"
"""The check of a home against its log."""
