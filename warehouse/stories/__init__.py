"""Articles about one event, over outlets and days, and where their texts come from: folded over the outputs of the log."""
