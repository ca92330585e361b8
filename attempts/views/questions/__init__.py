"""My questions: the list of them, and the page of one with every answer to it."""
