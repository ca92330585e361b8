"""The page that asks what the columns of a file hold, and the template to fill in."""

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from questions.formats import read_file
from questions.models import Question
from tests.factories import TopicFactory, UserFactory
from tests.questions.formats.cases import PAIRS, bytes_of

pytestmark = pytest.mark.django_db
IMPORT, COLUMNS, PREVIEW, TEMPLATE = (
    reverse(f"admin:questions_question_{name}")
    for name in ("import", "import_columns", "import_preview", "import_template")
)
TEXT = "Kysymys,Vastaus,Muuta\nMika on ohjelma oikeastaan?,Se on ohje koneelle.,x\n"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def topic():
    return TopicFactory(slug="data", name="Data")


def staff(*permissions):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


@pytest.fixture
def editor(client):
    user = staff("add_question", "change_question", "view_question", "add_topic")
    client.force_login(user)
    return user


def uploaded(client, content: bytes, name: str, **fields):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content), **fields}, follow=True)


def address(page) -> str:
    return page.redirect_chain[-1][0]


@pytest.mark.parametrize("name", PAIRS)
def test_a_file_that_people_have_is_previewed_at_once(client, editor, topic, name):
    page = uploaded(client, bytes_of(name), name, topic=topic.pk)
    assert address(page).startswith(PREVIEW)
    prompts = [row.question.prompt for row in page.context["plan"].rows]
    assert prompts == list(PAIRS[name])


def test_unclear_columns_are_asked_for_and_then_previewed(client, editor, topic):
    page = uploaded(client, TEXT.encode(), "kortit.csv", topic=topic.pk)
    assert address(page).startswith(COLUMNS)
    form = page.context["form"]
    assert [field.label for field in form][1:] == ["Kysymys", "Vastaus", "Muuta"]
    assert "Mika on ohjelma oikeastaan?" in page.content.decode()
    chosen = {"heading": "1", "column_0": "prompt", "column_1": "answer", "column_2": "-"}
    page = client.post(address(page), chosen, follow=True)
    (row,) = page.context["plan"].rows
    assert (row.question.prompt, row.question.answer) == (
        "Mika on ohjelma oikeastaan?",
        "Se on ohje koneelle.",
    )
    assert row.not_taken == ("column Muuta",)
    assert row.question.topic == "data"
    assert not Question.objects.exists()


def test_a_file_without_names_is_read_by_place(client, editor, topic):
    page = uploaded(client, b"What is x?,It is an x.\nWhat is y?,A y.\n", "q.csv", topic=topic.pk)
    assert page.context["form"]["heading"].value() == "0"
    page = client.post(
        address(page), {"heading": "0", "column_0": "prompt", "column_1": "answer"}, follow=True
    )
    assert [row.question.prompt for row in page.context["plan"].rows] == [
        "What is x?",
        "What is y?",
    ]


def test_two_columns_that_could_be_the_prompt_are_never_chosen_silently(client, editor, topic):
    page = uploaded(client, b"Question,Prompt\na?,b?\n", "q.csv", topic=topic.pk)
    assert address(page).startswith(COLUMNS)
    both = {"heading": "1", "column_0": "prompt", "column_1": "prompt"}
    assert client.post(address(page), both).context["form"].errors
    one = {"heading": "1", "column_0": "-", "column_1": "prompt"}
    page = client.post(address(page), one, follow=True)
    (row,) = page.context["plan"].rows
    assert row.question.prompt == "b?"


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"heading": "1", "column_0": "-", "column_1": "answer"},
        {"heading": "1", "column_0": "nothing", "column_1": "prompt"},
        {"heading": "77", "column_0": "prompt", "column_1": "-"},
    ],
)
def test_a_choice_without_a_prompt_or_of_what_there_is_not_is_refused(client, editor, chosen):
    page = uploaded(client, b"Question,Prompt\na?,b?\n", "q.csv")
    again = client.post(address(page), chosen)
    assert again.status_code == 200
    assert again.context["form"].errors


def test_the_columns_of_a_clear_file_can_be_chosen_again(client, editor, topic):
    page = uploaded(client, b"question,answer,more\na?,b,c\n", "q.csv", topic=topic.pk)
    columns = page.context["columns_url"]
    assert columns in page.content.decode()
    form = client.get(columns).context["form"]
    assert [form[f"column_{n}"].value() for n in range(3)] == ["prompt", "answer", "-"]
    chosen = {"heading": "1", "column_0": "prompt", "column_1": "-", "column_2": "answer"}
    (row,) = client.post(columns, chosen, follow=True).context["plan"].rows
    assert row.question.answer == "c"


def test_a_preview_of_unclear_columns_leads_to_the_question(client, editor):
    token = address(uploaded(client, TEXT.encode(), "kortit.csv")).partition("file=")[2]
    assert client.get(PREVIEW, {"file": token}).url.startswith(COLUMNS)
    apply = reverse("admin:questions_question_import_apply")
    assert client.post(apply, {"file": token}).url.startswith(COLUMNS)


@pytest.mark.parametrize("query", [{}, {"file": "x"}])
def test_a_file_that_is_not_held_is_uploaded_again(client, editor, query):
    assert client.get(COLUMNS, query).url == IMPORT


def test_a_file_without_columns_has_no_such_page(client, editor, topic):
    page = uploaded(client, b"::A:: a? {}", "q.gift", topic=topic.pk)
    assert page.context["columns_url"] == ""
    assert client.get(COLUMNS, {"file": page.context["token"]}).url == IMPORT


def test_the_columns_of_a_file_are_for_the_person_who_uploaded_it(client, editor):
    columns = address(uploaded(client, TEXT.encode(), "kortit.csv"))
    client.force_login(staff("add_question", "change_question"))
    assert client.get(columns).url == IMPORT
    client.force_login(staff("view_question"))
    assert client.get(columns).status_code == 403
    assert client.get(TEMPLATE).status_code == 403


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_the_template_has_the_columns_and_gives_no_question(client, editor, name):
    response = client.get(TEMPLATE, {"format": name})
    assert f'filename="questions-template.{name}"' in response["Content-Disposition"]
    content = read_file(f"x.{name}", response.content)
    assert (content.items, len(content.left_out)) == ((), 1)


def test_the_import_page_names_the_columns_and_links_the_template(client, editor):
    page = client.get(IMPORT)
    named = {column.name for column in page.context["column_help"]}
    assert {"prompt", "answer", "key_points", "difficulty"} <= named
    assert TEMPLATE in page.content.decode()
