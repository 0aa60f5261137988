"""Prefect flows, sources, settings, the one place where parts meet, and the command line."""
