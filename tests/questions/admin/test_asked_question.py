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
    assert "✓" in client.post(COVERAGE, whole).content.decode()
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
    page = client.post(COVERAGE, typed, headers={"HX-Request": "true"}).content.decode()
    assert ("too long to check" in page) == bool(said)
    assert "does not seem" not in page
    assert "✓" not in page


# --- what could be better ------------------------------------------------------------------------

BOX = "phrasings_by_point-x"
BARE = {
    "prompt": "How do you roll out a new version of a model?",
    "key_points": "A canary release sends a small share of the traffic to the new version first.",
    f"{BOX}-point": "A canary release sends a small share of the traffic to the new version first.",
    f"{BOX}-accept": "",
    f"{BOX}-reject": "",
    f"{BOX}-follow_up": "Who gets a small share of the traffic first.",
    "short_example": "I would do it slowly.",
}
HTMX = {"HX-Request": "true"}


def test_remarks_name_what_could_be_better_and_keep_nobody_from_saving(client, editor):
    page = client.post(COVERAGE, BARE, headers=HTMX)
    told = page.content.decode()
    assert "<html" not in told
    for part in ("3 to 6 key points", "40 to 65 words", "no source", "“?”", "“traffic”"):
        assert part in told
    assert "short example seems to make less" in told
    published = published_question()
    assert client.post(url_of("change", published), {"prompt": ""}).status_code == 200


def test_without_scripts_the_checks_are_a_page(client, editor):
    form = client.get(url_of("change", published_question())).content.decode()
    assert f'formaction="{COVERAGE}"' in form
    page = client.post(COVERAGE, BARE).content.decode()
    assert "<html" in page
    assert "“traffic”" in page


def test_a_form_that_nobody_has_filled_in_gets_no_remarks(client, editor):
    assert "could be better" not in client.post(COVERAGE, {}, headers=HTMX).content.decode()


def test_texts_that_are_too_long_to_score_are_counted_all_the_same(client, editor):
    long = BARE | {"example_answer": "word " * 3000, f"{BOX}-follow_up": "Why?" + " x" * 200}
    told = client.post(COVERAGE, long, headers=HTMX).content.decode()
    assert "too long" in told
    assert "40 to 65 words" in told


def test_thousands_of_points_get_no_thousands_of_remarks(client, editor):
    points = {"key_points": "\n".join(f"point {number}" for number in range(1000))}
    told = client.post(COVERAGE, BARE | points, headers=HTMX).content.decode()
    assert 1 < told.count("should have") < 50


# --- the guide -----------------------------------------------------------------------------------


def test_the_guide_is_linked_from_the_form_and_the_list(client, editor):
    guide = reverse("admin:questions_question_guide")
    for page in (url_of("change", published_question()), reverse("admin:questions_question_add")):
        assert guide in client.get(page).content.decode()
    assert guide in client.get(reverse("admin:questions_question_changelist")).content.decode()
    page = client.get(guide)
    assert page.status_code == client.head(guide).status_code == 200
    assert page.content.decode().count("<dt") == 6


def test_the_guide_is_for_those_who_may_see_questions(client):
    guide = reverse("admin:questions_question_guide")
    client.force_login(staff("view_question"))
    assert client.get(guide).status_code == 200
    client.force_login(staff("view_topic"))
    assert client.get(guide).status_code == 403
