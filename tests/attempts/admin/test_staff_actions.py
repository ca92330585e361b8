"""What staff do to attempts in the admin: with a reason, logged, and only by who may."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse

from attempts.models import Attempt
from questions import roles
from questions.bank import versions
from quizsite.clock import database_now
from tests.admin_pages import messages_of
from tests.attempts.candidate import TOTAL, start_candidate
from tests.factories import START, UserFactory

pytestmark = pytest.mark.django_db


def member(role):
    roles.make_groups()
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def examiner(client):
    user = member("Examiner")
    client.force_login(user)
    return user


@pytest.fixture
def candidate():
    """A running attempt, started now."""
    return start_candidate(TOTAL, at=(database_now() - START).total_seconds())


def url_of(name, candidate):
    return reverse(f"admin:attempts_attempt_{name}", args=[candidate.pk])


def act(client, name, candidate, **sent):
    return client.post(url_of(name, candidate), sent, follow=True)


def log_of(candidate):
    entries = LogEntry.objects.filter(object_id=str(candidate.pk))
    return [(entry.user_id, entry.get_change_message()) for entry in entries]


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
    said = [message for _, message in reversed(log_of(candidate))]
    assert said == ["Open again: 5 min. Why: Network.", "Discard. Why: A test."]


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


# --- regrading ------------------------------------------------------------------------------


@pytest.fixture
def corrected(candidate):
    """A finished attempt with half a point of three, and its question without the other point."""
    now = (database_now() - START).total_seconds()
    candidate.save(1, "One.", at=now)
    candidate.finish(at=now)
    candidate.mark(1, [True, False], at=now)
    question = candidate.answer(1).version.question
    texts = question.current_version.texts() | {"key_points": ["The first idea."]}
    versions.save_texts(question, texts, now=START, change_note="It was wrong.")
    return question


def test_a_dry_run_shows_and_changes_nothing_until_the_click(
    client, examiner, candidate, corrected
):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    page = client.get(url)
    assert "16.67 → 33.33" in page.content.decode()
    assert float(candidate.attempt.score) == 16.67
    seen = page.context["form"]["seen"].value()
    response = client.post(url, {"seen": seen, "why": "It was wrong."}, follow=True)
    assert messages_of(response) == ["1 answer(s) regraded, 1 score(s) moved."]
    assert float(candidate.attempt.score) == 33.33
    assert "No answer would be regraded." in response.content.decode()
    assert "score 16.67 to 33.33. Why: It was wrong." in log_of(candidate)[0][1]
    entry = LogEntry.objects.get(object_id=str(corrected.pk))
    assert entry.get_change_message().startswith(
        "1 answer(s) regraded, 1 score(s) moved by version"
    )
    answer = candidate.answer(1)
    assert (answer.counted, answer.regrade_note) == ([True, False], "It was wrong.")


def test_the_admin_says_of_an_answer_which_points_were_withdrawn(
    client, examiner, candidate, corrected
):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    seen = client.get(url).context["form"]["seen"].value()
    client.post(url, {"seen": seen, "why": "It was wrong."})
    page = client.get(reverse("admin:attempts_answer_change", args=[candidate.answer(1).pk]))
    assert "✗ not met, withdrawn: The second idea." in page.content.decode()
    assert "✓ met: The first idea." in page.content.decode()


def test_a_click_on_an_old_dry_run_changes_nothing(client, examiner, candidate, corrected):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    response = client.post(url, {"seen": "1-1", "why": "It was wrong."}, follow=True)
    assert "Something changed meanwhile" in messages_of(response)[0]
    assert float(candidate.attempt.score) == 16.67
    client.post(url, {"seen": client.get(url).context["plan"].fingerprint, "why": ""})
    assert float(candidate.attempt.score) == 16.67


def test_what_is_applied_is_what_the_dry_run_showed(client, examiner, candidate, corrected):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    seen = client.get(url).context["form"]["seen"].value()
    now = (database_now() - START).total_seconds()
    candidate.mark(1, [False, True], at=now)  # as many scores would move, but to another end
    response = client.post(url, {"seen": seen, "why": "It was wrong."}, follow=True)
    assert "Something changed meanwhile" in messages_of(response)[0]
    assert float(candidate.attempt.score) == 16.67


def test_the_attempts_that_asked_a_question_are_found_from_its_page(client, examiner, candidate):
    question = candidate.answer(1).version.question
    start_candidate(TOTAL)
    page = client.get(reverse("admin:questions_question_change", args=[question.pk]))
    url = f"{reverse('admin:attempts_attempt_changelist')}?answers__version__question={question.pk}"
    assert url in page.content.decode()
    assert list(client.get(url).context["cl"].result_list) == [candidate.attempt]
