"""Words of candidates, put together for editors."""

from datetime import date

import pytest

from attempts.rules import shown_words
from attempts.rules.shown_words import Shown, by_point, digest_of, find_words, gives_away

POINTS = ["It caches.", "It scales."]
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def shown(words, person=1, *, point=POINTS[0], month=MAY):
    return Shown(point, words, person, month)


def texts(rows, left_out=()):
    first = by_point(rows, POINTS, left_out)[0]
    return [(words.text, words.people) for words in first.words]


def test_the_same_words_are_one_whatever_their_case_and_blanks():
    rows = [shown("keeps it in RAM", 1), shown("Keeps  it\nin ram", 2), shown("keeps it in RAM", 3)]
    assert texts(rows) == [("keeps it in RAM", 3)]


def test_signs_around_the_words_make_no_difference():
    rows = [shown("- it caches", 1), shown("It caches.", 2), shown("It caches.", 3)]
    assert texts(rows) == [("It caches.", 3)]
    assert texts([shown("it's 0.5", 1), shown("its 05", 2)]) == [("it's 0.5", 1), ("its 05", 1)]


def test_one_person_counts_once():
    assert texts([shown("a", "ann"), shown("A", "ann")]) == [("A", 1)]


def test_most_people_come_first_then_the_alphabet():
    rows = [shown("b", 1), shown("c", 1), shown("c", 2), shown("a", 3)]
    assert texts(rows) == [("c", 2), ("a", 1), ("b", 1)]
    assert texts(rows[::-1]) == texts(rows)


def test_each_point_has_its_own_words_also_those_of_versions_that_wrote_it_otherwise():
    rows = [shown("x", point="it  CACHES."), shown("y", point=POINTS[1]), shown("z", point="Gone.")]
    points = by_point(rows, POINTS, ())
    assert [[words.text for words in point.words] for point in points] == [["x"], ["y"]]
    assert [(point.number, point.key_point) for point in points] == list(enumerate(POINTS, start=1))


def test_what_is_left_out_is_left_out_for_its_point_alone():
    rows = [shown("x"), shown("y"), shown("x", point=POINTS[1])]
    points = by_point(rows, POINTS, {digest_of("it caches.", "X")})
    assert [[words.text for words in point.words] for point in points] == [["y"], ["x"]]


def test_the_month_of_a_single_person_is_not_told():
    rows = [
        *(shown("alone", 1, month=month) for month in (MAY, JUNE)),
        shown("both", 1, month=JUNE),
        shown("both", 2, month=MAY),
    ]
    words = by_point(rows, POINTS, ())[0].words
    assert [(w.text, w.last_month) for w in words] == [("both", JUNE), ("alone", None)]


def test_a_long_list_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(shown_words, "MOST_OFFERED", 2)
    point = by_point([shown(word) for word in "abc"], POINTS, ())[0]
    assert [words.text for words in point.words] == ["a", "b"]
    assert point.more == 1


@pytest.mark.parametrize(
    ("words", "withheld"),
    [
        ("write to ann.smith+ml@example.co.uk", True),
        ("see https://blog.example/ann", True),
        ("as on www.example.org", True),
        ("call +44 20 7946 0958", True),
        ("it runs on 192.168.100.12", True),
        ("we measure recall@10 and mAP@0.5", False),
        ("the @property decorator", False),
        ("fast.ai, node.js and v1.2.3", False),
        ("5 to 10 replicas, 99.95 % of 1000 requests in 2024", False),
    ],
)
def test_words_with_an_address_or_a_long_number_are_withheld(words, withheld):
    assert gives_away(words) == withheld
    point = by_point([shown(words), shown("fine")], POINTS, ())[0]
    assert (point.withheld, len(point.words)) == (int(withheld), 2 - withheld)


def test_words_are_found_by_their_digest():
    points = by_point([shown("x", point=POINTS[1])], POINTS, ())
    point, words = find_words(points, digest_of(POINTS[1], "x"))
    assert (point.number, words.text) == (2, "x")
    assert find_words(points, digest_of(POINTS[0], "x")) is None
    assert find_words(points, "") is None
