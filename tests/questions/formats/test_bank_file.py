"""What a bank file must be; each mistake names its place."""

import json
import uuid

import pytest

from questions.formats import (
    MAX_TEXT,
    FormatError,
    InterviewRecord,
    PhrasingRecord,
    QuestionRecord,
    SlotRecord,
    TopicRecord,
    read_bank,
)

UID = "817662ef-cc00-429a-a7df-1a928d21f1b3"
TOPIC = {"slug": "data", "name": "Data"}
QUESTION = {
    "uid": UID,
    "slug": "drift",
    "topic": "data",
    "difficulty": 2,
    "seconds": 120,
    "prompt": "What is drift?",
    "answer": "Change.",
    "how_to_answer": "Calmly.",
    "example_answer": "I saw it change.",
    "key_points": ["It changes."],
}
SLOT = {"topic": "data", "difficulty": [1, 3], "count": 2, "seconds": 60}
INTERVIEW = {"slug": "quick", "name": "Quick", "timing": "per_question", "slots": [SLOT]}


def bank_of(**sections) -> str:
    return json.dumps(sections)


def test_a_bank_is_read_into_records():
    bank = read_bank(bank_of(topics=[TOPIC], questions=[QUESTION], interviews=[INTERVIEW]))
    assert bank.topics == (TopicRecord("data", "Data"),)
    assert bank.questions == (
        QuestionRecord(
            **{**QUESTION, "uid": uuid.UUID(UID), "key_points": ("It changes.",)},
        ),
    )
    assert bank.interviews == (
        InterviewRecord(
            slug="quick",
            name="Quick",
            description="",
            timing="per_question",
            seconds=None,
            think_seconds=0,
            slots=(SlotRecord(topic="data", count=2, seconds=60),),
        ),
    )


def test_the_phrasings_of_a_question_are_read_if_there_are_any():
    def read(**said):
        (question,) = read_bank(bank_of(questions=[{**QUESTION, **said}])).questions
        return question.phrasings

    assert read() is None
    assert read(phrasings=[]) == ()
    entry = {"also_said_as": ["It moves."], "not_to_be_confused_with": ["It breaks."]}
    assert read(phrasings=[entry]) == (PhrasingRecord(("It moves.",), ("It breaks.",)),)


@pytest.mark.parametrize(
    "phrasings", [[{"also_said_as": ["a"]}, {}], {}, [{"accept": ["a"]}], [{"also_said_as": "a"}]]
)
def test_wrong_phrasings_name_the_entry(phrasings):
    with pytest.raises(FormatError, match="questions, entry 1: phrasings"):
        read_bank(bank_of(questions=[{**QUESTION, "phrasings": phrasings}]))


TWO_POINTS = {**QUESTION, "key_points": ["It changes.", "It hurts."]}
MORE = {
    "short_example": "It changes.\n",
    "follow_ups": ["And\n if it moves?", ""],
    "common_mistakes": [" Saying that it stays. "],
    "sources": ["cafe\u0301: Drift"],
}


