"""My questions: which are listed, and what changed between two answers."""
