"""The colours of the pages can be told from each other, in both modes: computed from the tokens."""

import re
from itertools import product

import pytest

from tests.test_architecture import ROOT

TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
PLAIN = re.compile(r"^  --([\w-]+): (#[0-9a-f]{6});", re.MULTILINE)
STYLES = (ROOT / "static/css/site.css").read_text()
TOKENS = {name: pair for name, *pair in TOKEN.findall(STYLES)}
MODES = ("light", "dark")

TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2: 1.4.3 and 1.4.11
GROUNDS = ("paper", "card", "sunk")
MEANINGS = ("good", "warn", "bad", "weak", "unsure", "strong", "accent")
PAIRS = [
    *((text, ground, TEXT) for text, ground in product(("ink", "soft", *MEANINGS), GROUNDS)),
    *((text, f"{text}-wash", TEXT) for text in MEANINGS),
    *((text, f"{wash}-wash", TEXT) for text, wash in product(("ink", "soft"), MEANINGS)),
    ("on-accent", "accent", TEXT),
    *(("edge", ground, SHAPE) for ground in GROUNDS),
    *(
        (f"{meaning}-fill", ground, SHAPE)
        for meaning, ground in product(("weak", "unsure", "strong"), (*GROUNDS, "line"))
    ),
]


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #rrggbb."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("above", "below", "least"), PAIRS)
def test_a_colour_can_be_told_from_what_is_below_it(above, below, least, mode):
    index = MODES.index(mode)
    assert contrast(TOKENS[above][index], TOKENS[below][index]) >= least


def test_browsers_without_two_modes_get_the_light_one():
    assert {name: light for name, (light, _) in TOKENS.items()} == dict(PLAIN.findall(STYLES))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1.0)],
)
def test_the_contrast_is_wcags(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)


def test_no_page_falls_back_to_a_serif():
    sheets = (ROOT / "static/css").glob("*.css")
    named = re.compile(r"(?<!sans-)(?<!ui-sans-)\bserif\b|--serif")
    assert [path.name for path in sheets if named.search(path.read_text())] == []
