import pytest
from django.http import QueryDict

from attempts.forms import AnswerForm, FlagForm, MarkForm, MoreTimeForm, MoveForm, OutageForm
from attempts.rules.save_verdicts import Save


def answer(**data) -> AnswerForm:
    return AnswerForm({"position": "1", "text": "x", **data})


def cleaned(text: str) -> str:
    form = answer(text=text)
    assert form.is_valid(), form.errors
    return form.cleaned_data["text"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\r\n\r\n  a\t \r\n", "\n\n  a\t \n"),
        ("a\0b\0", "ab"),
        ("  ", "  "),
        ("", ""),
    ],
)
def test_the_form_takes_the_text_in_the_form_in_which_it_is_stored(typed, kept):
    assert cleaned(typed) == kept


def test_the_length_is_that_of_the_cleaned_text():
    assert len(cleaned("\r\n" * 20_000)) == 20_000
    assert len(cleaned("x" * 20_000 + "\0" * 9)) == 20_000
    assert len(cleaned("👩" * 20_000)) == 20_000
    form = answer(text="x" * 20_001)
    assert "this one has 20001" in form.errors["text"][0]


def test_a_missing_text_is_not_an_empty_one():
    missing = AnswerForm({"position": "1"})
    assert missing.has_error("text", code="missing")
    assert answer(text="").is_valid()


@pytest.mark.parametrize(
    ("cause", "flags"),
    [
        ("", {}),
        ("auto", {"automatic": True}),
        ("bell", {"automatic": True, "at_bell": True}),
        ("chosen", {"chosen": True}),
    ],
)
def test_what_is_sent_becomes_a_save(cause, flags):
    form = answer(revision="3", writer="w", sequence="7", cause=cause)
    assert form.is_valid()
    assert form.sent() == Save("x", 3, "w", 7, **flags)


def test_without_its_place_in_the_protocol_a_text_starts_from_nothing():
    form = answer()
    assert form.is_valid()
    assert form.sent() == Save("x", 0, "", 0)


WRONG = ["-1", "1.5", "x", "1e3", "2147483648", "9" * 400, "9" * 5000, "\0", "\ud800"]


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize("name", ["position", "revision", "sequence"])
def test_numbers_have_bounds(name, value):
    assert list(answer(**{name: value}).errors) == [name]


@pytest.mark.parametrize("value", ["x" * 37, "a\0b", "a\ud800b"])
def test_a_writer_is_short_and_clean(value):
    assert list(answer(writer=value).errors) == ["writer"]


@pytest.mark.parametrize("form", [MoreTimeForm, OutageForm, FlagForm])
@pytest.mark.parametrize("value", ["", *WRONG])
def test_every_other_number_has_bounds_too(form, value):
    assert not form(dict.fromkeys(form.base_fields, value)).is_valid()


@pytest.mark.parametrize(("value", "flagged"), [("1", True), ("0", False)])
def test_a_flag_is_set_or_taken(value, flagged):
    form = FlagForm({"position": "2", "flagged": value})
    assert form.is_valid()
    assert form.cleaned_data == {"position": 2, "flagged": flagged}


@pytest.mark.parametrize(
    ("sent", "ticks"), [("", [False] * 3), ("points=2&points=0", [True, False, True])]
)
def test_marks_are_ticks_by_index(sent, ticks):
    form = MarkForm(QueryDict(sent), key_points=3)
    assert form.is_valid()
    assert form.ticks() == ticks


@pytest.mark.parametrize("sent", ["points=3", "points=-1", "points=x", "points=", "points=00"])
def test_marks_beyond_the_key_points_are_refused(sent):
    assert not MarkForm(QueryDict(sent), key_points=3).is_valid()


def test_forms_of_saves_share_their_fields_and_nothing_that_was_sent():
    sent = {"position": "1", "text": "first", "revision": "2", "cause": "auto"}
    first, second = AnswerForm(sent), AnswerForm(sent | {"position": "x", "text": "second"})
    assert first.fields is second.fields
    assert (first.is_valid(), second.is_valid()) == (True, False)
    assert first.sent().text == "first"
    assert list(second.errors) == ["position"]
    assert "go_to" not in AnswerForm.base_fields
    assert MoveForm(sent).fields is not first.fields
