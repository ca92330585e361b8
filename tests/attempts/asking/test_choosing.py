"""Which follow-up comes after a text, with the engine that reads it."""

import pytest

from attempts import scoring
from attempts.asking import scorer
from attempts.marking.suggesting import suggestion_for
from attempts.models import Answer, ClosedBy
from attempts.scoring_process.process import Patience, ScoringProcess
from tests.attempts.asking.candidates import asking_interview, start_asking
from tests.attempts.asking.questions import FOLLOW_UPS, GERMAN, SECOND, THIN, WELL
from tests.attempts.candidate import a_guest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def a_process_that_is_ready():
    scorer.process().get_ready({"key_points": [], "model_answer": "", "phrasings": [], "said": []})
    yield
    scorer.process().stop()


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """The machine of the tests does much else at the same time."""
    monkeypatch.setattr(scorer, "WAIT_SECONDS", 30)


def test_a_thin_answer_is_asked_for_the_first_point_that_is_missing():
    candidate = start_asking()
    candidate.submit_read(1, THIN, at=20)
    assert candidate.asked == [FOLLOW_UPS[1]]


def test_a_good_answer_is_asked_nothing():
    candidate = start_asking()
    candidate.submit_read(1, WELL, at=20)
    assert (candidate.asked, candidate.open_positions) == ([], [3])


@pytest.mark.parametrize(
    ("what", "text"),
    [("nothing", ""), ("white space", " \n"), ("another language", GERMAN)],
)
def test_nothing_is_asked_about(what, text):
    candidate = start_asking()
    assert candidate.chosen(1, text, at=20) is None


def test_the_second_follow_up_knows_what_the_first_was_answered():
    candidate = start_asking(asking_interview(most=2))
    candidate.submit_read(1, THIN, at=20)
    candidate.submit_read(2, SECOND, at=30)
    assert candidate.asked == FOLLOW_UPS[1:]
    assert candidate.open_positions == [3]


def test_what_the_first_follow_up_brought_in_passing_is_not_asked_for():
    candidate = start_asking(asking_interview(most=2))
    candidate.submit_read(1, THIN, at=20)
    candidate.submit_read(2, WELL, at=30)
    assert (candidate.asked, candidate.open_positions) == (FOLLOW_UPS[1:2], [4])


def test_after_an_answer_in_another_language_nothing_more_is_asked():
    candidate = start_asking(asking_interview(most=2))
    candidate.submit_read(1, THIN, at=20)
    candidate.submit_read(2, GERMAN, at=30)
    assert (candidate.asked, candidate.open_positions) == (FOLLOW_UPS[1:2], [4])


def test_what_nobody_has_read_yet_is_read_again():
    """As where a model's server finds the points, and the process of the server does not."""
    candidate = start_asking(asking_interview(most=2))
    candidate.submit_read(1, THIN, at=20)
    Answer.objects.filter(attempt=candidate.pk).update(
        engine="", suggested=None, evidence=None, share=None
    )
    assert candidate.chosen(2, SECOND, at=30).point == 2


def test_the_same_text_is_asked_the_same():
    points = {start_asking().chosen(1, THIN, at=20).point}
    candidate = start_asking()
    points |= {candidate.chosen(1, THIN, at=at).point for at in (1, 30, 100)}
    assert points == {1}


# --- what is read ---------------------------------------------------------------------------


def test_what_was_found_is_stored_as_the_answers_suggestion():
    candidate = start_asking()
    candidate.submit_read(1, THIN, at=20)

    answer = candidate.answer(1)
    assert answer.engine == scoring.engine_name()
    here = suggestion_for(answer)
    assert (answer.suggested, answer.evidence) == (here.covered, here.evidence)


def test_where_a_models_server_is_asked_first_nothing_is_stored(settings):
    settings.SCORER = object()
    candidate = start_asking()
    candidate.submit_read(1, THIN, at=20)
    assert candidate.asked == [FOLLOW_UPS[1]]
    assert candidate.answer(1).engine == ""


