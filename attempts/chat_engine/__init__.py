"""Key points found by a language model, on a server of the OpenAI chat-completions form.

No Django and no database. The settings read `server`, so importing this package loads nothing.
"""
