"""Follow-ups to a question: when one is asked, and which. Pure."""
