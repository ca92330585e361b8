"""The steps of an interview as plain rows of texts, to tell whether somebody changed them.

A row is position, question, topic, difficulty from and to, count and seconds, as a form sends them.
"""

from questions.models import Interview, Question, Topic

STEPS = "steps"
COLUMNS = ("position", "question", "topic", "difficulty_from", "difficulty_to", "count", "seconds")
MAX_ROWS = 1000  # of a form; Django's own limit of rows
LAST = 10**6


def saved(interview: Interview) -> list[list[str]]:
    rows = interview.slots.order_by("position").values_list(
        *("position", "question_id", "topic_id", "difficulty_from", "difficulty_to"),
        *("count", "seconds"),
    )
    return [["" if value is None else str(value) for value in row] for row in rows]


def sent(data) -> list[list[str]] | None:
    """The rows that a form sends, in order, without those to be deleted; None: it has none."""
    total = data.get("slots-TOTAL_FORMS", "")
    if not (total.isdecimal() and len(total) < 5):
        return None
    rows = []
    for number in range(min(int(total), MAX_ROWS)):
        row = f"slots-{number}-"
        if f"{row}count" in data and not data.get(f"{row}DELETE"):
            rows.append([data.get(row + column, "").strip() for column in COLUMNS])
    return sorted(rows, key=lambda row: _number(row[0], LAST))


def in_words(rows: list[list[str]]) -> str:
    """A line for each row."""
    questions = Question.objects.in_bulk([_number(row[1]) for row in rows])
    topics = Topic.objects.in_bulk([_number(row[2]) for row in rows])

    def line(row):
        position, question, topic, low, high, count, seconds = row
        what = questions.get(_number(question)) or (
            f"{count} of {topics.get(_number(topic), 'any topic')}, difficulty {low} to {high}"
        )
        return f"{position or 'last'}: {what}{f', {seconds} s' if seconds else ''}"

    return "\n".join(map(line, rows))


def _number(text: str, default: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else default
