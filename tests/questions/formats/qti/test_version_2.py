"""QTI 2 and 3: one file for each question."""

import pytest

from questions.formats import read_file
from tests.questions.formats.qti.files import QTI_3, qti_2

FORM = '<extendedTextInteraction responseIdentifier="RESPONSE" expectedLength="600"/>'


def test_an_essay_with_markup_of_its_own():
    body = f"<div><p>Why 10<sup>9</sup> <strong>bits </strong>&amp; &lt;b&gt;?</p></div>{FORM}"
    after = (
        '<modalFeedback outcomeIdentifier="F" identifier="a" showHide="show">Links.</modalFeedback>'
    )
    (row,) = read_file("x.xml", qti_2(body, after=after)).items
    assert row.values == {"prompt": r"Why 10⁹ **bits** & \<b>?", "answer": "Links."}
    assert (row.foreign_id, row.title, row.mistakes, row.not_taken) == ("q2", "Tails", (), ())


def test_the_prompt_inside_the_form_is_a_paragraph_of_the_text():
    body = (
        '<p>A link is slow.</p><blockquote><extendedTextInteraction responseIdentifier="R">'
        "<prompt>Why is <em>that</em>?</prompt></extendedTextInteraction></blockquote>"
    )
    (row,) = read_file("x.xml", qti_2(body)).items
    assert row.values["prompt"] == "A link is slow.\n\n> Why is *that*?"


def test_a_correct_response_is_the_answer_and_feedback_beside_it_is_named():
    correct = "<correctResponse><value>It caches\n  twice.</value></correctResponse>"
    feedback = (
        '<feedbackBlock identifier="f" outcomeIdentifier="F"><p>Well done.</p></feedbackBlock>'
    )
    body = f"<p>Why?</p>{FORM}{feedback}"
    (row,) = read_file("x.xml", qti_2(body, correct=correct)).items
    assert row.values["prompt"] == "Why?"
    assert row.values["answer"] == "It caches\\\n\u00a0 twice."
    assert row.not_taken == ("feedback “Well done.”",)


def test_a_rubric_for_graders_is_no_part_of_the_prompt():
    body = (
        f'<rubricBlock view="scorer"><p>Look for an example.</p></rubricBlock><p>Why?</p>{FORM}'
        '<rubricBlock view="candidate"><p>Be short.</p></rubricBlock>'
    )
    (row,) = read_file("x.xml", qti_2(body)).items
    assert row.values["how_to_answer"] == "Look for an example."
    assert row.values["prompt"] == "Why?\n\nBe short."


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<choiceInteraction responseIdentifier='R'/>", "choice"),
        ("<uploadInteraction responseIdentifier='R'/>", "upload"),
        (f"{FORM}<choiceInteraction responseIdentifier='S'/>", "choice"),
        (FORM + FORM, "composite"),
        ("<p>Only read.</p>", "unknown"),
    ],
)
def test_other_kinds_are_left_out_by_name(body, kind):
    content = read_file("x.xml", qti_2(body))
    assert content.items == ()
    (left,) = content.left_out
    assert (left.name, left.why.partition(" ")[0]) == ("Tails", kind)


def test_what_a_text_can_t_say_is_a_mistake():
    body = f'<p>See <img src="a.png" alt="a"/> and <math xmlns="m"><mi>x</mi></math>.</p>{FORM}'
    (row,) = read_file("x.xml", qti_2(body)).items
    assert "img, math" in row.mistakes[0].what


def test_version_3_is_read_alike():
    (row,) = read_file("x.xml", QTI_3.encode()).items
    assert row.values == {"prompt": "What is *tail* latency?", "answer": "The slowest few."}
