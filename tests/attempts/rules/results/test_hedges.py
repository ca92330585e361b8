"""Words that take back what somebody says."""

import pytest

from attempts.rules.results.hedges import HEDGES, hedges_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("We pin every version.", []),
        ("I think it might work. Maybe.", ["I think", "might", "Maybe"]),
        ("i  think\nso, I THINK", ["i think", "I THINK"]),
        ("I’d say it is fine, I'd say.", ["I’d say", "I'd say"]),
        ("It is kind of slow and sort of dear.", ["kind of", "sort of"]),
        ("This kind of model, a kind of tree, what sort of data, the same kind of thing.", []),
        ("A mighty almighty thinker", []),
        ("Probability is not probably", ["probably"]),
        ("I am not sure", ["not sure"]),
    ],
)
def test_hedges(text, found):
    assert hedges_in(text) == found


@pytest.mark.parametrize("hedge", HEDGES)
def test_each_hedge_of_the_list_is_found(hedge):
    assert hedges_in(f"Well, it {hedge} goes.") == [hedge]
