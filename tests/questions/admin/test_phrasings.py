"""Phrasings in a question's form: which are kept, for which point, and what the log says."""

import html
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from questions.models import Question
from questions.rules.limits import MAX_STATEMENT
from tests.admin_pages import errors_of, filled_in, messages_of, staff, url_of
from tests.factories import published_question

pytestmark = pytest.mark.django_db

FIELD = "phrasings_by_point"
POINTS = ["It caches.", "It scales."]
CACHES = {"accept": ["it keeps results", "a cache"], "reject": ["it is fast"]}


@pytest.fixture
def question(editor):
    question = published_question(key_points=POINTS)
    question.phrasings = {"It caches.": CACHES}
    question.save()
    return question


def boxes_of(page) -> dict[str, str]:
    """The names of rows of boxes, by the point that each is for; new1, new2 for new ones."""
    rows = re.findall(rf'name="({FIELD}-([^"]+))-point" value="([^"]*)"', page.content.decode())
    return {html.unescape(point) or key: name for name, key, point in rows}


def typed(page, *, boxes=(), **changes) -> dict:
    """What a browser submits, with `boxes` typed: (point, kind, text)."""
    names, texts = boxes_of(page), page.content.decode()
    data = filled_in(page, **changes)
    data.pop(FIELD)
    for point, name in names.items():
        data[f"{name}-point"] = "" if point.startswith("new") else point
        for kind in ("follow_up", "accept", "reject"):
            found = re.search(rf'name="{name}-{kind}"[^>]*>\n(.*?)</textarea>', texts, re.DOTALL)
            data[f"{name}-{kind}"] = html.unescape(found[1]).replace("\n", "\r\n")
    return data | {f"{names[point]}-{kind}": text for point, kind, text in boxes}


def submit(client, question, *boxes, **changes):
    url = url_of("change", question)
    response = client.post(url, typed(client.get(url), boxes=boxes, **changes), follow=True)
    question.refresh_from_db()
    return response


def test_a_form_that_is_saved_unread_changes_nothing(client, question):
    submit(client, question)
    assert question.phrasings == {"It caches.": CACHES}
    assert question.versions.count() == 1
    assert LogEntry.objects.get().get_change_message() == "No fields changed."


def test_statements_are_stored_one_a_line_without_a_new_version_and_are_logged(client, question):
    boxes = [
        ("It caches.", "accept", " a cache \r\n\r\nresults <b>stay</b>\r\nA  CACHE"),
        ("It scales.", "reject", "it is cheap"),
    ]
    submit(client, question, *boxes)
    assert question.phrasings == {
        "It caches.": {"accept": ["a cache", "results <b>stay</b>"], "reject": ["it is fast"]},
        "It scales.": {"accept": [], "reject": ["it is cheap"]},
    }
    assert question.versions.count() == 1
    logged = LogEntry.objects.get().get_change_message()
    for part in ("It caches.", "“results <b>stay</b>”", "“it keeps results”", "It scales."):
        assert part in logged
    assert "“a cache”" not in logged


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ("It scales.\nIt caches.", {"It caches.": CACHES}),
        ("New.\nIt caches.\nIt scales.", {"It caches.": CACHES}),
        ("It scales.", {"It caches.": CACHES}),
        ("It now caches.\nIt scales.", {"It caches.": CACHES, "It now caches.": CACHES}),
        ("Else.\nIt scales.", {"It caches.": CACHES, "Else.": CACHES}),
    ],
)
def test_phrasings_go_with_their_point_and_stay_under_its_old_words(client, question, lines, kept):
    submit(client, question, key_points=lines)
    assert question.phrasings == kept


def test_a_new_key_point_gets_what_stands_in_the_rows_for_new_ones(client, question):
    boxes = [("new1", "accept", "one"), ("new2", "reject", "two")]
    submit(client, question, *boxes, key_points="First.\nIt caches.\nIt scales.\nLast.")
    assert question.phrasings == {
        "It caches.": CACHES,
        "First.": {"accept": ["one"], "reject": []},
        "Last.": {"accept": [], "reject": ["two"]},
    }


