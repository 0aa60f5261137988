"""What reads the syntax of sentences: a spaCy pipeline, the shipped one or one that the user has installed."""
