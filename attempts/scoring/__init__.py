"""Open answers scored against key points, each with the sentence that shows it.

Pure: no Django, no network, no clock. Matches ideas; cannot tell true from false.
"""

from attempts.scoring.engine import engine_name
from attempts.scoring.language import is_english
from attempts.scoring.suggestion import Phrasing, Point, Suggestion, score

__all__ = ["Phrasing", "Point", "Suggestion", "engine_name", "is_english", "score"]
