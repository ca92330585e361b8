"""Trying an answer on a question in the admin, and what new phrasings would change."""

import pytest
from django.urls import reverse

from attempts import transitions
from attempts.admin.try_answer import Rubric, tried
from attempts.models import Answer
from questions.models import Question
from tests.admin_pages import filled_in, messages_of, save, staff, url_of
from tests.attempts.admin.staff import member
from tests.attempts.marking.answers import POINTS, TEXT, answered, suggestion
from tests.factories import published_question

pytestmark = pytest.mark.django_db
TRY = reverse("admin:questions_question_try")
TYPED = {
    "prompt": "Why version control?",
    "answer": " ".join(POINTS),
    "key_points": "\n".join(POINTS),
    "try_answer": TEXT,
}


@pytest.fixture
def editor(client):
    user = member("Editor")
    client.force_login(user)
    return user


def states_of(response) -> list[str]:
    return [point.state for point in response.context["points"]]


def test_an_answer_is_tried_on_the_form_as_it_is_and_nothing_is_stored(client, editor):
    response = client.post(TRY, TYPED)
    assert states_of(response) == ["found", "not found"]
    found, lacking = response.context["points"]
    assert found.evidence in TEXT
    assert lacking.evidence is None
    assert "%" in found.sure
    assert TEXT in response.content.decode()
    turned = TYPED | {"key_points": "\n".join(reversed(POINTS))}
    assert states_of(client.post(TRY, turned)) == ["not found", "found"]
    assert not Question.objects.exists()


def test_the_page_says_if_nothing_would_be_suggested_because_of_the_language(client, editor):
    german = {"try_answer": "Das ist nicht der Grund, weil man es auch mit der Hand machen kann."}
    assert client.post(TRY, TYPED | german).context["is_english"] is False
    assert client.post(TRY, TYPED).context["is_english"] is True


def test_htmx_gets_the_result_alone(client, editor):
    page = client.post(TRY, TYPED, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert POINTS[0] in page


def test_what_is_typed_is_only_escaped(client, editor):
    page = client.post(TRY, TYPED | {"try_answer": f"<script>x</script> {TEXT}"}).content.decode()
    assert "<script>x" not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"try_answer": " "}, "Write an answer"),
        ({"key_points": ""}, "no key points"),
        ({"try_answer": "x" * 10_001}, "too long"),
        ({"key_points": "\n".join(map(str, range(31)))}, "too long"),
    ],
)
def test_what_cannot_be_tried_is_said(client, editor, changes, said):
    response = client.post(TRY, TYPED | changes)
    assert (response.status_code, "points" in response.context) == (200, False)
    assert said in response.content.decode()


def test_too_many_statements_are_not_tried(client, editor):
    boxes = {f"phrasings_by_point-{n}-point": point for n, point in enumerate(POINTS)}
    boxes |= {f"phrasings_by_point-{n}-accept": "x\n" * 10_100 for n in range(2)}
    assert "too long" in client.post(TRY, TYPED | boxes).content.decode()
    boxes |= {f"phrasings_by_point-{n}-accept": "every edit is logged" for n in range(2)}
    assert len(states_of(client.post(TRY, TYPED | boxes))) == 2


def test_who_may_only_view_tries_an_answer_on_what_is_saved(client):
    question = published_question(key_points=POINTS, prompt=TYPED["prompt"])
    client.force_login(staff("view_question"))
    assert TRY in client.get(url_of("change", question)).content.decode()
    sent = {"question": question.pk, "try_answer": TEXT}
    assert states_of(client.post(TRY, sent)) == ["found", "not found"]
    # What is not theirs to change has no effect.
    other = sent | {"key_points": "\n".join(reversed(POINTS))}
    assert states_of(client.post(TRY, other)) == ["found", "not found"]


@pytest.mark.parametrize("question", ["", "x", "0", "9" * 400])
def test_a_question_that_is_not_there_is_a_404(client, question):
    client.force_login(staff("view_question"))
    assert client.post(TRY, {"question": question}).status_code == 404


@pytest.mark.parametrize(
    ("user", "status"), [([], 403), (["view_topic"], 403), (["add_question"], 200)]
)
def test_who_may_try(client, user, status):
    client.force_login(staff(*user))
    assert client.post(TRY, TYPED).status_code == status
    assert client.get(TRY).status_code in (403, 405)


def test_the_form_sends_what_the_box_needs(client, editor):
    page = client.get(url_of("change", published_question(key_points=POINTS)))
    assert f'data-hx-post="{TRY}"' in page.content.decode()
    sent = filled_in(page, try_answer=TEXT)
    assert len(states_of(client.post(TRY, sent))) == len(POINTS)


def test_low_and_high_are_the_shares_found_and_with_the_unsure():
    result = tried(Rubric("Why?", POINTS, "", [{"accept": [], "reject": []}] * 2), TEXT)
    assert (result["low"], result["high"]) == ("50 %", "50 %")


# --- past suggestions ---------------------------------------------------------------------------

BOX = '[["{}", "every edit is logged", ""]]'


@pytest.mark.django_db(transaction=True)
def test_saving_phrasings_says_how_many_past_suggestions_would_change(client, editor):
    answer = answered()
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True]))
    question = answer.version.question
    page = save(client, question, phrasings_by_point=BOX.format(POINTS[0]))
    (said,) = (message for message in messages_of(page) if "would change" in message)
    assert "1 of the 1 past suggestions" in said
    assert Answer.objects.get().suggested == [True, True]
    again = save(client, question, difficulty=3)
    assert not any("would change" in message for message in messages_of(again))


@pytest.mark.django_db(transaction=True)
def test_without_past_suggestions_nothing_is_said_of_them(client, editor):
    question = published_question(key_points=POINTS)
    page = save(client, question, phrasings_by_point=BOX.format(POINTS[0]))
    assert not any("would change" in message for message in messages_of(page))
