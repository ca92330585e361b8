"""Bad files meet the bank: hostile ones, one bad row of many, and a file twice."""

from time import perf_counter

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from questions.formats import FORMATS
from questions.models import Question, Topic
from tests.factories import UserFactory
from tests.questions.exchange.imports import run_bytes
from tests.questions.formats.hostile import LAUGHS, SECONDS
from tests.questions.large_bank import many_questions, many_topics

pytestmark = pytest.mark.django_db


def test_hazard_30_the_admin_refuses_and_holds_nothing(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    cache.clear()
    url = reverse("admin:questions_question_import")
    for name, data in (("x.xml", LAUGHS), ("x.csv", b"x" * 100_000_000), ("x.zip", b"PK\3\4")):
        start = perf_counter()
        page = client.post(url, {"file": SimpleUploadedFile(name, data)})
        assert (page.status_code, bool(page.context["form"].errors)) == (200, True)
        assert perf_counter() - start < SECONDS * 2
    assert not Question.objects.exists()


@pytest.mark.parametrize("name", ["csv", "xlsx", "json"])
def test_hazard_32_one_bad_row_of_a_thousand_and_nothing_is_imported(name, tmp_path, capsys):
    questions = many_questions(1_000)
    questions[899] = type(questions[899])(**{**vars(questions[899]), "difficulty": 10**12})
    file = tmp_path / f"bank{FORMATS[name].suffix}"
    file.write_bytes(FORMATS[name].write(many_topics(), questions))
    with pytest.raises(CommandError, match=r"1 row is wrong.*Nothing was written"):
        call_command("import_questions", file)
    place = "entry 900" if name == "json" else "row 901"
    message = (
        f"{place}, difficulty: should be a whole number from 1 to 3, or easy, or medium, or hard"
    )
    assert message in capsys.readouterr().out
    assert not Question.objects.exists()
    assert not Topic.objects.exists()


def test_hazard_32_a_good_file_twice_makes_no_duplicates():
    Topic.objects.create(slug="data", name="Data")
    gift = b"$CATEGORY: top/Data\n\n::One:: What is drift? {}\n\n::Two:: What is skew? {}\n"
    table = FORMATS["csv"].write(many_topics(), many_questions(5))
    for _ in range(2):
        run_bytes("x.gift", gift)
        run_bytes("x.csv", table)
    assert Question.objects.count() == 7
    assert {question.versions.count() for question in Question.objects.all()} == {1}
