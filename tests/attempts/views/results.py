"""Attempts that have ended, and what is done with their results."""

from attempts.models import Attempt
from attempts.views.results.result_page import ResultPage
from tests.attempts.views.steps import EACH
from tests.factories import interview_of
from tests.plain_browser import Page, begin, visit


def result_of(page: Page) -> ResultPage:
    """What a result page was made from."""
    return page.response.context["result"]


def finished(client, answered: int, asked: int) -> Attempt:
    """An attempt whose first questions were answered."""
    attempt = begin(client, interview_of(asked, timing=EACH))
    page = visit(client, attempt.get_absolute_url())
    for number in range(asked):
        page = (
            page.press("Submit answer", text="Mine.") if number < answered else page.press("Skip")
        )
    return Attempt.objects.get(pk=attempt.pk)


def tick(client, attempt, position, *points, **how):
    address = f"/attempts/{attempt.pk}/review/{position}/"
    return client.post(address, {"points": points}, **how)
