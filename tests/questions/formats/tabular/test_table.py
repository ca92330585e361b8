"""Tables as spreadsheets and programs leave them, and what their rows give."""

import pytest

from questions.formats import Choice, FormatError, UnclearColumns, read_file, template
from questions.formats.tabular.cells import disarm, is_error, is_no_value, rearm


def content_of(text: str, name: str = "x.csv", **options):
    return read_file(name, text.encode(), Choice(**options))


def values_of(text: str, name: str = "x.csv", **options) -> list[dict]:
    return [dict(row.values) for row in content_of(text, name, **options).items]


PAIR = [{"prompt": "a?", "answer": "b"}]


@pytest.mark.parametrize(
    "text",
    [
        "question,answer\na?,b\n",
        "sep=;\nquestion;answer\na?;b\n",
        '"sep=;"\r\nquestion;answer\r\na?;b\r\n',
        "sep=\t\nquestion\tanswer\na?\tb\n",
        "Our bank, spring 2026\n\nquestion,answer\na?,b\n",
        "Questions\n;;\nquestion;answer\na?;b\n",
        "A title, with, commas, and more\nquestion;answer\na?;b\n",
        "question|answer\na?|b\n",
        "question,answer,,\na?,b,,\n",
        "\n\nquestion,answer\n\na?,b\n,\n",
        "question,answer,topic\na?,b\n",
        '"Question","Answer"\n"a?","b"\n',
        "question,answer\ra?,b\r",
        "\ufeffquestion,answer\na?,b\n",
    ],
)
def test_a_table_is_read_however_it_begins(text):
    assert values_of(text) == PAIR


@pytest.mark.parametrize("name", ["x.txt", "x.tsv", "x.tab", "x.csv"])
def test_a_paste_from_a_spreadsheet_keeps_the_lines_of_its_cells(name):
    text = 'Question\tAnswer\r\n"a?\nwith ""quotes"""\tb\r\n'
    assert values_of(text, name) == [{"prompt": 'a?\nwith "quotes"', "answer": "b"}]


def test_cards_without_names_are_front_and_back_exactly_as_typed():
    content = content_of('What is __init__?\tuse *args & <b>\n"Hi" she said\t"two"\n', "x.txt")
    (first, second) = content.items
    assert first.values == {
        "prompt": "What is \\_\\_init\\_\\_?",
        "answer": "use \\*args & \\<b>",
    }
    assert second.values == {"prompt": '"Hi" she said', "answer": '"two"'}
    assert "does not name the fields" in content.notes[0]


def test_a_line_without_a_tab_among_cards_is_wrong():
    content = content_of("What is x?\tIt is\nan x.\nWhat is y?\tIt is y.\n", "x.txt")
    assert [bool(row.mistakes) for row in content.items] == [False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "What is x?,It is an x.\nWhat is y?,It is y.\n",
        "Kysymys,Vastaus\nMika se on oikeastaan?,Se on se mika se on.\n",
        "Kysymys\tVastaus\nMika se on oikeastaan?\tSe on se mika se on.\n",
    ],
)
def test_a_table_without_known_names_is_asked_about(text):
    with pytest.raises(UnclearColumns):
        content_of(text)


def test_a_person_says_what_the_columns_are():
    text = "Kysymys,Vastaus,Taso\na?,b,1\n"
    fields = {"Kysymys": "prompt", "vastaus": "answer"}
    content = content_of(text, fields=fields)
    assert [dict(row.values) for row in content.items] == PAIR
    assert content.items[0].not_taken == ("column Taso",)
    by_place = {"column 1": "prompt", "column 2": "answer", "column 3": "-"}
    assert values_of("a?,b,1\n", fields=by_place, heading=0) == PAIR
    assert values_of(text, fields=by_place, heading=1) == PAIR


def test_extra_columns_and_tags_are_named_where_they_say_something():
    text = 'question,answer,Source,Tags\na?,b,book,"x, y"\nc?,d,,\n'
    assert [row.not_taken for row in content_of(text).items] == [
        ("column Source", "tag x", "tag y"),
        (),
    ]


def test_an_id_of_another_system_is_kept():
    (row,) = content_of("id,question\nq-17,a?\n").items
    assert row.foreign_id == "q-17"


def test_long_ids_are_not_cut_and_one_that_is_too_long_is_named():
    alike = "https://example.org/" + "x" * 100
    text = f"question,answer,guid\na?,b,{alike}1\nb?,b,{alike}2\nc?,b,{'y' * 300}\n"
    first, second, third = content_of(text).items
    assert (first.mistakes, second.mistakes) == ((), ())
    assert (len(third.not_taken), first.not_taken) == (1, ())


# --- what programs leave in cells ---------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#n/a", "#NV",
     "#BEZUG!", "#WERT!", "#¿NOMBRE?", "Err:502", "#ERROR!", "#####", "Loading..."],
)  # fmt: skip
def test_an_error_of_a_spreadsheet_never_becomes_a_text(cell):
    assert is_error(f" {cell} ")
    for column in ("question", "answer", "key_points", "topic", "difficulty"):
        values = {"question": "a?", "answer": "b"} | {column: cell}
        (row,) = content_of(f"{','.join(values)}\n{','.join(values.values())}\n").items
        assert len(row.mistakes) == 1
        assert cell not in row.values.values()


@pytest.mark.parametrize("cell", ["NaN", "nan", "None", "null", "NULL", "N/A", "<NA>", "NaT"])
def test_a_programs_word_for_nothing_is_no_answer_and_elsewhere_nothing(cell):
    assert is_no_value(cell)
    wrong, empty = content_of(f"question,answer,hint\na?,{cell},\nc?,d,{cell}\n").items
    assert [mistake.column for mistake in wrong.mistakes] == ["answer"]
    assert empty.mistakes == ()
    assert "how_to_answer" not in empty.values
    assert empty.not_taken == (f"“{cell}” in how_to_answer",)


