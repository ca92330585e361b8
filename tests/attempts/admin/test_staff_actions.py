"""What staff do to attempts in the admin: with a reason, logged, and only with the permission."""

import pytest
from django.urls import reverse

from attempts.models import Attempt
from questions import roles
from quizsite.clock import database_now
from tests.admin_pages import messages_of
from tests.attempts.admin.staff import log_of, member
from tests.attempts.candidate import TOTAL, start_candidate
from tests.factories import START, UserFactory

pytestmark = pytest.mark.django_db


def url_of(name, candidate):
    return reverse(f"admin:attempts_attempt_{name}", args=[candidate.pk])


def act(client, name, candidate, **sent):
    return client.post(url_of(name, candidate), sent, follow=True)


def test_minutes_are_added_and_the_open_page_learns_it(client, examiner, candidate):
    before = candidate.attempt.deadline_at
    response = act(client, "add_minutes", candidate, minutes=5, why="Fire drill.")
    assert (candidate.attempt.deadline_at - before).total_seconds() == 300
    assert messages_of(response) == ["Add minutes: 5 min."]
    assert log_of(candidate) == [(examiner.pk, "Add minutes: 5 min. Why: Fire drill.")]
    Attempt.objects.filter(pk=candidate.pk).update(user=examiner, guest_key="")
    clock = client.get(reverse("attempts:clock", args=[candidate.pk])).json()
    assert 470_000 < clock["left"] <= 480_000


def test_an_attempt_is_opened_again_and_discarded(client, examiner, candidate):
    candidate.finish(at=(database_now() - START).total_seconds())
    act(client, "reopen", candidate, minutes=5, why="Network.")
    assert candidate.attempt.is_running
    act(client, "discard", candidate, why="A test.")
    assert (candidate.attempt.state, candidate.attempt.finish_reason) == ("discarded", "staff")
    logged = [message for _, message in reversed(log_of(candidate))]
    assert logged == ["Open again: 5 min. Why: Network.", "Discard. Why: A test."]


def test_who_acts_after_somebody_else_is_told_first(client, examiner, candidate):
    page = client.get(url_of("discard", candidate))
    act(client, "add_minutes", candidate, minutes=5, why="Fire drill.")
    mine = {"seen": page.context["form"]["seen"].value(), "why": "Too late."}
    told = act(client, "discard", candidate, **mine)
    assert "Fire drill." in told.context["form"].errors["__all__"][0]
    assert candidate.attempt.is_running
    act(client, "discard", candidate, why="Too late.", seen=told.context["form"]["seen"].value())
    assert candidate.attempt.state == "discarded"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"minutes": 5, "why": " "}, "why"),
        ({"minutes": 0, "why": "x"}, "minutes"),
        ({"minutes": "9" * 400, "why": "x"}, "minutes"),
        ({"why": "x"}, "minutes"),
        ({"minutes": 5, "why": "x" * 501}, "why"),
    ],
)
def test_without_a_reason_or_sensible_minutes_nothing_happens(
    client, examiner, candidate, sent, field
):
    response = client.post(url_of("add_minutes", candidate), sent)
    assert list(response.context["form"].errors) == [field]
    assert not candidate.attempt.added_times.exists()
    assert log_of(candidate) == []


def test_what_is_not_possible_is_said_and_not_logged(client, examiner, candidate):
    response = act(client, "reopen", candidate, minutes=5, why="Why not.")
    assert messages_of(response) == [
        "Open again is not possible: reopen is not possible when running."
    ]
    assert log_of(candidate) == []


def test_the_page_of_an_attempt_offers_what_its_state_allows(client, examiner, candidate):
    def offered():
        page = client.get(
            reverse("admin:attempts_attempt_change", args=[candidate.pk])
        ).content.decode()
        names = ("add_minutes", "reopen", "discard")
        return [name for name in names if url_of(name, candidate) in page]

    assert offered() == ["add_minutes", "discard"]
    act(client, "discard", candidate, why="A test.")
    assert offered() == []


def test_a_get_only_shows_the_form(client, examiner, candidate):
    for name in ("add_minutes", "reopen", "discard"):
        assert client.get(url_of(name, candidate)).status_code == 200
    assert candidate.attempt.is_running


@pytest.mark.parametrize("role", ["Editor", "viewer", "candidate", "nobody"])
def test_nobody_else_acts_on_attempts(client, candidate, role):
    question = candidate.answer(1).version.question
    if role in roles.ROLES:
        client.force_login(member(role))
    elif role == "viewer":
        viewer = member("Examiner")
        group = viewer.groups.get()
        group.permissions.remove(group.permissions.get(codename="change_attempt"))
        client.force_login(viewer)
    elif role == "candidate":
        client.force_login(UserFactory())
    urls = [url_of(name, candidate) for name in ("add_minutes", "reopen", "discard")]
    urls.append(reverse("admin:attempts_attempt_regrade", args=[question.pk]))
    expected = 302 if role in ("candidate", "nobody") else 403
    for url in urls:
        for response in (client.get(url), client.post(url, {"minutes": 5, "why": "x"})):
            assert response.status_code == expected
    assert candidate.attempt.is_running
    assert not candidate.attempt.added_times.exists()


def test_the_attempts_that_asked_a_question_are_found_from_its_page(client, examiner, candidate):
    question = candidate.answer(1).version.question
    start_candidate(TOTAL)
    page = client.get(reverse("admin:questions_question_change", args=[question.pk]))
    url = f"{reverse('admin:attempts_attempt_changelist')}?answers__version__question={question.pk}"
    assert url in page.content.decode()
    assert list(client.get(url).context["cl"].result_list) == [candidate.attempt]
