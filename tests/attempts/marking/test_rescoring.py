"""Suggesting again with today's engine: what would change, and what then changes."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from attempts import scoring, transitions
from attempts.marking.rescoring import Effect, apply, effect_on, suggestion_changes
from attempts.marking.suggesting import suggestion_for
from attempts.models import Answer
from attempts.transitions import staff
from tests.attempts.follow_ups import asked_back
from tests.attempts.marking.answers import POINTS, TEXT, answered, owner_of, suggestion
from tests.factories import START, AnswerFactory, AttemptFactory, VersionFactory

pytestmark = pytest.mark.django_db


def test_rescore_lists_what_would_change_and_changes_it_only_when_told():
    answer = answered()
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True], "old-1"))
    out = StringIO()
    call_command("rescore", "--dry-run", stdout=out)
    assert "100 % -> 50 %" in out.getvalue()
    assert "1 suggestion would change" in out.getvalue()
    answer.refresh_from_db()
    assert answer.engine == "old-1"

    call_command("rescore", stdout=StringIO())
    answer.refresh_from_db()
    assert (answer.engine, answer.suggested) == (scoring.engine_name(), [True, False])
    assert list(suggestion_changes([answer])) == []


def test_rescore_counts_only_the_points_that_a_regrade_left():
    answer = answered()
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True], "old-1"))
    staff.regrade(
        answer.attempt_id, answer.position, [False, True],
        instead_of=Decimal(1), why="It was wrong.", now=answer.attempt.finished_at,
    )  # fmt: skip
    answer.refresh_from_db()
    (change,) = suggestion_changes([answer])
    assert (change.before, change.after) == (1, 0)
    apply(change)
    answer.refresh_from_db()
    assert (answer.suggested, answer.share) == ([True, False], 0)


def test_rescore_keeps_to_one_attempt_when_told():
    answers = [answered(), answered()]
    for answer in answers:
        transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True], "old-1"))
    call_command("rescore", "--attempt", str(answers[0].attempt_id), stdout=StringIO())
    engines = [Answer.objects.get(pk=answer.pk).engine for answer in answers]
    assert engines == [scoring.engine_name(), "old-1"]


@pytest.mark.parametrize("number", [1, 3])
def test_rescore_reads_all_answers_with_their_phrasings_in_one_query(
    number, django_assert_num_queries
):
    for _ in range(number):
        answered()
    with django_assert_num_queries(2):  # and one that finds no further batch
        call_command("rescore", "--dry-run", stdout=StringIO())


def test_rescore_refuses_what_is_no_id_of_an_attempt():
    with pytest.raises(CommandError, match="--attempt"):
        call_command("rescore", "--attempt", "nonsense", stdout=StringIO())


def test_where_the_candidate_ticked_the_suggestion_changes_and_the_score_stays():
    answer = answered()
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True], "old-1"))
    transitions.mark(owner_of(answer), answer.attempt_id, answer.position, [True, True], now=START)
    answer.refresh_from_db()
    (change,) = suggestion_changes([answer])
    assert (change.before, change.after, change.changes_score) == (1, Decimal("0.5"), False)
    assert apply(change)
    answer.refresh_from_db()
    assert (answer.suggested, answer.share) == ([True, False], 1)


def test_what_seems_to_say_the_opposite_now_is_a_change_although_the_share_stays():
    answer = answered()
    call_command("rescore", stdout=StringIO())
    answer.refresh_from_db()
    assert list(suggestion_changes([answer])) == []
    now = suggestion_for(answer)
    lacking = now.covered.index(False)
    now.evidence[lacking] = {"confidence": 0.3, "text": "I like tea.", "opposite": "It is tea."}
    transitions.store_suggestion(answer.pk, answer.revision, now)
    answer.refresh_from_db()
    (change,) = suggestion_changes([answer])
    assert change.before == change.after
    assert apply(change)
    answer.refresh_from_db()
    assert answer.evidence[lacking]["opposite"] is None


# --- what phrasings would change ----------------------------------------------------------------


def suggested(version, covered) -> Answer:
    """An answer to a version for which this was suggested."""
    attempt = AttemptFactory(finished=True)
    answer = AnswerFactory(attempt=attempt, version=version, text=TEXT, closed=True)
    transitions.store_suggestion(answer.pk, answer.revision, suggestion(covered, "old-1"))
    return answer


def test_the_effect_counts_suggestions_that_would_change_to_any_version():
    answer = answered()
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, False], "old-1"))
    version, question = answer.version, answer.version.question
    suggested(version, [True, True])
    suggested(VersionFactory(question=question, number=2, key_points=POINTS), [False, False])
    answered()  # to another question
    AnswerFactory(attempt=AttemptFactory(), version=version, text=TEXT)  # without a suggestion
    assert effect_on(question) == Effect(checked=3, changed=2, is_all=True)
    assert Answer.objects.filter(engine="old-1").count() == 3


@pytest.mark.parametrize("number", [1, 3])
def test_the_effect_is_found_with_one_query(number, django_assert_num_queries):
    version = answered().version
    for _ in range(number):
        suggested(version, [True, True])
    with django_assert_num_queries(1):
        assert effect_on(version.question).checked == number


def test_the_effect_looks_at_the_newest_and_at_no_more_than_there_is_time_for():
    version = answered().version
    for covered in ([True, True], [True, False], [True, True]):
        suggested(version, covered)
    assert effect_on(version.question, most=2) == Effect(checked=2, changed=1, is_all=False)
    assert effect_on(version.question, seconds=0) == Effect(checked=1, changed=1, is_all=False)


def test_the_effect_leaves_out_what_a_model_on_a_server_suggested():
    answer = answered()
    by_model = suggestion([False, True], "chat-1 gemma3:4b")
    transitions.store_suggestion(answer.pk, answer.revision, by_model)
    assert effect_on(answer.version.question) == Effect(checked=0, changed=0, is_all=True)


def test_the_share_that_changes_is_that_of_the_question_also_for_a_follow_up():
    answer = asked_back("1000", "0100", share="0.375")
    later = answer.follow_ups.get()
    Answer.objects.filter(pk=later.pk).update(text="I like tea.")
    rows = Answer.objects.filter(attempt=answer.attempt_id).select_related(
        "attempt", "version__question"
    )
    changes = {change.answer: change for change in suggestion_changes(rows)}
    change = changes[later]
    assert (change.before, change.after) == (Decimal("0.375"), Decimal("0.25"))
    apply(change)
    answer.refresh_from_db()
    assert answer.share == Decimal("0.25")
