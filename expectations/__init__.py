"""What each table's rows must hold: one suite a table, as data; `judge` alone touches Great Expectations."""
