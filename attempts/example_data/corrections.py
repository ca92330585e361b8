"""What follows when a question turns out to be wrong: reports, new versions, a regrade."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User

from attempts.example_data.candidate import answers_of
from attempts.marking.regrade import plan_regrade
from attempts.models import Attempt
from attempts.owners import Owner
from attempts.reports import writing
from attempts.transitions import staff
from questions.bank.versions import save_texts
from questions.models import ChangeKind, QuestionVersion
from questions.rules.follow_ups import moved

SLUG = "version-control"
"""The question that is corrected; the interview `reproducibility` asks it."""

WRONG_POINT = 1  # its index among the key points
REASON = "Point 2 was about teamwork and not about machine learning."

REPORTS = (
    # the candidate's reason and text, the editor's decision and reply ("": not decided yet)
    ("wrong", "Point 2 is about teamwork, but the question is about machine learning.",
     "accepted", "You are right. The point no longer counts, and earlier results were corrected."),
    ("unclear", "Is this about training or about serving?",
     "declined", "It is about both, and a good answer names both."),
    ("outdated", "A tool that the model answer names has a successor.", "", ""),
)  # fmt: skip


def advise_on_length(*, author: User, at: datetime) -> None:
    """Version 2: one more sentence of advice; the question asks the same."""
    current = _current_version()
    texts = current.texts()
    texts["how_to_answer"] += "\nTwo minutes are enough.\n"
    save_texts(
        current.question,
        texts,
        now=at,
        author=author,
        change_kind=ChangeKind.TYPO.value,
        change_note="Advice on the length of the answer.",
    )


def withdraw_a_point(*, author: User, at: datetime) -> None:
    """Version 3, without a key point, and old answers regraded by it an hour later."""
    current = _current_version()
    texts = current.texts()
    points = texts["key_points"]
    texts["key_points"] = [p for i, p in enumerate(points) if i != WRONG_POINT]
    texts["follow_ups"] = moved(texts["follow_ups"], points, texts["key_points"])
    save_texts(current.question, texts, now=at, author=author, change_note=REASON)
    for change in plan_regrade(_current_version()).changes:
        if (share := change.answer.share) is not None:
            staff.regrade(
                change.attempt.pk,
                change.answer.position,
                change.counted,
                instead_of=share,
                why=REASON,
                now=at + timedelta(hours=1),
            )


def _current_version() -> QuestionVersion:
    versions = QuestionVersion.objects.filter(question__slug=SLUG)
    return versions.select_related("question").latest("number")


def report(owner: Owner, attempt: Attempt, *, editor: User, at: datetime) -> None:
    """One report on each answer of an attempt at `reproducibility`; the first is on SLUG."""
    answers = answers_of(attempt)
    answers.sort(key=lambda answer: answer.version.question.slug != SLUG)
    for answer, (reason, text, decision, reply) in zip(answers, REPORTS, strict=False):
        sent = writing.report(owner, attempt.pk, answer.position, reason, text, now=at)
        if decision:
            sent.status, sent.reply = decision, reply
            writing.handle(sent, editor, now=at + timedelta(days=1))
