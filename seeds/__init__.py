"""Reference tables and sample articles; package data, read by `copydesk.flows.wiring`."""
