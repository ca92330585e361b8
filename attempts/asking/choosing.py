"""Which follow-up comes after a text that is being submitted; outside of every transaction."""

from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings

from attempts.asking import scorer
from attempts.marking.suggesting import as_suggestion
from attempts.models import Answer, AskedQuestion, Suggestion, question_of
from attempts.models.answers.querying import AnswerQuerySet
from attempts.owners import Owner
from attempts.rules.findings import Finding, finding
from attempts.rules.follow_ups.choice import point_to_ask
from attempts.rules.follow_ups.may_ask import may_follow
from attempts.rules.lifecycle import State
from attempts.rules.save_verdicts import Save, Verdict, judge_save
from attempts.scoring import is_english
from attempts.scoring_process.messages import Said
from attempts.transitions import FollowUp
from quizsite.database.compiled_once import CompiledOnce, parameter
from quizsite.metrics.interviews import count_follow_up


def choose(
    owner: Owner, attempt_id: UUID, position: int, submitted: Save, *, now: datetime
) -> FollowUp | None:
    """What is found in the text, and which point to ask for; None where nothing is to be asked.

    Nor is there one where what is found is not known in time. The transition decides, under its
    lock, whether the text is still the one that was read.
    """
    answers = _answers(owner, attempt_id)
    answer = next((a for a in answers if a.position == position), None)
    if answer is None:
        return None
    asked = question_of(answer, answers)
    if not _may_follow(asked, answer, now):
        return None
    text = _text_to_be_stored(answer, submitted)
    said = [a.text for a in _before(asked, answer)]
    if not text.strip() or not all(map(is_english, [*said, text])):
        return None
    return _read(asked, answer, text)


def _answers(owner: Owner, attempt_id: UUID) -> list[Answer]:
    """Of a running attempt that has follow-ups, in order; none of any other attempt.

    Phrasings are long, and read only where a text is.
    """
    column, value = owner.column
    return _asking(column).rows(attempt=attempt_id, owner=value)


@cache
def _asking(owner_column: str) -> CompiledOnce[Answer]:
    """The statement with the parameters attempt and owner."""

    def rows() -> AnswerQuerySet:
        asking = Answer.objects.filter(
            attempt=parameter("attempt"),
            attempt__state=State.RUNNING.value,
            attempt__follow_ups__gt=0,
        ).filter(**{f"attempt__{owner_column}": parameter("owner")})
        found = asking.select_related("attempt", "version__question")
        return found.defer("search", "version__question__phrasings").order_by("position")

    return CompiledOnce(rows)


def _before(asked: AskedQuestion, answer: Answer) -> list[Answer]:
    """What was said to the question before this answer."""
    rows = [asked.answer, *asked.follow_ups]
    return [a for a in rows if a.position < answer.position and a.is_answered]


def _asked_points(asked: AskedQuestion) -> list[int]:
    return [a.asked_point for a in asked.follow_ups if a.asked_point is not None]


def _may_follow(asked: AskedQuestion, answer: Answer, now: datetime) -> bool:
    texts, points = enumerate(answer.version.follow_ups), _asked_points(asked)
    is_something_left = any(text.strip() and point not in points for point, text in texts)
    return (
        is_something_left
        and answer.clock().is_open
        and may_follow(
            answer.position,
            most=answer.attempt.follow_ups,
            others=[each.position for each in asked.follow_ups],
            bell=answer.bell_at,
            now=now,
        )
    )


def _text_to_be_stored(answer: Answer, submitted: Save) -> str:
    """The submitted text, or the stored one where that is newer; "" where a person chooses."""
    verdict = judge_save(answer.stored(), submitted, counts=True)
    if verdict == Verdict.ACCEPTED:
        return submitted.text
    return "" if verdict == Verdict.CONFLICT else answer.text


def _read(asked: AskedQuestion, answer: Answer, text: str) -> FollowUp | None:
    before = _before(asked, answer)
    unread = [Said(asked=a.asked, text=a.text) for a in before if not _is_read(a)]
    found = scorer.find(answer.version, [*unread, Said(asked=answer.asked, text=text)])
    if found is None:
        count_follow_up("not_ready")
        return None
    suggestions = [as_suggestion(points, found["engine"]) for points in found["points"]]
    said = [_findings(a) for a in before if _is_read(a)] + [_findings(s) for s in suggestions]
    point = point_to_ask(answer.version.follow_ups, said, _asked_points(asked))
    count_follow_up("none" if point is None else "asked")
    # Where a model's server is named, it is asked first, afterwards.
    return FollowUp(text, point, None if settings.SCORER else suggestions[-1])


def _is_read(answer: Answer) -> bool:
    """Whether it is stored what an engine of the kind that is asked has found."""
    return answer.engine.startswith(scorer.READS_MEANING) and answer.suggested is not None


def _findings(read: Answer | Suggestion) -> list[Finding]:
    covered = read.suggested if isinstance(read, Answer) else read.covered
    pairs = zip(covered or [], read.evidence or [], strict=True)
    return [finding(made, each["text"], each.get("opposite")) for made, each in pairs]
