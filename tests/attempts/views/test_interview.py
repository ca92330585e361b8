import pytest
from django.test import Client

from attempts.chat_engine.server import Server
from attempts.models import Answer, Attempt
from attempts.rules.totals import WHAT_ASKED_IS_WORTH
from attempts.views.home.interviews import interview_choices
from questions.models import Interview, Question, Slot, Timing
from tests.factories import InterviewFactory, interview_of, published_question
from tests.plain_browser import begin, pass_time, visit

pytestmark = pytest.mark.django_db

TOTAL, EACH = Timing.TOTAL.value, Timing.PER_QUESTION.value


def test_a_running_attempt_stands_above_with_the_time_left(client):
    attempt = begin(client, interview_of(2, timing=TOTAL, name="Mine"))
    pass_time(attempt.pk, 59)
    for address in ("/", "/attempts/", attempt.interview.get_absolute_url()):
        page = visit(client, address)
        assert "Mine, question 1 of 2, about 2 min left" in page.words
        assert page.link("Resume") == attempt.get_absolute_url()
    assert "Start interview" not in [button.name for button in page.buttons]


def test_time_that_is_up_is_noticed_on_the_way(client):
    attempt = begin(client, interview_of(2, timing=TOTAL, name="Mine"))
    pass_time(attempt.pk, 1000)
    assert "Interview in progress" not in visit(client, "/").words
    assert Attempt.objects.get().state == "expired"


def test_before_the_start_the_page_tells_what_is_coming(client):
    total = visit(client, interview_of(3, timing=TOTAL, seconds=600).get_absolute_url()).words
    assert "3 open questions" in total
    assert "One clock for all: 10 min" in total
    each = visit(client, interview_of(1, seconds_each=90).get_absolute_url()).words
    assert "1 open question." in each
    assert "Per-question timing: 1 min 30 s each, 1 min 30 s in all" in each


@pytest.mark.parametrize(
    ("follow_ups", "words"),
    [
        (1, ["5 min in all", "Up to 1 follow-up to each question, 1 min each."]),
        (2, ["3 to 9 min in all", "Up to 2 follow-ups to each question, 1 min each."]),
    ],
)
def test_before_the_start_the_page_tells_how_long_follow_ups_can_make_it(client, follow_ups, words):
    seconds = {1: 40, 2: 60}[follow_ups]
    interview = interview_of(3, seconds_each=seconds, follow_ups=follow_ups)
    page = visit(client, interview.get_absolute_url())
    for said in words:
        assert said in page.words


def test_time_to_think_is_in_the_time_in_all_as_on_the_home_page(client):
    interview = interview_of(
        4, seconds_each=420, think_seconds=30, follow_ups=2, follow_up_seconds=90
    )
    page = visit(client, interview.get_absolute_url())
    (choice,) = interview_choices()
    assert f"7 min each and 30 s to think before, {choice.length} in all" in page.words
    assert choice.length == "30 to 42 min"


def test_time_to_think_is_in_the_one_clock_for_all(client):
    interview = interview_of(2, timing=TOTAL, seconds=600, think_seconds=30)
    assert "One clock for all: 11 min." in visit(client, interview.get_absolute_url()).words
    assert begin(client, interview).limit.total_seconds() == 660


def test_what_is_made_when_asked_is_worth_is_said_before_the_start(client):
    interview = interview_of(1, seconds_each=60, follow_ups=1)
    assert WHAT_ASKED_IS_WORTH in visit(client, interview.get_absolute_url()).words


def test_without_follow_ups_the_page_says_nothing_of_them(client):
    assert "follow-up" not in visit(client, interview_of(3).get_absolute_url()).words


