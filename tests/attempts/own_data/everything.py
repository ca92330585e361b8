"""Somebody with a row of every kind, and what a download gives back of it."""

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group

from attempts import transitions
from attempts.models import (
    Answer,
    Attempt,
    OwnInterview,
    Practice,
    Preference,
    QuestionNote,
    Suggestion,
)
from attempts.owners import Owner
from attempts.reports.writing import handle, report
from attempts.rules.save_verdicts import Save
from attempts.transitions import staff
from attempts.transitions.personal import sharing
from attempts.transitions.personal.practising import ask_next, practise
from attempts.transitions.starting import Pace
from tests.attempts.candidate import OVERTIME, after
from tests.factories import AnswerFactory, UserFactory, interview_of, published_question
from tests.quizsite.test_second_factor import a_security_key

HOSTILE = [
    '=HYPERLINK("http://evil.example";"x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "'=1",
    "''quoted",
    "null",
    "#N/A",
    "two\nlines, a comma; \"quotes\" and 'apostrophes'",
    "\r\nleading",
    "é 漢 😀 \u202e right to left",
    " spaces ",
    "=" * 3000,
]
"""Texts that a spreadsheet, a CSV reader or an encoding could change."""


def save(owner, attempt, position, text, at, writer="writer-1", **how):
    sent = Save(text, 0, writer, 1, **how)
    transitions.save(owner, attempt.pk, position, sent, now=after(at))


def write_everything(owner: Owner, *, texts=HOSTILE) -> None:
    """Rows of every table that a guest can have, with all kinds of texts."""
    interview = interview_of(len(texts), timing="total")
    attempt = transitions.start(owner, interview, Pace(), now=after(0))
    for position, text in enumerate(texts, 1):
        save(owner, attempt, position, text, at=10 + position)
    save(owner, attempt, 1, texts[0] + " elsewhere", at=40, writer="writer-2")
    transitions.flag(owner, attempt.pk, 1, True, now=after(41))
    transitions.add_time(owner, attempt.pk, 1, now=after(len(texts) * 60 - 30))
    transitions.finish(owner, attempt.pk, now=after(1000))
    for answer in Answer.objects.filter(attempt=attempt).order_by("position")[:3]:
        evidence = [
            {"confidence": 0.875, "text": answer.text[:5], "opposite": None},
            {"confidence": 0.5, "text": "x", "opposite": "It is false."},
        ]
        found = Suggestion([True, False], evidence, "test-1")
        transitions.store_suggestion(answer.pk, answer.revision, found)
    words = texts[0][:4]
    transitions.say_here(owner, attempt.pk, 1, [True, True], 1, words, now=after(1010))
    transitions.mark(owner, attempt.pk, 2, [False, True], now=after(1011))
    sent = report(owner, attempt.pk, 1, "wrong", "=Look.", now=after(1012))
    sent.status, sent.reply = "accepted", "-Mended."
    handle(sent, UserFactory(), now=after(1013))
    Answer.objects.filter(attempt=attempt, position=2).update(
        counted=[False, True],
        regraded_at=after(1014),
        regrade_note="@It was wrong.",
        sureness=3,
        first_word_after=timedelta(seconds=1.25),
        last_word_after=timedelta(seconds=7),
        longest_pause=timedelta(seconds=3),
    )
    sharing.share(owner, attempt.pk, timedelta(days=7), shows_answers=True, now=after(1015))
    _write_overtime(owner)
    _write_beside(owner)


def _write_overtime(owner: Owner) -> None:
    """With thinking time, 1.25 × the time, time given by staff, ended after its bell; hidden."""
    pace = Pace(Decimal("1.25"), 15, OVERTIME.at_deadline)
    attempt = transitions.start(owner, interview_of(2), pace, now=after(2000))
    save(owner, attempt, 1, "Before the bell.", at=2010)
    transitions.settle(owner, attempt.pk, now=after(2101))
    staff.add_minutes(attempt.pk, timedelta(minutes=1), why="=for free", now=after(2102))
    transitions.finish(owner, attempt.pk, now=after(2105))
    Attempt.objects.filter(pk=attempt.pk).update(is_hidden=True)
    _write_a_follow_up(attempt)


def _write_a_follow_up(attempt: Attempt) -> None:
    """To question 1, of which one point was made when asked."""
    minute = timedelta(minutes=1)
    Attempt.objects.filter(pk=attempt.pk).update(follow_ups=1, follow_up_limit=minute)
    version = published_question(follow_ups=["=And why?", "And then?"]).current_version
    answers = Answer.objects.filter(attempt=attempt)
    answers.filter(position=2).update(position=3)
    answers.filter(position=1).update(
        version=version, suggested=[True, False], engine="test-1", share=Decimal("0.75")
    )
    AnswerFactory(
        attempt=attempt, version=version, position=2, follows=answers.get(position=1),
        asked_point=1, text="=When asked.", suggested=[True, True], engine="test-1", limit=minute,
        opened_at=after(2103), closed_at=after(2104), closed_by="submitted",
    )  # fmt: skip


def _write_beside(owner: Owner) -> None:
    column, value = owner.column
    question, other = published_question(), published_question()
    mine = Answer.objects.filter(owner.condition("attempt__"), text__gt="")
    asked = mine.first().version.question
    QuestionNote.objects.create(**{column: value}, question=asked, note="=A note.\n2nd line")
    QuestionNote.objects.create(**{column: value}, question=question, is_bookmarked=True)
    QuestionNote.objects.create(**{column: value}, question=other, shows_prompt=True)
    OwnInterview.objects.create(
        **{column: value}, name="+Mine", topic_ids=[question.topic_id], created_at=after(3000)
    )
    own = OwnInterview.objects.create(**{column: value}, timing="total", seconds=600,
                                      created_at=after(3001))  # fmt: skip
    interview = transitions.start(owner, interview_of(1), Pace(None), now=after(3002))
    transitions.discard(owner, interview.pk, now=after(3003))
    Attempt.objects.filter(pk=interview.pk).update(own_interview=own, interview=None)
    practice = practise(
        owner, Practice.Source.TOPIC, "=Topic", [question.pk, other.pk], now=after(3004)
    )
    ask_next(owner, practice.pk, now=after(3005))


def user_with_everything():
    user = UserFactory(first_name="=Ada", last_name="Lovelace", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="Editor")[0])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email="other@example.org")
    TOTP.activate(user, generate_totp_secret())
    a_security_key(user)
    Preference.objects.create(user=user, time_factor=Decimal("1.5"), interview_on=date(2026, 4, 1))
    write_everything(Owner(user_id=user.pk))
    return user


@dataclass
class Download:
    """What was in the zip. tables: by name, rows as dicts, of the CSV files and of the JSON."""

    names: list[str]
    read_me: str
    everything: dict
    csv: dict[str, list[dict[str, str]]]
    content: bytes

    @property
    def words(self) -> str:
        """All of it as one text."""
        return self.read_me + json.dumps(self.everything, ensure_ascii=False) + str(self.csv)


def read_download(content: bytes) -> Download:
    """With what Python brings, and nothing of the site."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    names = archive.namelist()
    texts = {name.split("/")[1]: archive.read(name) for name in names}
    tables = {}
    for name, text in texts.items():
        if name.endswith(".csv"):
            assert text.startswith(b"\xef\xbb\xbf")
            lines = io.StringIO(text.decode("utf-8-sig"), newline="")
            tables[name.removesuffix(".csv")] = list(csv.DictReader(lines, strict=True))
    everything = json.loads(texts["everything.json"])
    return Download(names, texts["README.txt"].decode(), everything, tables, content)
