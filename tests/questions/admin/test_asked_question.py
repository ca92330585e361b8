"""What attempts know about a question in the admin: the room, and what its example answer lacks."""

import pytest
from django.urls import reverse

from attempts.models import Answer, Attempt
from questions.models import Question
from tests.admin_pages import staff, url_of
from tests.factories import TopicFactory, published_question

pytestmark = pytest.mark.django_db
AS_CANDIDATE = reverse("admin:questions_question_as_candidate")
COVERAGE = reverse("admin:questions_question_coverage")


# --- as a candidate ----------------------------------------------------------------------------


def test_a_stored_version_is_shown_in_the_room_and_nothing_is_stored(client, editor, question):
    old = question.versions.get(number=1)
    response = client.get(AS_CANDIDATE, {"version": old.pk})
    page = response.content.decode()
    assert "Your answer" in page
    assert old.prompt in page
    assert 'role="note"' in page
    assert "big dog" not in page  # the room never shows an answer
    assert "js/room.js" not in page
    policy = response["Content-Security-Policy"]
    assert "form-action 'none'" in policy
    assert "connect-src 'none'" in policy
    assert not Attempt.objects.exists()
    assert not Answer.objects.exists()


def test_what_stands_in_the_form_is_shown_in_the_room(client, editor):
    topic = TopicFactory(name="Data & more")
    sent = {"prompt": "Why *so*?", "topic": topic.pk, "difficulty": 3, "seconds": 90}
    page = client.post(AS_CANDIDATE, sent).content.decode()
    assert "Why <em>so</em>?" in page
    assert "Data &amp; more" not in page  # as in the room
    assert "1:30" in page
    assert not Question.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"topic": "x", "difficulty": "9" * 400, "seconds": "-1"}])
def test_a_form_that_is_wrong_is_shown_all_the_same(client, editor, sent):
    assert client.post(AS_CANDIDATE, sent).status_code == 200


@pytest.mark.parametrize("version", ["", "x", "0", "9" * 400])
def test_a_version_that_is_not_there_is_a_404(client, editor, version):
    assert client.get(AS_CANDIDATE, {"version": version}).status_code == 404


# --- key points --------------------------------------------------------------------------------


def test_the_form_names_the_key_points_that_the_example_answer_lacks(client, editor):
    typed = {
        "prompt": "Why keep versions of data?",
        "answer": "A model can be trained again on the same data. Errors can be traced.",
        "example_answer": "I keep versions so that a model can be trained again on the same data.",
        "key_points": "A model can be trained again on the same data.\n\n Costs fall by *half*.",
    }
    assert COVERAGE in client.get(url_of("change", published_question())).content.decode()
    for _ in range(2):  # found, then remembered
        page = client.post(COVERAGE, typed).content.decode()
        assert "Costs fall by <em>half</em>." in page
        assert "trained again" not in page
    whole = typed | {"key_points": "A model can be trained again on the same data."}
    assert "makes each key point" in client.post(COVERAGE, whole).content.decode()
    client.force_login(staff("view_question"))
    assert client.post(COVERAGE, typed).status_code == 403


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, ""),
        ({"example_answer": "Words."}, ""),
        ({"key_points": "One."}, ""),
        ({"example_answer": "x" * 10_001, "key_points": "One."}, "too long to check"),
        (
            {"example_answer": "x", "key_points": "\n".join(map(str, range(99)))},
            "too long to check",
        ),
    ],
)
def test_of_no_example_and_of_a_very_long_one_no_point_is_said_to_lack(client, editor, typed, said):
    page = client.post(COVERAGE, typed).content.decode()
    assert said in page
    assert "does not seem" not in page
    assert bool(page.strip()) == bool(said)
