"""The report: a static site made of a published warehouse, for people who would rather look than ask in SQL."""
