"""Which answers, what an engine finds in one, and a question together with its follow-ups."""
