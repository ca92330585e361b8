"""Import and export in the admin: who may, what is shown, and that nothing is written unasked."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from questions.admin.exchange import import_pages, upload
from questions.formats import FORMATS, read_file
from questions.models import Question, Topic
from tests.factories import TopicFactory, UserFactory, published_question
from tests.questions.large_bank import many_questions, many_topics

pytestmark = pytest.mark.django_db
LIST = reverse("admin:questions_question_changelist")
IMPORT, PREVIEW, APPLY, EXPORT = (
    reverse(f"admin:questions_question_{name}")
    for name in ("import", "import_preview", "import_apply", "export")
)
ROW = {"slug": "drift", "topic": "data", "prompt": "What is drift?", "key_points": ["It changes."]}


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def data():
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


def bank_of(*rows) -> bytes:
    return json.dumps({"questions": rows}).encode()


def uploaded(client, content: bytes, name: str = "bank.json", **fields):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content), **fields}, follow=True)


def agree(client, page, **fields):
    """Press the preview's button."""
    plan = page.context["plan"]
    data = {"file": page.context["token"], "fingerprint": plan.fingerprint, **fields}
    return client.post(APPLY, data)


def messages_of(client, response) -> list[str]:
    return [str(message) for message in client.get(response.url).context["messages"]]


# --- from upload to import ------------------------------------------------------------------


def test_a_file_is_shown_before_it_is_written_and_written_when_agreed(client, editor, data):
    page = uploaded(client, bank_of(ROW, {**ROW, "slug": "skew", "prompt": "What is skew?"}))
    assert page.context["plan"].counts == {"wrong": 0, "new": 2, "changed": 0, "unchanged": 0}
    assert "What is skew?" in page.content.decode()
    assert not Question.objects.exists()

    response = agree(client, page)
    assert response.url == LIST
    assert messages_of(client, response) == ["2 questions imported. New ones are drafts."]
    assert Question.objects.get(slug="drift").current_version.author == editor


def test_the_preview_shows_changes_field_by_field_and_escapes_them(client, editor, data):
    question = published_question(data, answer="It is <b>old</b>.")
    page = uploaded(client, bank_of({"uid": str(question.uid), "answer": "It is <script>new."}))
    text = page.content.decode()
    assert "<del>&lt;b&gt;old&lt;/b&gt;.</del>" in text
    assert "<ins>&lt;script&gt;new.</ins>" in text
    assert "<script>new" not in text


def test_the_editor_says_what_kind_of_change_it_is_and_why(client, editor, data):
    question = published_question(data, answer="It is olld.")
    page = uploaded(client, bank_of(ROW, {"uid": str(question.uid), "answer": "It is old."}))
    assert page.context["change_form"]["change_kind"].value() == "material"
    agree(client, page, change_kind="typo", change_note="Spelling.")
    new, changed = (q.versions.first() for q in (Question.objects.get(slug="drift"), question))
    assert (new.change_kind, new.change_note) == ("material", "Imported from bank.json.")
    assert (changed.change_kind, changed.change_note) == (
        "typo",
        "Imported from bank.json. Spelling.",
    )


def test_the_kind_of_change_is_asked_only_where_a_text_changes(client, editor, data):
    question = published_question(data)
    page = uploaded(client, bank_of(ROW, {"uid": str(question.uid), "seconds": 60}))
    assert "change_kind" not in page.content.decode()
    agree(client, page)
    assert Question.objects.get(pk=question.pk).seconds == 60


@pytest.mark.parametrize("wrong", [{"change_kind": "none"}, {"change_note": "x" * 20_001}])
def test_an_impossible_kind_or_note_writes_nothing(client, editor, data, wrong):
    question = published_question(data, answer="It is olld.")
    page = uploaded(client, bank_of({"uid": str(question.uid), "answer": "It is old."}))
    response = agree(client, page, **wrong)
    assert response.url.startswith(PREVIEW)
    assert question.versions.count() == 1


def test_wrong_rows_are_shown_with_place_field_and_fix(client, editor, data):
    page = uploaded(client, bank_of(ROW, {**ROW, "slug": "a b", "prompt": "Else?"}))
    text = page.content.decode()
    assert page.context["shown"] == "wrong"
    assert all(part in text for part in ("entry 2", "slug", "can&#x27;t be a slug", "Use letters"))


def test_with_wrong_rows_the_valid_ones_only_if_ticked(client, editor, data):
    page = uploaded(client, bank_of(ROW, {**ROW, "slug": "a b", "prompt": "Else?"}))
    response = agree(client, page)
    assert response.url.startswith(PREVIEW)
    assert "1 row is wrong" in messages_of(client, response)[0]
    assert not Question.objects.exists()
    response = agree(client, page, valid_rows="1")
    assert messages_of(client, response) == ["1 question imported. New ones are drafts."]
    assert Question.objects.get().slug == "drift"


def test_a_bank_that_changed_since_the_preview_is_shown_again(client, editor, data):
    question = published_question(data)
    page = uploaded(client, bank_of({"uid": str(question.uid), "seconds": 60}))
    Question.objects.update(seconds=99)
    response = agree(client, page)
    assert response.url.startswith(PREVIEW)
    assert "changed since the preview" in messages_of(client, response)[0]
    assert Question.objects.get().seconds == 99


def test_the_same_agreement_twice_imports_once(client, editor, data):
    page = uploaded(client, bank_of({**ROW, "slug": None}))
    agree(client, page)
    response = agree(client, page)
    assert response.url == IMPORT
    assert Question.objects.count() == 1


