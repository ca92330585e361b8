"""The inbox of reports: who sees what, and how an editor answers."""

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.models import Report
from questions.roles import make_groups
from tests.admin_pages import delete
from tests.attempts.reports.rows import NASTY, reported
from tests.factories import START, AnswerFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db

INBOX = reverse("admin:attempts_report_changelist")


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
    form = told.context["adminform"].form
    shown = {name: form[name].value() for name in ("status", "reply", "seen")}
    assert shown | {"seen": None} == mine | {"seen": None}
    assert client.post(page_of(report), shown).status_code == 302
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


def test_every_topic_is_offered_because_looking_for_those_with_reports_takes_long(client, report):
    topic = TopicFactory(name="Never reported")
    client.force_login(staff("Editor"))
    assert "Never reported" in client.get(INBOX).content.decode()
    page = client.get(INBOX, {"answer__version__question__topic__id__exact": topic.pk})
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
    assert delete(client, report.answer.attempt.user).status_code == 302
    assert Report.objects.count() == 0
