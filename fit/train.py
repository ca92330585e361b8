"""Train the two networks on the statements of fit/corpus: attempts/scoring/fitted.safetensors.

    python -m fit.train

It needs PyTorch (fit/README.md) and takes about a quarter of an hour on two cores. The same
versions on the same kind of machine give the same weights. Questions whose answers the judgement is
fitted on (Question.is_for_answers) are left out, and so are those of the core bank.
"""

import json
import os
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from threadpoolctl import threadpool_limits
from torch import Tensor, nn
from torch.nn import functional

from attempts.scoring import weights
from attempts.scoring.minilm import MiniLM
from fit.corpus import KeyPoint, Question, corpus
from fit.networks import MAKES, NEITHER, OPPOSITE, Sense, Verdict

SEED = 1
RATE, HEAD_RATE, WARM_UP, DECAY = 1e-4, 1e-3, 0.1, 0.01
TEMPERATURE = 0.06  # of the contrastive loss
QUESTIONS_A_STEP, SENSE_ROUNDS = 3, 6
PAIRS_A_STEP, VERDICT_ROUNDS = 48, 2
LONGEST_PASSAGE = 40  # words of a passage that is taken for one statement

Pair = tuple[str, str, int]
"""Two statements, and what the second does to the first: MAKES, OPPOSITE or NEITHER."""


