"""The statements and answers that the scorer is fitted on: read from fit/corpus and fit/answers."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
KEPT_FOLDERS = ("operations", "pipelines")  # whose questions the networks never see
KEPT_ONE_IN = 5  # of the other questions


@dataclass(frozen=True)
class KeyPoint:
    """A key point, statements that make it, that are false of it, and true ones that do not make
    it. said, denied: passages of answers that do so."""

    text: str
    accept: list[str]
    wrong: list[str]
    beside: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LabelledAnswer:
    """labels, for each key point: 1 made, 0.5 in part, 0 not said, -1 said falsely."""

    kind: str
    text: str
    labels: list[float]

    @property
    def is_good(self) -> bool:
        return self.kind not in ("wrong", "mixed", "beside")


@dataclass(frozen=True)
class Question:
    name: str
    prompt: str
    model_answer: str
    points: list[KeyPoint]
    answers: list[LabelledAnswer]

    @property
    def is_for_answers(self) -> bool:
        """Whether its answers are for fitting the judgement, and the networks never see it."""
        digest = hashlib.sha256(self.name.encode()).hexdigest()
        return (
            self.name.startswith(KEPT_FOLDERS)
            or not self.model_answer  # a debate
            or int(digest, 16) % KEPT_ONE_IN == 0
        )


def corpus() -> list[Question]:
    """Every question of fit/corpus, in the order of the file names."""
    return [_question(path) for path in sorted(FOLDER.glob("corpus/*/*.json"))]


def _question(path: Path) -> Question:
    stored = json.loads(path.read_text(encoding="utf-8"))
    answers = stored["answers"]
    points = [
        KeyPoint(
            point["point"],
            point["accept"],
            point["wrong"],
            point["beside"],
            said=[words for a in answers if a["labels"][i] == 1 for words in a["where"][i]],
            denied=[words for a in answers if a["labels"][i] == -1 for words in a["where"][i]],
        )
        for i, point in enumerate(stored["points"])
    ]
    labelled = [LabelledAnswer(a["kind"], a["answer"], a["labels"]) for a in answers]
    name = f"{path.parent.name}/{path.stem}"
    return Question(name, stored["question"], stored["model_answer"], points, labelled)


def core_answers() -> list[Question]:
    """The questions of the core bank as they were when people answered them, in six styles.

    Their key points and phrasings are those of that time. The networks never see them.
    """
    phrasings = {
        point["point"]: point
        for points in json.loads((FOLDER / "answers/phrasings.json").read_text()).values()
        for point in points
    }
    found: dict[str, Question] = {}
    for line in (FOLDER / "answers/interview_answers.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row["question"] not in found:
            points = [
                KeyPoint(point, phrasings[point]["accept"], phrasings[point]["reject"])
                for point in row["key_points"]
            ]
            name = "core/" + row["id"].rpartition("-")[0]
            found[row["question"]] = Question(
                name, row["question"], row["model_answer"], points, []
            )
        answer = LabelledAnswer(row["kind"], row["answer"], row["labels"])
        found[row["question"]].answers.append(answer)
    return list(found.values())