def test_the_page_says_that_unseen_questions_come_first_only_where_some_are_drawn(client):
    fixed, drawn = interview_of(1), InterviewFactory(timing=EACH)
    Slot.objects.create(interview=drawn, position=1)
    for interview, is_drawn in ((fixed, False), (drawn, True)):
        page = visit(client, interview.get_absolute_url())
        assert page.response.context["is_drawn"] is is_drawn
        assert ("not seen first" in page.words) is is_drawn


@pytest.mark.parametrize("slug", ["nothing", "x" * 300])
def test_an_unknown_interview_is_a_helpful_404(client, slug):
    page = visit(client, f"/interviews/{slug}/")
    assert page.status == 404
    assert "This page does not exist" in page.heading
    assert page.link("All interviews") == "/"


def test_an_interview_switched_off_is_a_404(client):
    off = interview_of(2, is_active=False)
    assert client.get(off.get_absolute_url()).status_code == 404
    assert client.post(off.get_absolute_url()).status_code == 404
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("made", ["without slots", "too few", "retired"])
def test_an_interview_that_cannot_be_filled_says_so_and_starts_nothing(client, made):
    interview = interview_of(1) if made == "retired" else InterviewFactory(timing=EACH)
    if made == "too few":
        published_question()
        Slot.objects.create(interview=interview, position=1, count=3)
    Question.objects.filter(slot__isnull=False).update(status="retired")
    for response in (
        client.get(interview.get_absolute_url()),
        client.post(interview.get_absolute_url()),
    ):
        assert response.status_code == 409
        assert response.context["missing"] == (2 if made == "too few" else 1)
        assert "Start interview" not in response.content.decode()
    assert not Attempt.objects.exists()
    assert visit(client, "/").status == 200


def test_the_start_leads_to_the_room_by_a_redirect(client):
    response = client.post(interview_of(2).get_absolute_url())
    attempt = Attempt.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, f"/attempts/{attempt.pk}/")
    assert attempt.user is None
    assert len(attempt.guest_key) == 43


def test_a_second_start_leads_to_the_running_attempt(client):
    interview = interview_of(2)
    page = visit(client, interview.get_absolute_url())
    first = page.press("Start interview")
    assert page.press("Start interview").address == first.address
    other = client.post(interview_of(2).get_absolute_url())
    assert other.headers["Location"] == first.address
    assert Attempt.objects.count() == 1


def test_how_the_clock_is_wanted(client):
    interview = interview_of(2, timing=TOTAL, seconds_each=60)
    attempt = begin(client, interview, time_factor="2", think_seconds="30", at_deadline="overtime")
    assert (attempt.time_factor, attempt.think_seconds, attempt.at_deadline) == (2, 30, "overtime")
    assert attempt.limit.total_seconds() == 2 * (120 + 2 * 30)


@pytest.mark.parametrize(
    ("timing", "label"),
    [
        (TOTAL, "Extra time to think, for each question It is added to the one clock for all."),
        (EACH, "Thinking time before each answer"),
    ],
)
def test_what_thinking_time_does_is_in_its_name(client, timing, label):
    page = visit(client, interview_of(2, timing=timing).get_absolute_url())
    assert label in page.words
    assert page.words.count(" think") == label.count(" think")


def test_the_pace_is_remembered_for_the_next_time(client):
    interview = interview_of(2, timing=TOTAL)
    attempt = begin(client, interview, time_factor="1.5", at_deadline="overtime")
    client.post(f"/attempts/{attempt.pk}/discard/")
    again = begin(client, interview)
    assert (str(again.time_factor), again.at_deadline) == ("1.50", "overtime")


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_factor": "0"},
        {"time_factor": "11"},
        {"time_factor": "9" * 400},
        {"time_factor": "\0"},
        {"think_seconds": "-1"},
        {"think_seconds": "9" * 400},
        {"at_deadline": "never"},
    ],
)
def test_a_pace_that_is_not_on_offer_is_refused_with_the_form(client, wrong):
    response = client.post(interview_of(2).get_absolute_url(), wrong)
    assert response.status_code < 500
    assert "Select a valid choice" in response.content.decode()
    assert not Attempt.objects.exists()


