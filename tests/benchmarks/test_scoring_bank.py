"""The scorer on the core bank: the scores that each question's own and other texts must get.

For a question that fails here, change its key points, not the scorer.
"""

import random
from pathlib import Path
from statistics import mean

import pytest
import yaml

from attempts.scoring import engine_name, grammar, score
from attempts.scoring.texts import sentences

BANK = Path(__file__).resolve().parents[2] / "questions" / "fixtures" / "core_bank.yaml"
QUESTIONS = yaml.safe_load(BANK.read_text(encoding="utf-8"))["questions"]
OFF_TOPIC = (
    "The lighthouse stands on a granite rock two miles from the harbour. Its keeper lit the lamp "
    "at dusk and wound the clockwork every four hours. On clear nights the beam could be seen from "
    "the mainland, and ships set their course by it until the new channel was dredged."
)


def scored(question, answer):
    return score(question["prompt"], question["key_points"], question["example_answer"], answer)


def shuffled(words, seed):
    words = list(words)
    random.Random(seed).shuffle(words)
    return " ".join(words)


def denied(text):
    """Every sentence said to be untrue."""
    return " ".join(f"It is not true that {text[s.start : s.end]}" for s in sentences(text))


def attacks(question):
    example = question["example_answer"]
    words = [word for s in sentences(example) for word in s.words]
    return {
        "empty": (" ", 0.02),
        "question": (question["prompt"], 0.02),
        "off topic": (OFF_TOPIC, 0.02),
        "keywords": (shuffled([w for w in words if w not in grammar.CLASS], 1), 0.02),
        "shuffled": (shuffled(example.split(), 1), 0.05),
        "denied": (denied(example), 0.2),
    }


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["slug"])
def test_a_question_is_fair_to_its_texts(question):
    if not engine_name().startswith("minilm"):
        pytest.skip("the bank is tuned for the engine with weights, which are not installed")
    own = scored(question, question["example_answer"])
    others = {
        other["slug"]: scored(question, other["example_answer"])["score"]
        for other in QUESTIONS
        if other is not question
    }
    nearest = max(others, key=others.__getitem__)
    got = {name: scored(question, text)["score"] for name, (text, _) in attacks(question).items()}
    made = sum(point["covered"] for point in own["points"])
    print(
        f"\n{question['slug']:36} example {own['score']:.2f} ({made} of {len(own['points'])})"
        f"  answer {scored(question, question['answer'])['score']:.2f}"
        f"  others {mean(others.values()):.3f}, at most {others[nearest]:.2f} ({nearest})  "
        + "  ".join(f"{name} {value:.2f}" for name, value in got.items())
    )

    missed = [
        text
        for text, point in zip(question["key_points"], own["points"], strict=True)
        if not point["covered"]
    ]
    assert missed == []
    assert own["score"] >= 0.98
    assert others[nearest] <= 0.25, nearest
    assert {n: v for n, v in got.items() if v > attacks(question)[n][1]} == {}
