"""What is written is read again: any text that the bank can hold, in every lossless format."""

import dataclasses
import re
import uuid

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from questions.formats import FORMATS, StoredQuestion, TopicRecord, read_file
from questions.formats.fields.statements import any_of, phrasing_record
from questions.formats.tabular.cells import disarm, rearm
from questions.rules.follow_ups import follow_ups_of
from questions.rules.texts import folded, items_of, key_points_of, normal_text
from questions.rules.visible import says_something
from tests.questions.spreadsheets import comparable

AWKWARD = st.sampled_from(
    [
        *("=1", "'=", "''", "_x000A_", "x005F_", "### Key points", "\\### Key points", "- ", "1. "),
        *("\n", "\n\n", "\t", '"', ",", ";", ": ", "#", "&amp;", "<b>", "]]>", "{", "}", "|", ">"),
        *("\x01", "\x0b", "\x1f", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\uffff"),
        *("🙂", "null", "~", "%"),
    ]
)
CHARS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
TEXTS = st.lists(st.one_of(AWKWARD, st.text(CHARS, max_size=8)), max_size=6).map(
    lambda parts: normal_text("".join(parts))
)
STATEMENTS = st.lists(TEXTS, max_size=3).map(key_points_of)  # statements lose bullets, too
POINTS = (
    st.lists(TEXTS, max_size=4)
    .map(key_points_of)
    .filter(lambda points: len(set(map(folded, points))) == len(points))
    .map(tuple)
)
SLUGS = st.from_regex(r"[-a-zA-Z0-9_]{1,20}", fullmatch=True)
ITEMS = st.lists(TEXTS, max_size=3).map(items_of).map(tuple)
QUESTIONS = st.builds(
    StoredQuestion,
    uid=st.uuids(),
    slug=SLUGS,
    topic=st.just("data"),
    difficulty=st.integers(1, 3),
    seconds=st.integers(1, 86_400),
    prompt=TEXTS.filter(says_something),
    answer=TEXTS,
    how_to_answer=TEXTS,
    example_answer=TEXTS,
    short_example=TEXTS,
    key_points=POINTS,
    common_mistakes=ITEMS,
    sources=ITEMS,
    status=st.sampled_from(["draft", "published", "retired"]),
    phrasings=st.just(()),
)


@st.composite
def with_phrasings(draw: st.DrawFn) -> StoredQuestion:
    """A question with some statements about each of its key points, and follow-ups to some."""
    question = draw(QUESTIONS)
    asked = follow_ups_of([draw(st.one_of(st.just(""), TEXTS)) for _ in question.key_points])
    question = dataclasses.replace(question, follow_ups=tuple(asked))
    records = []
    for _ in question.key_points:
        accept = draw(STATEMENTS)
        accepted = {folded(as_xml_holds_it(statement)) for statement in accept}
        reject = [s for s in draw(STATEMENTS) if folded(as_xml_holds_it(s)) not in accepted]
        records.append(phrasing_record(accept, reject))
    return dataclasses.replace(question, phrasings=any_of(records))


TOPICS = [TopicRecord("data", "Data / =Features")]
LOSSLESS = ["json", "yaml", "csv", "xlsx"]
PLAIN = StoredQuestion(
    uuid.UUID(int=7), "a", "data", 1, 90, "What?", "", "", "", ("One.",), "draft", phrasings=()
)

FULL = dataclasses.replace(
    PLAIN,
    short_example="In short.\n\nThis.",
    key_points=("One.", "Two.", "Three."),
    follow_ups=("", "1: And =then?", ""),
    common_mistakes=("-Saying that.", "Forgetting this."),
    sources=("=Author: Title, https://example.org/a_(b)", "[Another](https://example.org)"),
)
NOTHING_MORE = {"short_example": "", "follow_ups": (), "common_mistakes": (), "sources": ()}


def as_xml_holds_it(text: str) -> str:
    """With U+FFFD for each character that XML 1.0 has no place for."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


def again(name: str, question: StoredQuestion) -> StoredQuestion:
    known = FORMATS[name]
    data = known.write(TOPICS, [question])
    assert comparable(name, known.write(TOPICS, [question])) == comparable(name, data)
    (item,) = read_file(f"x{known.suffix}", data).items
    assert item.mistakes == ()
    values = {"phrasings": (), **NOTHING_MORE, **item.values}
    assert values.pop("topic_name") == TOPICS[0].name
    return StoredQuestion(**values)


@pytest.mark.parametrize("name", LOSSLESS)
@settings(max_examples=60, deadline=None)
@given(question=with_phrasings())
@example(question=dataclasses.replace(PLAIN, answer="a\n b \n\n\tc", prompt="yes"))
@example(question=dataclasses.replace(PLAIN, answer="x005F_ _x0041_ \x01", prompt="#N/A"))
@example(question=dataclasses.replace(PLAIN, answer="2026-01-01", prompt="1e3", slug="007"))
@example(question=FULL)
def test_a_question_comes_back_as_it_went(name, question):
    assert again(name, question) == question


@settings(max_examples=150, deadline=None)
@given(question=with_phrasings())
@example(question=dataclasses.replace(PLAIN, how_to_answer="### Key points\n- no point"))
@example(question=dataclasses.replace(PLAIN, short_example="### Sources\n- none"))
@example(question=FULL)
def test_moodle_keeps_all_that_xml_can_hold(question):
    points = tuple(map(as_xml_holds_it, question.key_points))
    assume(len(set(map(folded, points))) == len(points))  # the next test has the others
    expected = {
        field: as_xml_holds_it(value) if isinstance(value, str) else value
        for field, value in vars(question).items()
    }
    phrasings = any_of(
        phrasing_record(
            map(as_xml_holds_it, record.also_said_as),
            map(as_xml_holds_it, record.not_to_be_confused_with),
        )
        for record in question.phrasings
    )
    lists = {
        "common_mistakes": tuple(items_of(map(as_xml_holds_it, question.common_mistakes))),
        "sources": tuple(items_of(map(as_xml_holds_it, question.sources))),
        "follow_ups": tuple(follow_ups_of(map(as_xml_holds_it, question.follow_ups))),
    }
    expected |= {"key_points": points, "phrasings": phrasings, **lists}
    assert vars(again("moodle", question)) == expected


def test_points_that_xml_makes_equal_are_a_mistake_beside_the_question():
    question = dataclasses.replace(PLAIN, key_points=("\x01", "\ufffe"))
    (item,) = read_file("x.xml", FORMATS["moodle"].write(TOPICS, [question])).items
    assert [mistake.column for mistake in item.mistakes] == ["key_points"]


@given(st.text())
def test_a_cell_is_disarmed_and_armed_again(text):
    assert rearm(disarm(text)) == text
    assert disarm(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")
