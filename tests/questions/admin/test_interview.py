"""Interviews and their slots in Django's admin."""

import pytest
from django.urls import reverse

from questions.models import Interview, Slot
from tests.admin_pages import errors_of, filled_in, levels_of, messages_of, save, url_of
from tests.factories import InterviewFactory, TopicFactory, interview_of, published_question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("editor")]
ADD = reverse("admin:questions_interview_add")


def row(number, **values) -> dict:
    """A new slot, as the form offers it, with `values` typed."""
    values = {"difficulty_from": 1, "difficulty_to": 3, "count": 1} | values
    return {f"slots-{number}-{name}": value for name, value in values.items()}


def add(client, *slots, **changes):
    data = filled_in(client.get(ADD), name="New one", slug="new-one", **changes)
    for number, slot in enumerate(slots):
        data |= row(number, **slot)
    return client.post(ADD, data | {"slots-TOTAL_FORMS": len(slots)}, follow=True)


def slots_of(interview):
    return [(s.position, s.question, s.topic, s.count) for s in interview.slots.all()]


def row_errors(response):
    """The messages of each slot, by field."""
    (inline,) = response.context["inline_admin_formsets"]
    return [dict(form.errors) for form in inline.formset.forms]


def test_an_interview_is_made_of_a_question_and_a_rule(client):
    question, topic = published_question(), published_question().topic
    response = add(client, {"question": question.pk}, {"topic": topic.pk, "seconds": 90})
    interview = Interview.objects.get(slug="new-one")
    assert slots_of(interview) == [(1, question, None, 1), (2, None, topic, 1)]
    assert len(messages_of(response)) == 1
    assert "Yes, 2 questions." in client.get(url_of("change", interview)).content.decode()


def test_a_new_slot_as_it_comes_asks_any_question(client):
    published_question()
    add(client, {})
    assert slots_of(Interview.objects.get()) == [(1, None, None, 1)]


def test_slots_trade_places_in_one_save(client):
    interview = interview_of(2)
    first, second = (slot.question for slot in interview.slots.all())
    save(client, interview, **{"slots-0-position": 2, "slots-1-position": 1})
    assert slots_of(interview) == [(1, second, None, 1), (2, first, None, 1)]


def test_slots_trade_questions_in_one_save(client):
    interview = interview_of(2)
    first, second = (slot.question for slot in interview.slots.all())
    save(client, interview, **{"slots-0-question": second.pk, "slots-1-question": first.pk})
    assert slots_of(interview) == [(1, second, None, 1), (2, first, None, 1)]


def test_a_slot_takes_the_question_of_one_that_goes(client):
    interview = interview_of(2)
    second = interview.slots.get(position=2).question
    save(client, interview, **{"slots-0-question": second.pk, "slots-1-DELETE": "on"})
    assert slots_of(interview) == [(1, second, None, 1)]


def test_an_empty_position_is_the_last(client):
    interview = interview_of(3)
    first = interview.slots.get(position=1).question
    save(client, interview, **{"slots-0-position": ""})
    assert [(s.position, s.question) for s in interview.slots.all()][-1] == (4, first)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"timing": "total"}, "seconds", "give the seconds in all"),
        ({"seconds": 60}, "seconds", "leave this empty"),
        ({"timing": "total", "seconds": 0}, "seconds", "greater than or equal to 1"),
        ({"timing": "total", "seconds": "9" * 400}, "seconds", "less than or equal to 86400"),
        ({"timing": "total", "seconds": 60, "follow_ups": 1}, "follow_ups", "per-question timing"),
        ({"follow_ups": 3}, "follow_ups", "Select a valid choice"),
        ({"follow_ups": "9" * 400}, "follow_ups", "Select a valid choice"),
        ({"follow_up_seconds": 0}, "follow_up_seconds", "greater than or equal to 1"),
        ({"follow_up_seconds": "9" * 400}, "follow_up_seconds", "less than or equal to 86400"),
        ({"think_seconds": 601}, "think_seconds", "less than or equal to 600"),
        ({"position": "9" * 400}, "position", "less than or equal to 32767"),
        ({"slug": ""}, "slug", "This field is required."),
    ],
)
def test_a_mistake_is_told_beside_its_field(client, changes, field, message):
    response = save(client, interview_of(1), **changes)
    (said,) = errors_of(response)[field]
    assert message in said


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"count": 2}, "count", "A fixed question is asked once."),
        ({"difficulty_from": 3, "difficulty_to": 1}, "difficulty_to", "This is lower than"),
        ({"question": "", "count": 0}, "count", "greater than or equal to 1"),
        ({"question": "", "count": "9" * 400}, "count", "less than or equal to 100"),
        ({"seconds": 0}, "seconds", "greater than or equal to 1"),
        ({"position": 0}, "position", "greater than or equal to 1"),
        ({"position": "9" * 400}, "position", "less than or equal to 32767"),
        ({"question": "9" * 400}, "question", "Select a valid choice"),
        ({"position": 1}, "position", "Another slot has this position."),
    ],
)
def test_a_mistake_in_a_slot_is_told_beside_it(client, changes, field, message):
    interview = interview_of(2)
    before = slots_of(interview)
    named = {f"slots-1-{name}": value for name, value in changes.items()}
    good, bad = row_errors(save(client, interview, **named))
    assert good == {}
    assert message in bad[field][0]
    assert slots_of(interview) == before


