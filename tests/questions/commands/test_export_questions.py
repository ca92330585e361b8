"""The command: to standard output or to a file, in the format asked for."""

import io

import pytest
from django.core.management import CommandError, call_command

from questions.formats import FORMATS, read_file
from tests.factories import published_question

pytestmark = pytest.mark.django_db


def test_json_goes_to_standard_output():
    question = published_question()
    out = io.StringIO()
    call_command("export_questions", stdout=out)
    (row,) = read_file("x.json", out.getvalue().encode()).items
    assert (row.values["uid"], row.values["status"]) == (question.uid, "published")


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_has_the_format_of_its_name_or_the_one_asked_for(tmp_path, name):
    published_question()
    suffix = FORMATS[name].suffix
    by_name, asked = tmp_path / f"a{suffix}", tmp_path / "b"
    call_command("export_questions", output=by_name, stderr=io.StringIO())
    call_command("export_questions", format=name, output=asked, stderr=io.StringIO())
    # Read, not byte for byte: a spreadsheet tells when it was made.
    first, second = (read_file(by_name.name, path.read_bytes()) for path in (by_name, asked))
    assert first.items == second.items
    assert len(first.items) == 1


def test_a_spreadsheet_needs_a_file():
    with pytest.raises(CommandError, match="Name its file with -o"):
        call_command("export_questions", format="xlsx")


def test_a_file_that_cannot_be_written(tmp_path):
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("export_questions", output=tmp_path / "none" / "x.json")
