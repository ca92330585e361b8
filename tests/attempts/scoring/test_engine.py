import shutil
import threading

import numpy as np
import pytest

from attempts.scoring import engine, engine_name, weights

installed = pytest.mark.skipif(
    weights.folder() is None, reason="the weights are not installed; the lexical engine is used"
)
pytestmark = pytest.mark.usefixtures("_fresh_engine")


@installed
def test_cosines_are_those_of_the_models_card():
    encoder = engine.engine()
    first, *others = (
        encoder.embed(text)
        for text in (
            "That is a happy person",
            "That is a happy dog",
            "That is a very happy person",
            "Today is a sunny day",
        )
    )

    cosines = [first @ other for other in others]
    np.testing.assert_allclose(cosines, [0.6945, 0.9428, 0.2567], atol=0.0003)


@installed
def test_a_sentence_has_the_same_vectors_alone_and_among_others():
    encoder = engine.engine()
    short, long = ("Models", "drift", "."), ("A", "very", "long", "sentence") * 14

    wanted = [0, 2, 3]
    alone = encoder.encode([short], [[0, 1]])[0]
    among = encoder.encode([long, short, *[long] * 60], [wanted, [0, 1], *[wanted] * 60])[1]

    for one, other in zip(alone, among, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_without_weights_the_lexical_engine_serves_and_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv(weights.FOLDER_VARIABLE, str(tmp_path))

    assert engine_name() == "lexical-2"


@installed
def test_with_weights_minilm_serves_and_says_so():
    assert engine_name() == "minilm-2"


@installed
def test_changed_weights_are_refused(monkeypatch, tmp_path):
    for name in weights.SHA256:
        shutil.copy(weights.folder() / name, tmp_path / name)
    with open(tmp_path / "model.safetensors", "r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x7f")
    monkeypatch.setenv(weights.FOLDER_VARIABLE, str(tmp_path))

    with pytest.raises(weights.WrongWeights):
        weights.check(tmp_path)
    assert engine_name() == "lexical-2"


def test_threads_that_ask_at_once_share_one_engine():
    found = []
    threads = [threading.Thread(target=lambda: found.append(engine.engine())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({id(one) for one in found}) == 1
