"""Follow-ups: asking one after an answer, and in a practice offering one."""
