"""Search: which words of a text are looked for, what a question asks, and where its words stand in a text."""
