"""My questions: which are listed, when they are due in words, what changed between two answers."""
