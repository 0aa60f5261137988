"""Names as things: folded names and their ids, the tables of bodies, of words for sources and of outlets."""
