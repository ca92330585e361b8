"""Attempts in Django's admin, with what attempts know about questions and interviews.

Importing these modules registers their pages.
"""

from attempts.admin import answer, attempt, interview, question, report, statistics

__all__ = ["answer", "attempt", "interview", "question", "report", "statistics"]
