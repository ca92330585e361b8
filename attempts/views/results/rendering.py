"""The templates of a result, with what they need: of an interview, or of one practised question."""

from http import HTTPStatus

from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import render

from attempts.preferences import interview_on
from attempts.views.practice.feedback import read_feedback
from attempts.views.results.result_page import ResultPage
from quizsite.page_scripts import HtmxRequest

# A recording is played from the browser's own memory. The site has no sound.
_may_play = csp_update({"media-src": ["blob:"]})


def result_response(
    request: HtmxRequest, page: ResultPage, *, status: int = HTTPStatus.OK, **more: object
) -> HttpResponse:
    """The whole page. It may play what its browser has recorded, and nothing else."""
    context = result_context(request, page, **more)
    is_practice = context["feedback"] is not None
    template = "attempts/practice/feedback.html" if is_practice else "attempts/review.html"
    response = render(request, template, context, status=status)
    _may_play(lambda _: response)(request)
    return response


def result_context(request: HtmxRequest, page: ResultPage, **more: object) -> dict[str, object]:
    """For the page or a part of it. feedback: None unless it is the result of a practice."""
    feedback = None
    if page.attempt.is_practice:
        asked = page.answers[0].version.question_id
        feedback = read_feedback(page.attempt, asked, page.now, interview_on(request))
    return {"result": page, "feedback": feedback, **more}
