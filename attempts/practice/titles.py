"""What a practice is called: in the room, in the list of attempts, and on its result."""

from attempts.models import Attempt, Practice

PREFIX = "Practice: "

_TITLES = {
    Practice.Source.DUE: f"{PREFIX}due today",
    Practice.Source.MISSED: f"{PREFIX}what you missed",
    Practice.Source.TOPIC: PREFIX + "{}",
    Practice.Source.QUESTION: PREFIX + "{}",
    Practice.Source.RESULT: PREFIX + "weak ones of {}",
}
_MOST = Attempt._meta.get_field("interview_title").max_length or 0


def title_of(source: Practice.Source, name: str = "") -> str:
    """name: of the topic, the question or the interview that it comes from."""
    title = _TITLES[source].format(name.removeprefix(PREFIX))
    return title if len(title) <= _MOST else f"{title[: _MOST - 1]}…"
