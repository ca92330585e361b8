"""How many words a text has, as static/js/room/words.js counts them. Pure.

A word is what stands between blanks and holds a letter or a digit. Chinese, Japanese, Thai, Lao,
Khmer and Burmese have no blanks between words: there a browser takes the words of its dictionary,
and this module estimates them from the number of letters. tests/words.json holds for both.
"""

import re
from dataclasses import dataclass

from questions.rules.numbers import counted

# Letters a word, in the mean, as browsers divide texts of each script.
_SCRIPTS = {
    "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd": 1.6,  # Chinese
    "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f": 2.4,  # Japanese
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece": 3.5,  # Thai, Lao
    "\u1780-\u17d3\u17d7\u17dc\u17dd": 3.5,  # Khmer
    "\u1000-\u103f\u104c-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f": 2.8,  # Burmese
}
_LETTERS_A_WORD = [(re.compile(f"[{script}]"), size) for script, size in _SCRIPTS.items()]
_BLANKS = "\t-\r\\s\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000"
_WITHOUT_BLANKS = "".join(_SCRIPTS)
_ASCII = re.compile(r"[0-9A-Za-z]\S*")
"""The rest of a word from its first letter or digit: the same words, found faster."""
_RUN = re.compile(f"(?P<dense>[{_WITHOUT_BLANKS}]+)|[^{_BLANKS}{_WITHOUT_BLANKS}]+")


@dataclass(frozen=True)
class WordCount:
    """number: of words. is_estimate: whether some of them are in a script without blanks."""

    number: int
    is_estimate: bool = False

    def __str__(self) -> str:
        about = "about " if self.is_estimate else ""
        return f"{about}{counted(self.number, 'word')}"


def word_count(text: str) -> WordCount:
    """The words of a text; those of a script without blanks are estimated."""
    if text.isascii():
        return WordCount(sum(1 for _ in _ASCII.finditer(text)))
    number, is_estimate = 0, False
    for run in _RUN.finditer(text):
        if run["dense"]:
            number, is_estimate = number + _estimate(run[0]), True
        else:
            number += any(map(str.isalnum, run[0]))
    return WordCount(number, is_estimate)


def _estimate(run: str) -> int:
    """The words in letters of scripts without blanks; 0 if there are only marks."""
    letters = "".join(filter(str.isalnum, run))
    words = sum(len(script.findall(letters)) / size for script, size in _LETTERS_A_WORD)
    return max(1, round(words)) if letters else 0
