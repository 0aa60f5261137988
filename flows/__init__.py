"""The program around the warehouse: the command line, the Prefect flows, jobs, runs, workers, sources and settings."""
