"""Names of columns: what each is known as, and what is asked instead of guessed."""

import pytest

from questions.formats import Choice, FormatError, UnclearColumns, read_file
from questions.formats.fields.names import meaning_of
from questions.formats.tabular.columns import columns_of


def fields_of(*names, **options):
    columns = columns_of(names, Choice(**options))
    assert columns.problem == ""
    return [meaning.field if meaning else None for meaning in columns.meanings]


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("prompt", ["Question", "QUESTIONS", " question ", "Question:", "question_text", "Front"]),
        ("prompt", ["questionText", "Question (en)", "Frage", "Pregunta", "Вопрос", "问题", "Q"]),
        ("answer", ["Answer", "Model answer", "model_answer", "modelAnswer", "Model-Answer"]),
        ("answer", ["Back", "Solution", "Réponse", "reponse", "Antwort", "Explanation", "答案"]),
        ("key_points", ["Key points", "keyPoints", "KEY-POINTS", "Points", "rubric"]),
        ("how_to_answer", ["Hint", "Hints", "How to answer", "Tip"]),
        ("difficulty", ["Level", "Difficulty level", "Schwierigkeit", "Niveau"]),
        ("topic_name", ["Category", "Catégorie", "Subject", "Section", "Deck"]),
        ("seconds", ["Time", "Minutes", "Time (min)", "Duration", "time_limit"]),
        ("tags", ["Tags", "Tag", "Labels", "Keywords"]),
        ("id", ["ID", "guid", "Question ID", "note_id"]),
    ],
)
def test_a_field_has_many_names(field, names):
    assert [meaning_of(name).field for name in names] == [field] * len(names)


NUMBERS = ("#", "Q#", "Q #", "#Q", "Question #", "Answer #")


@pytest.mark.parametrize(
    "name", [*("Source", "Remarks", "Stage", "Reviewer", "", "?", "Secret"), *NUMBERS]
)
def test_other_names_are_not_known(name):
    assert meaning_of(name) is None


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        (["Question", "Answer", "Source"], ["prompt", "answer", None]),
        (["Title", "Question"], [None, "prompt"]),
        (["Title", "Answer"], ["prompt", "answer"]),
        (["Question", "Answer", "Explanation"], ["prompt", "answer", None]),
        (["topic", "topic_name", "prompt"], ["topic", "topic_name", "prompt"]),
        (["Q#", "Question #", "Question"], [None, None, "prompt"]),
        (["Question", "A", "B", "Answer"], ["prompt", None, None, "answer"]),
        (["prompt", "", "answer", "", ""], ["prompt", None, "answer"]),
        (["Prompt", "tags", "Tags"], ["prompt", "tags", "tags"]),
    ],
)
def test_columns_with_these_names_are_clear(names, fields):
    assert fields_of(*names) == fields


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (["Question", "Prompt"], "“Question” and “Prompt” could each be the prompt"),
        (["Front", "Question", "Answer"], "could each be the prompt"),
        (["Question", "Answer", "Model answer"], "could each be the answer"),
        (["Prompt", "Topic", "Category"], "could each be the topic"),
        (["Prompt", "Minutes", "Seconds"], "could each be the seconds"),
        (["prompt", "PROMPT"], "the column “prompt” comes twice"),
        (["prompt", "anwser"], "Did you mean answer?"),
        (["prompt", "also_said_as"], "Add not_to_be_confused_with"),
    ],
)
def test_what_is_not_clear_is_said(names, problem):
    assert problem in columns_of(names).problem


def test_tags_are_no_status_and_a_question_is_not_removed():
    assert columns_of(["prompt", "tags"]).problem == ""
    assert columns_of(["question", "answer"]).problem == ""


def test_what_a_person_says_goes_before_the_names():
    fields = {"Question": "prompt", "Prompt": "-"}
    assert fields_of("Question", "Prompt", fields=fields) == ["prompt", None]
    fields = {"column 2": "prompt"}
    assert fields_of("Question", "Frage", fields=fields) == [None, "prompt"]


def test_a_choice_names_a_field_and_a_column_that_there_are():
    with pytest.raises(FormatError, match="there is no field “promt”"):
        Choice({"Frage": "promt"})
    with pytest.raises(FormatError, match="there is no column “Fragge”"):
        read_file("x.csv", b"question,answer\na?,b\n", Choice({"Fragge": "prompt"}))
    with pytest.raises(FormatError, match="has no columns"):
        read_file("x.gift", b"::A:: a? {}", Choice({"Frage": "prompt"}))


def test_unclear_columns_come_with_names_guesses_and_rows():
    with pytest.raises(UnclearColumns) as asked:
        read_file("x.csv", "Titel,,\nWort,Inhalt,Level\nWas ist das für ein Ding?,So,1\n".encode())
    assert asked.value.rows[2] == (3, ("Was ist das für ein Ding?", "So", "1"))
    with pytest.raises(UnclearColumns) as asked:
        read_file("x.csv", b"Question,Prompt,Answer\na?,b?,c\n")
    assert asked.value.names == ("Question", "Prompt", "Answer")
    assert asked.value.guesses == ["prompt", "prompt", "answer"]
    assert asked.value.heading == 1


def test_a_row_with_two_known_names_has_the_names_though_none_is_the_prompt():
    rows = "Sujet traité,Ce qu’on attend,Niveau,Thème\nQue fait un répartiteur de charge ?,Il,1,x\n"
    with pytest.raises(UnclearColumns) as asked:
        read_file("x.csv", rows.encode())
    assert asked.value.has_heading_row
    assert asked.value.names == ("Sujet traité", "Ce qu’on attend", "Niveau", "Thème")
