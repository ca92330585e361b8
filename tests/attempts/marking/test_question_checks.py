"""Whether a follow-up gives its key point away."""

import pytest

from attempts.marking.question_checks import OwnTexts, earns, given_away, words_named
from attempts.scoring import engine_name

PROMPT = "How do you roll out a new version of a model?"
POINT = "A canary release sends a small share of the traffic to the new version first."


@pytest.mark.parametrize(
    ("point", "follow_up", "named"),
    [
        # seven stems, of which two may be named
        (POINT, "And if the new version turns out worse?", ()),
        (POINT, "Who gets the traffic?", ()),
        (POINT, "Who gets the traffic first?", ()),
        (POINT, "Who gets a small share of it first?", ("small", "share", "first")),
        (
            POINT,
            "Do you know what canary releases of traffic are?",
            ("canary", "releases", "traffic"),
        ),
        # another form of a word is the same stem, and a word counts once
        (POINT, "Traffic, and sending, and shared traffic?", ("traffic", "sending", "shared")),
        (POINT, "Traffic, traffic, TRAFFIC?", ()),
        # the words of the prompt, and words without a meaning of their own, name nothing
        (POINT, "How do you roll out the new version of this model to the first?", ()),
        ("It is rolled out.", "How is it rolled out?", ()),
        ("Caches help.", "And what about caches?", ("caches",)),
        ("Caches help a lot here today.", "And what about caches?", ()),
        ("", "And what about caches?", ()),
        (POINT, "", ()),
    ],
)
def test_a_follow_up_names_its_point_with_more_than_a_third_of_its_own_words(
    point, follow_up, named
):
    assert words_named(PROMPT, point, follow_up) == named


POINTS = [POINT, "An alert rolls the release back when errors rise."]
TEXTS = OwnTexts(
    PROMPT,
    POINTS,
    "I send five percent of the requests to it. If errors rise, an alert rolls it back.",
    [
        {"accept": ["five percent of requests go to it before the rest"], "reject": []},
        {"accept": ["if errors go up, it is undone by itself"], "reject": []},
    ],
)


@pytest.mark.skipif(not engine_name().startswith("minilm"), reason="needs the weights")
def test_a_follow_up_earns_its_point_if_the_scorer_finds_it_or_is_unsure():
    assert earns(TEXTS, "Would five percent of requests go to it before the rest?", 0)
    assert not earns(TEXTS, "What do you watch?", 1)


@pytest.mark.skipif(not engine_name().startswith("minilm"), reason="needs the weights")
def test_those_that_say_too_much_are_told_with_their_point():
    said = [
        "Would five percent of requests go to it before the rest?",
        "Does an alert roll it back?",
    ]
    found = {given.number: given.named for given in given_away(TEXTS, said)}
    assert found == {1: (), 2: ("alert", "back")}
    assert list(given_away(TEXTS, ["", "What do you watch?"])) == []
    assert list(given_away(TEXTS, [])) == []
