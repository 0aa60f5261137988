"""The event log, the Parquet files, the fold from one to the other, and the published warehouse."""
