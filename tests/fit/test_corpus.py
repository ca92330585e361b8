"""What the scorer is fitted on says what it claims to say."""

import json

import pytest

from fit.corpus import FOLDER, core_answers, corpus

FILES = sorted(FOLDER.glob("corpus/*/*.json"))
LABELS = {1, 0.5, 0, -1}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_label_has_its_words_in_the_answer(path):
    stored = json.loads(path.read_text(encoding="utf-8"))
    for answer in stored["answers"]:
        assert len(answer["labels"]) == len(answer["where"]) == len(stored["points"])
        for label, where in zip(answer["labels"], answer["where"], strict=True):
            assert label in LABELS
            assert bool(where) == (label != 0)
            assert [words for words in where if words not in answer["answer"]] == []


@pytest.mark.parametrize("question", corpus(), ids=lambda question: question.name)
def test_each_point_has_true_and_false_statements(question):
    for point in question.points:
        assert len(point.accept) >= 5
        assert len(point.wrong) >= 3
        assert point.beside
        assert not set(point.accept) & set(point.wrong)


def test_some_questions_are_kept_from_the_networks():
    kept = [question for question in corpus() if question.is_for_answers]

    assert 30 < len(kept) < len(corpus()) / 2
    assert {question.is_for_answers for question in kept if not question.model_answer} == {True}


def test_answers_to_the_core_bank_have_phrasings_for_their_points():
    questions = core_answers()

    assert len(questions) == 24
    assert {len(question.answers) for question in questions} == {6}
    for question in questions:
        assert all(point.accept and point.wrong for point in question.points)
        assert {len(a.labels) for a in question.answers} == {len(question.points)}
