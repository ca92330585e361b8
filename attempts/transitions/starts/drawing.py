"""Which questions an interview draws for its candidate."""

from collections.abc import Sequence

from attempts.models import Schedule
from attempts.models.answers.seen import when_seen
from attempts.owners import Owner
from attempts.rules.draw import DrawableQuestion, DrawSlot, Prefer, draw
from questions.models import Interview, Question, QuestionQuerySet, Slot


def draw_questions(
    owner: Owner | None, interview: Interview, seed: int, prefer: Prefer = Prefer.UNSEEN
) -> list[tuple[Question, int]]:
    """(question, limit in seconds) for each question that the interview asks, in order.

    Raises CannotFill.
    """
    slots = [slot for slot in interview.slots.all() for _ in range(slot.count)]
    draw_slots = [_draw_slot(slot) for slot in slots]
    drawn = draw_from(Question.objects.published(), owner, draw_slots, seed, prefer)
    return [
        (question, slot.seconds or question.seconds)
        for question, slot in zip(drawn, slots, strict=True)
    ]


def weak_questions(owner: Owner | None, interview: Interview) -> int:
    """How many of the owner's weak questions the interview may draw. 0 where nothing is left out
    by a draw, so that it makes no difference which come first.
    """
    slots = [_draw_slot(slot) for slot in interview.slots.all() for _ in range(slot.count)]
    rules = [slot for slot in slots if slot.question is None]
    weak = set(Schedule.objects.owned_by(owner).weak().values_list("question", flat=True))
    if not rules or not weak:
        return 0
    fixed = [slot.question for slot in slots if slot.question is not None]
    bank = Question.objects.published().exclude(pk__in=fixed)
    questions = [DrawableQuestion(*row) for row in bank.values_list("pk", "topic", "difficulty")]
    drawable = {q.id for q in questions if any(rule.admits(q) for rule in set(rules))}
    return len(drawable & weak) if len(drawable) > len(rules) else 0


def _draw_slot(slot: Slot) -> DrawSlot:
    return DrawSlot(slot.question_id, slot.topic_id, (slot.difficulty_from, slot.difficulty_to))


def draw_from(
    bank: QuestionQuerySet,
    owner: Owner | None,
    slots: Sequence[DrawSlot],
    seed: int,
    prefer: Prefer,
) -> list[Question]:
    """A question of the bank for each slot. Raises CannotFill."""
    seen = when_seen(owner)
    mine = Schedule.objects.owned_by(owner)
    weak = dict(mine.weak().values_list("question", "share")) if prefer == Prefer.WEAK else {}
    drawable = [
        DrawableQuestion(pk, topic, difficulty, seen.get(pk), weak.get(pk))
        for pk, topic, difficulty in bank.values_list("pk", "topic", "difficulty")
    ]
    ids = draw(slots, drawable, seed, prefer)
    drawn = Question.objects.select_related("current_version").defer("phrasings").in_bulk(ids)
    return [drawn[pk] for pk in ids]