@pytest.mark.parametrize("text", ["#N/A", "None", "nan", "#REF!", " null "])
def test_an_export_keeps_such_a_text(text):
    assert disarm(text) == f"'{text}"
    assert rearm(disarm(text)) == text
    assert rearm("None of them") == "None of them"


def test_cells_that_are_not_taken_may_hold_anything():
    assert values_of("question,answer,Checked\na?,b,#N/A\n") == PAIR


@pytest.mark.parametrize("cell", ["\u200b", "\u200b\ufeff", "\u2060 \u00a0", "\u3164"])
def test_a_prompt_that_nobody_sees_is_empty(cell):
    (row,) = content_of(f"question,answer\n{cell},b\n").items
    assert [mistake.column for mistake in row.mistakes] == ["prompt"]


def test_bullets_before_key_points_and_phrasings_are_left_away():
    head = "question,key_points,also_said_as,not_to_be_confused_with\n"
    (row,) = content_of(head + 'a?,"- One.\n• Two.\n* Three.","1: - it is one","2: • no"\n').items
    assert row.values["key_points"] == ("One.", "Two.", "Three.")
    assert row.values["phrasings"][0].also_said_as == ("it is one",)
    assert row.values["phrasings"][1].not_to_be_confused_with == ("no",)
    (row,) = content_of('question,points\na?,"1. One.\n2. Two."\n').items
    assert row.values["key_points"] == ("One.", "Two.")


# --- levels, times, points, choices -------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "levels"),
    [
        (["easy", "Medium", "HARD"], [1, 2, 3]),
        (["beginner", "intermediate", "senior"], [1, 2, 3]),
        (["1", "2", "3"], [1, 2, 3]),
        (["1.0", "2.0", "3.0"], [1, 2, 3]),
        (["1", "3", "5"], [1, 2, 3]),
        (["2", "4", "1"], [1, 3, 1]),
        (["2/5", "3/5"], [1, 2]),
        (["1", "4", "10"], [1, None, None]),
        (["0", "2"], [None, 2]),
        (["tricky"], [None]),
    ],
)
def test_levels_of_other_banks(cells, levels):
    rows = "".join(f"q{n}?,{cell}\n" for n, cell in enumerate(cells))
    content = content_of(f"question,level\n{rows}")
    assert [row.values.get("difficulty") for row in content.items] == levels
    assert [bool(row.mistakes) for row in content.items] == [level is None for level in levels]


def test_levels_up_to_five_are_said_and_our_own_column_has_none():
    assert any("levels up to 5" in note for note in content_of("question,level\na?,5\n").notes)
    (row,) = content_of("question,difficulty\na?,5\n").items
    assert [mistake.column for mistake in row.mistakes] == ["difficulty"]


@pytest.mark.parametrize(
    ("column", "cell", "seconds"),
    [
        ("seconds", "90", 90),
        ("seconds", "90.0", 90),
        ("minutes", "3", 180),
        ("minutes", "2.5", 150),
        ("minutes", "1:30", 90),
        ("Time (min)", "3", 180),
        ("time", "3 min", 180),
        ("time", "90 s", 90),
        ("time", "1 h 30 min", 5400),
        ("time", "2 minutes 30 seconds", 150),
        ("time", "5", None),
        ("time", "2:30", None),
        ("time", "soon", None),
        ("time", "3 days", None),
        ("minutes", "0", None),
        ("minutes", "9" * 300, None),
    ],
)
def test_a_time_says_its_unit_or_is_wrong(column, cell, seconds):
    (row,) = content_of(f"question,{column}\na?,{cell}\n").items
    assert row.values.get("seconds") == seconds
    assert [mistake.column for mistake in row.mistakes] == ([] if seconds else ["seconds"])


def test_points_that_are_marks_are_no_key_points():
    (row,) = content_of("question,answer,points\na?,b,5\n").items
    assert "key_points" not in row.values
    assert row.not_taken == ("column points",)


def test_multiple_choice_is_left_out_by_name():
    content = content_of("question,option A,option B,answer\na?,x,y,A\nb?,,,open\n")
    assert [row.values["prompt"] for row in content.items] == ["b?"]
    assert [(left.place, left.why.partition(":")[0]) for left in content.left_out] == [
        ("row 2", "multiple-choice question")
    ]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_example_of_the_template_is_never_imported(suffix):
    content = read_file(f"x{suffix}", template(suffix))
    assert content.items == ()
    assert [left.why for left in content.left_out] == ["it is the example of the template"]


def test_a_row_that_is_too_long_is_wrong_and_an_empty_table_is_refused():
    (row,) = content_of("question,answer\na?,b,c\n").items
    assert [mistake.column for mistake in row.mistakes] == ["row"]
    with pytest.raises(FormatError, match="no row"):
        content_of(",,\n\n")


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ('["One.", "Two."]', ("One.", "Two.")),
        ("• One. • Two.", ("One.", "Two.")),
        ("[1] is cited", ("[1] is cited",)),
        ('["One."', ('["One."',)),
        ("[1, 2]", ("[1, 2]",)),
    ],
)
def test_a_list_of_key_points_in_one_cell_is_read_as_a_list(cell, points):
    quoted = cell.replace('"', '""')
    (row,) = values_of(f'question,key points\na?,"{quoted}"\n')
    assert row["key_points"] == points
