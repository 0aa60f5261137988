"""Where documents come from: one file a way of reading, one name in `registry.KINDS`."""
