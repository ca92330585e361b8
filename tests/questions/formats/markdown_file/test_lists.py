"""Lists below an answer in a Markdown file that are fields of a question."""

import pytest

from questions.formats import read_file

HEAD = "# What is a cache?\n\nIt keeps results.\n\n"
POINTS = "**Key points**\n- It keeps results.\n- It may be stale.\n\n"


def values_of(text):
    (item,) = read_file("x.md", (HEAD + text).encode()).items
    assert item.mistakes == ()
    return item.values


def test_lists_under_their_names_are_fields_and_the_answer_is_the_rest():
    values = values_of(
        f"{POINTS}**Follow-ups:**\n1. Where from?\n2. And later?\n\n"
        "### Common mistakes\n\n* Saying that it is free.\n\n"
        "### Sources\n\n- [A](https://example.org/a)\n- B: C\n\nThe end.\n"
    )
    assert values["answer"] == "It keeps results.\n\nThe end."
    assert values["key_points"] == ("It keeps results.", "It may be stale.")
    assert values["follow_ups"] == ("Where from?", "And later?")
    assert values["common_mistakes"] == ("Saying that it is free.",)
    assert values["sources"] == ("[A](https://example.org/a)", "B: C")


@pytest.mark.parametrize(
    "text",
    [
        f"{POINTS}**Follow-ups**\n- Where from?\n",
        "**Follow-ups**\n- Where from?\n",
        "### Sources\n\nSee the book.\n",
        "### Sources\n\n- A long title\n  that goes on\n",
        "```\n### Sources\n- B: C\n```\n",
        "Sources\n\n- B: C\n",
    ],
)
def test_what_is_no_such_list_stays_in_the_answer(text):
    values = values_of(text)
    last = text.replace("```", "").strip().splitlines()[-1].strip()
    assert last in values["answer"]
    assert {"follow_ups", "common_mistakes", "sources"} & values.keys() == set()
