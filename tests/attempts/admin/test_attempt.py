"""Attempts in Django's admin: read-only, and only for people who may view them."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.admin import base
from attempts.models import AddedTime, Answer, Attempt, KeptText
from tests.admin_pages import delete
from tests.factories import START, AnswerFactory, AttemptFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:attempts_attempt_changelist")


def url_of(row, page="change"):
    return reverse(f"admin:attempts_{row._meta.model_name}_{page}", args=[row.pk])


def staff(*permissions):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


@pytest.fixture
def superuser(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def answer():
    """An answer of a finished attempt, with a kept text and added time."""
    answer = AnswerFactory(
        attempt__finished=True,
        attempt__user__email="ann@example.org",
        written=True,
        closed=True,
        text="My <script>alert(1)</script> words & {{ braces }}",
        confirmed=[True, False],
        share="0.5",
    )
    KeptText.objects.create(
        answer=answer, source="late", writer="w", text="Late <b>words</b>", kept_at=START
    )
    AddedTime.objects.create(
        attempt=answer.attempt, amount="00:05:00", reason="asked", added_at=START
    )
    return answer


def test_the_list_has_owner_interview_state_and_score(client, superuser, answer):
    AttemptFactory(user=None, guest_key="k" * 43)
    page = client.get(LIST).content.decode()
    assert "ann@example.org" in page
    assert answer.attempt.interview_title in page
    assert "guest kkkkkk…" in page
    assert "k" * 43 not in page


def test_an_attempt_is_shown_with_its_answers_escaped(client, superuser, answer):
    page = client.get(url_of(answer.attempt)).content.decode()
    assert "My &lt;script&gt;alert(1)&lt;/script&gt; words &amp; {{ braces }}" in page
    assert "<script>alert(1)" not in page
    assert answer.version.prompt in page
    assert "5 more minutes" in page
    assert reverse("admin:attempts_answer_change", args=[answer.pk]) in page


def test_an_answer_is_shown_with_its_points_and_kept_texts(client, superuser, answer):
    page = client.get(url_of(answer)).content.decode()
    assert "✓ met: The first idea.<br>✗ not met: The second idea." in page
    assert "Late &lt;b&gt;words&lt;/b&gt;" in page


def test_shares_are_shown_in_percent(client, superuser, answer):
    for url in (url_of(answer), url_of(answer.attempt)):
        page = client.get(url).content.decode()
        assert "50 %" in page
        assert "0.5000" not in page


def test_points_that_only_the_engine_ticked_say_so(client, superuser, answer):
    answer.confirmed, answer.suggested = None, [True, False]
    answer.save()
    page = client.get(url_of(answer)).content.decode()
    assert "✓ met (automatic): The first idea." in page
    assert "✗ not met (automatic): The second idea." in page


def test_what_speaks_for_and_against_a_point_is_shown(client, superuser, answer):
    answer.confirmed, answer.suggested, answer.engine = None, [True, False], "test-1"
    answer.evidence = [
        {"confidence": 0.9, "text": "My", "opposite": None},
        {"confidence": 0.5, "text": "words", "opposite": "It is <false>."},
    ]
    answer.save()
    said = {"point": 0, "key_point": "The first idea.", "words": "braces", "created_at": START}
    answer.said_here.create(question=answer.version.question, **said)
    page = client.get(url_of(answer)).content.decode()
    assert "“words” was compared with “It is &lt;false&gt;.”" in page
    assert "Shown by the candidate: “braces”" in page


def test_an_answer_without_a_score_is_shown(client, superuser):
    page = client.get(url_of(AnswerFactory())).content.decode()
    assert "not scored: The first idea." in page


def test_attempts_are_found_by_email_and_by_id(client, superuser, answer):
    AttemptFactory()
    for term in ("ann@example", str(answer.attempt.pk), answer.attempt.pk.hex, "ANN@EXAMPLE.ORG"):
        assert list(client.get(LIST, {"q": term}).context["cl"].result_list) == [answer.attempt]
    assert list(client.get(LIST, {"q": "nobody@"}).context["cl"].result_list) == []


@pytest.mark.parametrize("model", [Attempt, Answer])
def test_nothing_can_be_added_changed_or_deleted(client, superuser, answer, model):
    row = answer if model is Answer else answer.attempt
    before = [list(m.objects.values()) for m in (Attempt, Answer, KeptText, AddedTime)]
    add = reverse(f"admin:attempts_{model._meta.model_name}_add")
    data = {"text": "forged", "score": "100", "state": "running", "post": "yes"}
    assert [client.get(add).status_code, client.post(add, data).status_code] == [403, 403]
    assert client.post(url_of(row), data).status_code == 403
    assert client.post(url_of(row, "delete"), data).status_code == 403
    action = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    client.post(reverse(f"admin:attempts_{model._meta.model_name}_changelist"), action)
    assert [list(m.objects.values()) for m in (Attempt, Answer, KeptText, AddedTime)] == before
    page = client.get(url_of(row)).content.decode()
    assert 'name="_save"' not in page
    assert "deletelink" not in page


def pages(answer):
    return [
        LIST,
        reverse("admin:attempts_answer_changelist"),
        url_of(answer.attempt),
        url_of(answer),
        url_of(answer.attempt, "history"),
        url_of(answer.attempt, "delete"),
    ]


@pytest.mark.parametrize("who", ["nobody", "owner"])
def test_strangers_and_owners_are_sent_to_the_log_in(client, answer, who):
    if who == "owner":
        client.force_login(answer.attempt.user)
    for url in pages(answer):
        assert client.get(url)["Location"] == f"{reverse('admin:login')}?next={url}"


def test_staff_without_permission_is_refused(client, answer):
    client.force_login(staff("view_question", "change_interview"))
    assert {client.get(url).status_code for url in pages(answer)} == {403}


def test_who_may_see_attempts_does_not_see_answers(client, answer):
    client.force_login(staff("view_attempt"))
    page = client.get(url_of(answer.attempt)).content.decode()
    assert "ann@example.org" in page
    assert "braces" not in page
    assert client.get(url_of(answer)).status_code == 403


def test_answers_can_be_seen_with_their_own_permission(client, answer):
    client.force_login(staff("view_attempt", "view_answer"))
    assert "braces" in client.get(url_of(answer.attempt)).content.decode()
    assert client.get(url_of(answer)).status_code == 200


def test_an_account_is_deleted_with_its_attempts(client, superuser, answer):
    assert delete(client, answer.attempt.user).status_code == 302
    assert not Attempt.objects.exists()
    assert not Answer.objects.exists()


def test_an_interview_can_go_and_its_attempts_stay(client, superuser, answer):
    assert delete(client, answer.attempt.interview).status_code == 302
    answer.attempt.refresh_from_db()
    assert answer.attempt.interview is None
    assert answer.attempt.interview_title in client.get(LIST).content.decode()


def test_the_list_takes_the_same_queries_for_one_row_and_for_three(client, superuser):
    def queries(url):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    attempt = AnswerFactory().attempt
    client.get(LIST)
    before = {url: queries(url) for url in (LIST, url_of(attempt))}
    AnswerFactory(), AnswerFactory()
    AnswerFactory(attempt=attempt), AnswerFactory(attempt=attempt)
    assert {url: queries(url) for url in (LIST, url_of(attempt))} == before


def test_a_long_list_is_not_counted_to_its_end(client, superuser, monkeypatch):
    AttemptFactory(), AttemptFactory(), AttemptFactory()
    monkeypatch.setattr(base, "MAX_COUNTED", 2)
    changelist = client.get(LIST).context["cl"]
    assert changelist.result_count == 2
    assert client.get(LIST, {"p": "2"}).status_code in (200, 302)


def unsure(attempt) -> Answer:
    """A checked answer of two points, of which the second one is unsure: its share is 0.5 to 1."""
    found = {"confidence": 0.9, "text": "true", "opposite": None}
    return AnswerFactory(
        attempt=attempt,
        text="Something true.",
        closed=True,
        suggested=[True, False],
        evidence=[found, found],
        engine="test-1",
        share="0.5",
    )


def test_the_admin_shows_a_score_as_the_candidate_sees_it(client, superuser):
    attempt = AttemptFactory(finished=True, score="50.00")
    answer = unsure(attempt)
    for address in (LIST, url_of(attempt)):
        assert "50 to 100" in client.get(address).content.decode()
    Answer.objects.filter(pk=answer.pk).update(confirmed=[True, False])
    for address in (LIST, url_of(attempt)):
        page = client.get(address).content.decode()
        assert "50 to 100" not in page
        assert re.search(r'(field-score_shown|class="readonly)">50<', page)
    assert client.get(f"{LIST}?o=-6").status_code == 200


def test_scores_take_the_same_queries_for_one_attempt_and_for_many(client, superuser):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        return len(captured)

    unsure(AttemptFactory(finished=True, score="50.00"))
    queries()
    one = queries()
    for _ in range(3):
        unsure(AttemptFactory(finished=True, score="50.00"))
    assert queries() == one
