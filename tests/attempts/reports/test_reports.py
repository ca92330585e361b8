"""Reports of wrong questions: from the result to the inbox, and the answer back."""

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts import transitions
from attempts.models import Answer, Report
from attempts.owners import GUEST_KEY, Owner
from attempts.reports import writing
from questions.roles import make_groups
from tests.factories import START, AnswerFactory, AttemptFactory, UserFactory
from tests.plain_browser import HTMX, SCRIPT
from tests.threads import together

pytestmark = pytest.mark.django_db

INBOX = reverse("admin:attempts_report_changelist")
NASTY = "<script>alert(1)</script> {{ braces }}"


def asked(attempt=None, position=1, **fields) -> Answer:
    attempt = attempt or AttemptFactory(finished=True)
    return AnswerFactory(
        attempt=attempt, position=position, written=True, closed=True, engine="none", **fields
    )


def review_of(answer) -> str:
    return reverse("attempts:review", args=[answer.attempt_id])


def url_of(answer) -> str:
    return reverse("attempts:report", args=[answer.attempt_id, answer.position])


def sent(text="The third point is wrong.", reason="wrong") -> dict:
    return {"reason": reason, "text": text}


def reported(answer=None, **fields) -> Report:
    answer = answer or asked()
    values = {"reason": "wrong", "text": "It is wrong.", "reported_at": START, **fields}
    return Report.objects.create(answer=answer, **values)


def owner(client, answer):
    client.force_login(answer.attempt.user)
    return client


# --- the candidate --------------------------------------------------------------------------


def test_a_candidate_reports_from_the_result(client):
    answer = asked()
    page = owner(client, answer).get(review_of(answer)).content.decode()
    assert f'action="{url_of(answer)}"' in page
    response = client.post(url_of(answer), sent())
    assert response.status_code == 302
    assert response.headers["Location"] == f"{review_of(answer)}#report-1"
    report = Report.objects.get()
    assert (report.answer, report.reason, report.text) == (answer, *sent().values())
    assert (report.status, report.reply, report.handled_at) == ("open", "", None)
    page = client.get(review_of(answer)).content.decode()
    assert "The third point is wrong." in page
    assert "Sent: an editor will look at it." in page
    assert "<select" not in page


def test_htmx_gets_the_part_alone(client):
    answer = asked()
    response = owner(client, answer).post(url_of(answer), sent(), headers=HTMX)
    page = response.content.decode().strip()
    assert response.status_code == 200
    assert page.startswith('<div id="report-1">')
    assert "The third point is wrong." in page
    assert "<html" not in page


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (sent(text=""), "Say in a few words what is wrong."),
        (sent(text="  \n "), "Say in a few words what is wrong."),
        (sent(text="x" * 2_001), "at most 2,000 characters; this one has 2001"),
        (sent(reason="nonsense"), "Choose one of the reasons."),
        ({"reason": "wrong"}, "Say in a few words what is wrong."),
    ],
)
def test_what_is_refused_is_said_and_kept(client, fields, said, headers):
    answer = asked()
    response = owner(client, answer).post(url_of(answer), fields, headers=headers)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert fields.get("text", "") in page
    assert Report.objects.count() == 0


def test_2000_characters_with_line_ends_are_taken(client):
    answer = asked()
    text = "x\r\n" * 999 + "yz"
    assert owner(client, answer).post(url_of(answer), sent(text=text)).status_code == 302
    assert Report.objects.get().text == "x\n" * 999 + "yz"


def test_a_nul_is_left_out(client):
    answer = asked()
    owner(client, answer).post(url_of(answer), sent(text="a\0b"))
    assert Report.objects.get().text == "ab"


def test_a_second_press_sends_no_second_report(client):
    answer = asked()
    for text in ("First.", "Second."):
        assert owner(client, answer).post(url_of(answer), sent(text=text)).status_code == 302
    assert Report.objects.get().text == "First."


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twelve_presses_at_once_send_one_report():
    answer = asked()
    mine = Owner(user_id=answer.attempt.user_id)

    def press():
        return writing.report(mine, answer.attempt_id, 1, "wrong", "It is.", now=START).pk

    assert len(set(together(*[press] * 12))) == 1
    assert Report.objects.count() == 1


