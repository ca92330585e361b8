import shutil
import threading

import numpy as np
import pytest

from attempts.scoring import engine, engine_name, nearness, weights
from attempts.scoring.minilm import MiniLM

installed = pytest.mark.skipif(
    weights.folder() is None, reason="the weights are not installed; the lexical engine is used"
)
pytestmark = pytest.mark.usefixtures("_fresh_engine")


@installed
def test_with_the_published_layers_cosines_are_those_of_the_models_card():
    published = weights.tensors(weights.folder() / "model.safetensors")
    continued = {
        name.replace(f"encoder.layer.{number + 3}.", f"sense.{number}."): array
        for number in range(3)
        for name, array in published.items()
        if name.startswith(f"encoder.layer.{number + 3}.")
    }
    model = MiniLM(weights.folder(), fitted=continued)
    first, *others = model.vectors(
        model.read(
            [
                "That is a happy person",
                "That is a happy dog",
                "That is a very happy person",
                "Today is a sunny day",
            ]
        )
    )

    cosines = [first @ other for other in others]
    np.testing.assert_allclose(cosines, [0.6945, 0.9428, 0.2567], atol=0.0003)


@installed
def test_a_text_has_the_same_vector_alone_and_among_others():
    encoder = engine.engine()
    short, long = "Models drift.", "A very long sentence " * 14

    alone = encoder.vectors(encoder.read([short]))[0]
    among = encoder.vectors(encoder.read([long, short, *[long] * 60]))[1]

    np.testing.assert_allclose(alone, among, atol=1e-4)


@installed
def test_two_texts_have_the_same_verdict_alone_and_among_others():
    encoder = engine.engine()
    texts = ["Models drift.", "A model gets worse as the world changes.", "Bread is baked. " * 20]
    first, second, long = encoder.read(texts)

    alone = encoder.verdicts([(first, second)])[0]
    among = encoder.verdicts([(long, first), (first, second), *[(long, long)] * 9])[1]

    np.testing.assert_allclose(alone, among, atol=1e-3)
    assert np.exp(alone).sum() == pytest.approx(1, abs=1e-5)


@installed
def test_words_are_those_with_a_meaning():
    (text,) = engine.engine().read(["The drift of a model, it is slow."])

    assert len(text.words) == len(text.rarity) == 3
    assert len(text.tokens) == 12  # all words, two marks, and two around the text


@installed
def test_statements_of_one_meaning_are_nearer_than_neighbours():
    encoder = engine.engine()
    point, same, neighbour = encoder.vectors(
        encoder.read(
            [
                "An image packs the application together with all of its dependencies.",
                "app + libs + runtime in 1 docker img",
                "Docker was first shown in 2013.",
            ]
        )
    )

    assert point @ same > point @ neighbour + 0.2


def test_without_weights_the_lexical_engine_serves_and_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv(weights.FOLDER_VARIABLE, str(tmp_path))

    assert engine_name() == "lexical-5"


@installed
def test_with_weights_minilm_serves_and_says_so():
    assert engine_name() == "minilm-5"


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
    assert engine_name() == "lexical-5"


def test_threads_that_ask_at_once_share_one_engine():
    found = []
    threads = [threading.Thread(target=lambda: found.append(engine.engine())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({id(one) for one in found}) == 1


def test_a_row_for_each_text_and_a_text_is_nearest_to_itself():
    texts = ["Caches save work.", "Tea is a drink."]
    found = nearness(texts, [*reversed(texts), "Caching avoids computing twice."])
    assert [len(row) for row in found] == [3, 3]
    assert found[0][1] == pytest.approx(1, abs=1e-3)
    assert found[0][2] > found[1][2]
    assert nearness([], texts) == []
