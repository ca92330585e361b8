import json
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attempts.scoring import score
from tests.attempts.scoring.texts_for_scoring import (
    FIRST_POINT,
    KEY_POINTS,
    MODEL_ANSWER,
    OFF_TOPIC,
    QUESTION,
)

ANY_TEXT = st.text(
    st.characters(codec=None) | st.sampled_from("\0\ud800\udfff\u202e .\n\r,-'"), max_size=300
)
ANY_STATEMENTS = st.lists(ANY_TEXT, max_size=2)
ANY_POINT = st.tuples(ANY_TEXT, ANY_STATEMENTS, ANY_STATEMENTS)


def check(key_points, answer, result):
    assert len(result["points"]) == len(key_points)
    for point in result["points"]:
        assert 0 <= point["confidence"] <= 1
        assert isinstance(point["covered"], bool)
        assert point["evidence"] is None or (point["evidence"] and point["evidence"] in answer)
        assert not point["covered"] or point["evidence"]
        assert not (point["covered"] and point["opposite"])
        assert point["opposite"] is None or point["evidence"]
    found = sum(point["covered"] for point in result["points"])
    assert result["low"] == found / max(1, len(key_points))
    assert result["low"] <= result["high"] <= 1


@pytest.mark.usefixtures("any_engine")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ANY_TEXT, st.lists(ANY_POINT, max_size=4), ANY_TEXT, ANY_TEXT)
def test_any_texts_get_a_result_that_keeps_the_contract(question, points, model, answer):
    key_points = [text for text, _, _ in points]
    phrasings = [{"accept": accept, "reject": reject} for _, accept, reject in points]

    first = score(question, key_points, model, answer, phrasings)

    check(key_points, answer, first)
    assert score(question, key_points, model, answer, phrasings) == first
    check(key_points, answer, score(question, key_points, model, answer))


@pytest.mark.usefixtures("any_engine")
@pytest.mark.parametrize(
    "answer",
    [
        "",
        " \n\t",
        "\0",
        "\ud800",
        "container",
        "?!",
        "的" * 20_000,
        "a " * 10_000,
        "x" * 20_000,
        ("Kubernetes starts more copies. " * 700)[:20_000],
        "".join(f"Copy {i} starts, so it runs. " for i in range(900))[:20_000],
        "n\u0303o\u0308 " * 5_000,
        "it's\n" * 4_000,
        ", and " * 3_000,
        "- " * 10_000,
    ],
    ids=lambda text: f"{text[:8]!a} {len(text)}",
)
def test_extreme_answers_are_scored_in_bounded_time(answer):
    begun = time.process_time()

    result = score(QUESTION, KEY_POINTS, MODEL_ANSWER, answer)

    assert time.process_time() - begun < 20
    check(KEY_POINTS, answer, result)


@pytest.mark.usefixtures("any_engine")
def test_without_key_points_or_words_in_them_nothing_is_scored():
    assert score(QUESTION, [], MODEL_ANSWER, MODEL_ANSWER) == {"points": [], "low": 0, "high": 0}
    empty = score(QUESTION, ["", "?"], MODEL_ANSWER, MODEL_ANSWER)
    assert (empty["low"], empty["high"]) == (0, 0)


@pytest.mark.usefixtures("minilm")
def test_an_empty_key_point_among_others_is_never_made():
    result = score(QUESTION, [*KEY_POINTS, ""], MODEL_ANSWER, MODEL_ANSWER)

    nothing = {"covered": False, "confidence": 0.0, "evidence": None, "opposite": None}
    assert result["points"][3] == nothing
    assert result["points"][0]["covered"]


@pytest.mark.usefixtures("minilm")
def test_evidence_is_the_clause_that_makes_the_point():
    answer = f"{OFF_TOPIC} It saves trouble; {FIRST_POINT} Let the loaf cool before you cut it."

    point = score(QUESTION, KEY_POINTS, MODEL_ANSWER, answer)["points"][0]

    assert point["covered"]
    assert point["evidence"] in FIRST_POINT


@pytest.mark.usefixtures("minilm")
@pytest.mark.parametrize("begin", ["", OFF_TOPIC, FIRST_POINT, MODEL_ANSWER, "It depends."])
@pytest.mark.parametrize("added", [*KEY_POINTS, FIRST_POINT])
def test_one_more_sentence_takes_no_point_away(begin, added):
    before = score(QUESTION, KEY_POINTS, MODEL_ANSWER, begin)["points"]
    after = score(QUESTION, KEY_POINTS, MODEL_ANSWER, f"{begin}\n{added}")["points"]

    for old, new in zip(before, after, strict=True):
        assert new["covered"] or not old["covered"]


def test_scoring_imports_no_django():
    code = "import sys, json, attempts.scoring; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert not [name for name in json.loads(run.stdout) if name.split(".")[0] == "django"]
