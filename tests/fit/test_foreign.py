import pytest

from attempts.scoring.lexical import Lexical
from fit.corpus import core_answers
from fit.foreign import KIND, NEIGHBOURS, STRANGERS, foreign_answers

QUESTIONS = core_answers()


@pytest.mark.parametrize("question", QUESTIONS[:3], ids=lambda question: question.name)
def test_foreign_answers_are_those_of_other_questions_and_make_no_point(question):
    found = foreign_answers(Lexical(), QUESTIONS, question)

    texts = {other.name: [a.text for a in other.answers] for other in QUESTIONS}
    models = {other.name: other.model_answer for other in QUESTIONS}
    assert len({name for name, _ in found}) == NEIGHBOURS + STRANGERS
    assert question.name not in {name for name, _ in found}
    for name, answer in found:
        assert answer.text in [*texts[name], models[name]]
        assert answer.kind == KIND
        assert answer.labels == [0] * len(question.points)
    assert foreign_answers(Lexical(), QUESTIONS, question) == found