def test_a_newer_upload_takes_the_place_of_an_older(client, editor, data):
    first = uploaded(client, bank_of(ROW))
    uploaded(client, bank_of({**ROW, "prompt": "Another?"}))
    response = agree(client, first)
    assert response.url == IMPORT
    assert len(messages_of(client, response)) == 1
    assert not Question.objects.exists()


def test_a_file_is_held_for_the_person_who_uploaded_it(client, editor, data):
    page = uploaded(client, bank_of(ROW))
    client.force_login(staff("add_question", "change_question"))
    assert client.get(PREVIEW, {"file": page.context["token"]}).url == IMPORT
    assert agree(client, page).url == IMPORT
    assert not Question.objects.exists()


def test_whoever_may_not_add_topics_gets_none(client, data):
    client.force_login(staff("add_question", "change_question"))
    page = uploaded(client, bank_of({**ROW, "topic": "ops", "topic_name": "Operations"}))
    assert page.context["plan"].counts["wrong"] == 1
    assert Topic.objects.count() == 1


def test_the_chosen_topic_is_for_questions_that_name_none(client, editor, data):
    page = uploaded(client, b"::Q:: What is drift? {}", "q.gift", topic=data.pk)
    agree(client, page)
    assert Question.objects.get().topic == data


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bank.exe", b"x", "can't be read"),
        ("bank.json", b"", "empty"),
        ("bank.json", b"{", "Not readable as JSON"),
        ("bank.csv", b"prompt\n\xe9\n", "Line 2: byte 0xE9 is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(
    client, editor, name, content, said
):
    page = uploaded(client, content, name)
    assert said in page.context["form"].errors["file"][0]
    assert cache.get(upload.key_of(editor)) is None


def test_many_rows_are_shown_a_page_at_a_time(client, editor):
    content = FORMATS["csv"].write(many_topics(), many_questions(120))
    page = uploaded(client, content, "many.csv")
    assert len(page.context["rows"]) == import_pages.ROWS_PER_PAGE
    third = client.get(PREVIEW, {"file": page.context["token"], "rows": "new", "page": "3"})
    assert len(third.context["rows"]) == 20
    assert len(Question.objects.all()) == 0


@pytest.mark.parametrize("query", [{}, {"file": "x"}, {"file": "x" * 5000}])
def test_a_file_that_is_not_held(client, editor, query):
    assert client.get(PREVIEW, query).url == IMPORT
    assert client.post(APPLY, query).url == IMPORT


# --- who may --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "permissions",
    [(), ("view_question",), ("add_question",), ("change_question", "view_question")],
)
def test_who_may_not_add_and_change_questions_imports_none(client, data, permissions):
    client.force_login(staff(*permissions))
    assert client.get(IMPORT).status_code == 403
    assert uploaded(client, bank_of(ROW)).status_code == 403
    assert client.get(PREVIEW).status_code == 403
    assert client.post(APPLY, {"file": "x"}).status_code == 403
    assert not Question.objects.exists()


def test_candidates_and_strangers_are_sent_to_the_log_in(client):
    for _ in ("nobody", "a candidate"):
        for url in (IMPORT, PREVIEW, EXPORT, APPLY):
            assert client.get(url).status_code == 302
            assert "/login/" in client.post(url, {"file": "x"}).url
        client.force_login(UserFactory())


def test_who_may_not_see_questions_exports_none(client, data):
    question = published_question(data)
    client.force_login(staff("view_topic"))
    assert client.get(EXPORT, {"format": "json"}).status_code == 403
    chosen = {"action": "export_chosen", "_selected_action": question.pk, "format": "json"}
    assert client.post(LIST, chosen).status_code == 403


# --- export ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_all_questions_are_downloaded(client, editor, data, name):
    question = published_question(data)
    response = client.get(EXPORT, {"format": name})
    assert response["Content-Disposition"] == (
        f'attachment; filename="questions{FORMATS[name].suffix}"'
    )
    (row,) = read_file(f"x{FORMATS[name].suffix}", response.content).items
    assert row.values["uid"] == question.uid


def test_a_format_that_there_is_not_shows_the_form_again(client, editor):
    response = client.get(EXPORT, {"format": "exe"})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_chosen_questions_are_downloaded_by_an_action(client, editor, data):
    chosen, _other = published_question(data), published_question(data)
    sent = {"action": "export_chosen", "_selected_action": chosen.pk}
    page = client.post(LIST, sent)
    assert "1 question," in page.content.decode()
    response = client.post(LIST, {**sent, "format": "json"})
    (row,) = read_file("x.json", response.content).items
    assert row.values["uid"] == chosen.uid


def test_all_that_a_filter_leaves_are_downloaded_by_the_action(client, editor, data):
    for _ in range(3):
        published_question(data)
    chosen = published_question(data, difficulty=3)
    sent = {"action": "export_chosen", "_selected_action": chosen.pk, "select_across": "1"}
    response = client.post(f"{LIST}?difficulty__exact=3", {**sent, "format": "json"})
    assert len(read_file("x.json", response.content).items) == 1
    response = client.post(LIST, {**sent, "format": "json"})
    assert len(read_file("x.json", response.content).items) == 4


def test_the_list_links_to_both(client, editor):
    text = client.get(LIST).content.decode()
    assert IMPORT in text
    assert EXPORT in text
    client.force_login(staff("view_question"))
    assert IMPORT not in client.get(LIST).content.decode()
