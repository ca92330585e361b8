"""The rules of every shipped question and interview: a table of functions that find faults.

Each returns the faults in words. test_core_bank.py shows how a bank is held against them.
"""

import re
from collections.abc import Iterator

from questions.formats import Bank, InterviewRecord, QuestionRecord
from questions.models import OPTIONAL_FIELDS, TEXT_FIELDS
from questions.rules.good_question import KEY_POINT_WORDS, KEY_POINTS, GoodTexts, remarks

SECONDS_A_WORD = 3  # people compose about 20 words a minute: Karat et al. 1999 found 19
SECONDS_TO_READ = 20
SECONDS = range(90, 361, 30)
FOLLOW_UP_WORDS = 25
LEAST_ACCEPTED, LEAST_REJECTED = 4, 3

Faults = Iterator[str]


def typing_seconds(question: QuestionRecord) -> int:
    """What a good typed answer takes: each key point as a line, as the bank words it."""
    words = sum(len(point.split()) for point in question.key_points)
    return SECONDS_TO_READ + SECONDS_A_WORD * words


def _texts(question: QuestionRecord) -> Faults:
    names = [name for name in TEXT_FIELDS if name not in OPTIONAL_FIELDS]
    texts = [getattr(question, name) for name in names]
    for name, text in zip(names, texts, strict=True):
        if not text.strip():
            yield f"no {name}"
    if len({*texts, question.short_example}) <= len(texts):
        yield "a text is another one again"
    if not re.search(r"\b(I|my|we|our|me)\b", question.example_answer):
        yield "the example is not spoken"


def _settings(question: QuestionRecord) -> Faults:
    if question.difficulty not in (1, 2, 3):
        yield f"difficulty {question.difficulty}"
    if question.seconds not in SECONDS:
        yield f"seconds {question.seconds}, not in {SECONDS}"
    if question.uid.version != 4:
        yield "the uid is no UUID of version 4"


def _clock(question: QuestionRecord) -> Faults:
    """A good answer can be typed in the time of its question, and the time is not much more."""
    if not 0 <= question.seconds - typing_seconds(question) < 30:
        yield f"seconds {question.seconds}, and typing takes {typing_seconds(question)}"


def _points(question: QuestionRecord) -> Faults:
    points = question.key_points
    low, high = KEY_POINTS
    if not low <= len(points) <= high:
        yield f"{len(points)} key points"
    if len({point.casefold().strip(" .") for point in points}) < len(points):
        yield "a key point comes twice"
    for point in points:
        if not point.endswith(".") or "\n" in point:
            yield f"no sentence: {point}"
        if not KEY_POINT_WORDS[0] <= len(point.split()) <= KEY_POINT_WORDS[1]:
            yield f"{len(point.split())} words: {point}"


def _besides(question: QuestionRecord) -> Faults:
    for name in OPTIONAL_FIELDS:
        if not getattr(question, name):
            yield f"no {name}"
    good = GoodTexts(
        question.short_example, question.key_points, question.follow_ups, question.sources
    )
    yield from (sentence for _, sentence in remarks(good))
    if len(question.follow_ups) != len(question.key_points) or not all(question.follow_ups):
        yield "not a follow-up for each key point"
    for follow_up in question.follow_ups:
        if len(follow_up.split()) > FOLLOW_UP_WORDS:
            yield f"{len(follow_up.split())} words: {follow_up}"
    if len(question.common_mistakes) != 2:
        yield f"{len(question.common_mistakes)} common mistakes"
    if len(question.sources) not in (1, 2):
        yield f"{len(question.sources)} sources"


def _phrasings(question: QuestionRecord) -> Faults:
    phrasings = question.phrasings or ()
    if len(phrasings) != len(question.key_points):
        yield "not phrasings for each key point"
    for number, phrasing in enumerate(phrasings, start=1):
        if len(phrasing.also_said_as) < LEAST_ACCEPTED:
            yield f"point {number}: {len(phrasing.also_said_as)} other ways to say it"
        if len(phrasing.not_to_be_confused_with) < LEAST_REJECTED:
            yield f"point {number}: {len(phrasing.not_to_be_confused_with)} ways to miss it"


RULES = (_texts, _settings, _clock, _points, _phrasings, _besides)


def faults_of_question(question: QuestionRecord) -> list[str]:
    return [fault for rule in RULES for fault in rule(question)]


# --- interviews ------------------------------------------------------------------------------


def _may_ask(slot, questions: tuple[QuestionRecord, ...]) -> list[QuestionRecord]:
    """The questions that a slot may ask, those that take longest to type first."""
    low, high = slot.difficulty
    found = [
        question
        for question in questions
        if question.slug == slot.question
        or (
            (not slot.question and slot.topic in (None, question.topic))
            and low <= question.difficulty <= high
        )
    ]
    return sorted(found, key=typing_seconds, reverse=True)


def faults_of_interview(
    interview: InterviewRecord, questions: tuple[QuestionRecord, ...]
) -> list[str]:
    """Why good answers can't be typed in an interview, whatever it draws.

    questions: all that the site has when the bank is loaded.
    """
    slots = [(slot, _may_ask(slot, questions)[: slot.count]) for slot in interview.slots]
    faults = [
        f"slot {number}: {len(found)} questions of {slot.count}"
        for number, (slot, found) in enumerate(slots, start=1)
        if len(found) < slot.count
    ]
    longest = [(slot, question) for slot, found in slots for question in found]
    if interview.timing == "total":
        needed = sum(typing_seconds(question) for _, question in longest)
        if (interview.seconds or 0) < needed:
            faults.append(f"{interview.seconds} s, and typing takes {needed}")
        return faults
    return faults + [
        f"{question.slug}: {slot.seconds} s, and typing takes {typing_seconds(question)}"
        for slot, question in longest
        if (slot.seconds or question.seconds) < typing_seconds(question)
    ]


def faults_of_topics(bank: Bank) -> list[str]:
    """The topics of a bank that no question of it has, and the other way round."""
    named, used = {t.slug for t in bank.topics}, {q.topic for q in bank.questions}
    return sorted(named ^ used)
