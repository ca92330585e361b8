"""An account goes with all of its person; what it did for the content stays."""

from contextlib import suppress
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import IntegrityError

from attempts import transitions
from attempts.models import Attempt, Preference, Report
from attempts.owners import Owner
from attempts.transitions.starting import Pace
from questions.bank.log import DELETED, deleted_account, log_rows
from questions.models import QuestionVersion
from quizsite.account_deletion.deleting import LastSuperuser, delete_account
from tests.attempts.candidate import after, new_user, start_candidate
from tests.attempts.own_data.everything import user_with_everything, write_everything
from tests.factories import START, UserFactory, interview_of, published_question
from tests.threads import together

pytestmark = pytest.mark.django_db


def rows_of_people() -> dict:
    """How many rows there are that somebody may have."""
    models = [*apps.get_app_config("attempts").get_models(), EmailAddress, Authenticator]
    counts = {model.__name__: model.objects.count() for model in models}
    for following in ("ToCount", "CountedAnswer"):
        del counts[following]
    return counts


def test_all_that_a_person_has_goes_and_nothing_of_others():
    write_everything(Owner(guest_key="another"), texts=["One.", "Two.", "Three."])
    other = UserFactory()
    EmailAddress.objects.create(user=other, email=other.email)
    Preference.objects.create(user=other, interview_on=date(2026, 4, 1))
    before = rows_of_people()
    user = user_with_everything()
    newest_first = [a.pk for a in user.attempts.order_by("-started_at")]

    assert delete_account(user.pk) == newest_first

    assert rows_of_people() == before
    assert not User.objects.filter(pk=user.pk).exists()
    assert not Attempt.objects.filter(user__isnull=False).exists()


def test_what_an_editor_wrote_stays_without_a_name():
    editor = UserFactory(is_staff=True)
    question = published_question(author=editor)
    log_rows([(question, "Added.")], ADDITION, editor)
    candidate = start_candidate()
    candidate.save(1, "Mine.", at=1)
    candidate.finish(at=5)
    Report.objects.create(
        answer=candidate.answer(1), reason="wrong", status="accepted", reply="Mended.",
        reported_at=START, handled_at=START, handled_by=editor,
    )  # fmt: skip

    delete_account(editor.pk)

    version = QuestionVersion.objects.get(question=question)
    assert (version.author, version.prompt) == (None, question.current_version.prompt)
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.change_message) == (DELETED, "Added.")
    assert (entry.object_id, entry.object_repr) == (str(question.pk), question.slug)
    report = Report.objects.get()
    assert (report.handled_by, report.reply) == (None, "Mended.")


def test_the_log_does_not_name_who_is_gone():
    boss = UserFactory(is_superuser=True)
    user, other = UserFactory(username="ada"), UserFactory(username="ben")
    for each in (user, other):
        address = EmailAddress.objects.create(user=each, email=f"{each.username}@example.org")
        log_rows([(each, f"Changed {each.username}.")], CHANGE, boss)
        log_rows([(address, f"Changed {address.email}.")], CHANGE, boss)
    delete_account(user.pk)
    said = [(e.object_repr, e.change_message, e.user) for e in LogEntry.objects.order_by("pk")]
    assert said[:2] == [(DELETED, "", boss)] * 2
    assert [row[0] for row in said[2:]] == ["ben", "ben@example.org (ben)"] or "ben" in said[3][0]
    assert "ada" not in str(said)


def test_nobody_can_log_in_as_the_deleted_account():
    account = deleted_account()
    assert deleted_account() == account
    assert not account.is_active
    assert not account.has_usable_password()


def test_the_last_superuser_stays_with_all_they_have():
    boss = UserFactory(is_superuser=True)
    UserFactory(is_superuser=True, is_active=False)
    no_password = UserFactory(is_superuser=True)
    no_password.set_unusable_password()
    no_password.save()
    start_candidate(owner=Owner(user_id=boss.pk))
    with pytest.raises(LastSuperuser):
        delete_account(boss.pk)
    assert Attempt.objects.filter(user=boss).exists()
    UserFactory(is_superuser=True)
    delete_account(boss.pk)
    assert not Attempt.objects.exists()


# --- at the same moment -----------------------------------------------------------------------

ROUNDS = 8


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_superusers_one_stays():
    for _ in range(ROUNDS):
        User.objects.all().delete()
        both = [UserFactory(is_superuser=True) for _ in range(2)]

        def leave(user):
            with suppress(LastSuperuser):
                return delete_account(user.pk)

        left = together(*[lambda u=user: leave(u) for user in both])
        assert sorted(left, key=str) == [None, []] or sorted(left, key=str) == [[], None]
        assert User.objects.filter(is_superuser=True).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_saving_starting_and_moving_attempts_meanwhile_leaves_nothing_behind():
    interview = interview_of(1)
    for _ in range(ROUNDS):
        user, guest = new_user(), Owner(guest_key=f"guest-{_}")
        candidate = start_candidate(owner=Owner(user_id=user.pk))
        done = start_candidate(owner=guest)
        done.finish(at=5)

        def save(candidate=candidate):
            with suppress(Attempt.DoesNotExist):
                candidate.save(1, "typed", at=20)

        def start(user=user):
            with suppress(IntegrityError):
                transitions.start(Owner(user_id=user.pk), interview, Pace(), now=after(20))

        def claim(user=user, guest=guest):
            with suppress(IntegrityError):
                transitions.claim(guest.guest_key, user, now=after(20))

        together(save, start, claim, lambda u=user: delete_account(u.pk))
        assert not User.objects.filter(pk=user.pk).exists()
        assert not Attempt.objects.filter(user__isnull=False).exists()
        transitions.delete_all(guest)
