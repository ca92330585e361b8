"""Nothing of a person's is missing from their file, and nothing that is added later can be."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from attempts.models import (
    AddedTime,
    Answer,
    AskedQuestion,
    Attempt,
    KeptText,
    OwnInterview,
    Practice,
    Preference,
    QuestionNote,
    Report,
    ResultLink,
    SaidHere,
    Schedule,
)
from attempts.own_data.person import Person
from attempts.own_data.tables import NOT_IN_IT, tables_of
from attempts.owners import GUEST_KEY, Owner
from questions.formats.tabular.cells import rearm
from tests.attempts.own_data.everything import (
    HOSTILE,
    Download,
    read_download,
    user_with_everything,
    write_everything,
)
from tests.plain_browser import logged_in

pytestmark = pytest.mark.django_db

TABLES = tables_of(Person(Owner(guest_key="nobody")))
SHOWN = {table.model._meta.label for table in TABLES}


# --- by the models --------------------------------------------------------------------------


def leads_to_a_person(model) -> bool:
    """Whether a row of the model belongs to a user, a guest, or a row that does."""
    relations = [field for field in model._meta.concrete_fields if field.is_relation]
    return hasattr(model, "guest_key") or any(
        relation.related_model is User
        or relation.related_model._meta.label in SHOWN - {"questions.QuestionVersion"}
        for relation in relations
    )


def test_every_table_of_a_person_is_in_the_file_or_named_with_a_reason():
    models = [model for model in apps.get_models() if leads_to_a_person(model)]
    models += [*apps.get_app_config("attempts").get_models(), User]
    missing = {m._meta.label for m in models} - SHOWN - NOT_IN_IT.keys()
    assert missing == set()
    assert SHOWN & NOT_IN_IT.keys() == set()
    assert NOT_IN_IT.keys() <= {model._meta.label for model in apps.get_models()}


@pytest.mark.parametrize("label", sorted(SHOWN))
def test_every_field_is_in_the_file_or_left_out_with_a_reason(label):
    tables = [table for table in TABLES if table.model._meta.label == label]
    columns = tables[0].model._meta.concrete_fields
    fields = {field.name for field in [*columns, *tables[0].model._meta.many_to_many]}
    names = {field.attname: field.name for field in columns}
    shown = {column.field for table in tables for column in table.columns}
    left_out = {name for table in tables for name in table.left_out}
    assert fields - {names.get(name, name) for name in shown | left_out} == set()


def test_a_field_that_is_left_out_is_there_and_has_a_reason():
    for table in TABLES:
        names = {field.name for field in table.model._meta.get_fields()}
        assert table.left_out.keys() <= names
        assert all(table.left_out.values())
        assert all(column.about for column in table.columns)


# --- by the rows ----------------------------------------------------------------------------


@pytest.fixture
def user():
    write_everything(Owner(guest_key="another-guest"), texts=["Of another guest.", "And", "more."])
    return user_with_everything()


def download(client: Client) -> Download:
    response = client.get("/attempts/download/")
    assert response.status_code == 200
    return read_download(response.getvalue())


ROWS = {
    "attempts": (Attempt, "", ("started_at",)),
    "added_times": (AddedTime, "attempt__", ("added_at", "pk")),
    "result_links": (ResultLink, "attempt__", ("created_at",)),
    "answers": (Answer, "attempt__", ("attempt__started_at", "position")),
    "kept_texts": (KeptText, "answer__attempt__", ("kept_at", "pk")),
    "said_here": (SaidHere, "answer__attempt__", ("created_at",)),
    "reports": (Report, "answer__attempt__", ("reported_at",)),
    "practices": (Practice, "", ("created_at",)),
    "own_interviews": (OwnInterview, "", ("created_at",)),
    "schedules": (Schedule, "", ("due_at", "pk")),
    "notes": (QuestionNote, "", ("pk",)),
    "preferences": (Preference, "", ("pk",)),
    "email_addresses": (EmailAddress, "", ("pk",)),
    "second_factors": (Authenticator, "", ("pk",)),
}
"""By table: whose rows it should have, how they lead to their user, in which order."""


def in_json(value):
    """A value of the database as JSON has it, worked out here once more."""
    if isinstance(value, timedelta):
        return value / timedelta(seconds=1)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def stored(name: str, user) -> list:
    if name == "account":
        return [user]
    model, path, order = ROWS[name]
    return list(model.objects.filter(**{f"{path}user": user}).order_by(*order))


def at(row, path: str):
    for part in path.split("."):
        row = None if row is None else getattr(row, part)
    return row


def test_every_value_of_every_row_comes_back_as_it_is_stored(user):
    user.refresh_from_db()
    got = download(logged_in(user)).everything
    user.refresh_from_db()
    assert set(got) == {"made_at", "key_points", "account", *ROWS}
    for table in tables_of(Person(Owner(user_id=user.pk))):
        if table.name == "key_points":
            continue
        rows = stored(table.name, user)
        assert rows, f"the test has no {table.name}"
        assert len(got[table.name]) == len(rows)
        for row, values in zip(rows, got[table.name], strict=True):
            assert list(values) == [column.name for column in table.columns]
            for column in table.columns:
                if column.read is None:
                    expected = in_json(at(row, column.of or column.name))
                    assert values[column.name] == expected, (table.name, column.name)


def test_the_question_of_each_answer_comes_back_as_it_was_asked(user):
    got = download(logged_in(user)).everything
    rows = stored("answers", user)
    for row, values in zip(rows, got["answers"], strict=True):
        version = row.version
        if values["prompt"] is None:
            assert row.attempt.is_running
            continue
        assert values["prompt"] == row.asked
        assert values["question"] == version.question.slug
        assert values["topic"] == version.question.topic.name
        assert (values["version"], values["difficulty"]) == (
            version.number,
            version.question.difficulty,
        )


def test_the_key_points_come_back_with_what_was_found_ticked_and_counted(user):
    got = download(logged_in(user)).everything["key_points"]
    expected = []
    for row in stored("answers", user):
        if row.attempt.is_running:
            continue
        question = row.follows or row
        how = None if row.follows else AskedQuestion.of(row).how_made
        for i, text in enumerate(row.version.key_points):
            evidence = row.evidence[i] if row.evidence else {}
            expected.append(
                {
                    "attempt_id": str(row.attempt_id),
                    "position": row.position,
                    "number": i + 1,
                    "key_point": text,
                    "suggested": row.suggested[i] if row.suggested else None,
                    "confidence": evidence.get("confidence"),
                    "evidence": evidence.get("text"),
                    "opposite": evidence.get("opposite"),
                    "ticked": row.confirmed[i] if row.confirmed else None,
                    "counts": question.counted[i] if question.counted else True,
                    "made": how[i].value if how else None,
                }
            )
    assert got == expected
    for name in ("suggested", "ticked", "counts"):
        assert {True, False} <= {point[name] for point in got}


def test_what_is_worked_out_is_right(user):
    got = download(logged_in(user)).everything
    shares = [in_json(answer.share) for answer in stored("answers", user)]
    assert [answer["share"] for answer in got["answers"]] == shares
    assert any(shares)
    assert "@It was wrong." in [answer["regrade_note"] for answer in got["answers"]]
    kinds = [attempt["kind"] for attempt in got["attempts"]]
    assert kinds == ["interview", "interview", "own interview", "practice"]
    practice = Practice.objects.get(user=user)
    (values,) = got["practices"]
    _, chosen = practice.question_ids
    assert values["question_ids"] == practice.question_ids
    assert values["questions"] == [None, QuestionNote.objects.get(question=chosen).question.slug]
    topic = OwnInterview.objects.get(name="+Mine", user=user).topic_ids
    assert [len(own["topics"]) for own in got["own_interviews"]] == [len(topic), 0]
    asked, bookmarked, shown = got["notes"]
    assert asked["prompt"]
    assert shown["prompt"]
    assert bookmarked["prompt"] is None
    assert [point["number"] for point in got["said_here"]] == [2]
    assert {factor["name"] for factor in got["second_factors"]} >= {"Key"}
    assert got["account"][0]["groups"] == ["Editor"]


def test_the_tables_say_the_same_as_the_json(user):
    got = download(logged_in(user))
    for name, rows in got.csv.items():
        for cells, values in zip(rows, got.everything[name], strict=True):
            assert list(cells) == list(values)
            for column, value in values.items():
                if value is None:
                    assert cells[column] == ""
                elif isinstance(value, str):
                    assert rearm(cells[column]) == value
                else:
                    assert json.loads(cells[column]) == value


def test_no_cell_is_a_formula_to_a_spreadsheet(user):
    got = download(logged_in(user))
    cells = [cell for rows in got.csv.values() for row in rows for cell in row.values()]
    assert len(cells) > 300
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []


def test_texts_come_back_to_the_last_character(user):
    texts = [row["text"] for row in download(logged_in(user)).everything["answers"]]
    assert texts[: len(HOSTILE)] == HOSTILE


def test_nothing_of_others_and_no_secret_is_in_it(user):
    got = download(logged_in(user))
    secrets = [
        *Authenticator.objects.values_list("data__secret", flat=True),
        *ResultLink.objects.values_list("token_hash", flat=True),
        user.password,
        "another-guest",
        "Of another guest.",
    ]
    for secret in filter(None, secrets):
        assert secret not in got.words


@pytest.fixture
def guest(client):
    session = client.session
    session[GUEST_KEY] = "a-secret-guest-key"
    session["pace"] = ["1.25", 15, "overtime"]
    session["interview_on"] = "2026-04-01"
    session.save()
    write_everything(Owner(guest_key="a-secret-guest-key"))
    return client


def test_a_guest_gets_all_that_this_browser_has(guest):
    user_with_everything()
    got = download(guest)
    for name, (model, path, _) in ROWS.items():
        if name in ("email_addresses", "second_factors", "preferences"):
            continue
        count = model.objects.filter(**{f"{path}guest_key": "a-secret-guest-key"}).count()
        assert len(got.everything[name]) == count > 0, name
    for name in ("account", "email_addresses", "second_factors"):
        assert got.everything[name] == []
    (preference,) = got.everything["preferences"]
    assert preference == {
        "time_factor": 1.25,
        "untimed": False,
        "think_seconds": 15,
        "at_deadline": "overtime",
        "interview_on": "2026-04-01",
    }
    assert "a-secret-guest-key" not in got.words


def test_a_guest_who_only_named_a_day_has_chosen_no_pace(client):
    session = client.session
    session[GUEST_KEY], session["interview_on"] = "a-guest", "2026-04-01"
    session.save()
    (preference,) = download(client).everything["preferences"]
    assert (preference["interview_on"], preference["think_seconds"]) == ("2026-04-01", None)
