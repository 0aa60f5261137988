"""What is read is written to files that other programs open: tables, maps, feeds, annotations, packages."""
