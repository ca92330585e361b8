"""Interviews that ask back, for tests, and what was found in an answer before it is submitted."""

from attempts import transitions
from attempts.models import Suggestion
from attempts.owners import Owner
from attempts.transitions import FollowUp
from attempts.transitions.starting import Pace
from questions.models import Timing
from tests.attempts.candidate import Candidate, a_guest, after
from tests.factories import interview_of

ASKED = ["And who asks for the first?", "And what of the second?"]
"""The follow-ups to the two key points that a question of the factories has."""


def found(text: str, point: int | None = 0, covered=(False, False)) -> FollowUp:
    """point: which to ask for."""
    evidence = [{"confidence": 0.9, "text": text if made else None} for made in covered]
    return FollowUp(text, point, Suggestion(list(covered), evidence, "minilm-3"))


def start_asked(
    questions: int = 3,
    follow_ups: int = 1,
    *,
    pace: Pace | None = None,
    owner: Owner | None = None,
    **fields,
) -> Candidate:
    """60 s for each question, and 30 s for each follow-up. fields: of the interview."""
    fields = {"follow_up_seconds": 30, "timing": Timing.PER_QUESTION.value, **fields}
    owner = owner or a_guest()
    interview = interview_of(
        questions, texts={"follow_ups": ASKED}, follow_ups=follow_ups, **fields
    )
    attempt = transitions.start(owner, interview, pace or Pace(), now=after(0))
    return Candidate(owner, attempt.pk)