def test_what_a_question_may_say_besides_is_read_if_it_is_there():
    def read(**said):
        (question,) = read_bank(bank_of(questions=[{**TWO_POINTS, **said}])).questions
        return [getattr(question, name) for name in MORE]

    assert read() == ["", (), (), ()]
    assert read(follow_ups=["", " "], sources=[]) == ["", (), (), ()]
    assert read(**MORE) == [
        "It changes.",
        ("And if it moves?", ""),
        ("Saying that it stays.",),
        ("caf\u00e9: Drift",),
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"follow_ups": ["And?"]}, "follow_ups has 1 entries for 2 key points"),
        ({"follow_ups": ["And?", "", ""]}, "follow_ups has 3 entries for 2 key points"),
        ({"follow_ups": "And?"}, "follow_ups should be a list"),
        ({"follow_ups": [1, 2]}, "follow_ups should be a list of texts"),
        ({"follow_ups": ["And?", "x" * 301]}, "follow_ups has 301 characters in the one to"),
        ({"sources": [""]}, "sources has an empty text"),
        ({"common_mistakes": ["x" * 20_001]}, "common_mistakes has 20,001 characters"),
        ({"short_example": ["x"]}, "short_example should be a text"),
        ({"short_example": "\u0000"}, "short_example has the character"),
    ],
)
def test_what_it_says_besides_is_checked_and_its_place_named(wrong, message):
    with pytest.raises(FormatError, match=f"questions, entry 1: {message}"):
        read_bank(bank_of(questions=[{**TWO_POINTS, **wrong}]))


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({}, (0, 60)),
        ({"follow_ups": 2, "follow_up_seconds": 45}, (2, 45)),
        ({"follow_ups": 0}, (0, 60)),
    ],
)
def test_the_follow_ups_of_an_interview_are_read_if_it_says_them(said, read):
    (interview,) = read_bank(bank_of(interviews=[{**INTERVIEW, **said}])).interviews
    assert (interview.follow_ups, interview.follow_up_seconds) == read


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"follow_ups": 3}, "follow_ups should be a whole number from 0 to 2"),
        ({"follow_ups": True}, "follow_ups should be a whole number"),
        ({"follow_up_seconds": 0}, "follow_up_seconds should be"),
        ({"follow_ups": 1, "timing": "total", "seconds": 60}, "follow_ups need per-question"),
    ],
)
def test_wrong_follow_ups_of_an_interview_are_refused(wrong, message):
    with pytest.raises(FormatError, match=f"interviews, entry 1: {message}"):
        read_bank(bank_of(interviews=[{**INTERVIEW, **wrong}]))


def test_sections_may_be_missing():
    bank = read_bank("topics: []")
    assert (bank.topics, bank.questions, bank.interviews) == ((), (), ())


def test_texts_are_stripped_and_a_key_point_is_one_line():
    question = {**QUESTION, "answer": "\n Change. \n", "key_points": [" It\n  changes. "]}
    (read,) = read_bank(bank_of(questions=[question])).questions
    assert (read.answer, read.key_points) == ("Change.", ("It changes.",))


