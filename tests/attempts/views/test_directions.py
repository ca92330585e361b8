"""A text in Hebrew or Arabic is shown in its own direction, wherever a person's text is shown."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest

from attempts.models import Answer
from questions.models import Timing
from tests.attempts.said import said
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    UserFactory,
    interview_of,
    published_question,
)
from tests.plain_browser import HTMX, VOID, begin, logged_in, visit

pytestmark = pytest.mark.django_db

HEBREW = "כל שינוי נרשם"


class Directions(HTMLParser):
    """Texts in Hebrew whose direction is that of the English page."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[tuple[str, bool]] = []
        self.seen = 0
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        own = tag == "bdi" or dict(attrs).get("dir") == "auto"
        if tag not in VOID:
            self.path.append((tag, own or (bool(self.path) and self.path[-1][1])))

    def handle_endtag(self, tag):
        while self.path and self.path.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if HEBREW not in data or not self.path:
            return
        self.seen += 1
        if not self.path[-1][1] and self.path[-1][0] not in ("title", "option", "a"):
            self.wrong.append(" ".join([*(tag for tag, _ in self.path[-4:]), data.strip()]))


def wrong_in(html: str, *, at_least: int = 1) -> list[str]:
    directions = Directions()
    directions.feed(html)
    assert directions.seen >= at_least, directions.seen
    return directions.wrong


def answer_in_hebrew(**attempt) -> Answer:
    """An answer with everything that people wrote about it, all in Hebrew."""
    texts = dict.fromkeys(("prompt", "answer", "how_to_answer", "example_answer"), HEBREW)
    points = [f"{HEBREW} {number}" for number in range(4)]
    version = published_question(key_points=points, **texts).current_version
    attempt = AttemptFactory(finished=True, at_deadline="overtime", **attempt)
    shown = [(0.9, HEBREW, None), (0.4, HEBREW, None), (0.5, HEBREW, HEBREW), (0, None, None)]
    answer = AnswerFactory(
        attempt=attempt, version=version, position=1, text=f"{HEBREW}.\n{HEBREW} 2.", closed=True,
        engine="test-1", suggested=[True, False, False, False], share="0.5", counted=[True] * 4,
        evidence=[{"confidence": c, "text": t, "opposite": o} for c, t, o in shown],
        confirmed=[True, False, False, True], text_at_deadline=f"{HEBREW} then",
        regraded_at=START, regrade_note=HEBREW,
    )  # fmt: skip
    answer.kept_texts.create(source="late", writer="w", text=HEBREW, kept_at=START)
    answer.said_here.create(
        question=version.question, point=3, key_point=points[3], words=HEBREW, created_at=START
    )
    answer.reports.create(
        reason="wrong", text=HEBREW, reported_at=START, status="declined", reply=HEBREW,
        handled_at=START,
    )  # fmt: skip
    answer.reports.create(reason="wrong", text=HEBREW, reported_at=START)
    attempt.added_times.create(
        amount=timedelta(minutes=5), reason="staff", note=HEBREW, added_at=START
    )
    return answer


def test_a_result():
    answer = answer_in_hebrew()
    page = visit(logged_in(answer.attempt.user), answer.attempt.get_absolute_url())
    assert wrong_in(page.html, at_least=20) == []


def test_what_a_tick_and_shown_words_bring():
    answer = answer_in_hebrew()
    client, address = logged_in(answer.attempt.user), answer.attempt.get_absolute_url()
    for path, data in (
        ("1/", {"points": ["3"]}),
        ("1/said/3/", {"points": ["3"], "words": HEBREW}),
        ("1/said/3/", {"points": ["3"], "words": "not there"}),
    ):
        html = client.post(f"{address}{path}", data, headers=HTMX).content.decode()
        assert wrong_in(html) == []


def test_a_report_that_is_refused():
    answer = answer_in_hebrew()
    answer.reports.all().delete()
    client = logged_in(answer.attempt.user)
    address = f"{answer.attempt.get_absolute_url()}1/report/"
    data = {"reason": "wrong", "text": HEBREW * 400}
    for headers in (None, HTMX):
        assert wrong_in(client.post(address, data, headers=headers).content.decode()) == []


def test_a_text_that_is_given_back(client):
    address = f"{answer_in_hebrew().attempt.get_absolute_url()}1/report/"
    assert wrong_in(client.post(address, {"text": HEBREW}).content.decode()) == []


def test_a_text_that_was_saved_elsewhere(client):
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    there.press("Flag", text=HEBREW)
    page = here.press("Submit answer", text="Mine.")
    assert page.status == 409
    wrong = [line for line in wrong_in(page.html) if "textarea" not in line]
    assert wrong == []


def test_the_admin():
    answer = answer_in_hebrew()
    said(answer.version.question, HEBREW, point=3)
    client = logged_in(UserFactory(is_staff=True, is_superuser=True))
    open_report, decided = answer.reports.order_by("-handled_at")
    for path in (
        f"attempts/answer/{answer.pk}/change/",
        f"attempts/attempt/{answer.attempt_id}/change/",
        f"attempts/report/{open_report.pk}/change/",
        f"attempts/report/{decided.pk}/change/",
        "attempts/report/",
    ):
        html = client.get(f"/admin/{path}").content.decode()
        assert wrong_in(html) == [], path
    html = client.get(f"/admin/questions/question/{answer.version.question_id}/words/")
    assert [line for line in wrong_in(html.content.decode()) if " q " in line] == []
