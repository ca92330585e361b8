"""Answers from before there was a search are found too."""

from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from attempts import migrations
from attempts.models import Answer
from attempts.models.searching import query_for
from attempts.rules.history.search import SIGNS
from tests.factories import START, AnswerFactory, AttemptFactory

pytestmark = pytest.mark.django_db
(name,) = (m.name for m in iter_modules(migrations.__path__) if "search_and_sureness" in m.name)
migration = import_module(f"attempts.migrations.{name}")


def fill(monkeypatch, *, batch=2) -> None:
    monkeypatch.setattr(migration, "BATCH", batch)
    migration.make_earlier_answers_searchable(apps, SimpleNamespace(connection=connection))


def found() -> set[str]:
    return set(Answer.objects.filter(search=query_for("kv-cache")).values_list("text", flat=True))


def test_the_migration_reads_texts_as_the_site_does():
    assert migration.SIGNS == SIGNS


def test_earlier_answers_of_attempts_that_have_ended_are_found(monkeypatch):
    ended = AttemptFactory(finished=True)
    thrown = AttemptFactory(state="discarded", finished_at=START)
    running = AttemptFactory()
    for attempt in (ended, thrown, running):
        for number in range(3):
            AnswerFactory(attempt=attempt, text=f"{attempt.state} KV-caches, {number}.")
    AnswerFactory(attempt=ended, text="")
    fill(monkeypatch)
    assert found() == {f"{s} KV-caches, {n}." for s in ("submitted", "discarded") for n in range(3)}
    assert Answer.objects.filter(search=None).count() == 4


def test_it_can_be_done_again_and_without_answers(monkeypatch):
    fill(monkeypatch)
    AnswerFactory(attempt=AttemptFactory(finished=True), text="A KV-cache.")
    fill(monkeypatch)
    fill(monkeypatch)
    assert found() == {"A KV-cache."}