def test_a_question_and_a_topic_in_one_slot_is_told_beside_it(client):
    interview = interview_of(1)
    response = save(client, interview, **{"slots-0-topic": TopicFactory().pk})
    assert row_errors(response) == [{"topic": ["Choose either a question or a topic, not both."]}]


def test_the_same_question_twice_is_told_beside_the_second(client):
    question = published_question()
    response = add(client, {"question": question.pk}, {"question": question.pk})
    assert row_errors(response) == [
        {},
        {"question": ["The interview has this question already."]},
    ]
    assert not Slot.objects.exists()


def test_an_active_interview_needs_a_slot_and_a_hidden_one_may_wait(client):
    response = add(client)
    assert "An active interview asks at least one question" in response.content.decode()
    assert not Interview.objects.exists()
    data = filled_in(client.get(ADD), name="New one", slug="new-one")
    data.pop("is_active")
    client.post(ADD, data)
    assert not Interview.objects.get().is_active


def test_an_interview_that_cannot_be_filled_is_saved_with_a_warning(client):
    published_question()
    response = add(client, {}, {"count": 3})
    assert sorted(levels_of(response)) == ["success", "warning"]
    assert Interview.objects.get().slots.count() == 2


def test_the_list_counts_questions(client):
    interview = interview_of(2)
    Slot.objects.create(interview=interview, position=3, count=5)
    InterviewFactory()
    found = client.get(reverse("admin:questions_interview_changelist")).context["cl"].result_list
    assert [row.question_count for row in found] == [7, None]


def test_slots_name_questions_by_their_prompts_and_their_boxes_by_what_they_are(client):
    interview = interview_of(1)
    prompt = interview.slots.get().question.current_version.prompt
    page = client.get(url_of("change", interview)).content.decode()
    assert f"selected>{prompt}</option>" in page
    for name in ("Position", "Count", "Seconds", "Question", "Topic", "Difficulty from"):
        assert f'aria-label="{name}"' in page
    asked = {"app_label": "questions", "model_name": "slot", "field_name": "question", "term": ""}
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [row["text"] for row in found] == [prompt]


def test_each_position_in_a_list_has_a_name_of_its_own(client):
    interview_of(1, name="Screening")
    topic = TopicFactory(name="Storage")
    for name, row in (("interview", "Screening"), ("topic", topic.name)):
        page = client.get(reverse(f"admin:questions_{name}_changelist")).content.decode()
        assert f'aria-label="Position of {row}"' in page


def test_the_follow_ups_of_an_interview_are_saved(client):
    interview = interview_of(1)
    save(client, interview, follow_ups=2, follow_up_seconds=45)
    interview.refresh_from_db()
    assert (interview.follow_ups, interview.follow_up_seconds) == (2, 45)
    save(client, interview, follow_ups=0, follow_up_seconds="")
    interview.refresh_from_db()
    assert (interview.follow_ups, interview.follow_up_seconds) == (0, 45)


def test_a_copy_of_an_interview_has_its_follow_ups(client):
    interview = interview_of(1, follow_ups=1, follow_up_seconds=30)
    client.post(url_of("copy", interview))
    copy = Interview.objects.exclude(pk=interview.pk).get()
    assert (copy.follow_ups, copy.follow_up_seconds) == (1, 30)
