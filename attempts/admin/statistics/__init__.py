"""Statistics of questions in the admin. Importing this registers their pages."""

from attempts.admin.statistics import pages

__all__ = ["pages"]
