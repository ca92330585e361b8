"""What a practice is called: in the room, in the list of attempts, and on its result."""

from attempts.models import Attempt, Practice

_TITLES = {
    Practice.Source.DUE: "Practice: due today",
    Practice.Source.MISSED: "Practice: what you missed",
    Practice.Source.TOPIC: "Practice: {}",
    Practice.Source.QUESTION: "Practice: {}",
    Practice.Source.RESULT: "Practice: weak ones of {}",
}
_MOST = Attempt._meta.get_field("interview_title").max_length or 0


def title_of(source: Practice.Source, name: str = "") -> str:
    """name: of the topic, the question or the interview that it comes from."""
    title = _TITLES[source].format(name.removeprefix("Practice: "))
    return title if len(title) <= _MOST else f"{title[: _MOST - 1]}…"
