"""How often follow-ups were asked and helped; all other numbers are about questions."""

import pytest

from attempts import transitions
from attempts.models import Answer, CountedAnswer, QuestionStatistics
from attempts.statistics.compute import refresh
from attempts.statistics.rules import ENOUGH_ANSWERS, RULES, rows_with_reasons
from questions.bank import versions
from tests.attempts.candidate import after
from tests.attempts.follow_ups import (
    ASKED,
    POINTS,
    attempt_with_room,
    follow_up,
    marks,
    question,
)
from tests.attempts.statistics.answers import refreshed
from tests.attempts.statistics.test_incremental import check_that_everything_gives_the_same
from tests.factories import START, published_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return published_question(key_points=POINTS, follow_ups=ASKED).current_version


def asked(version, made="1000", when_asked="0100", *, point=1, **fields) -> Answer:
    answer = question(attempt_with_room(), made, version=version)
    follow_up(answer, when_asked, point=point, **fields)
    return answer


def test_each_follow_up_has_how_often_it_was_asked_and_helped(version):
    asked(version)
    asked(version, when_asked="0000")
    asked(version, when_asked="")
    asked(version, when_asked="0001", point=3)
    asked(version, made="0100", when_asked="0100")  # the question made it: it was not needed
    for row in (refreshed(version), refreshed(version, together=True)):
        assert row.follow_ups_asked == [0, 4, 0, 1]
        assert row.follow_ups_helped == [0, 1, 0, 1]
        assert row.most_in_vain is None


def test_a_point_made_in_the_answer_to_another_follow_up_helps_that_one_not(version):
    answer = asked(version, when_asked="0000", point=1)
    follow_up(answer, "0100", point=3)
    row = refreshed(version)
    assert (row.follow_ups_asked, row.follow_ups_helped) == ([0, 1, 0, 1], [0, 0, 0, 0])
    assert row.most_in_vain == 1


def test_what_the_candidate_says_counts(version):
    answer = asked(version, when_asked="0000")
    transitions.mark(answer.attempt.owner, answer.attempt_id, 1, marks("1000"), marks("0100"),
                     now=after(900))  # fmt: skip
    assert refreshed(version).follow_ups_helped == [0, 1, 0, 0]
    transitions.mark(answer.attempt.owner, answer.attempt_id, 1, marks("1100"), marks("0000"),
                     now=after(900))  # fmt: skip
    assert refreshed(version).follow_ups_helped == [0, 0, 0, 0]


def test_follow_ups_are_in_no_other_number(version):
    asked(version, when_asked="0100")
    alone = refreshed(version)
    other = published_question(key_points=POINTS, follow_ups=ASKED).current_version
    question(attempt_with_room(), "1000", version=other)
    without = refreshed(other)
    for name in ("asked", "reached", "scored", "median_seconds", "skip_rate", "time_out_rate",
                 "ticked", "miss_rates", "paired"):  # fmt: skip
        assert getattr(alone, name) == getattr(without, name), name
    assert CountedAnswer.objects.count() == 2


def test_suggestions_for_follow_ups_are_no_checked_answers_to_the_question(version):
    answer = asked(version)
    transitions.confirm(answer.attempt.owner, answer.attempt_id, now=after(900))
    row = refreshed(version)
    assert row.checked_answers == [1, 1, 1, 1]
    assert sum(version.question.checked_suggestions.values_list("answers", flat=True)) == 1


def test_practice_and_what_is_not_finished_do_not_count(version):
    running, discarded = asked(version), asked(version)
    for answer, state in ((running, "running"), (discarded, "discarded")):
        fields = {"state": state, "finish_reason": ""}
        if state == "running":
            fields["finished_at"] = None
        type(answer.attempt).objects.filter(pk=answer.attempt_id).update(**fields)
    asked(version)
    assert refreshed(version).follow_ups_asked == [0, 1, 0, 0]


CHANGES = {
    "a tick": lambda a: a.follow_ups.update(confirmed=[False] * 4),
    "a tick of the question": lambda a: Answer.objects.filter(pk=a.pk).update(
        confirmed=[True, True, False, False]
    ),
    "another suggestion": lambda a: a.follow_ups.update(suggested=[False] * 4, engine="test-2"),
    "one more": lambda a: follow_up(a, "0001", point=3),
    "one is gone": lambda a: a.follow_ups.all().delete(),
    "never opened": lambda a: a.follow_ups.update(opened_at=None),
    "all is gone": lambda a: a.attempt.delete(),
    "nothing": lambda a: None,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_any_change_the_numbers_are_those_of_all_answers(version, change):
    answer = asked(version)
    asked(version, when_asked="0000")
    refresh(now=START)
    change(answer)
    check_that_everything_gives_the_same()


def test_a_new_version_has_follow_ups_of_its_own(version):
    asked(version)
    refreshed(version)
    texts = {"prompt": version.prompt, "answer": "", "how_to_answer": "", "example_answer": ""}
    points = {**texts, "key_points": POINTS[:2], "follow_ups": ["", "New?"]}
    new = versions.save_texts(version.question, points, change_kind="material", change_note="",
                              author=None, now=START)  # fmt: skip
    refresh(now=START)
    together = QuestionStatistics.objects.get(question=version.question, version=None)
    assert together.points_version_id != version.pk
    assert new is not None
    assert together.follow_ups_asked == []
    assert QuestionStatistics.objects.get(version=version).follow_ups_asked == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("times", "helps", "stands_out"),
    [(ENOUGH_ANSWERS, 0, True), (ENOUGH_ANSWERS, 1, False), (ENOUGH_ANSWERS - 1, 0, False)],
)
def test_one_that_is_asked_often_and_helps_never_stands_out(version, times, helps, stands_out):
    for number in range(times):
        asked(version, when_asked="0100" if number < helps else "0000")
    row = refreshed(version)
    assert row.most_in_vain == (None if helps else times)
    (found,) = rows_with_reasons("version", []).filter(pk=row.pk)
    assert found.asks_in_vain == stands_out
    assert "asks_in_vain" in {rule.name for rule in RULES}
