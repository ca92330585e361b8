"""How an import writes topics and interviews."""

from django.contrib.admin.models import ADDITION, CHANGE

from questions.bank.positions import next_position
from questions.exchange.plan import Outcome
from questions.exchange.planned import InterviewRow
from questions.exchange.writing.run import Import
from questions.formats import StoredSlot
from questions.models import Interview, Question, Slot, Topic

FIELDS = [
    *["slug", "name", "description", "timing", "seconds", "think_seconds"],
    *["follow_ups", "follow_up_seconds", "is_active"],
]


def write_topics(run: Import) -> None:
    new = [
        Topic(slug=record.slug, name=record.name, position=position)
        for position, record in enumerate(run.plan.new_topics, start=next_position(Topic))
    ]
    renamed = {r.pk: r for r in run.plan.topics if r.outcome == Outcome.CHANGED and r.pk}
    old = list(Topic.objects.filter(pk__in=renamed).order_by("pk")) if renamed else []
    messages = [
        (topic, f"{run.note} Name: {topic.name} → {renamed[topic.pk].record.name}.")
        for topic in old
    ]
    for topic in old:
        topic.name = renamed[topic.pk].record.name
    Topic.objects.bulk_create(
        old, update_conflicts=True, unique_fields=["pk"], update_fields=["name"]
    )
    Topic.objects.bulk_create(new)
    run.log([(topic, run.note) for topic in new], ADDITION)
    run.log(messages, CHANGE)


def write_interviews(run: Import) -> None:
    """Their questions and topics must have been written."""
    rows = [row for row in run.plan.interviews if row.outcome in (Outcome.NEW, Outcome.CHANGED)]
    if not rows:
        return
    known = Interview.objects.in_bulk([row.pk for row in rows if row.pk])
    first = next_position(Interview)
    added = [row for row in rows if not row.pk]
    changed = [row for row in rows if row.pk]
    new = [_filled(Interview(position=n), row) for n, row in enumerate(added, start=first)]
    old = [_filled(known[row.pk], row) for row in changed if row.pk]
    Interview.objects.bulk_create(new)
    Interview.objects.bulk_create(
        old, update_conflicts=True, unique_fields=["pk"], update_fields=FIELDS
    )
    slots = [row for row in changed if any(change.field == "slots" for change in row.changes)]
    Slot.objects.filter(interview__in=[row.pk for row in slots]).delete()
    _write_slots([*zip(new, added, strict=True), *((known[r.pk], r) for r in slots if r.pk)])
    run.log([(interview, run.note) for interview in new], ADDITION)
    run.log([(known[r.pk], run.changed(r.changes)) for r in changed if r.pk], CHANGE)


def _filled(interview: Interview, row: InterviewRow) -> Interview:
    for field in FIELDS:
        setattr(interview, field, getattr(row.record, field))
    return interview


def _write_slots(pairs: list[tuple[Interview, InterviewRow]]) -> None:
    questions = dict(Question.objects.values_list("uid", "pk"))
    topics = dict(Topic.objects.values_list("slug", "pk"))

    def slot_of(interview: Interview, position: int, slot: StoredSlot) -> Slot:
        return Slot(
            interview=interview,
            position=position,
            question_id=questions[slot.uid] if slot.uid else None,
            topic_id=topics[slot.topic] if slot.topic else None,
            difficulty_from=slot.difficulty[0],
            difficulty_to=slot.difficulty[1],
            count=slot.count,
            seconds=slot.seconds,
        )

    Slot.objects.bulk_create(
        slot_of(interview, position, slot)
        for interview, row in pairs
        if row.record
        for position, slot in enumerate(row.record.slots, start=1)
    )
