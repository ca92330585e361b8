import pytest

from attempts.scoring import engine, weights


@pytest.fixture
def _fresh_engine():
    """Load the engine again in the test, and after it."""
    engine.forget()
    yield
    engine.forget()


@pytest.fixture
def minilm(_fresh_engine):
    """The engine with weights, which must be installed."""
    if weights.folder() is None:
        pytest.skip("the weights are not installed")


@pytest.fixture(params=["installed", "lexical"])
def any_engine(request, monkeypatch, _fresh_engine):
    """Each engine in turn; where the weights are not installed the first is the second."""
    if request.param == "lexical":
        monkeypatch.setattr(weights, "folder", lambda: None)
    return request.param
