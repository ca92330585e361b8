import pytest
from hypothesis import given
from hypothesis import strategies as st

from attempts.rules.highlight import Passage, passages

ANSWER = "We pin data. We tag models. We sleep."


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], [Passage(ANSWER)]),
        ([None, "not there", ""], [Passage(ANSWER)]),
        (
            [None, "We pin data."],
            [Passage("We pin data.", (2,), (2,)), Passage(" We tag models. We sleep.")],
        ),
        (
            ["We tag models.", "We tag models."],
            [
                Passage("We pin data. "),
                Passage("We tag models.", (1, 2), (1, 2)),
                Passage(" We sleep."),
            ],
        ),
        (
            ["We pin data. We tag models.", "We tag models."],
            [
                Passage("We pin data. ", (1,)),
                Passage("We tag models.", (1, 2), (1, 2)),
                Passage(" We sleep."),
            ],
        ),
        (
            ["We pin data. We tag models.", "We pin data."],
            [
                Passage("We pin data.", (1, 2), (2,)),
                Passage(" We tag models.", (1,), (1,)),
                Passage(" We sleep."),
            ],
        ),
    ],
)
def test_cuts_the_answer_at_its_evidence(evidence, expected):
    assert passages(ANSWER, evidence) == expected


def test_of_two_equal_sentences_the_first_is_marked():
    twice = "We pin data. We pin data."
    assert passages(twice, ["We pin data."]) == [
        Passage("We pin data.", (1,), (1,)),
        Passage(" We pin data."),
    ]


def test_an_empty_answer_has_no_passages():
    assert passages("", ["x"]) == []


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_the_passages_are_the_answer_again(answer, spans):
    evidence = [answer[min(span) : max(span)] for span in spans]
    assert "".join(passage.text for passage in passages(answer, evidence)) == answer
