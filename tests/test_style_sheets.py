"""The style sheets of pages share no class by accident: all are loaded on every page."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

SHEETS = Path(__file__).parents[1] / "static" / "css"
OF_PAGES = ("questions", "result", "history", "practice", "home", "own", "sharing")
SHARED = {"history"}
"""The tables of My attempts; how tables look is said with the result."""


def first_classes(css: str) -> set[str]:
    """The classes with which its selectors begin, alone or with their element."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    selectors = (
        each for head in re.findall(r"([^{}]+)\{", css) for each in re.split(r",(?![^(]*\))", head)
    )
    found = (re.match(r"\s*[a-z]*\.([\w-]+)", each) for each in selectors)
    return {match[1] for match in found if match}


@pytest.mark.parametrize(
    ("css", "classes"),
    [
        (".a { x: y } p.b > .c, .d:is(p, .e) { x: y }", {"a", "b", "d"}),
        ("/* .a {} */ @media (x) { .b { x: y } }", {"b"}),
        ("p > .a, main { x: y }", set()),
    ],
)
def test_first_classes(css, classes):
    assert first_classes(css) == classes


def test_a_class_of_one_page_is_styled_for_that_page_alone():
    base = first_classes(
        "".join((SHEETS / f"{n}.css").read_text() for n in ("site", "parts", "room", "account"))
    )
    sheets = defaultdict(list)
    for name in OF_PAGES:
        for each in first_classes((SHEETS / f"{name}.css").read_text()) - base - SHARED:
            sheets[each].append(name)
    assert {each: names for each, names in sheets.items() if len(names) > 1} == {}
