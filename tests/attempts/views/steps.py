"""What the tests of the room do: save as its script does, read what is stored."""

import pytest

from attempts.models import Answer
from questions.models import Timing

TOTAL, EACH = Timing.TOTAL.value, Timing.PER_QUESTION.value
BOTH = pytest.mark.parametrize("timing", [TOTAL, EACH])


def save(client, attempt, text, position=1, **data):
    """Save as the page's script does."""
    values = {"position": position, "revision": 0, "writer": "w", "sequence": 1, "cause": "auto"}
    return client.post(f"/attempts/{attempt.pk}/save/", {**values, **data, "text": text})


def stored(attempt) -> list[str]:
    """The texts of its answers, in order."""
    return list(Answer.objects.filter(attempt=attempt).values_list("text", flat=True))


def fields(page, **typed) -> dict:
    """What "Submit answer" would send."""
    return page.data("Submit answer", **typed)[1]
