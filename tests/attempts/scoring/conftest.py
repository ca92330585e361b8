import pytest

from attempts.scoring import engine, suggestion, weights


@pytest.fixture
def _fresh_engine():
    """Load the engine again in the test, and after it."""
    engine.forget()
    yield
    engine.forget()


@pytest.fixture(params=["installed", "lexical"])
def any_engine(request, monkeypatch, _fresh_engine):
    """Both engines in turn; where the weights are not installed the first is the second."""
    if request.param == "lexical":
        monkeypatch.setattr(weights, "folder", lambda: None)
    return suggestion
