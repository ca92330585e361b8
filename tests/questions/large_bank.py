"""Large banks for tests and measurements, with texts that differ as real ones do."""

import random
import uuid

from django.db import connection

from questions.formats import ForeignIdRecord, PhrasingRecord, StoredQuestion, TopicRecord

WORDS = """
model data drift feature store batch stream latency registry pipeline shadow canary rollback skew
schema label split metric threshold gradient shard replica cache queue quota alert trace lineage
versioned reproducible offline online nightly stale fresh expensive cheap rare common
""".split()  # noqa: SIM905 - a list of forty words is read better so


def many_topics(count: int = 6) -> list[TopicRecord]:
    return [TopicRecord(f"field-{n}", f"Field {n}") for n in range(count)]


def many_questions(count: int, *, seed: int = 1, status: str = "draft") -> list[StoredQuestion]:
    """As many questions, each of about two thousand characters; the same for the same seed."""
    chance = random.Random(seed)

    def words(number: int) -> str:
        return " ".join(chance.choices(WORDS, k=number))

    return [
        StoredQuestion(
            uid=uuid.UUID(int=chance.getrandbits(128), version=4),
            slug=f"question-{seed}-{number}",
            topic=f"field-{number % 6}",
            difficulty=number % 3 + 1,
            seconds=90 + 30 * (number % 5),
            status=status,
            prompt=f"What about {words(9)}, case {seed}.{number}?",
            answer=f"{words(60)}.\n\n{words(60)}.",
            how_to_answer=f"{words(40)}.",
            example_answer=f"{words(90)}.",
            short_example=f"{words(30)}.",
            key_points=tuple(f"{n}: {words(9)}." for n in range(4)),
            follow_ups=(f"And {words(3)}?", "", f"Why {words(4)}?", ""),
            common_mistakes=(f"Saying {words(6)}.", f"Forgetting {words(5)}."),
            sources=(f"{words(2)}: {words(4)} (https://example.org/{number})",),
            phrasings=(
                PhrasingRecord((words(6), words(7)), (words(5),)),
                *[PhrasingRecord()] * 3,
            ),
            foreign_ids=(ForeignIdRecord("Elsewhere", f"{seed}:{number}"),),
        )
        for number in range(count)
    ]


def empty_bank() -> None:
    """Remove all topics and questions, and everything that refers to them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else it has checks pending
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("TRUNCATE questions_topic, questions_question CASCADE")
