"""Names as things: who a claim's source is, what kind of source that is, and every name that an article prints."""
