from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attempts.rules.draw import CannotFill, DrawableQuestion, DrawSlot, Prefer, draw

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
LAST_WEEK = datetime(2026, 2, 23, tzinfo=UTC)
ANY = DrawSlot()
SEEDS = range(20)


@pytest.mark.parametrize(
    ("slot", "question", "admitted"),
    [
        (ANY, DrawableQuestion(1, topic=1, difficulty=1), True),
        (ANY, DrawableQuestion(1, topic=9, difficulty=3), True),
        (DrawSlot(topic=2), DrawableQuestion(1, topic=2, difficulty=1), True),
        (DrawSlot(topic=2), DrawableQuestion(1, topic=1, difficulty=1), False),
        (DrawSlot(difficulty=(2, 3)), DrawableQuestion(1, topic=1, difficulty=1), False),
        (DrawSlot(difficulty=(2, 3)), DrawableQuestion(1, topic=1, difficulty=2), True),
        (DrawSlot(difficulty=(1, 2)), DrawableQuestion(1, topic=1, difficulty=3), False),
        (DrawSlot(question=1), DrawableQuestion(1, topic=1, difficulty=1), True),
        (DrawSlot(question=1), DrawableQuestion(2, topic=1, difficulty=1), False),
    ],
)
def test_which_questions_a_slot_admits(slot, question, admitted):
    assert slot.admits(question) is admitted


def test_fixed_questions_come_in_their_slots():
    bank = [DrawableQuestion(i, topic=1, difficulty=1) for i in (3, 1, 2)]
    assert draw([DrawSlot(question=2), DrawSlot(question=3)], bank, seed=1) == [2, 3]


def test_a_fixed_question_is_not_drawn_for_another_place():
    bank = [DrawableQuestion(1, topic=1, difficulty=1), DrawableQuestion(2, topic=1, difficulty=1)]
    for seed in SEEDS:
        assert draw([ANY, DrawSlot(question=1)], bank, seed) == [2, 1]


def test_a_fixed_question_is_asked_again_even_if_seen_last_week():
    bank = [DrawableQuestion(1, 1, 1, seen_at=LAST_WEEK), DrawableQuestion(2, 1, 1)]
    assert draw([DrawSlot(question=1)], bank, seed=1) == [1]


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
    """If the wide slot took the only hard question, the hard slot would stay empty."""
    hard, easy = (
        DrawableQuestion(1, 1, difficulty=3),
        DrawableQuestion(2, 1, difficulty=1, seen_at=LAST_WEEK),
    )
    for seed in SEEDS:
        assert draw([ANY, DrawSlot(difficulty=(3, 3))], [hard, easy], seed) == [2, 1]


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
    ("slots", "empty"),
    [
        ([DrawSlot(topic=2)], [0]),
        ([ANY, DrawSlot(topic=2), DrawSlot(question=9)], [1, 2]),
        ([ANY, ANY, ANY], [2]),
        ([DrawSlot(question=1), DrawSlot(question=1)], [1]),
        ([ANY, DrawSlot(question=1), DrawSlot(question=2)], [0]),
    ],
)
def test_slots_that_stay_empty_are_named(slots, empty):
    bank = [DrawableQuestion(1, topic=1, difficulty=1), DrawableQuestion(2, topic=1, difficulty=1)]
    with pytest.raises(CannotFill) as caught:
        draw(slots, bank, seed=1)
    assert caught.value.empty == empty


def test_an_interview_that_asks_nothing_lacks_its_first_question():
    with pytest.raises(CannotFill) as caught:
        draw([], [DrawableQuestion(1, topic=1, difficulty=1)], seed=1)
    assert caught.value.empty == [0]


def test_an_empty_bank_fills_nothing():
    with pytest.raises(CannotFill):
        draw([ANY], [], seed=1)


# --- against brute force --------------------------------------------------------------------

