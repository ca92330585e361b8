from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attempts.rules.draw import CannotFill, DrawableQuestion, Place, draw

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
LAST_WEEK = datetime(2026, 2, 23, tzinfo=UTC)
ANY = Place()
SEEDS = range(20)


@pytest.mark.parametrize(
    ("place", "candidate", "admitted"),
    [
        (ANY, DrawableQuestion(1, topic=1, difficulty=1), True),
        (ANY, DrawableQuestion(1, topic=9, difficulty=3), True),
        (Place(topic=2), DrawableQuestion(1, topic=2, difficulty=1), True),
        (Place(topic=2), DrawableQuestion(1, topic=1, difficulty=1), False),
        (Place(difficulty=(2, 3)), DrawableQuestion(1, topic=1, difficulty=1), False),
        (Place(difficulty=(2, 3)), DrawableQuestion(1, topic=1, difficulty=2), True),
        (Place(difficulty=(1, 2)), DrawableQuestion(1, topic=1, difficulty=3), False),
        (Place(question=1), DrawableQuestion(1, topic=1, difficulty=1), True),
        (Place(question=1), DrawableQuestion(2, topic=1, difficulty=1), False),
    ],
)
def test_which_questions_a_place_admits(place, candidate, admitted):
    assert place.admits(candidate) is admitted


def test_fixed_questions_come_in_their_places():
    bank = [DrawableQuestion(i, topic=1, difficulty=1) for i in (3, 1, 2)]
    assert draw([Place(question=2), Place(question=3)], bank, seed=1) == [2, 3]


def test_a_fixed_question_is_not_drawn_for_another_place():
    bank = [DrawableQuestion(1, topic=1, difficulty=1), DrawableQuestion(2, topic=1, difficulty=1)]
    for seed in SEEDS:
        assert draw([ANY, Place(question=1)], bank, seed) == [2, 1]


def test_a_fixed_question_is_asked_again_even_if_seen_last_week():
    bank = [DrawableQuestion(1, 1, 1, seen_at=LAST_WEEK), DrawableQuestion(2, 1, 1)]
    assert draw([Place(question=1)], bank, seed=1) == [1]


def test_unseen_questions_come_before_seen_ones():
    bank = [
        DrawableQuestion(1, 1, 1, seen_at=LONG_AGO),
        DrawableQuestion(2, 1, 1),
        DrawableQuestion(3, 1, 1),
    ]
    for seed in SEEDS:
        assert set(draw([ANY, ANY], bank, seed)) == {2, 3}


def test_of_seen_questions_the_one_seen_longest_ago_comes_first():
    bank = [
        DrawableQuestion(1, 1, 1, seen_at=LAST_WEEK),
        DrawableQuestion(2, 1, 1, seen_at=LONG_AGO),
    ]
    for seed in SEEDS:
        assert draw([ANY], bank, seed) == [2]


def test_a_wide_place_leaves_a_narrow_one_what_it_needs():
    """Whoever takes the only hard question for "any" leaves the hard place empty."""
    hard, easy = (
        DrawableQuestion(1, 1, difficulty=3),
        DrawableQuestion(2, 1, difficulty=1, seen_at=LAST_WEEK),
    )
    for seed in SEEDS:
        assert draw([ANY, Place(difficulty=(3, 3))], [hard, easy], seed) == [2, 1]


def test_the_same_seed_draws_the_same_whatever_the_order_of_the_bank():
    bank = [DrawableQuestion(i, topic=i % 3, difficulty=1 + i % 3) for i in range(30)]
    assert draw([ANY] * 10, bank, seed=5) == draw([ANY] * 10, bank[::-1], seed=5)


def test_different_seeds_draw_different_questions():
    bank = [DrawableQuestion(i, topic=1, difficulty=1) for i in range(30)]
    assert len({tuple(draw([ANY] * 3, bank, seed)) for seed in SEEDS}) == len(SEEDS)