class Rows:
    """Statements after the layers that are not trained, each read once."""

    def __init__(self, model: MiniLM) -> None:
        self._model = model
        self._rows: dict[str, Tensor] = {}

    def read(self, texts: Iterable[str]) -> None:
        new = sorted({text for text in texts if text not in self._rows})
        for text, read in zip(new, self._model.read(new), strict=True):
            self._rows[text] = torch.from_numpy(read.tokens.copy())

    def size(self, text: str) -> int:
        return len(self._rows[text])

    def batch(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Padded: tokens (texts, longest, 384), and which are there (texts, longest)."""
        self.read(texts)
        rows = [self._rows[text] for text in texts]
        x = nn.utils.rnn.pad_sequence(rows, batch_first=True)
        sizes = torch.tensor([len(row) for row in rows])
        return x, torch.arange(x.shape[1])[None] < sizes[:, None]


def statements(point: KeyPoint) -> tuple[list[str], list[str]]:
    """What makes a point and what denies it, passages of answers included."""
    short = [
        [words for words in some if len(words.split()) < LONGEST_PASSAGE]
        for some in (point.said, point.denied)
    ]
    return point.accept + short[0], point.wrong + short[1]


def train_sense(net: Sense, questions: list[Question], rows: Rows) -> None:
    """Supervised contrastive learning (Khosla et al. 2020): statements of one point belong
    together; those of other points, false ones and ones beside the point do not."""
    steps = SENSE_ROUNDS * (len(questions) // QUESTIONS_A_STEP)
    descent = Descent(net, [], steps, "sense")
    for _ in range(SENSE_ROUNDS):
        random.shuffle(questions)
        for first in range(0, len(questions) - QUESTIONS_A_STEP + 1, QUESTIONS_A_STEP):
            texts, numbers = _sense_batch(questions[first : first + QUESTIONS_A_STEP])
            descent.step(contrastive_loss(net(*rows.batch(texts)), torch.tensor(numbers)))


def _sense_batch(questions: Sequence[Question]) -> tuple[list[str], list[int]]:
    """Texts, and the number of the point that each makes, or -1."""
    texts: list[str] = []
    numbers: list[int] = []
    for number, point in enumerate(point for q in questions for point in q.points):
        said, denied = statements(point)
        makes = [point.text, *random.sample(said, min(6, len(said)))]
        others = random.sample(denied, min(2, len(denied))) + random.sample(point.beside, 1)
        texts += makes + others
        numbers += [number] * len(makes) + [-1] * len(others)
    return texts, numbers


def contrastive_loss(vectors: Tensor, numbers: Tensor) -> Tensor:
    alike = vectors @ vectors.T / TEMPERATURE
    alike.fill_diagonal_(-1e4)
    logs = alike - torch.logsumexp(alike, 1, keepdim=True)
    same = (numbers[:, None] == numbers[None, :]) & (numbers[:, None] >= 0)
    same.fill_diagonal_(False)
    anchors = numbers >= 0
    return -((logs * same).sum(1)[anchors] / same.sum(1)[anchors]).mean()


def train_verdict(net: Verdict, questions: list[Question], rows: Rows) -> None:
    count = sum(len(list(pairs(question))) for question in questions)
    descent = Descent(net, ["layers"], VERDICT_ROUNDS * (count // PAIRS_A_STEP + 1), "verdict")
    for _ in range(VERDICT_ROUNDS):
        for some in _pair_batches([pair for q in questions for pair in pairs(q)], rows):
            first, second, verdicts = zip(*some, strict=True)
            logits = net(*rows.batch(first), *rows.batch(second))
            descent.step(functional.cross_entropy(logits, torch.tensor(verdicts)))


def pairs(question: Question) -> Iterator[Pair]:
    """Statements of each point beside the point itself or another way to say it, drawn anew at each
    call; those of other points are beside it."""
    for point in question.points:
        said, denied = statements(point)
        others = [statements(other) for other in question.points if other is not point]
        rivals = [text for accepted, _ in others for text in accepted]
        false_rivals = [text for _, rejected in others for text in rejected]
        beside = point.beside + random.sample(rivals, 3) + random.sample(false_rivals, 1)
        for verdict, texts in ((MAKES, said), (OPPOSITE, denied), (NEITHER, beside)):
            for text in texts:
                reference = point.text if random.random() < 0.5 else random.choice(point.accept)
                if reference != text:
                    yield reference, text, verdict


def _pair_batches(some: list[Pair], rows: Rows) -> list[list[Pair]]:
    """Pairs of alike length together, in random order."""
    rows.read(text for pair in some for text in pair[:2])
    random.shuffle(some)
    size = PAIRS_A_STEP * 20
    ordered = [
        pair
        for first in range(0, len(some), size)
        for pair in sorted(
            some[first : first + size], key=lambda pair: rows.size(pair[0]) + rows.size(pair[1])
        )
    ]
    batches = [ordered[i : i + PAIRS_A_STEP] for i in range(0, len(ordered), PAIRS_A_STEP)]
    random.shuffle(batches)
    return batches


class Descent:
    """AdamW with one cycle of the learning rate; parts that start from nothing learn faster."""

    def __init__(self, net: nn.Module, pretrained: list[str], steps: int, name: str) -> None:
        named = list(net.named_parameters())
        old = [p for n, p in named if not pretrained or n.split(".")[0] in pretrained]
        new = [p for n, p in named if pretrained and n.split(".")[0] not in pretrained]
        groups = [{"params": old}, {"params": new}] if new else [{"params": old}]
        rates = [RATE, HEAD_RATE][: len(groups)]
        self._net, self._name, self._begun = net.train(), name, time.monotonic()
        self._optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=DECAY)
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimizer, rates, total_steps=steps + 20, pct_start=WARM_UP
        )
        self._losses: list[float] = []

    def step(self, loss: Tensor) -> None:
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._net.parameters(), 1.0)
        self._optimizer.step()
        self._schedule.step()
        self._losses.append(loss.item())
        if len(self._losses) % 50 == 0:
            seconds = time.monotonic() - self._begun
            mean = np.mean(self._losses[-50:])
            print(
                f"{self._name} step {len(self._losses)}: loss {mean:.3f}, {seconds:.0f} s",
                flush=True,
            )


def store(sense: Sense, verdict: Verdict, path: Path) -> None:
    """Both networks as a safetensors file: matrices as 8-bit integers, a factor for each row."""
    tensors = {f"sense.{name}": value for name, value in sense.state_dict().items()}
    tensors |= {f"verdict.{name}": value for name, value in verdict.state_dict().items()}
    arrays: dict[str, np.ndarray] = {}
    for name, value in tensors.items():
        array, name = value.numpy().astype("<f4"), _published_name(name)
        if array.ndim == 2 and len(array) > 2:
            scale = np.abs(array).max(1) / 127
            arrays[name] = np.round(array / scale[:, None]).astype("i1")
            arrays[f"{name}.scale"] = scale.astype("<f4")
        else:
            arrays[name] = array
    path.write_bytes(_safetensors(arrays))


def _published_name(name: str) -> str:
    """sense.layers.0.query.weight as the published weights call it: sense.0.attention.self.…"""
    parts = {
        "layers.": "",
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "attended_norm": "attention.output.LayerNorm",
        "attended": "attention.output.dense",
        "intermediate": "intermediate.dense",
        "output_norm": "output.LayerNorm",
        "output": "output.dense",
    }
    network, _, rest = name.partition(".")
    if not rest.startswith("layers."):
        return name
    number, part, kind = rest.removeprefix("layers.").split(".")
    return f"{network}.{number}.{parts[part]}.{kind}"


def _safetensors(arrays: dict[str, np.ndarray]) -> bytes:
    kinds = {np.dtype("<f4"): "F32", np.dtype("i1"): "I8"}
    header, data = {}, b""
    for name, array in sorted(arrays.items(), key=lambda item: (item[1].itemsize == 1, item[0])):
        start, data = len(data), data + array.tobytes()
        header[name] = {
            "dtype": kinds[array.dtype],
            "shape": array.shape,
            "data_offsets": [start, len(data)],
        }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + data


def main() -> None:
    random.seed(SEED)
    torch.manual_seed(SEED)
    folder = weights.folder()
    if folder is None:
        raise SystemExit("The weights of MiniLM are not installed: run `make run` once.")
    weights.check(folder)
    published = {
        name: torch.from_numpy(array.copy())
        for name, array in weights.tensors(folder / "model.safetensors").items()
    }
    questions = [question for question in corpus() if not question.is_for_answers]
    rows = Rows(MiniLM(folder, fitted={}))
    threadpool_limits(os.cpu_count(), "blas")  # the scorer has taken all threads but one away
    torch.set_num_threads(os.cpu_count() or 1)
    print(f"{len(questions)} questions", flush=True)
    sense, verdict = Sense(published), Verdict(published)
    train_sense(sense, questions, rows)
    verdict.layers.load_state_dict(sense.layers.state_dict())
    train_verdict(verdict, questions, rows)
    store(sense.eval(), verdict.eval(), weights.FITTED)


if __name__ == "__main__":
    main()
