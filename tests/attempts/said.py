"""Words that candidates have shown, for tests of what becomes of them."""

from attempts.models import SaidHere
from tests.factories import START, AnswerFactory


def said(question, words, *, point=0, version=None, at=START, **attempt) -> SaidHere:
    """A candidate (a new one, unless `user` or `guest_key` is given) shows words for a point."""
    version = version or question.current_version
    answer = AnswerFactory(
        version=version,
        written=True,
        text=f"Before it. {words} After it.",
        suggested=[False] * len(version.key_points),
        confirmed=[i == point for i in range(len(version.key_points))],
        engine="tested 1",
        **{"attempt__finished": True, **{f"attempt__{name}": v for name, v in attempt.items()}},
    )
    return SaidHere.objects.create(
        answer=answer,
        question=question,
        point=point,
        key_point=version.key_points[point],
        words=words,
        created_at=at,
    )
