"""Answers that await a suggestion: which ones, who has which, and the processes that read them."""
