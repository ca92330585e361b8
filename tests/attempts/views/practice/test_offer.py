"""After a practised question a follow-up is on offer, before its feedback shows the points."""

import pytest

from attempts.asking import scorer
from attempts.models import Answer, Attempt
from attempts.rules.lifecycle import State
from tests.attempts.asking.questions import FOLLOW_UPS, THIN, WELL, asking_question
from tests.attempts.scoring_process.tasks import POINTS
from tests.attempts.views.practice.steps import WHO, owner_of, practise
from tests.factories import UserFactory, interview_of
from tests.plain_browser import begin, logged_in, pass_time, visit

pytestmark = pytest.mark.django_db
ANYBODY = pytest.mark.parametrize("who", WHO)


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """The machine of the tests does much else at the same time."""
    monkeypatch.setattr(scorer, "WAIT_SECONDS", 30)


def practised(client, text: str = THIN):
    """The page after a practised question was submitted."""
    question = asking_question()
    return practise(client, "question", question=question.pk).press("Submit answer", text=text)


def only() -> Attempt:
    return Attempt.objects.exclude(practice=None).get()


def buttons(page) -> list[str]:
    return [button.name for button in page.buttons]


def is_feedback(page) -> bool:
    return "feedback" in (page.response.context or {})


@ANYBODY
def test_the_follow_up_is_offered_answered_and_then_there_is_feedback(who):
    client = WHO[who]()
    owner_of(client)
    page = practised(client)
    assert "There is a follow-up, with a clock of its own: 1 min." in page.words
    assert only().state == State.SUBMITTED

    page = page.press("Answer it")
    assert (page.heading, "A follow-up:" in page.words) == (FOLLOW_UPS[1], True)
    page = page.press("Submit answer", text="We go back to the old one.")

    assert page.address == f"/attempts/{only().pk}/review/"
    assert is_feedback(page)
    assert POINTS[1] in page.words


def test_without_a_clock_nothing_is_said_of_one(client):
    question = asking_question()
    page = practise(client, "question", question=question.pk, clock="0")
    page = page.press("Submit answer", text=THIN)
    assert "There is a follow-up." in page.words
    assert "clock" not in page.words
    page = page.press("Answer it")
    assert "A follow-up:" in page.words
    assert "a clock of its own" not in page.words


def test_it_can_be_declined(client):
    page = practised(client).press("Go to the feedback")
    assert is_feedback(page)
    assert Answer.objects.count() == 1
    assert is_feedback(visit(client, page.address)), "and stays so"


def test_a_good_answer_leads_to_the_feedback_at_once(client):
    assert is_feedback(practised(client, WELL))


def test_nothing_on_the_way_tells_the_points_or_what_is_asked(client):
    page = practised(client)
    for secret in [*POINTS, *filter(None, FOLLOW_UPS)]:
        assert secret not in page.html
    assert not is_feedback(visit(client, page.address)), "the address of the feedback offers it"


def test_second_presses_and_a_second_tab_are_harmless(client):
    first = practised(client)
    second = visit(client, first.address)
    room = first.press("Answer it")
    for again in (first, second):
        assert again.press("Answer it").heading == room.heading
    assert second.press("Go to the feedback").heading == room.heading, "it runs"
    assert Answer.objects.count() == 2

    room.press("Skip")

    for button in ("Answer it", "Go to the feedback"):
        assert is_feedback(second.press(button))
    assert Answer.objects.count() == 2


def test_a_declined_offer_cannot_be_taken_in_another_tab(client):
    first = practised(client)
    second = visit(client, first.address)
    first.press("Go to the feedback")
    assert is_feedback(second.press("Answer it"))
    assert only().state == State.SUBMITTED


def test_the_bell_of_the_follow_up_leads_to_the_feedback(client):
    page = practised(client).press("Answer it")
    pass_time(only().pk, 61)
    assert is_feedback(visit(client, page.address))
    assert only().state == State.EXPIRED


def test_while_something_else_runs_it_waits(client):
    page = practised(client)
    other = begin(client, interview_of(2))
    waiting = visit(client, page.address)
    assert buttons(waiting)[-1] == "Go to the feedback"
    assert "Answer it" not in buttons(waiting)
    page = page.press("Answer it")
    assert page.address == other.get_absolute_url()
    assert Answer.objects.get(attempt=only()).offered_point == 1


def test_a_stranger_has_no_offer(client):
    page = practised(client)
    stranger = logged_in(UserFactory())
    for part in ("follow-up/", "follow-up/decline/"):
        address = f"/attempts/{only().pk}/{part}"
        assert stranger.post(address).status_code == 404
        assert client.get(address).status_code == 405
    assert "Answer it" in buttons(visit(client, page.address))
