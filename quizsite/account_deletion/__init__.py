"""Deleting one's own account, and what becomes of what it did as staff."""