def test_the_database_allows_one_open_report_for_an_answer():
    answer = asked()
    reported(answer, status="declined", handled_at=START)
    reported(answer)
    with pytest.raises(IntegrityError):
        reported(answer)


def test_reports_are_bounded_in_number():
    attempt = AttemptFactory(finished=True)
    for position in range(1, writing.MOST_A_DAY + 1):
        reported(asked(attempt, position), reported_at=START)
    last = asked(attempt, 99)
    owner = Owner(user_id=attempt.user_id)
    late = START + timedelta(hours=23)
    with pytest.raises(writing.TooMany):
        writing.report(owner, attempt.pk, 99, "wrong", "More.", now=late)
    tomorrow = START + timedelta(hours=24)
    assert writing.report(owner, attempt.pk, 99, "wrong", "More.", now=tomorrow).answer == last


def test_too_many_reports_are_refused_in_words(client, monkeypatch):
    answer = asked()
    monkeypatch.setattr(writing, "MOST_A_DAY", 0)
    response = owner(client, answer).post(url_of(answer), sent())
    assert response.status_code == 422
    assert "You have sent many reports today." in response.content.decode()
    assert "The third point is wrong." in response.content.decode()


def test_fields_of_the_report_that_are_not_the_candidates_are_ignored(client):
    answer = asked()
    extra = {"status": "accepted", "reply": "mine", "handled_by": "1", "answer": "7"}
    owner(client, answer).post(url_of(answer), sent() | extra)
    report = Report.objects.get()
    assert (report.answer, report.status, report.reply) == (answer, "open", "")


def test_what_was_written_is_escaped_for_the_candidate(client):
    report = reported(text=NASTY, status="declined", reply=f"No. {NASTY}", handled_at=START)
    page = owner(client, report.answer).get(review_of(report.answer)).content.decode()
    assert "<script>alert(1)" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt; {{ braces }}") == 2


def test_the_candidate_sees_status_and_answer_and_may_report_again(client):
    report = reported(status="accepted", reply="Mended in version 2.", handled_at=START)
    page = owner(client, report.answer).get(review_of(report.answer)).content.decode()
    assert "Accepted." in page
    assert "Mended in version 2." in page
    assert f'action="{url_of(report.answer)}"' in page


@pytest.mark.parametrize("headers", [{}, HTMX, SCRIPT], ids=["page", "htmx", "script"])
@pytest.mark.parametrize("who", ["another user", "another guest", "a member of staff", "nobody"])
def test_to_strangers_there_is_no_such_attempt(client, who, headers):
    answer = asked()
    if who == "another guest":
        session = client.session
        session[GUEST_KEY] = "x" * 43
        session.save()
    elif who != "nobody":
        client.force_login(UserFactory(is_staff="staff" in who, is_superuser="staff" in who))
    response = client.post(url_of(answer), sent(), headers=headers)
    assert response.status_code == (401 if who == "nobody" else 404)
    assert answer.version.prompt not in response.content.decode()
    assert Report.objects.count() == 0


def test_signed_out_the_text_is_handed_back_and_can_be_sent_again(client):
    answer = asked()
    page = client.post(url_of(answer), sent()).content.decode()
    assert "The third point is wrong." in page
    again = owner(client, answer).post(url_of(answer), {"text": "The third point is wrong."})
    assert again.status_code == 302
    assert Report.objects.get().reason == "other"


def test_a_position_that_is_not_there_is_a_404(client):
    answer = asked()
    for position in (2, 10**30):
        address = url_of(answer).replace("/1/", f"/{position}/")
        assert owner(client, answer).post(address, sent()).status_code == 404


def test_get_is_refused(client):
    answer = asked()
    assert owner(client, answer).get(url_of(answer)).status_code == 405


def test_a_running_attempt_takes_none_and_shows_nothing(client):
    answer = AnswerFactory(position=1, attempt__untimed=True, attempt__deadline_at=None,
                           attempt__limit=None)  # fmt: skip
    response = owner(client, answer).post(url_of(answer), sent())
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("attempts:room", args=[answer.attempt_id])
    user = Owner(user_id=answer.attempt.user_id)
    with pytest.raises(Answer.DoesNotExist):
        writing.report(user, answer.attempt_id, 1, "wrong", "It is.", now=START)
    assert Report.objects.count() == 0


