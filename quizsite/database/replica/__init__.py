"""Reading from a replica: a copy of the database that follows it and takes no writes.

Whoever wants a function's reads to go there decorates it (`reading.py`). Everything else reads and
writes the primary.
"""