def test_statements_about_a_point_that_is_removed_are_kept_for_older_versions(client, question):
    submit(client, question, ("It scales.", "accept", "more machines"), key_points="It caches.")
    assert question.phrasings["It scales."] == {"accept": ["more machines"], "reject": []}


def test_a_new_question_is_saved_with_its_phrasings(client, editor):
    topic = published_question().topic
    page = client.get(reverse("admin:questions_question_add"))
    texts = {"prompt": "What is a cache?", "key_points": "It caches.", "topic": topic.pk}
    data = typed(page, boxes=[("new1", "accept", "it keeps results")], **texts)
    client.post(reverse("admin:questions_question_add"), data)
    added = Question.objects.get(current_version__prompt="What is a cache?")
    assert added.phrasings == {"It caches.": {"accept": ["it keeps results"], "reject": []}}


@pytest.mark.parametrize(
    ("box", "wrong_kind"),
    [
        (("It caches.", "accept", "x" * (MAX_STATEMENT + 1)), "accept"),
        (("It caches.", "accept", "IT is fast"), "reject"),
        (("It scales.", "reject", "\n".join(f"no {n}" for n in range(21))), "reject"),
    ],
)
def test_an_error_stands_beside_its_box_and_the_text_stays(client, question, box, wrong_kind):
    point, _, text = box
    response = submit(client, question, box)
    assert list(errors_of(response)) == [FIELD]
    assert question.phrasings == {"It caches.": CACHES}
    page, names = response.content.decode(), boxes_of(response)
    (error,) = re.findall(rf'id="id_({FIELD}-[^"]+)_error"', page)
    assert error == f"{names[point]}-{wrong_kind}"
    assert f'aria-describedby="id_{error}_error"' in page
    (row,) = (part for part in page.split("<details")[1:] if error in part)
    assert row.split(">")[0].strip() == "open"
    assert text in page


def test_phrasings_of_a_new_point_without_a_new_point_are_refused(client, question):
    response = submit(client, question, ("new1", "accept", "of what?"))
    assert FIELD in errors_of(response)
    assert "of what?" in response.content.decode()


def test_the_texts_of_all_points_together_have_a_limit(client, editor):
    question = published_question(key_points=[f"Idea {n}." for n in range(5)])
    statements = "\n".join(f"{n} {'x' * 290}" for n in range(20))
    boxes = [(f"Idea {n}.", "accept", statements) for n in range(5)]
    assert list(errors_of(submit(client, question, *boxes))) == [FIELD]


# --- two editors ------------------------------------------------------------------------------


def test_the_second_of_two_editors_sees_both_and_nothing_is_overwritten(client, question):
    url = url_of("change", question)
    second = typed(client.get(url), boxes=[("It scales.", "accept", "mine")])
    submit(client, question, ("It scales.", "accept", "theirs"))
    told = client.post(url, second)
    (difference,) = told.context["adminform"].form.differences
    assert "theirs" in difference.saved
    assert "mine" in difference.yours
    question.refresh_from_db()
    assert question.phrasings["It scales."]["accept"] == ["theirs"]
    client.post(url, typed(told))
    question.refresh_from_db()
    assert question.phrasings["It scales."]["accept"] == ["mine"]


def test_what_only_the_other_editor_changed_is_shown_and_stays(client, question):
    url = url_of("change", question)
    second = typed(client.get(url), answer="Mine.")
    submit(client, question, ("It scales.", "accept", "theirs"))
    told = client.post(url, second)
    (difference,) = told.context["adminform"].form.differences
    assert (difference.name, difference.yours) == (FIELD, None)
    client.post(url, typed(told))
    question.refresh_from_db()
    assert question.current_version.answer == "Mine."
    assert question.phrasings["It scales."]["accept"] == ["theirs"]


# --- people who only look -----------------------------------------------------------


def test_who_may_only_look_reads_the_phrasings(client, question):
    client.force_login(staff("view_question"))
    page = client.get(url_of("change", question)).content.decode()
    assert "it keeps results" in page
    assert f'name="{FIELD}' not in page


def test_messages_say_nothing_of_a_version(client, question):
    response = submit(client, question, ("It scales.", "accept", "more machines"))
    assert not any("version" in message for message in messages_of(response))
