"""A candidate reports a question and reads the editors' answer, in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from attempts.models import Report
from tests.browser import steps
from tests.factories import START, AnswerFactory, AttemptFactory

pytestmark = pytest.mark.django_db(transaction=True)


def result_of_two(context):
    attempt = AttemptFactory(finished=True)
    for position in (1, 2):
        AnswerFactory(
            attempt=attempt,
            position=position,
            written=True,
            closed=True,
            opened_at=START,
            engine="none",
        )
    steps.come_as_user(context, attempt.user)
    return attempt


def opened(page, attempt, position):
    """The part of the page for the reports on an answer, which is open."""
    page.goto(reverse("attempts:review", args=[attempt.pk]))
    steps.open_answers(page, position)
    return page.locator(f"#report-{position}")


def test_a_report_is_sent_without_leaving_the_page_and_answered(page, context):
    attempt = result_of_two(context)
    part = opened(page, attempt, 2)
    part.get_by_text("Report a problem").click()
    part.get_by_label("What is wrong").select_option("outdated")
    part.get_by_label("In your words").fill("Not since version 2.4.")
    part.get_by_role("button", name="Send report").click()
    expect(part.get_by_text("Sent: an editor will look at it.")).to_be_visible()
    expect(part.get_by_role("button")).to_have_count(0)
    steps.open_answers(page, 1)
    expect(page.locator("#report-1").get_by_text("Report a problem")).to_be_visible()
    report = Report.objects.get()
    assert (report.reason, report.answer.position) == ("outdated", 2)
    report.status, report.reply, report.handled_at = "accepted", "Mended, thank you.", START
    report.save()
    part = opened(page, attempt, 2)
    expect(part).to_contain_text("Accepted.")
    expect(part).to_contain_text("Mended, thank you.")


def test_what_is_refused_stays_in_the_box_with_the_reason(page, context):
    attempt = result_of_two(context)
    part = opened(page, attempt, 1)
    part.get_by_text("Report a problem").click()
    part.get_by_label("In your words").fill("   ")
    part.get_by_role("button", name="Send report").click()
    box = part.get_by_label("In your words")
    expect(box).to_have_accessible_description("Say in a few words what is wrong.")
    expect(box).to_be_focused()
    assert Report.objects.count() == 0
    assert ["422" in problem for problem in page.problems] == [True]
    page.problems.clear()


def test_without_javascript_it_is_the_same(new_context):
    context = new_context(java_script_enabled=False)
    attempt = result_of_two(context)
    part = opened(context.new_page(), attempt, 2)
    part.get_by_text("Report a problem").click()
    part.get_by_label("In your words").fill("The second point.")
    part.get_by_role("button", name="Send report").click()
    expect(part).to_contain_text("Sent: an editor will look at it.")
