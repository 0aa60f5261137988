"""What a person can ask for: one file a job, with no command line and no Prefect in it."""
