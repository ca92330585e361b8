"""What staff do to attempts in the admin: with a reason, logged, and only by who may."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse

from attempts.models import Attempt
from questions import roles
from questions.bank import versions
from quizsite.clock import database_now
from tests.attempts.seat import TOTAL, take_seat
from tests.factories import START, UserFactory
from tests.questions.forms import messages_of

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
def seat():
    """A running attempt, started now."""
    return take_seat(TOTAL, at=(database_now() - START).total_seconds())


def url_of(name, seat):
    return reverse(f"admin:attempts_attempt_{name}", args=[seat.pk])


def act(client, name, seat, **sent):
    return client.post(url_of(name, seat), sent, follow=True)


def log_of(seat):
    entries = LogEntry.objects.filter(object_id=str(seat.pk))
    return [(entry.user_id, entry.get_change_message()) for entry in entries]


def test_minutes_are_added_and_the_open_page_learns_it(client, examiner, seat):
    before = seat.attempt.deadline_at
    response = act(client, "add_minutes", seat, minutes=5, why="Fire drill.")
    assert (seat.attempt.deadline_at - before).total_seconds() == 300
    assert messages_of(response) == ["Add minutes: 5 min."]
    assert log_of(seat) == [(examiner.pk, "Add minutes: 5 min. Why: Fire drill.")]
    Attempt.objects.filter(pk=seat.pk).update(user=examiner, guest_key="")
    clock = client.get(reverse("attempts:clock", args=[seat.pk])).json()
    assert 470_000 < clock["left"] <= 480_000


def test_an_attempt_is_opened_again_and_discarded(client, examiner, seat):
    seat.finish(at=(database_now() - START).total_seconds())
    act(client, "reopen", seat, minutes=5, why="Network.")
    assert seat.attempt.is_running
    act(client, "discard", seat, why="A test.")
    assert (seat.attempt.state, seat.attempt.finish_reason) == ("discarded", "staff")
    said = [message for _, message in reversed(log_of(seat))]
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
def test_without_a_reason_or_sensible_minutes_nothing_happens(client, examiner, seat, sent, field):
    response = client.post(url_of("add_minutes", seat), sent)
    assert list(response.context["form"].errors) == [field]
    assert not seat.attempt.added_times.exists()
    assert log_of(seat) == []


def test_what_is_not_possible_is_said_and_not_logged(client, examiner, seat):
    response = act(client, "reopen", seat, minutes=5, why="Why not.")
    assert messages_of(response) == [
        "Open again is not possible: reopen is not possible when running."
    ]
    assert log_of(seat) == []


def test_the_page_of_an_attempt_offers_what_its_state_allows(client, examiner, seat):
    def offered():
        page = client.get(reverse("admin:attempts_attempt_change", args=[seat.pk])).content.decode()
        names = ("add_minutes", "reopen", "discard")
        return [name for name in names if url_of(name, seat) in page]

    assert offered() == ["add_minutes", "discard"]
    act(client, "discard", seat, why="A test.")
    assert offered() == []


def test_a_get_only_shows_the_form(client, examiner, seat):
    for name in ("add_minutes", "reopen", "discard"):
        assert client.get(url_of(name, seat)).status_code == 200
    assert seat.attempt.is_running


@pytest.mark.parametrize("role", ["Editor", "viewer", "candidate", "nobody"])
def test_nobody_else_acts_on_attempts(client, seat, role):
    question = seat.answer(1).version.question
    if role in roles.ROLES:
        client.force_login(member(role))
    elif role == "viewer":
        viewer = member("Examiner")
        group = viewer.groups.get()
        group.permissions.remove(group.permissions.get(codename="change_attempt"))
        client.force_login(viewer)
    elif role == "candidate":
        client.force_login(UserFactory())
    urls = [url_of(name, seat) for name in ("add_minutes", "reopen", "discard")]
    urls.append(reverse("admin:attempts_attempt_regrade", args=[question.pk]))
    expected = 302 if role in ("candidate", "nobody") else 403
    for url in urls:
        for response in (client.get(url), client.post(url, {"minutes": 5, "why": "x"})):
            assert response.status_code == expected
    assert seat.attempt.is_running
    assert not seat.attempt.added_times.exists()


# --- regrading ------------------------------------------------------------------------------


@pytest.fixture
def corrected(seat):
    """A finished attempt with half a point of three, and its question without the other point."""
    now = (database_now() - START).total_seconds()
    seat.save(1, "One.", at=now)
    seat.finish(at=now)
    seat.mark(1, [True, False], at=now)
    question = seat.answer(1).version.question
    texts = question.current_version.texts() | {"key_points": ["The first idea."]}
    versions.save_texts(question, texts, now=START, change_note="It was wrong.")
    return question


def test_a_dry_run_shows_and_changes_nothing_until_the_click(client, examiner, seat, corrected):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    page = client.get(url)
    assert "16.67 → 33.33" in page.content.decode()
    assert float(seat.attempt.score) == 16.67
    seen = page.context["form"]["seen"].value()
    response = client.post(url, {"seen": seen, "why": "It was wrong."}, follow=True)
    assert messages_of(response) == ["1 answer(s) regraded, 1 score(s) moved."]
    assert float(seat.attempt.score) == 33.33
    assert "No answer would be regraded." in response.content.decode()
    assert "score 16.67 to 33.33. Why: It was wrong." in log_of(seat)[0][1]
    entry = LogEntry.objects.get(object_id=str(corrected.pk))
    assert entry.get_change_message().startswith(
        "1 answer(s) regraded, 1 score(s) moved by version"
    )
    answer = seat.answer(1)
    assert (answer.counted, answer.regrade_note) == ([True, False], "It was wrong.")


def test_the_admin_says_of_an_answer_which_points_were_withdrawn(client, examiner, seat, corrected):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    seen = client.get(url).context["form"]["seen"].value()
    client.post(url, {"seen": seen, "why": "It was wrong."})
    page = client.get(reverse("admin:attempts_answer_change", args=[seat.answer(1).pk]))
    assert "✗ not met, withdrawn: The second idea." in page.content.decode()
    assert "✓ met: The first idea." in page.content.decode()


def test_a_click_on_an_old_dry_run_changes_nothing(client, examiner, seat, corrected):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    response = client.post(url, {"seen": "1-1", "why": "It was wrong."}, follow=True)
    assert "Something changed meanwhile" in messages_of(response)[0]
    assert float(seat.attempt.score) == 16.67
    client.post(url, {"seen": client.get(url).context["plan"].fingerprint, "why": ""})
    assert float(seat.attempt.score) == 16.67


def test_what_is_applied_is_what_the_dry_run_showed(client, examiner, seat, corrected):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    seen = client.get(url).context["form"]["seen"].value()
    now = (database_now() - START).total_seconds()
    seat.mark(1, [False, True], at=now)  # as many scores would move, but to another end
    response = client.post(url, {"seen": seen, "why": "It was wrong."}, follow=True)
    assert "Something changed meanwhile" in messages_of(response)[0]
    assert float(seat.attempt.score) == 16.67


def test_the_attempts_that_asked_a_question_are_found_from_its_page(client, examiner, seat):
    question = seat.answer(1).version.question
    take_seat(TOTAL)
    page = client.get(reverse("admin:questions_question_change", args=[question.pk]))
    url = f"{reverse('admin:attempts_attempt_changelist')}?answers__version__question={question.pk}"
    assert url in page.content.decode()
    assert list(client.get(url).context["cl"].result_list) == [seat.attempt]