def test_whatever_postgres_can_store_is_kept():
    text = "“Quotes” <b>&amp;</b> 🙂 שלום {{ x }} {% y %}\n\n    code\n\ttab"
    (read,) = read_bank(bank_of(questions=[{**QUESTION, "answer": text}])).questions
    assert read.answer == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected topics, questions and interviews"),
        ("- a list", "expected topics, questions and interviews"),
        ("topics: [", "not readable as YAML"),
        ("!!python/object/apply:os.getcwd []", "not readable as YAML"),
        ("topics: 2026-13-45", "not readable as YAML"),
        (f"topics: {'9' * 5000}", "not readable as YAML"),
        ("[" * 2000, "not readable as YAML"),
        ('{"topics": [}', "not readable as JSON"),
        ('{"topics":' * 100_000, "not readable as JSON"),
        ("answers: []", "unknown at the top of the file: answers"),
        ("topics: data", "topics: expected a list of entries"),
        ("topics: [data]", "topics, entry 1: expected fields"),
    ],
)
def test_what_is_not_a_bank_at_all(text, message):
    with pytest.raises(FormatError, match=message):
        read_bank(text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"slug": None}, "slug is missing"),
        ({"slug": 7}, "slug should be a text"),
        ({"slug": " "}, "slug is empty"),
        ({"slug": "two words"}, "slug “two words” can't be a slug. Use letters"),
        ({"slug": "x" * 51}, "slug has 51 characters. Shorten it to 50"),
        ({"name": "x" * 81}, "name has 81 characters. Shorten it to 80"),
        ({"name": "half \ud83d"}, "name has the character"),
        ({"colour": "red"}, "unknown field colour"),
    ],
)
def test_a_bad_topic_is_told_with_its_place(change, message):
    with pytest.raises(FormatError, match=f"^topics, entry 2: {message}"):
        read_bank(bank_of(topics=[TOPIC, {**TOPIC, "slug": "other", **change}]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"uid": "817662ef"}, "uid “817662ef” is not a UUID"),
        ({"uid": None}, "uid is missing"),
        ({"difficulty": 4}, "difficulty should be a whole number from 1 to 3"),
        ({"difficulty": "hard"}, "difficulty should be a whole number"),
        ({"difficulty": True}, "difficulty should be a whole number"),
        ({"difficulty": 1.5}, "difficulty should be a whole number"),
        ({"seconds": 0}, "seconds should be a whole number from 1 to 86400"),
        ({"seconds": 10**400}, "seconds should be a whole number from 1 to 86400"),
        ({"prompt": None}, "prompt is missing"),
        ({"prompt": "\n"}, "prompt is empty"),
        ({"answer": "x" * (MAX_TEXT + 1)}, f"answer has {MAX_TEXT + 1:,} characters. Shorten it"),
        ({"answer": "a\0b"}, r"answer has the character '\\x00'"),
        ({"topic": "no such\0"}, "topic"),
        ({"key_points": None}, "key_points is missing"),
        ({"key_points": "It changes."}, "key_points should be a list"),
        ({"key_points": []}, "key_points is empty"),
        ({"key_points": ["It changes.", " "]}, "key_points has an empty text"),
        ({"key_points": ["It changes.", 3]}, "key_points should be a list of texts"),
        ({"key_points": ["It changes.", "it CHANGES."]}, "key_points “It changes.” comes twice"),
        ({"key_points": ["a\0b"]}, "key_points has the character"),
        ({"key_points": ["x" * 15_000, "y" * 15_000]}, "key_points has 30,001 characters"),
        ({"status": "published"}, "unknown field status"),
    ],
)
def test_a_bad_question_is_told_with_its_place(change, message):
    with pytest.raises(FormatError, match=f"^questions, entry 1: {message}"):
        read_bank(bank_of(questions=[{**QUESTION, **change}]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"timing": "sometimes"},
            "timing “sometimes” is not known. Write one of total, per_question",
        ),
        ({"timing": "total"}, "seconds in all belong to timing total"),
        ({"seconds": 60}, "seconds in all belong to timing total"),
        ({"think_seconds": 601}, "think_seconds should be a whole number from 0 to 600"),
        ({"slots": None}, "slots is missing"),
        ({"slots": []}, "slots is empty"),
        ({"name": "x" * 121}, "name has 121 characters. Shorten it to 120"),
    ],
)
def test_a_bad_interview_is_told_with_its_place(change, message):
    with pytest.raises(FormatError, match=f"^interviews, entry 1: {message}"):
        read_bank(bank_of(interviews=[{**INTERVIEW, **change}]))


@pytest.mark.parametrize(
    ("slot", "message"),
    [
        ({"difficulty": [1]}, "difficulty should be"),
        ({"difficulty": [1, 2, 3]}, "difficulty should be"),
        ({"difficulty": [0, 3]}, "difficulty should be"),
        ({"difficulty": [3, 1]}, "difficulty should be"),
        ({"difficulty": ["easy", "hard"]}, "difficulty should be"),
        ({"difficulty": 2}, "difficulty should be a list"),
        ({"count": 0}, "count should be a whole number from 1 to 100"),
        ({"question": "drift", "topic": "data"}, "a fixed question has no topic and no count"),
        ({"question": "drift", "count": 2}, "a fixed question has no topic and no count"),
        ({"question": "a\0"}, "question"),
        ({"minutes": 1}, "unknown field minutes"),
    ],
)
def test_a_bad_slot_is_told_with_its_place(slot, message):
    interview = {**INTERVIEW, "slots": [SLOT, slot]}
    with pytest.raises(FormatError, match=f"^interviews, entry 1, slots, entry 2: {message}"):
        read_bank(bank_of(interviews=[interview]))


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ({"topics": [TOPIC, TOPIC]}, "topics: data comes twice"),
        (
            {"questions": [QUESTION, {**QUESTION, "uid": str(uuid.UUID(int=1))}]},
            "questions: drift comes twice",
        ),
        (
            {"questions": [QUESTION, {**QUESTION, "slug": "shift"}]},
            f"questions: {UID} comes twice",
        ),
        ({"interviews": [INTERVIEW, INTERVIEW]}, "interviews: quick comes twice"),
    ],
)
def test_nothing_has_the_name_of_another(sections, message):
    with pytest.raises(FormatError, match=message):
        read_bank(bank_of(**sections))
