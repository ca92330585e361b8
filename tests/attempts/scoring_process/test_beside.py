"""What pages of the staff score, beside the process that serves them."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from attempts import scoring
from attempts.scoring_process import beside
from attempts.scoring_process.process import ScoringProcess
from tests.attempts.scoring_process.tasks import EXAMPLE, PHRASINGS, POINTS, QUESTION, THIN
from tests.attempts.scoring_process.test_process import STAND_INS

ABOUT = (QUESTION, POINTS, EXAMPLE)


@pytest.fixture
def served(monkeypatch):
    """A process that serves pages."""
    monkeypatch.setattr(beside, "_beside", None)
    beside.serve_pages()
    yield beside._beside.process
    beside._beside.process.stop()


def expected(text: str):
    return scoring.score(*ABOUT, text, phrasings=PHRASINGS)


def fails(*args):
    raise AssertionError("it was scored here")


def test_a_command_scores_by_itself(monkeypatch):
    monkeypatch.setattr(ScoringProcess, "find", fails)
    assert beside.score(*ABOUT, THIN, phrasings=PHRASINGS) == expected(THIN)


@pytest.mark.parametrize("text", [THIN, EXAMPLE, "", "Ich schicke alles \ud800 auf einmal."])
def test_a_page_gets_the_same_from_beside_it(served, monkeypatch, text):
    here = expected(text)
    monkeypatch.setattr(beside.scoring, "score", fails)
    assert beside.score(*ABOUT, text, phrasings=PHRASINGS) == here
    assert served.pid != os.getpid()


def test_without_phrasings_too(served):
    assert beside.score(*ABOUT, THIN) == scoring.score(*ABOUT, THIN)


def test_several_editors_at_once_are_read_in_turn_and_none_here(served, monkeypatch):
    texts = [f"{THIN} Step {number}." for number in range(beside.MOST_WAITING)]
    here = [expected(text) for text in texts]
    together = threading.Barrier(len(texts))
    monkeypatch.setattr(beside.scoring, "score", fails)

    def read(text):
        together.wait()
        return beside.score(*ABOUT, text, phrasings=PHRASINGS)

    with ThreadPoolExecutor(len(texts)) as threads:
        assert list(threads.map(read, texts)) == here


def test_the_engine_is_named_without_loading_it_here(served, monkeypatch):
    here = scoring.engine_name()
    monkeypatch.setattr(beside.scoring, "engine_name", fails)
    assert beside.engine_name() == here


@pytest.mark.parametrize("stand_in", ["broken", "hanging"])
def test_where_nothing_comes_a_page_still_gets_it_and_asks_no_more_for_a_while(
    monkeypatch, stand_in
):
    stuck = ScoringProcess(f"{STAND_INS}.{stand_in}")
    monkeypatch.setattr(beside, "SECONDS", 0.5)
    monkeypatch.setattr(beside, "_beside", beside._Beside(stuck))
    try:
        assert beside.score(*ABOUT, THIN, phrasings=PHRASINGS) == expected(THIN)
        monkeypatch.setattr(stuck, "find", fails)
        assert beside.score(*ABOUT, THIN, phrasings=PHRASINGS) == expected(THIN)
        assert beside.engine_name() == scoring.engine_name()
    finally:
        stuck.stop()


def test_what_another_engine_finds_is_not_taken(served, monkeypatch):
    found = {"engine": "other-1", "points": [[]]}
    beside.engine_name()
    monkeypatch.setattr(served, "find", lambda *args: found)
    assert beside.score(*ABOUT, THIN, phrasings=PHRASINGS) == expected(THIN)


def test_the_site_under_a_server_serves_pages():
    code = (
        "import quizsite.wsgi; from attempts.scoring_process import beside; assert beside._beside"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
