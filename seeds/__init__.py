"""Reference tables and sample articles; package data, read by `flows.wiring`."""