def drawing_one_of(topic=None) -> Interview:
    drawn = InterviewFactory(timing=TOTAL, seconds=600)
    Slot.objects.create(interview=drawn, position=1, topic=topic)
    return drawn


def with_a_weak_question(client) -> Question:
    """The client has left a question blank; another one was never asked."""
    attempt = begin(client, interview_of(1, timing=TOTAL))
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    published_question()
    return attempt.answers.get().version.question


def asked(attempt) -> Question:
    return attempt.answers.get().version.question


@pytest.mark.parametrize(("prefer", "is_weak"), [({}, False), ({"prefer": "weak"}, True)])
def test_whoever_has_weak_questions_may_have_them_first(client, prefer, is_weak):
    weak = with_a_weak_question(client)
    page = visit(client, drawing_one_of().get_absolute_url())
    assert page.response.context["drawing"].is_offered
    assert "You have 1 of them here" in page.words
    attempt = page.press("Start interview", **prefer).response.context["room"].attempt
    assert (asked(attempt) == weak) is is_weak


def test_the_choice_is_not_remembered(client):
    with_a_weak_question(client)
    interview = drawing_one_of()
    attempt = begin(client, interview, prefer=["weak"])
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    _, sent = visit(client, interview.get_absolute_url()).data("Start interview")
    assert sent["prefer"] == ["unseen"]


def test_nobody_else_is_offered_weak_questions(client):
    weak = with_a_weak_question(client)
    drawn, elsewhere = drawing_one_of(), drawing_one_of(published_question().topic)
    alone, fixed = drawing_one_of(weak.topic), interview_of(1)
    Slot.objects.create(interview=fixed, position=2, topic=published_question().topic)
    stranger = Client()
    for browser, interview in [
        (stranger, drawn),
        (client, elsewhere),  # none of them is weak
        (client, alone),  # it asks all that there is
        (client, fixed),
    ]:
        response = browser.get(interview.get_absolute_url())
        assert not response.context["drawing"].is_offered
        assert b'name="prefer"' not in response.content


def test_a_fixed_question_is_not_counted_among_those_drawn(client):
    weak = with_a_weak_question(client)
    both = drawing_one_of()
    Slot.objects.create(interview=both, position=2, question=weak)
    published_question()
    assert not client.get(both.get_absolute_url()).context["drawing"].is_offered


def test_another_preference_than_those_on_offer_is_refused(client):
    with_a_weak_question(client)
    before = Attempt.objects.count()
    for address in (drawing_one_of().get_absolute_url(), interview_of(1).get_absolute_url()):
        page = client.post(address, {"prefer": "any"}).content.decode()
        assert "Select a valid choice" in page
    assert Attempt.objects.count() == before


def test_looking_does_not_draw(client):
    interview = interview_of(2)
    for _ in range(2):
        client.get(interview.get_absolute_url())
    assert not Answer.objects.exists()
    assert not client.session.keys()


def test_the_interview_may_go_while_an_attempt_runs(client):
    attempt = begin(client, interview_of(2, timing=TOTAL, name="Gone soon"))
    Interview.objects.all().delete()
    page = visit(client, "/attempts/")
    assert "Gone soon, question 1 of 2" in page.words
    page = visit(client, attempt.get_absolute_url())
    page = page.press("Finish interview", text="Mine.").press("Finish interview")
    assert page.status == 200
    assert "Gone soon" in page.words
    assert "Take this interview again" not in page.words


def test_before_the_start_the_page_tells_where_answers_are_sent(client, settings):
    address = interview_of(1).get_absolute_url()
    assert "sent to" not in visit(client, address).words
    settings.SCORER = Server("https://models.example.org/v1/chat/completions", "org/gemma3:4b")
    words = visit(client, address).words
    assert "models.example.org" in words
    assert "gemma3:4b" in words
