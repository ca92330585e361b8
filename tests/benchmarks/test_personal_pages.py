"""The pages of one person with two thousand attempts, alone and among a million.

They may grow with one's own attempts, not with those of others. How long they take with half as
many of one's own is printed too.
"""

from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.models import Answer, Attempt
from attempts.owners import Owner
from attempts.transitions.scheduling import reschedule
from questions.models import Question
from quizsite.clock import database_now
from tests.factories import InterviewFactory, TopicFactory, UserFactory, published_question

HALF, MINE, ALL = 1_000, 2_000, 1_000_000
EACH, TOPICS, QUESTIONS, INTERVIEWS = 5, 6, 120, 8
MOST_STATEMENTS, MOST_TIMES = 12, 1.5
TIMES_ASKED = 15

# Somebody finished so many attempts, one every three hours, the newest an hour ago. Of the crowd
# everybody has ten. All answers have words that a search finds; a rare one is in few.
ATTEMPTS = """
INSERT INTO attempts_attempt (id, user_id, guest_key, interview_id, interview_title, timing, number,
    seed, state, time_factor, untimed, think_seconds, at_deadline, "limit", started_at, deadline_at,
    finished_at, finish_reason, score, is_hidden, ended_in)
SELECT gen_random_uuid(), %(user)s,
    CASE WHEN %(user)s::int IS NULL THEN 'crowd-' || n / 10 ELSE '' END,
    i.id, i.name, 'per_question', n, n, 'submitted', 1, false, 0, 'hand_in', NULL,
    %(now)s - n * %(step)s::interval - interval '90 minutes', %(now)s,
    %(now)s - n * %(step)s::interval - interval '60 minutes', 'submitted', 30 + n %% 60, false, ''
FROM generate_series(1, %(count)s) n
JOIN (SELECT id, name, row_number() OVER (ORDER BY id) - 1 AS place FROM questions_interview) i
    ON i.place = n %% %(interviews)s
"""
ANSWERS = """
INSERT INTO attempts_answer (attempt_id, position, version_id, opened_at, closed_at, closed_by,
    time_spent, text, revision, writer, sequence, flagged, engine, not_english, regrade_note,
    confirmed, suggested, evidence, share, sureness, search)
SELECT t.id, 1 + place, v.id, t.started_at, t.finished_at, 'submitted', interval '3 minutes', words,
    1, '', 1, false, 'ticked', false, '', ARRAY[true, t.number %% 3 = 0],
    ARRAY[true, t.number %% 3 = 0], '[{}, {}]'::jsonb,
    CASE WHEN t.number %% 3 = 0 THEN 1 ELSE 0.5 END,
    1 + t.number %% 3, to_tsvector('english', words)
FROM (SELECT *, CASE WHEN number %% 97 = 0 THEN 'The quorum decides. ' ELSE '' END
        || 'We shard the keys, and every cache has an owner.' AS words
    FROM attempts_attempt WHERE user_id IS NOT DISTINCT FROM %(user)s) t
CROSS JOIN generate_series(0, %(each)s - 1) place
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM questions_questionversion) v
    ON v.n = (t.number * 7 + place * 11) %% %(questions)s
"""


def attempts(user_id: int | None, count: int, *, each: int, step: str) -> None:
    values = {"user": user_id, "count": count, "each": each, "step": step, "now": database_now()}
    values |= {"interviews": INTERVIEWS, "questions": QUESTIONS}
    with connection.cursor() as cursor:
        connection.connection.answer_timeout = None
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL session_replication_role = replica")  # the keys are right
        cursor.execute(ATTEMPTS, values)
        cursor.execute(ANSWERS, values)
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE")


def somebody(count: int):
    user = UserFactory()
    attempts(user.pk, count, each=EACH, step="3 hours")
    reschedule(Owner(user_id=user.pk), Question.objects.values_list("pk", flat=True))
    return user


def pages() -> dict[str, str]:
    question = Question.objects.order_by("pk")[0]
    history = reverse("attempts:history")
    return {
        "home": reverse("home"),
        "history": history,
        "history, one topic": f"{history}?topic={question.topic.slug}",
        "history, standard time": f"{history}?standard=1",
        "search, a rare word": f"{history}?words=quorum",
        "search, a frequent word": f"{history}?words=cache",
        "questions": reverse("my_questions"),
        "questions, weak": reverse("my_questions") + "?state=weak",
        "question": reverse("my_question", args=[question.pk]),
        "practice": reverse("practice:choose"),
    }


def measure(client, user) -> dict[str, tuple[float, int]]:
    """For each page the median of its times in seconds, and how many statements it takes."""
    client.force_login(user)
    found = {}
    for name, address in pages().items():
        taken = []
        for _ in range(TIMES_ASKED):
            start = perf_counter()
            response = client.get(address)
            taken.append(perf_counter() - start)
            assert response.status_code == 200, name
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        found[name] = (median(taken), len(queries))
    return found


def measure_alone(client, count: int) -> dict[str, tuple[float, int]]:
    Answer.objects.all().delete()
    Attempt.objects.all().delete()
    found = measure(client, somebody(count))
    Answer.objects.all().delete()
    Attempt.objects.all().delete()
    return found


@pytest.mark.django_db
def test_two_thousand_attempts_among_a_million(client):
    topics = [TopicFactory() for _ in range(TOPICS)]
    for number in range(QUESTIONS):
        published_question(topics[number % TOPICS])
    for _ in range(INTERVIEWS):
        InterviewFactory()
    measure(client, somebody(HALF))  # compiles the templates
    half = measure_alone(client, HALF)
    before = measure_alone(client, MINE)

    attempts(None, ALL - MINE, each=2, step="10 seconds")
    among = measure(client, somebody(MINE))
    assert Attempt.objects.count() == ALL
    slow = {}
    for name, (seconds, statements) in among.items():
        times = seconds / before[name][0]
        print(
            f"\n{name}: {half[name][0] * 1000:.0f} ms alone with {HALF:,},"
            f" {before[name][0] * 1000:.0f} ms with {MINE:,},"
            f" {seconds * 1000:.0f} ms among {ALL:,} ({times:.2f} times),"
            f" {statements} statements",
            end="",
        )
        if times > MOST_TIMES or statements > MOST_STATEMENTS:
            slow[name] = (times, statements)
    assert slow == {}
