"""The follow-ups, examples, mistakes and sources in a question's form."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from questions.models import Question
from tests.admin_pages import errors_of, save, staff, url_of
from tests.factories import AnswerFactory, published_question
from tests.questions.admin.test_phrasings import FIELD, boxes_of, submit, typed

pytestmark = pytest.mark.django_db

POINTS = ["It caches.", "It scales."]
CACHES = {"accept": ["it keeps results"], "reject": []}


@pytest.fixture
def question(editor):
    question = published_question(key_points=POINTS, follow_ups=["Why so fast?", ""])
    question.phrasings = {"It caches.": CACHES}
    question.save()
    return question


def follow_ups_of(question) -> list[str]:
    return question.current_version.follow_ups


def test_a_form_that_is_saved_unread_changes_nothing(client, question):
    submit(client, question)
    assert (follow_ups_of(question), question.versions.count()) == (["Why so fast?", ""], 1)
    assert LogEntry.objects.get().get_change_message() == "No fields changed."


def test_a_follow_up_is_one_line_of_a_new_version(client, question):
    submit(client, question, ("It scales.", "follow_up", " And at\r\n cafe\u0301 times? "))
    assert follow_ups_of(question) == ["Why so fast?", "And at caf\xe9 times?"]
    assert question.versions.count() == 2
    assert question.phrasings == {"It caches.": CACHES}
    assert "Version 2" in LogEntry.objects.get().get_change_message()


def test_without_any_the_list_is_empty(client, question):
    submit(client, question, ("It caches.", "follow_up", "\u200b "))
    assert follow_ups_of(question) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("It scales.\nIt caches.", ["", "Why so fast?"]),
        ("New.\nIt caches.\nIt scales.", ["", "Why so fast?", ""]),
        ("It caches.", ["Why so fast?"]),
        ("It scales.", []),
        ("It now caches.\nIt scales.", ["Why so fast?", ""]),
        ("", []),
    ],
)
def test_a_follow_up_goes_with_its_point(client, question, lines, expected):
    Question.objects.update(status="draft")
    submit(client, question, key_points=lines)
    assert follow_ups_of(question) == expected


def test_a_new_key_point_gets_what_stands_in_the_row_for_new_ones(client, question):
    submit(
        client, question, ("new1", "follow_up", "Else?"), key_points="\n".join([*POINTS, "New."])
    )
    assert follow_ups_of(question) == ["Why so fast?", "", "Else?"]


def test_a_follow_up_of_a_new_point_that_is_not_there_is_refused(client, question):
    response = submit(client, question, ("new1", "follow_up", "Else?"))
    assert FIELD in errors_of(response)
    assert "Else?" in response.content.decode()
    assert question.versions.count() == 1


@pytest.mark.parametrize("follow_up", ["x" * 301, "a\0b?"])
def test_a_wrong_box_is_told_beside_it_and_keeps_its_text(client, question, follow_up):
    response = submit(client, question, ("It scales.", "follow_up", follow_up))
    name = boxes_of(response)["It scales."]
    assert f'id="id_{name}-follow_up_error"' in response.content.decode()
    assert errors_of(response)[FIELD] == ["Correct 1 box below."]
    assert follow_ups_of(question) == ["Why so fast?", ""]


def test_mistakes_and_sources_are_a_line_each(client, question):
    changes = {
        "short_example": " In short. ",
        "common_mistakes": "- Saying so.\r\n\r\n- Saying so.\r\n- Forgetting it.",
        "sources": "A: B (https://example.org)\r\n\u200b\r\nC: D",
    }
    save(client, question, **changes)
    question.refresh_from_db()
    version = question.current_version
    assert version.short_example == "In short."
    assert version.common_mistakes == ["Saying so.", "Forgetting it."]
    assert version.sources == ["A: B (https://example.org)", "C: D"]
    assert version.follow_ups == ["Why so fast?", ""]
    page = client.get(url_of("change", question)).context["adminform"].form
    assert page["common_mistakes"].value() == "Saying so.\nForgetting it."
    save(client, question)
    assert question.versions.count() == 2


def test_a_text_that_nobody_touched_stays_as_it_is(client, editor):
    old = {
        "follow_ups": ["- Why \u00a0?", ""],
        "common_mistakes": ["- a"],
        "short_example": "x\r\ny",
    }
    question = published_question(key_points=POINTS, **old)
    save(client, question, seconds=99)
    assert question.versions.count() == 1
    save(client, question, answer="Else.")
    question.refresh_from_db()
    assert {name: question.current_version.texts()[name] for name in old} == old


def test_once_asked_a_changed_follow_up_needs_a_reason(client, question):
    AnswerFactory(version=question.current_version)
    response = submit(client, question, ("It scales.", "follow_up", "And then?"))
    assert "change_note" in errors_of(response)
    kind = {"change_kind": "typo", "change_note": "Clearer."}
    submit(client, question, ("It scales.", "follow_up", "And then?"), **kind)
    assert follow_ups_of(question) == ["Why so fast?", "And then?"]


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(client, other, question):
    url = url_of("change", question)
    mine = typed(client.get(url), boxes=[("It scales.", "follow_up", "Mine?")])
    submit(other, question, ("It scales.", "follow_up", "Yours?"))
    response = client.post(url, mine, follow=True)
    question.refresh_from_db()
    assert follow_ups_of(question) == ["Why so fast?", "Yours?"]
    (difference,) = response.context["adminform"].form.differences
    assert "Yours?" in difference.saved
    assert "Mine?" in difference.yours


def test_a_new_question_is_saved_with_all_of_them(client, editor):
    topic = published_question().topic
    page = client.get(reverse("admin:questions_question_add"))
    texts = {"prompt": "What is a cache?", "key_points": "It caches.", "topic": topic.pk}
    data = typed(page, boxes=[("new1", "follow_up", "Why so fast?")], sources="A: B", **texts)
    client.post(reverse("admin:questions_question_add"), data)
    version = Question.objects.get(current_version__prompt="What is a cache?").current_version
    assert (version.follow_ups, version.sources) == (["Why so fast?"], ["A: B"])


def test_those_who_only_read_see_all_of_them(client, question):
    texts = {"short_example": "Briefly.", "common_mistakes": ["Saying so."], "sources": ["A: B"]}
    other = published_question(key_points=["It caches."], follow_ups=["Why?"], **texts)
    client.force_login(staff("view_question"))
    page = client.get(url_of("change", other)).content.decode()
    assert all(part in page for part in ("Briefly.", "Saying so.", "A: B", "Follow-up: Why?"))


def test_the_comparison_of_versions_names_the_point_of_a_follow_up(client, question):
    submit(client, question, ("It scales.", "follow_up", "And then?"))
    texts = client.get(url_of("compare", question)).context["texts"]
    changed = {text.label: text.pieces for text in texts if text.changed}
    assert list(changed) == ["Follow-ups"]
    assert [(piece.kind, piece.text) for piece in changed["Follow-ups"]][-1] == (
        "added",
        "2: And then?\n",
    )


def test_an_old_version_comes_back_with_its_follow_ups(client, question):
    submit(client, question, ("It caches.", "follow_up", "Else?"))
    url = url_of("restore", question, 1)
    client.post(url, {"current": 2, "change_kind": "typo", "change_note": "Back."})
    question.refresh_from_db()
    assert follow_ups_of(question) == ["Why so fast?", ""]


def test_a_search_of_the_list_finds_their_words(client, question):
    submit(client, question, sources="Kleppmann: A book", short_example="Zebra.")
    published_question()
    for word in ("kleppmann", "zebra", "so fast"):
        page = client.get(reverse("admin:questions_question_changelist"), {"q": word})
        assert [row.pk for row in page.context["cl"].result_list] == [question.pk]


@pytest.mark.parametrize(
    ("field", "text", "parts"),
    [
        ("short_example", "So *it* is.", ["<em>it</em>"]),
        ("common_mistakes", "Saying\nForgetting", ["<li>Saying</li>"]),
        ("sources", "A: https://example.org/a.", ['href="https://example.org/a"', "noopener"]),
        ("sources", "[x](javascript:alert(1))", ["<li>"]),
    ],
)
def test_the_preview_beside_a_box_shows_them_as_candidates_see_them(
    client, editor, field, text, parts
):
    url = reverse("admin:questions_question_markdown")
    html = client.post(f"{url}?field={field}", {field: text}).content.decode()
    assert all(part in html for part in parts)
    assert 'javascript:alert(1)"' not in html