def test_the_stored_text_is_read_where_it_is_newer_than_the_one_that_is_sent():
    candidate = start_asking()
    candidate.save(1, WELL, at=5, sequence=9)
    candidate.submit_read(1, THIN, at=6, sequence=8)
    assert (candidate.answer(1).text, candidate.asked) == (WELL, [])
    assert candidate.answer(1).engine == scoring.engine_name()


def test_two_texts_to_choose_from_are_not_read():
    candidate = start_asking()
    candidate.save(1, WELL, at=5)
    assert candidate.chosen(1, THIN, at=6, writer="writer-2") is None


def test_a_text_that_changed_meanwhile_is_asked_about_by_nobody():
    candidate = start_asking()
    follow_up = candidate.chosen(1, THIN, at=20)
    candidate.save(1, THIN + " And more.", at=21, sequence=5)
    candidate.submit(1, THIN, at=22, sequence=2, follow_up=follow_up)
    assert (candidate.asked, candidate.open_positions) == ([], [3])


# --- where nothing is read ------------------------------------------------------------------


def test_a_stranger_learns_nothing():
    candidate = start_asking()
    candidate.owner = a_guest()
    assert candidate.chosen(1, THIN, at=20) is None


@pytest.mark.parametrize(
    ("what", "how"),
    [
        ("an interview without follow-ups", {"most": 0}),
        ("a question without any", {"follow_ups": []}),
        ("a question whose follow-ups are empty", {"follow_ups": ["", "", ""]}),
    ],
)
def test_nothing_is_read_for(what, how):
    candidate = start_asking(asking_interview(**how))
    assert candidate.chosen(1, THIN, at=20) is None


def test_nothing_is_read_of_an_answer_that_is_not_open():
    candidate = start_asking()
    assert candidate.chosen(3, THIN, at=20) is None, "it waits"
    assert candidate.chosen(9, THIN, at=20) is None, "there is none"
    candidate.skip(1, THIN, at=20)
    assert candidate.chosen(1, THIN, at=21) is None, "it was skipped"
    assert candidate.answer(1).closed_by == ClosedBy.SKIPPED


def test_nothing_is_read_after_the_bell():
    candidate = start_asking()
    assert candidate.chosen(1, THIN, at=180) is None


def test_without_the_engines_weights_nothing_is_asked(monkeypatch, tmp_path):
    monkeypatch.setenv("SCORING_WEIGHTS_DIR", str(tmp_path))
    candidate = start_asking()
    candidate.submit_read(1, THIN, at=20)
    assert (candidate.asked, candidate.open_positions) == ([], [3])


def test_with_weights_that_are_not_the_right_ones_nothing_is_asked(monkeypatch, tmp_path):
    for name in ("model.safetensors", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    monkeypatch.setenv("SCORING_WEIGHTS_DIR", str(tmp_path))
    monkeypatch.setattr(scorer, "_process", ScoringProcess())
    candidate = start_asking()
    try:
        candidate.submit_read(1, THIN, at=20)
    finally:
        scorer.process().stop()
    assert (candidate.asked, candidate.open_positions) == ([], [3])


@pytest.mark.parametrize("stand_in", ["hanging", "broken", "babbling"])
def test_with_a_process_that_does_not_work_the_interview_goes_on(monkeypatch, stand_in):
    module = f"tests.attempts.scoring_process.stand_ins.{stand_in}"
    broken = ScoringProcess(module, Patience(starts=1, answers=1))
    monkeypatch.setattr(scorer, "_process", broken)
    monkeypatch.setattr(scorer, "WAIT_SECONDS", 0.5)
    candidate = start_asking()
    try:
        candidate.submit_read(1, THIN, at=20)
    finally:
        broken.stop()
    assert (candidate.asked, candidate.open_positions) == ([], [3])
    assert candidate.answer(1).text == THIN
