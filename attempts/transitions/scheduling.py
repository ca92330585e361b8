"""When questions are due again: written whenever what an answer is worth may have changed."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping

from django.db.models import Q

from attempts.models import Answer, Attempt, Schedule
from attempts.owners import Owner
from attempts.rules.recall.due import Review, memory_after
from attempts.rules.totals import NOTHING
from attempts.transitions.personal.turns import take_turns_of
from questions.models import QuestionVersion


def schedule_questions(attempt: Attempt, answers: Iterable[Answer]) -> None:
    """Schedule the questions of some answers of a locked attempt again."""
    schedule_each([(attempt, answers)])


def schedule_each(attempts: Iterable[tuple[Attempt, Iterable[Answer]]]) -> None:
    """Schedule the questions of some answers of each locked attempt again."""
    of_owner: dict[Owner, set[int]] = defaultdict(set)
    for attempt, answers in attempts:
        of_owner[attempt.owner].update(answer.version_id for answer in answers)
    if of_owner:
        versions = QuestionVersion.objects.filter(pk__in=set().union(*of_owner.values()))
        question = dict(versions.values_list("pk", "question"))
        _reschedule({owner: {question[pk] for pk in pks} for owner, pks in of_owner.items()})


def reschedule(owner: Owner, question_ids: Iterable[int]) -> None:
    """Replay the owner's scored answers to these questions.

    A question that was reached and has no answer counts as an answer with the share 0. What was
    never reached, or waits for an engine or for its ticks, does not count yet.
    """
    _reschedule({owner: set(question_ids)})


def _reschedule(of_owner: Mapping[Owner, Collection[int]]) -> None:
    """Four statements, whatever the number of owners and questions."""
    take_turns_of(of_owner, "schedule")  # others may change answers that are read here
    reviews = _reviews(of_owner)
    _forget_what_has_none(of_owner, reviews)
    rows = []
    for (owner, question_id), of_question in sorted(reviews.items(), key=_in_order):
        name, value = owner.column
        rows.append(_schedule(Schedule(**{name: value}, question_id=question_id), of_question))
    Schedule.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "guest_key", "question"],
        update_fields=_FIELDS,
    )


def _in_order(item: tuple[tuple[Owner, int], object]) -> tuple[str, int]:
    (owner, question_id), _ = item
    return repr(owner), question_id


def _forget_what_has_none(
    of_owner: Mapping[Owner, Collection[int]], reviews: Container[tuple[Owner, int]]
) -> None:
    """Delete the schedules of these questions that no scored answer is left of."""
    stored = Schedule.objects.filter(_theirs(of_owner), question__in=_questions(of_owner))
    without = [
        row.pk
        for row in stored.only("pk", "user_id", "guest_key", "question_id")
        if row.question_id in of_owner[row.owner] and (row.owner, row.question_id) not in reviews
    ]
    if without:
        Schedule.objects.filter(pk__in=without).delete()


def _theirs(owners: Iterable[Owner], path: str = "") -> Q:
    """What belongs to one of these owners: one list of users, one of guests, as indexes have it."""
    users = [owner.user_id for owner in owners if owner.user_id is not None]
    guests = [owner.guest_key for owner in owners if owner.user_id is None]
    of_users = Q(**{f"{path}user__in": users})
    # The index of guests knows only keys that are not blank.
    of_guests = Q(**{f"{path}guest_key__in": guests}) & ~Q(**{f"{path}guest_key": ""})
    return of_users | of_guests if users and guests else (of_users if users else of_guests)


def _questions(of_owner: Mapping[Owner, Collection[int]]) -> set[int]:
    return set().union(*of_owner.values())


_FIELDS = [
    *("due_at", "stability", "difficulty", "answers"),
    *("answered_at", "share", "answered_before_at", "share_before"),
]


def _reviews(
    of_owner: Mapping[Owner, Collection[int]],
) -> dict[tuple[Owner, int], list[Review]]:
    """By owner and question, the scored answers, oldest first."""
    theirs = Answer.objects.reviews().filter(_theirs(of_owner, "attempt__"))
    rows = theirs.filter(version__question__in=_questions(of_owner)).order_by(
        "attempt__finished_at", "pk"
    )
    columns = ("attempt__user", "attempt__guest_key", "version__question")
    reviews: dict[tuple[Owner, int], list[Review]] = defaultdict(list)
    for user, guest, question, ended_at, share in rows.values_list(
        *columns, "attempt__finished_at", "share"
    ):
        owner = Owner(user_id=user, guest_key=guest)
        if question in of_owner[owner]:
            reviews[owner, question].append(Review(ended_at, share or NOTHING))
    return reviews


def _schedule(row: Schedule, reviews: list[Review]) -> Schedule:
    memory = memory_after(reviews)
    row.due_at, row.stability, row.difficulty = memory.due_at, memory.stability, memory.difficulty
    row.answers = len(reviews)
    row.answered_at, row.share = reviews[-1].at, reviews[-1].share
    if len(reviews) > 1:
        row.answered_before_at, row.share_before = reviews[-2].at, reviews[-2].share
    return row
