"""Two editors at one form of a question or an interview."""

import threading

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client

from tests.admin_pages import errors_of, filled_in, save, url_of
from tests.factories import TopicFactory, interview_of, published_question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [published_question, lambda: interview_of(1), TopicFactory])
def test_a_script_that_asks_for_a_form_of_what_is_gone_is_told_so(client, editor, make):
    row = make()
    url = url_of("change", row)
    assert client.get(url, headers={"X-Page-Script": "1"}).status_code == 200
    for pk in (row.pk, "no-number"):
        gone = client.get(url.replace(f"/{row.pk}/", f"/{pk}0/"), headers={"X-Page-Script": "1"})
        assert gone.status_code == 410
        assert "deleted" in gone.content.decode()
    assert client.get(url.replace(f"/{row.pk}/", f"/{row.pk}0/")).status_code == 302


# --- a question --------------------------------------------------------------------------------


def differences_of(response) -> list[tuple]:
    """What the page says was saved meanwhile: field, saved value, typed value (None: untouched)."""
    form = response.context["adminform"].form
    return [(d.name, d.saved, d.yours) for d in form.differences]


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(client, editor):
    question = published_question(answer="First words.")
    second = filled_in(client.get(url_of("change", question)), answer="Second <b>words</b>.")
    save(client, question, answer="Other words.")
    told = client.post(url_of("change", question), second)
    (message,) = errors_of(told)["__all__"]
    assert message.startswith("edith saved version 2")
    assert differences_of(told) == [("answer", "Other words.", "Second <b>words</b>.")]
    assert told.context["adminform"].form["answer"].value() == "Second <b>words</b>."
    assert told.content.decode().count("Second &lt;b&gt;words&lt;/b&gt;.") > 1
    assert question.versions.count() == 2
    question.refresh_from_db()
    assert question.current_version.answer == "Other words."


def test_having_seen_both_the_second_editor_can_save(client, editor):
    question = published_question()
    second = filled_in(client.get(url_of("change", question)), answer="Second words.")
    save(client, question, answer="Other words.")
    told = client.post(url_of("change", question), second)
    client.post(url_of("change", question), filled_in(told))
    assert list(question.versions.values_list("number", "answer")) == [
        (3, "Second words."),
        (2, "Other words."),
        (1, "What is true."),
    ]


def test_what_only_the_other_editor_changed_is_shown_and_stays_when_saved_again(client, editor):
    question = published_question(difficulty=1, answer="First words.")
    typed = {"how_to_answer": "Mine.", "answer": "My words.", "seconds": 99}
    second = filled_in(client.get(url_of("change", question)), **typed)
    save(client, question, prompt="A better prompt?", answer="Their words.", difficulty=3)
    told = client.post(url_of("change", question), second)
    assert sorted(differences_of(told)) == [
        ("answer", "Their words.", "My words."),
        ("difficulty", "hard", None),
        ("prompt", "A better prompt?", None),
    ]
    client.post(url_of("change", question), filled_in(told))
    question.refresh_from_db()
    version = question.current_version
    assert (version.prompt, version.how_to_answer) == ("A better prompt?", "Mine.")
    assert (version.answer, question.difficulty, question.seconds) == ("My words.", 3, 99)


def test_a_third_change_after_the_second_editor_was_told_is_told_again(client, editor):
    question = published_question(answer="First words.")
    second = filled_in(client.get(url_of("change", question)), answer="Second words.")
    save(client, question, answer="Other words.")
    told = client.post(url_of("change", question), second)
    save(client, question, answer="Third words.")
    again = client.post(url_of("change", question), filled_in(told))
    assert differences_of(again) == [("answer", "Third words.", "Second words.")]
    assert question.versions.count() == 3


def test_a_setting_that_both_changed_is_shown_with_its_label(client, editor):
    question = published_question(difficulty=1)
    second = filled_in(client.get(url_of("change", question)), difficulty=2)
    save(client, question, difficulty=3)
    told = client.post(url_of("change", question), second)
    assert errors_of(told)["__all__"][0].startswith("Somebody saved this question")
    assert differences_of(told) == [("difficulty", "hard", "medium")]


def test_two_editors_with_the_same_words_do_not_quarrel(client, editor):
    question = published_question()
    second = filled_in(client.get(url_of("change", question)), answer="Same words.")
    save(client, question, answer="Same words.")
    response = client.post(url_of("change", question), second)
    assert response.status_code == 302
    assert question.versions.count() == 2


