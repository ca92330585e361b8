"""QTI 1.2, as Canvas and others write it."""

import pytest

from questions.formats import read_file
from tests.questions.formats.qti.files import canvas_bank, canvas_item, canvas_quiz


def test_an_essay_of_canvas_with_its_feedback_as_the_answer():
    html = "<div><p>Why 10<sup>9</sup> <b>bits </b>a second?</p></div>"
    data = canvas_quiz(canvas_item(html, ident="gab", title="Bits", feedback="<p>Links.</p>"))
    content = read_file("x.xml", data)
    (row,) = content.items
    assert row.values == {"prompt": "Why 10⁹ **bits** a second?", "answer": "Links."}
    assert (row.mistakes, row.foreign_id, row.title) == ((), "gab", "Bits")
    assert row.place.startswith("line ")
    assert row.not_taken == ("quiz “Week 3”",)
    assert content.system == "QTI"


def test_the_bank_of_a_question_is_its_topic():
    (row,) = read_file("x.xml", canvas_bank(canvas_item("What?"))).items
    assert (row.values["topic_name"], row.not_taken) == ("Serving", ())


def test_plain_text_is_shown_as_typed():
    text = "What do __init__ and <b> do?"
    (row,) = read_file("x.qti", canvas_quiz(canvas_item(text, style="text/plain"))).items
    assert row.values["prompt"] == r"What do \_\_init\_\_ and \<b> do?"


@pytest.mark.parametrize("kind", ["multiple_choice_question", "file_upload_question", "text_only"])
def test_other_kinds_are_left_out_by_name(kind):
    data = canvas_quiz(canvas_item("Which?", kind=kind, title="Pick"), canvas_item("Why?"))
    content = read_file("x.xml", data)
    assert [row.values["prompt"] for row in content.items] == ["Why?"]
    (left,) = content.left_out
    assert (left.name, left.why.partition(" ")[0]) == ("Pick", kind)


PLAIN = (
    "<questestinterop><item ident='i' title='T'><presentation><flow><material><mattext>{}</mattext>"
    "</material>{}</flow></presentation>{}</item></questestinterop>"
)
FORM = "<response_str ident='r'><render_fib rows='5'/></response_str>"


@pytest.mark.parametrize(
    ("form", "after", "is_open"),
    [
        (FORM, "", True),
        (FORM, "<resprocessing><respcondition><conditionvar><varequal respident='r'>x</varequal>"
               "</conditionvar></respcondition></resprocessing>", False),
        ("<response_lid ident='r'><render_choice/></response_lid>", "", False),
        ("", "", False),
    ],
)  # fmt: skip
def test_without_metadata_the_form_says_what_kind_it_is(form, after, is_open):
    content = read_file("x.xml", PLAIN.format("Why?", form, after).encode())
    assert (len(content.items), len(content.left_out)) == ((1, 0) if is_open else (0, 1))


def test_a_solution_is_the_answer_and_a_rubric_for_scorers_the_notes():
    solution = (
        "<itemfeedback ident='s'><solution><solutionmaterial><material>"
        "<mattext>It caches.</mattext></material></solutionmaterial></solution></itemfeedback>"
        "<itemfeedback ident='h'><hint><hintmaterial><material><mattext>Think.</mattext></material>"
        "</hintmaterial></hint></itemfeedback>"
        "<rubric view='Scorer'><material><mattext texttype='text/html'>"
        "&lt;h3&gt;Key points&lt;/h3&gt;&lt;ul&gt;&lt;li&gt;One.&lt;/li&gt;&lt;/ul&gt;"
        "</mattext></material></rubric>"
    )
    (row,) = read_file("x.xml", PLAIN.format("Why?", FORM, solution).encode()).items
    assert row.values == {"prompt": "Why?", "answer": "It caches.", "key_points": ("One.",)}
    assert row.not_taken == ("feedback “Think.”",)


def test_text_in_several_pieces_and_with_elements_of_its_own():
    pieces = (
        "One.</mattext></material><material><mattext texttype='text/xhtml'><p>Two <b>x</b>&amp;</p>"
        "</mattext></material><material><matimage uri='a.png'/></material><material><mattext>Three"
    )
    (row,) = read_file("x.xml", PLAIN.format(pieces, FORM, "").encode()).items
    assert row.values["prompt"] == "One.\n\nTwo **x**&\n\nThree"
    (mistake,) = row.mistakes
    assert "matimage" in mistake.what


def test_two_questions_of_one_id_in_a_file_are_both_wrong():
    data = canvas_quiz(canvas_item("Why?", title="A"), canvas_item("How?", title="B"))
    rows = read_file("x.xml", data).items
    assert [[mistake.column for mistake in row.mistakes] for row in rows] == [["foreign_id"]] * 2
