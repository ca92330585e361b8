"""When questions are due again: written whenever what an answer is worth may have changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import F

from attempts.models import Answer, Attempt, Schedule
from attempts.owners import Owner
from attempts.rules.recall.due import Review, memory_after
from attempts.rules.totals import NOTHING
from attempts.transitions.personal.turns import take_turns
from questions.models import QuestionVersion


def schedule_questions(attempt: Attempt, answers: Iterable[Answer]) -> None:
    """Schedule the questions of some answers of a locked attempt again."""
    versions = {answer.version_id for answer in answers}
    asked = QuestionVersion.objects.filter(pk__in=versions)
    reschedule(attempt.owner, asked.values_list("question", flat=True))


def reschedule(owner: Owner, question_ids: Iterable[int]) -> None:
    """Replay the owner's scored answers to these questions; four statements, whatever their number.

    A question that was reached and has no answer counts as an answer with the share 0. What was
    never reached, or waits for an engine or for its ticks, does not count yet.
    """
    ids = set(question_ids)
    take_turns(owner, "schedule")  # others may change answers that are read here
    reviews = _reviews(owner, ids)
    mine = Schedule.objects.owned_by(owner).filter(question__in=ids)
    mine.exclude(question__in=reviews).delete()
    name, value = owner.column
    rows = [
        _schedule(Schedule(**{name: value}, question_id=question_id), of_question)
        for question_id, of_question in sorted(reviews.items())
    ]
    Schedule.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "guest_key", "question"],
        update_fields=_FIELDS,
    )


_FIELDS = [
    *("due_at", "stability", "difficulty", "answers"),
    *("answered_at", "share", "answered_before_at", "share_before"),
]


def _reviews(owner: Owner, question_ids: Collection[int]) -> dict[int, list[Review]]:
    """By question, the scored answers, oldest first."""
    mine = Answer.objects.reviews().filter(owner.condition("attempt__"))
    rows = mine.filter(version__question__in=question_ids).annotate(
        question=F("version__question"), ended_at=F("attempt__finished_at")
    )
    reviews: dict[int, list[Review]] = defaultdict(list)
    for answer in rows.only("share").order_by("ended_at", "pk"):
        reviews[answer.question].append(Review(answer.ended_at, answer.share or NOTHING))
    return reviews


def _schedule(row: Schedule, reviews: list[Review]) -> Schedule:
    memory = memory_after(reviews)
    row.due_at, row.stability, row.difficulty = memory.due_at, memory.stability, memory.difficulty
    row.answers = len(reviews)
    row.answered_at, row.share = reviews[-1].at, reviews[-1].share
    if len(reviews) > 1:
        row.answered_before_at, row.share_before = reviews[-2].at, reviews[-2].share
    return row