seen = st.none() | st.integers(0, 3).map(lambda days: LONG_AGO + timedelta(days=days))
banks = st.lists(st.tuples(st.integers(1, 2), st.integers(1, 3), seen), min_size=0, max_size=6).map(
    lambda rows: [DrawableQuestion(i, *row) for i, row in enumerate(rows)]
)
difficulties = st.sampled_from([(1, 1), (1, 2), (1, 3), (2, 2), (2, 3), (3, 3)])
drawn_slots = st.builds(DrawSlot, topic=st.none() | st.integers(1, 2), difficulty=difficulties)
fixed_slots = st.builds(DrawSlot, question=st.integers(0, 5))
several_slots = st.lists(drawn_slots | fixed_slots, min_size=1, max_size=4)


def ways(slots, bank):
    """Every way to fill the slots. A fixed question fills no other slot."""
    fixed = {slot.question for slot in slots if slot.question is not None}
    return [
        chosen
        for chosen in permutations(bank, len(slots))
        if all(
            slot.admits(c) and (slot.question is not None or c.id not in fixed)
            for slot, c in zip(slots, chosen, strict=True)
        )
    ]


def freshness(chosen):
    """When the questions of a set were last seen, freshest first; smaller is better."""
    return sorted((c.seen_at is not None, c.seen_at or LONG_AGO) for c in chosen)


@settings(max_examples=400, deadline=None)
@given(several_slots, banks, st.integers(0, 2**62))
def test_slots_are_filled_as_well_as_can_be_whenever_they_can_be_filled(slots, bank, seed):
    possible = ways(slots, bank)
    if not possible:
        with pytest.raises(CannotFill):
            draw(slots, bank, seed)
        return
    ids = draw(slots, bank, seed)
    by_id = {question.id: question for question in bank}
    chosen = tuple(by_id[i] for i in ids)
    assert chosen in possible
    assert len(set(ids)) == len(ids)
    assert freshness(chosen) == min(freshness(way) for way in possible)


@settings(max_examples=200, deadline=None)
@given(several_slots, banks)
def test_as_few_slots_as_possible_stay_empty(slots, bank):
    """Only if no two slots want the same fixed question; the database allows no such interview."""
    fixed = [slot.question for slot in slots if slot.question is not None]
    if len(fixed) != len(set(fixed)):
        return
    try:
        draw(slots, bank, seed=1)
    except CannotFill as error:
        filled = len(slots) - len(error.empty)
        bigger = combinations(range(len(slots)), filled + 1)
        outside = [c for c in bank if c.id not in fixed]
        for some in bigger:
            part = [slots[i] for i in some]
            mine = {p.question for p in part}
            assert not ways(part, outside + [c for c in bank if c.id in mine])


@pytest.mark.parametrize(
    ("prefer", "first"),
    [
        (Prefer.UNSEEN, [[4], [3], [2, 1]]),
        (Prefer.WEAK, [[2], [1], [4], [3]]),
        (Prefer.ANY, [[1, 2, 3, 4]]),
    ],
)
def test_what_is_preferred_is_asked_first(prefer, first):
    half, nothing = Decimal("0.5"), Decimal(0)
    bank = [
        DrawableQuestion(1, 1, 1, seen_at=LAST_WEEK, weak_share=half),
        DrawableQuestion(2, 1, 1, seen_at=LAST_WEEK, weak_share=nothing),
        DrawableQuestion(3, 1, 1, seen_at=LONG_AGO),
        DrawableQuestion(4, 1, 1),
    ]
    asked = [draw([ANY] * 4, bank, seed, prefer) for seed in SEEDS]
    drawn = [{draw([ANY] * count, bank, seed, prefer)[-1] for seed in SEEDS} for count in (1,)]
    assert drawn[0] <= set(first[0])
    assert all(sorted(ids) == [1, 2, 3, 4] for ids in asked)
    taken: set[int] = set()
    for group in first:
        taken |= set(group)
        for seed in SEEDS:
            assert set(draw([ANY] * len(taken), bank, seed, prefer)) == taken