def test_a_guest_reports_and_takes_the_report_along_to_an_account(client):
    attempt = AttemptFactory(finished=True, user=None, guest_key="g" * 43)
    answer = asked(attempt)
    session = client.session
    session[GUEST_KEY] = "g" * 43
    session.save()
    assert client.post(url_of(answer), sent()).status_code == 302
    user = UserFactory()
    transitions.claim("g" * 43, user, now=START)
    mine = Report.objects.owned_by(Owner(user_id=user.pk))
    assert [report.answer for report in mine] == [answer]
    client.force_login(user)
    assert "The third point is wrong." in client.get(review_of(answer)).content.decode()


def test_the_result_takes_as_many_statements_with_more_reports(client):
    counts = []
    for number in (1, 3):
        attempt = AttemptFactory(finished=True)
        for position in range(1, number + 1):
            answer = asked(attempt, position)
            reported(answer, status="declined", handled_at=START)
            reported(answer)
        owner(client, answer)
        with CaptureQueriesContext(connection) as queries:
            client.get(review_of(answer))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- the inbox ------------------------------------------------------------------------------


def staff(group=None, *permissions):
    make_groups()
    user = UserFactory(is_staff=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def page_of(report) -> str:
    return reverse("admin:attempts_report_change", args=[report.pk])


@pytest.fixture
def report():
    answer = AnswerFactory(
        attempt__finished=True,
        attempt__user__email="ann@example.org",
        attempt__user__username="ann-the-candidate",
        written=True,
        closed=True,
        position=1,
        text="My own words.",
    )
    return reported(answer, text=f"Wrong! {NASTY}")


def test_an_editor_sees_report_and_question_but_neither_candidate_nor_answer(client, report):
    client.force_login(staff("Editor"))
    for address in (INBOX, page_of(report)):
        page = client.get(address).content.decode()
        assert "Wrong! &lt;script&gt;alert(1)" in page
        assert report.answer.version.prompt in page
        for secret in ("My own words.", "ann@example.org", "ann-the-candidate",
                       str(report.answer.attempt_id), "<script>alert(1)"):  # fmt: skip
            assert secret not in page
    question = report.answer.version.question_id
    assert reverse("admin:questions_question_change", args=[question]) in page
    assert "The first idea." in page


def test_an_examiner_sees_the_answer_too(client, report):
    client.force_login(staff("Examiner"))
    page = client.get(page_of(report)).content.decode()
    assert "My own words." in page
    assert reverse("admin:attempts_answer_change", args=[report.answer_id]) in page


def test_an_editor_does_not_read_the_answer_from_the_database(client, report):
    client.force_login(staff("Editor"))
    with CaptureQueriesContext(connection) as queries:
        client.get(page_of(report))
    assert not any('"attempts_answer"."text"' in query["sql"] for query in queries)


@pytest.mark.parametrize("lookup", ["answer__text__contains", "answer__attempt__user"])
def test_the_inbox_can_not_be_asked_about_the_answer(client, report, lookup):
    client.force_login(staff("Editor"))
    response = client.get(INBOX, {lookup: "1"})
    assert response.status_code in (302, 400)


def test_accepting_is_stored_with_who_and_when_and_logged(client, report):
    editor = staff("Editor")
    client.force_login(editor)
    response = client.post(page_of(report), {"status": "accepted", "reply": "Mended."})
    assert response.status_code == 302
    report.refresh_from_db()
    assert (report.status, report.reply, report.handled_by) == ("accepted", "Mended.", editor)
    assert report.handled_at is not None
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (editor, str(report.pk))
    assert entry.get_change_message() == "Report accepted. Answer: Mended."
    assert "ann" not in entry.object_repr


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"status": "", "reply": "Hm."}, "Accept or decline the report."),
        ({"reply": "Hm."}, "Accept or decline the report."),
        ({"status": "declined", "reply": " "}, "Tell the candidate why it is declined."),
        ({"status": "open", "reply": ""}, "Select a valid choice"),
    ],
)
def test_half_a_decision_is_refused(client, report, data, said):
    client.force_login(staff("Editor"))
    response = client.post(page_of(report), data)
    assert response.status_code == 200
    assert said in response.content.decode()
    report.refresh_from_db()
    assert (report.status, report.handled_at) == ("open", None)
    assert LogEntry.objects.count() == 0


