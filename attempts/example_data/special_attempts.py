"""Attempts that show what seldom happens: two tabs, late texts, added time, overtime, doubts."""

from datetime import datetime, timedelta
from decimal import Decimal

from attempts import scoring, transitions
from attempts.example_data.candidate import ExampleCandidate, answers_of, sentences_of, suggest
from attempts.models import MOST_WORDS, Answer, AtDeadline, Attempt, Evidence, Suggestion
from attempts.rules.save_verdicts import Save
from attempts.transitions.starting import Pace

MINUTE = timedelta(minutes=1)

IN_GERMAN = (
    "Man hält den Code, die Daten und die Einstellungen zusammen fest, damit sich ein Ergebnis auch"
    " nach Jahren wieder aufbauen lässt. Ohne das ist es nicht zu vergleichen."
)
FALSE_STATEMENT = "Nothing has to be done about it before something goes wrong."


def leave_until_time_runs_out(candidate: ExampleCandidate, at: datetime) -> None:
    """Per-question timing: two tabs write to question 1, and nobody comes back in time.

    Leaves two kept texts: one from the other tab, and one that came too late.
    """
    attempt = candidate.start("screening", at)
    sentences = sentences_of(answers_of(attempt)[0].version.example_answer)
    candidate.type(attempt, " ".join(sentences[:2]), at + MINUTE)
    candidate.type(attempt, sentences[0], at + 1.5 * MINUTE, tab="tab-2")
    an_hour_later = at + 60 * MINUTE
    transitions.settle(candidate.owner, attempt.pk, now=an_hour_later)
    candidate.type(attempt, " ".join(sentences), an_hour_later, sequence=2)
    suggest(attempt)


def go_into_overtime(candidate: ExampleCandidate, at: datetime) -> None:
    """One clock for all, at an easier pace: five more minutes, and more text after the bell."""
    pace = Pace(time_factor=Decimal("1.25"), at_deadline=AtDeadline.OVERTIME.value)
    attempt = candidate.start("reproducibility", at, pace)
    candidate.answer(attempt, at, len(answers_of(attempt)))
    before_the_bell = _deadline_of(attempt) - MINUTE
    longer = transitions.add_time(candidate.owner, attempt.pk, 1, now=before_the_bell).attempt
    after_the_bell = _deadline_of(longer) + MINUTE
    transitions.settle(candidate.owner, attempt.pk, now=after_the_bell)
    full_text = answers_of(attempt)[0].version.example_answer
    candidate.type(attempt, full_text, after_the_bell, sequence=2)
    transitions.finish(candidate.owner, attempt.pk, now=after_the_bell + MINUTE)
    suggest(attempt)


def leave_doubts(candidate: ExampleCandidate, at: datetime) -> None:
    """Answers whose points are found, unsure, said the opposite of and not found; one in German.

    In one of them the candidate ticks every point, and shows where the last one is.
    """
    attempt = candidate.start("screening", at)
    *in_english, in_german = answers_of(attempt)
    texts = {answer: " ".join(answer.version.example_answer.split()) for answer in in_english}
    for answer, text in {**texts, in_german: IN_GERMAN}.items():
        at += MINUTE
        sent = Save(text, 0, "tab-1", 1)
        transitions.submit(candidate.owner, attempt.pk, answer.position, sent, now=at)
    suggest(attempt)
    by_points = sorted(answers_of(attempt)[:-1], key=lambda a: -len(a.version.key_points))
    for answer in by_points[:2]:
        transitions.store_suggestion(answer.pk, answer.revision, _doubts_about(answer))
    ticked = by_points[1]
    points = len(ticked.version.key_points)
    words = sentences_of(ticked.text)[-1][:MOST_WORDS]
    mine = candidate.owner, attempt.pk, ticked.position
    transitions.say_here(*mine, [True] * points, points - 1, words, now=at + MINUTE)


def _doubts_about(answer: Answer) -> Suggestion:
    """The first points found, said the opposite of and unsure; the others not found."""
    said = sentences_of(answer.text)
    evidence: list[Evidence] = [
        {"confidence": 0.9, "text": said[0], "opposite": None},
        {"confidence": 0.6, "text": said[1 % len(said)], "opposite": FALSE_STATEMENT},
        {"confidence": 0.4, "text": said[2 % len(said)], "opposite": None},
    ]
    points = len(answer.version.key_points)
    evidence += [{"confidence": 0.0, "text": None, "opposite": None}] * points
    covered = [index == 0 for index in range(points)]
    return Suggestion(covered, evidence[:points], scoring.engine_name())


def discard(candidate: ExampleCandidate, at: datetime) -> None:
    """Answer one question, and throw the attempt away."""
    attempt = candidate.start("platforms-and-tools", at)
    end = candidate.answer(attempt, at, 1)
    transitions.discard(candidate.owner, attempt.pk, now=end)


def leave_running(candidate: ExampleCandidate, at: datetime) -> None:
    """One clock for all: answer three of many questions, and flag one of them."""
    attempt = candidate.start("full-interview", at)
    end = candidate.answer(attempt, at, 3)
    transitions.flag(candidate.owner, attempt.pk, 2, True, now=end)


def _deadline_of(attempt: Attempt) -> datetime:
    if attempt.deadline_at is None:
        raise ValueError("an attempt without a clock has no deadline")
    return attempt.deadline_at
