"""Attempts in Django's admin, and questions and interviews with what attempts know about them.

Importing these modules registers their pages.
"""

from attempts.admin import answer, attempt, interview, question, report, statistics

__all__ = ["answer", "attempt", "interview", "question", "report", "statistics"]
