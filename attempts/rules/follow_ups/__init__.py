"""Follow-ups to a question: when one is asked, which, where it is, what it is called. Pure."""
