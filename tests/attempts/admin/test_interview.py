"""Interviews in the admin: what their slots can draw, a draw to look at, copies."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.models import Attempt
from questions.models import Interview, Slot
from tests.factories import (
    InterviewFactory,
    QuestionFactory,
    TopicFactory,
    UserFactory,
    interview_of,
    published_question,
)

pytestmark = pytest.mark.django_db
FILL = reverse("admin:questions_interview_fill")


def url_of(page, interview):
    return reverse(f"admin:questions_interview_{page}", args=[interview.pk])


@pytest.fixture
def editor(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def rows(*slots, **more):
    """What the form sends of its rows of slots."""
    sent = {"slots-TOTAL_FORMS": len(slots)}
    for index, slot in enumerate(slots):
        slot = {"difficulty_from": 1, "difficulty_to": 3, "count": 1, "position": index + 1} | slot
        sent |= {f"slots-{index}-{name}": value for name, value in slot.items()}
    return sent | more


def words(response) -> str:
    return " ".join(response.content.decode().split())


def counted(response):
    return [(row.wanted, row.fit, row.missing) for row in response.context["rows"]]


# --- what the slots can draw ----------------------------------------------------------------


def test_the_form_learns_how_many_questions_each_rule_can_draw(client, editor):
    topic = TopicFactory()
    for difficulty in (1, 1, 3):
        published_question(topic=topic, difficulty=difficulty)
    published_question()
    response = client.post(
        FILL, rows({"topic": topic.pk, "count": 2}, {"difficulty_from": 3}, {"topic": topic.pk})
    )
    assert counted(response) == [(2, 3, 0), (1, 1, 0), (1, 3, 1)]
    assert (response.context["missing"], response.context["wanted"]) == (1, 4)


def test_a_question_by_name_is_kept_for_its_slot(client, editor):
    question, draft = published_question(), QuestionFactory()
    response = client.post(FILL, rows({"question": question.pk}, {}, {"question": draft.pk}))
    assert counted(response) == [(1, 1, 0), (1, 0, 1), (1, 0, 1)]
    assert words(response).count("not published") == 1


def test_an_interview_that_can_be_filled_says_so(client, editor):
    published_question()
    context = client.post(FILL, rows({})).context
    assert (context["missing"], context["wanted"]) == (0, 1)


def test_rows_are_taken_in_order_of_their_positions_and_without_deleted_ones(client, editor):
    published_question(difficulty=1)
    sent = rows({"position": 2}, {"position": 1, "count": 3}, {"position": 3, "DELETE": "on"})
    assert [wanted for wanted, _, _ in counted(client.post(FILL, sent))] == [3, 1]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"slots-TOTAL_FORMS": "9" * 400},
        rows({"count": 100}, {"count": 100}, {"count": 100}, {"count": 1}),
        rows({"count": "x", "topic": "y", "difficulty_from": "9" * 400}),
        rows({"question": "9" * 400, "count": "-1"}),
    ],
)
def test_no_row_breaks_the_count(client, editor, sent):
    assert client.post(FILL, sent).status_code == 200


def test_the_count_takes_one_query_for_the_bank(client, editor):
    def queries(sent):
        with CaptureQueriesContext(connection) as captured:
            client.post(FILL, sent)
        return len(captured)

    published_question(), published_question()
    client.post(FILL, rows({}))
    assert queries(rows({})) == queries(rows({}, {}, {}))


# --- a draw, copies -------------------------------------------------------------------------


def test_a_draw_is_shown_and_nothing_is_stored(client, editor):
    interview = interview_of(2)
    page = words(client.get(url_of("draw", interview)))
    for slot in interview.slots.all():
        assert slot.question.current_version.prompt in page
    assert not Attempt.objects.exists()


def test_a_draw_that_is_not_possible_says_so(client, editor):
    interview = InterviewFactory()
    Slot.objects.create(interview=interview, position=1, count=3)
    assert client.get(url_of("draw", interview)).context["missing"] == 3


def test_an_interview_is_copied_with_its_slots_and_hidden(client, editor):
    interview = interview_of(2, name="x" * 120, slug="y" * 50)
    Slot.objects.create(interview=interview, position=3, count=5, seconds=30)
    Interview.objects.update(seed_hash="seeded")
    client.post(url_of("copy", interview))
    copy = Interview.objects.exclude(pk=interview.pk).get()
    assert (copy.is_active, copy.seed_hash, copy.timing) == (False, "", interview.timing)
    assert copy.name == "x" * 113 + " (copy)"
    assert len(copy.slug) <= 50
    fields = ("position", "question", "topic", "count", "seconds")
    assert list(copy.slots.values(*fields)) == list(interview.slots.values(*fields))
    assert interview.slots.count() == 3
    assert LogEntry.objects.get().object_id == str(copy.pk)
    assert client.get(url_of("copy", interview)).status_code == 405


def test_who_may_only_look_may_draw_and_nothing_else(client):
    interview = interview_of(1)
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_interview"))
    client.force_login(user)
    assert client.get(url_of("draw", interview)).status_code == 200
    assert client.post(url_of("copy", interview)).status_code == 403
    assert client.post(FILL, rows({})).status_code == 403
    assert 'id="fill"' not in words(client.get(url_of("change", interview)))
    assert Interview.objects.count() == 1