def seen_on(page) -> str:
    """What the form carries to say which decision, if any, it was opened on."""
    return page.context["adminform"].form["seen"].value()


def test_the_second_of_two_editors_is_told_of_the_first_and_may_then_decide(client, report):
    first, second = staff("Editor"), staff("Editor")
    client.force_login(second)
    mine = {"status": "accepted", "reply": "Mended.", "seen": seen_on(client.get(page_of(report)))}
    client.force_login(first)
    client.post(page_of(report), {"status": "declined", "reply": "It is right."})

    client.force_login(second)
    told = client.post(page_of(report), mine)

    assert f"{first} declined this report while you had it open: “It is right.”" in unescape(
        told.content.decode()
    )
    report.refresh_from_db()
    assert (report.status, report.handled_by) == ("declined", first)
    assert client.post(page_of(report), mine | {"seen": seen_on(told)}).status_code == 302
    report.refresh_from_db()
    assert (report.status, report.handled_by) == ("accepted", second)


def test_a_decision_can_be_changed_but_not_opened_again(client, report):
    client.force_login(staff("Editor"))
    client.post(page_of(report), {"status": "accepted", "reply": ""})
    seen = seen_on(client.get(page_of(report)))
    again = {"status": "", "reply": "", "seen": seen}
    assert client.post(page_of(report), again).status_code == 200
    again = {"status": "declined", "reply": "On second thoughts, no.", "seen": seen}
    client.post(page_of(report), again)
    report.refresh_from_db()
    assert report.status == "declined"
    assert LogEntry.objects.count() == 2


def test_what_the_candidate_wrote_can_not_be_changed(client, report):
    client.force_login(staff("Editor"))
    data = {"status": "accepted", "reply": "", "text": "Forged", "reason": "other", "answer": "9"}
    client.post(page_of(report), data)
    changed = Report.objects.get()
    assert (changed.text, changed.reason) == (report.text, "wrong")
    assert changed.answer_id == report.answer_id


@pytest.mark.parametrize("who", ["candidate", "staff without rights", "nobody"])
def test_who_lacks_the_permission_is_refused(client, report, who):
    if who != "nobody":
        client.force_login(staff() if "staff" in who else UserFactory())
    for address in (INBOX, page_of(report)):
        for response in (client.get(address), client.post(address, {"status": "accepted"})):
            assert response.status_code in (302, 403)
            assert "Wrong!" not in response.content.decode()
    report.refresh_from_db()
    assert report.status == "open"


def test_who_may_only_view_can_not_decide(client, report):
    client.force_login(staff(None, "view_report"))
    assert client.get(page_of(report)).status_code == 200
    assert client.post(page_of(report), {"status": "accepted"}).status_code == 403


@pytest.mark.parametrize("page", ["add", "delete"])
def test_nobody_adds_or_deletes_reports(client, report, page):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    args = [report.pk] if page == "delete" else []
    address = reverse(f"admin:attempts_report_{page}", args=args)
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert Report.objects.count() == 1


def test_open_reports_come_first_and_can_be_filtered(client, report):
    done = reported(text="Done one.", status="accepted", handled_at=START,
                    reported_at=START - timedelta(days=1))  # fmt: skip
    client.force_login(staff("Editor"))
    page = client.get(INBOX).content.decode()
    assert page.index("Wrong!") < page.index("Done one.")
    page = client.get(INBOX, {"status__exact": "open"}).content.decode()
    assert "Done one." not in page
    topic = done.answer.version.question.topic_id
    page = client.get(INBOX, {"answer__version__question__topic__id__exact": topic})
    assert "Wrong!" not in page.content.decode()


def test_the_inbox_takes_as_many_statements_with_more_reports(client):
    client.force_login(staff("Editor"))
    counts = []
    for _ in range(2):
        for _ in range(2):
            reported()
            reported(status="declined", handled_at=START, handled_by=UserFactory())
        with CaptureQueriesContext(connection) as queries:
            client.get(INBOX)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_candidates_account_can_be_deleted_with_the_reports(client, report):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    user = report.answer.attempt.user
    address = reverse("admin:auth_user_delete", args=[user.pk])
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert Report.objects.count() == 0
