"""python -m tests.benchmarks.asking_bank: an interview that asks back, and one that does not.

Their questions are those of the core bank, each with a follow-up to every key point.
"""

import django

QUESTIONS = 5


def interviews() -> None:
    from questions.models import Interview, Question, Slot
    from tests.factories import published_question

    core = Question.objects.published().select_related("current_version").order_by("position")
    asked = []
    for question in core[:QUESTIONS]:
        version = question.current_version
        copy = published_question(
            question.topic,
            prompt=f"{version.prompt} (asked back)",
            answer=version.answer,
            example_answer=version.example_answer,
            key_points=version.key_points,
            follow_ups=[f"And what of number {n}?" for n, _ in enumerate(version.key_points)],
        )
        copy.phrasings = question.phrasings
        copy.save(update_fields=["phrasings"])
        asked.append(copy)
    for slug, follow_ups in (("asking", 1), ("not-asking", 0)):
        interview = Interview.objects.create(slug=slug, name=slug, follow_ups=follow_ups)
        for position, question in enumerate(asked, start=1):
            Slot.objects.create(interview=interview, position=position, question=question)


if __name__ == "__main__":
    django.setup()
    interviews()