@pytest.mark.parametrize(
    "started", ["", "x", "[]", '{"answer": 1e999}', '{"answer": ' + "9" * 400 + "}", "[" * 9999]
)
def test_a_form_that_does_not_say_where_it_started_is_not_believed(client, editor, started):
    question = published_question()
    response = save(client, question, answer="Better.", started_from=started)
    assert "__all__" in errors_of(response)
    assert question.versions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_the_same_moment_one_saves_and_one_is_told(client, editor):
    question = published_question()
    page = client.get(url_of("change", question))
    ready, said = threading.Barrier(2), []

    def post(answer):
        try:
            own = Client()
            own.cookies = client.cookies
            ready.wait(timeout=10)
            said.append(
                own.post(url_of("change", question), filled_in(page, answer=answer)).status_code
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=[text]) for text in ("Mine.", "Yours.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(said) == [200, 302]
    assert question.versions.count() == 2


# --- an interview ------------------------------------------------------------------------------


def slots_of(interview):
    return list(interview.slots.values_list("position", "question__slug", "count", "seconds"))


def with_a_slot_more(page, **values) -> dict:
    """The form of an interview of one slot, with a second one added."""
    values = {"position": 2, "difficulty_from": 1, "difficulty_to": 3, "count": 1} | values
    slot = {f"slots-1-{name}": value for name, value in values.items()}
    return {**filled_in(page), **slot, "slots-TOTAL_FORMS": 2}


def test_what_two_editors_changed_in_different_fields_is_kept_of_both(client, editor):
    interview = interview_of(2)
    second = filled_in(client.get(url_of("change", interview)), think_seconds=20)
    save(client, interview, name="A better name", **{"slots-0-seconds": 75})
    told = client.post(url_of("change", interview), second)
    assert [(name, yours) for name, _, yours in differences_of(told)] == [
        ("name", None),
        ("slots", None),
    ]
    client.post(url_of("change", interview), filled_in(told))
    interview.refresh_from_db()
    assert (interview.name, interview.think_seconds) == ("A better name", 20)
    assert interview.slots.get(position=1).seconds == 75


def test_what_both_changed_is_shown_and_not_saved_until_saved_again(client, editor):
    interview = interview_of(1, name="First")
    second = filled_in(client.get(url_of("change", interview)), name="Mine")
    save(client, interview, name="Theirs")
    told = client.post(url_of("change", interview), second)
    assert errors_of(told)["__all__"][0].startswith("Somebody saved this interview")
    assert differences_of(told) == [("name", "Theirs", "Mine")]
    interview.refresh_from_db()
    assert interview.name == "Theirs"
    client.post(url_of("change", interview), filled_in(told))
    interview.refresh_from_db()
    assert interview.name == "Mine"


def test_slots_that_both_changed_stay_as_saved_and_both_are_shown(client, editor):
    interview = interview_of(2)
    first, second = (slot.question.slug for slot in interview.slots.all())
    changes = {"slots-0-seconds": 75, "name": "New name"}
    mine = filled_in(client.get(url_of("change", interview)), **changes)
    save(client, interview, **{"slots-1-DELETE": "on"})
    told = client.post(url_of("change", interview), mine)
    lines = f"1: {first}, 75 s\n2: {second}, 60 s"
    assert differences_of(told) == [("slots", f"1: {first}, 60 s", lines)]
    (inline,) = told.context["inline_admin_formsets"]
    assert [form.instance.position for form in inline.formset.forms] == [1]
    client.post(url_of("change", interview), filled_in(told))
    interview.refresh_from_db()
    assert (interview.name, slots_of(interview)) == ("New name", [(1, first, 1, 60)])


def test_a_slot_that_somebody_deleted_does_not_keep_the_other_editor_from_saving(client, editor):
    interview = interview_of(2)
    mine = filled_in(client.get(url_of("change", interview)), name="New name")
    save(client, interview, **{"slots-1-DELETE": "on"})
    told = client.post(url_of("change", interview), mine)
    client.post(url_of("change", interview), filled_in(told))
    interview.refresh_from_db()
    assert (interview.name, interview.slots.count()) == ("New name", 1)


def test_two_editors_who_add_a_slot_at_the_same_place_are_told(client, editor):
    interview = interview_of(1)
    page = client.get(url_of("change", interview))
    client.post(url_of("change", interview), with_a_slot_more(page))
    told = client.post(url_of("change", interview), with_a_slot_more(page, count=3))
    ((name, saved, yours),) = differences_of(told)
    assert name == "slots"
    assert saved.endswith("2: 1 of any topic, difficulty 1 to 3")
    assert yours.endswith("2: 3 of any topic, difficulty 1 to 3")
    assert interview.slots.count() == 2


def test_the_same_new_slot_saved_twice_by_a_double_click_is_there_once(client, editor):
    interview = interview_of(1)
    page = client.get(url_of("change", interview))
    client.post(url_of("change", interview), with_a_slot_more(page))
    response = client.post(url_of("change", interview), with_a_slot_more(page), follow=True)
    assert response.status_code == 200
    assert interview.slots.count() == 2


def test_slots_that_were_replaced_by_equal_ones_count_as_changed(client, editor):
    """As the seed replaces them when it updates an interview."""
    interview = interview_of(1)
    mine = filled_in(client.get(url_of("change", interview)), name="New name")
    (slot,) = interview.slots.all()
    slot.delete()
    slot.pk = None
    slot.save(force_insert=True)
    told = client.post(url_of("change", interview), mine)
    assert [name for name, _, _ in differences_of(told)] == ["slots"]
    client.post(url_of("change", interview), filled_in(told))
    interview.refresh_from_db()
    assert (interview.name, interview.slots.count()) == ("New name", 1)


def test_the_log_does_not_name_the_fingerprints(client, editor):
    interview = interview_of(1, name="First")
    same = filled_in(client.get(url_of("change", interview)), name="Same")
    save(client, interview, name="Same")
    client.post(url_of("change", interview), same)
    assert "Started from" not in str(
        [entry.get_change_message() for entry in LogEntry.objects.all()]
    )
