"""What each command of the command line does: `run(options)` in a file of its name."""
