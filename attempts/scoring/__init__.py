"""Open answers scored against key points, each with the clause that shows it.

Pure: no Django, no network, no clock. docs/scoring.md says how, and how well.
"""

from attempts.scoring.engine import engine_name, nearness
from attempts.scoring.language import is_english
from attempts.scoring.prepared import Phrasing
from attempts.scoring.suggestion import Point, Suggestion, score, suggestion_of

__all__ = [
    "Phrasing",
    "Point",
    "Suggestion",
    "engine_name",
    "is_english",
    "nearness",
    "score",
    "suggestion_of",
]
