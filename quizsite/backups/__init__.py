"""Backups of the whole database by PostgreSQL's own programs, and restoring them.

`writing.py` and `restoring.py` are what the commands use.
"""


class BackupError(Exception):
    """Nothing was written or restored. The message says why, and what to do, in one line."""
