"""The sources of an article's facts as things: its persons, its bodies, and what is written for them."""