def test_every_question_has_its_chance():
    bank = [DrawableQuestion(i, topic=1, difficulty=1) for i in range(5)]
    firsts = [draw([ANY], bank, seed)[0] for seed in range(1000)]
    assert all(150 <= firsts.count(i) <= 250 for i in range(5))


@pytest.mark.parametrize(
    ("places", "empty"),
    [
        ([Place(topic=2)], [0]),
        ([ANY, Place(topic=2), Place(question=9)], [1, 2]),
        ([ANY, ANY, ANY], [2]),
        ([Place(question=1), Place(question=1)], [1]),
    ],
)
def test_places_that_stay_empty_are_named(places, empty):
    bank = [DrawableQuestion(1, topic=1, difficulty=1), DrawableQuestion(2, topic=1, difficulty=1)]
    with pytest.raises(CannotFill) as caught:
        draw(places, bank, seed=1)
    assert caught.value.places == empty


def test_an_interview_that_asks_nothing_lacks_its_first_question():
    with pytest.raises(CannotFill) as caught:
        draw([], [DrawableQuestion(1, topic=1, difficulty=1)], seed=1)
    assert caught.value.places == [0]


def test_an_empty_bank_fills_nothing():
    with pytest.raises(CannotFill):
        draw([ANY], [], seed=1)


# --- against brute force --------------------------------------------------------------------

seen = st.none() | st.integers(0, 3).map(lambda days: LONG_AGO + timedelta(days=days))
banks = st.lists(st.tuples(st.integers(1, 2), st.integers(1, 3), seen), min_size=0, max_size=6).map(
    lambda rows: [DrawableQuestion(i, *row) for i, row in enumerate(rows)]
)
difficulties = st.sampled_from([(1, 1), (1, 2), (1, 3), (2, 2), (2, 3), (3, 3)])
drawn_places = st.builds(Place, topic=st.none() | st.integers(1, 2), difficulty=difficulties)
fixed_places = st.builds(Place, question=st.integers(0, 5))
several_places = st.lists(drawn_places | fixed_places, min_size=1, max_size=4)


def ways(places, bank):
    """Every way to fill the places, by trying all; a fixed question stays out of the rest."""
    fixed = {place.question for place in places if place.question is not None}
    return [
        chosen
        for chosen in permutations(bank, len(places))
        if all(
            place.admits(c) and (place.question is not None or c.id not in fixed)
            for place, c in zip(places, chosen, strict=True)
        )
    ]


def freshness(chosen):
    """When the questions of a set were last seen, freshest first; smaller is better."""
    return sorted((c.seen_at is not None, c.seen_at or LONG_AGO) for c in chosen)


@settings(max_examples=400, deadline=None)
@given(several_places, banks, st.integers(0, 2**62))
def test_places_are_filled_as_well_as_can_be_whenever_they_can_be_filled(places, bank, seed):
    possible = ways(places, bank)
    if not possible:
        with pytest.raises(CannotFill):
            draw(places, bank, seed)
        return
    ids = draw(places, bank, seed)
    by_id = {candidate.id: candidate for candidate in bank}
    chosen = tuple(by_id[i] for i in ids)
    assert chosen in possible
    assert len(set(ids)) == len(ids)
    assert freshness(chosen) == min(freshness(way) for way in possible)


@settings(max_examples=200, deadline=None)
@given(several_places, banks)
def test_as_few_places_as_possible_stay_empty(places, bank):
    """Only where no two places want the same fixed question, which the database rules out."""
    fixed = [place.question for place in places if place.question is not None]
    if len(fixed) != len(set(fixed)):
        return
    try:
        draw(places, bank, seed=1)
    except CannotFill as error:
        filled = len(places) - len(error.places)
        bigger = combinations(range(len(places)), filled + 1)
        outside = [c for c in bank if c.id not in fixed]
        for some in bigger:
            part = [places[i] for i in some]
            mine = {p.question for p in part}
            assert not ways(part, outside + [c for c in bank if c.id in mine])
