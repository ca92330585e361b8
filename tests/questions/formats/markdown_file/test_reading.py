"""Markdown files of questions and answers, in the ways in which they are published."""

import contextlib
from time import perf_counter

import pytest

from questions.formats import FormatError, read_file


def content_of(text: str, name: str = "x.md"):
    return read_file(name, text.encode())


def pairs_of(text: str) -> list[tuple[str, str]]:
    rows = content_of(text).items
    assert [row.mistakes for row in rows] == [()] * len(rows)
    return [(row.values["prompt"], row.values["answer"]) for row in rows]


AB = [("What is a?", "It is a."), ("What is b?", "It is b.")]


@pytest.mark.parametrize(
    "text",
    [
        "# What is a?\n\nIt is a.\n\n# What is b?\nIt is b.\n",
        "## 1. What is a?\n\nIt is a.\n\n## 2. What is b?\n\nIt is b.\n",
        "### Q1: What is a?\nIt is a.\n### Q2: What is b?\nIt is b.\n",
        "What is a?\n===\n\nIt is a.\n\nWhat is b?\n===\n\nIt is b.\n",
        "Q: What is a?\nA: It is a.\n\nQ: What is b?\nA: It is b.\n",
        "**Q:** What is a?\n\n**A:** It is a.\n\n**Q:** What is b?\n\n**A:** It is b.\n",
        "**Q1. What is a?**\n\nAnswer: It is a.\n\n**Q2. What is b?**\n\nAnswer: It is b.\n",
        "Q1: What is a?\n\nIt is a.\n\nQ2: What is b?\n\nIt is b.\n",
        "- Question: What is a?\n  Answer: It is a.\n- Question: What is b?\n  Answer: It is b.\n",
        "**What is a?**\n\nIt is a.\n\n**What is b?**\n\nIt is b.\n",
        "**1. What is a?**\n\nIt is a.\n\n**2. What is b?**\n\nIt is b.\n",
        "1. **What is a?**\n\n   It is a.\n\n2. **What is b?**\n\n   It is b.\n",
        "1. What is a?\n   It is a.\n2. What is b?\n   It is b.\n",
        "1. ### What is a?\n\n   It is a.\n\n   **[⬆ Back to Top](#top)**\n\n"
        "2. ### What is b?\n\n   It is b.\n\n   **[⬆ Back to Top](#top)**\n",
        "<details>\n<summary>What is a?</summary>\n\nIt is a.\n\n</details>\n\n"
        "<details><summary><b>What is b?</b></summary><br>It is b.</details>\n",
        "# What is a?\n<details><summary>Answer</summary>\n\nIt is a.\n</details>\n\n---\n\n"
        "# What is b?\n<details>\n<summary>Click to show the answer</summary>It is b.</details>\n",
        "---\ntitle: Ours\n---\n# What is a?\n\nIt is a.\n\n# What is b?\n\nIt is b.\n",
        "# What is a?\r\n\r\nIt is a.\r\n\r\n# What is b?\r\n\r\nIt is b.\r\n",
        "## [What is a?](#a)\n\nIt is a.\n\n## **What is b?**\n\nIt is b.\n\n[Back to top](#x)\n",
    ],
)
def test_questions_are_found(text):
    assert pairs_of(text) == AB


def test_the_heading_above_is_the_topic_and_places_are_lines():
    text = (
        "# Ours\n\n## Networks\n\n### What is a?\nIt is a.\n\n## Linux\n\n### What is b?\n"
        "It is b.\n"
    )
    rows = content_of(text).items
    assert [row.values["topic_name"] for row in rows] == ["Networks", "Linux"]
    assert [row.place for row in rows] == ["line 5", "line 10"]


def test_commands_are_questions_too_at_the_level_of_most():
    text = (
        "# Ours\n\n## Explain a.\n\nIt is a.\n\n### In detail\n\nMore.\n\n## Name b\n\nIt is b.\n"
    )
    assert pairs_of(text) == [
        ("Explain a.", "It is a.\n\n### In detail\n\nMore."),
        ("Name b", "It is b."),
    ]


def test_a_hash_within_code_is_no_heading_and_code_stays_whole():
    code = "```python\n# What is this?\n**Q:** no\n<details>\nprint('<b>x</b>')\n```"
    (pair,) = pairs_of(f"# What is a?\n\nSee:\n\n{code}\n\nThat.\n")
    assert pair == ("What is a?", f"See:\n\n{code}\n\nThat.")


def test_code_within_details_stays_whole():
    code = "```sh\n# no heading\necho '</details>'\n```"
    text = f"<details>\n<summary>What is a?</summary>\n\n{code}\n\n- one\n  - two\n</details>\n"
    assert pairs_of(text) == [("What is a?", f"{code}\n\n- one\n  - two")]


def test_code_before_the_answer_belongs_to_the_prompt():
    text = (
        "###### 1. What is printed?\n\n```js\nlet a;\n```\n\n<details><summary><b>Answer</b>"
        "</summary>\n<p>\n\n#### undefined\n\nBecause.\n\n</p>\n</details>\n"
    )
    assert pairs_of(text) == [
        ("What is printed?\n\n```js\nlet a;\n```", "#### undefined\n\nBecause.")
    ]


def test_html_that_markdown_has_is_kept_in_it():
    text = "# What is a?\n\n10<sup>9</sup> <b>bold</b> <code>x</code><br>CO<sub>2</sub> `<b>`\n"
    assert pairs_of(text) == [("What is a?", "10⁹ **bold** `x`\\\nCO₂ `<b>`")]


def test_raised_and_lowered_words_are_raised_and_lowered_or_named():
    text = "# What is a?\n\nx<sub>n</sub> 4<sup>th</sup>\n\n# What is b?\n\ne<sup>x/2</sup>\n"
    small, fraction = content_of(text).items
    assert (small.values["answer"], small.mistakes) == ("xₙ 4ᵗʰ", ())
    assert (fraction.values["answer"], fraction.mistakes) == ("e^(x/2)", ())
    assert ["superscript" in told for told in fraction.not_taken] == [True]


def test_links_in_html_are_kept_and_what_only_its_look_says_is_named():
    text = (
        '# What is a?\n\n<a class="x" href="https://example.org/b(c)">there</a> <u>under</u>'
        ' <span style="color:red">red</span> <span>plain</span> `<u>code</u>`\n'
    )
    (row,) = content_of(text).items
    link = "[there](<https://example.org/b(c)>)"
    assert row.values["answer"] == f"{link} under red plain `<u>code</u>`"
    assert [("under" in lost, "red" in lost) for lost in row.not_taken] == [
        (True, False),
        (False, True),
    ]


def test_html_in_a_summary_is_kept_as_in_a_heading():
    text = (
        "<details><summary><b>What is <code>x</code> in 2<sup>n</sup>?</b></summary>It is a."
        "</details>\n\n<details><summary>What is a List<Row>?</summary>It is b.</details>\n"
    )
    kept, lost = content_of(text).items
    assert (kept.values["prompt"], kept.mistakes) == ("What is `x` in 2ⁿ?", ())
    assert [mistake.column for mistake in lost.mistakes] == ["prompt"]


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<table><tr><th>x<th>y<tr><td>1<td>2</table>", "| x | y |\n| --- | --- |\n| 1 | 2 |"),
        ("<ul>\n<li>one</li>\n<li><b>two</b></li>\n</ul>", "- one\n- **two**"),
        ("<pre><code>a = 1\n\nb = 2\n</code></pre>", "```\na = 1\n\nb = 2\n```"),
        ("<p align='center'>Hi</p>\n<!-- no -->\n\nyou", "Hi\n\nyou"),
        ("<blockquote>one</blockquote>", "> one"),
    ],
)
def test_html_is_read_as_in_other_formats(html, markdown):
    assert pairs_of(f"# What is a?\n\n{html}\n") == [("What is a?", markdown)]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ("<iframe src='a'></iframe>", "iframe"),
        ("a ![b](img/b.png)", "img"),
        ("a <img src='b.png'>", "img"),
        ("a <video src='b'></video>", "video"),
        ("a List<Row> b", "<row>"),
    ],
)
def test_what_a_text_loses_makes_the_row_wrong(answer, what):
    (row,) = content_of(f"# What is a?\n\n{answer}\n").items
    assert [mistake.column for mistake in row.mistakes] == ["answer"]
    assert what in row.mistakes[0].what


def test_links_within_a_repository_are_named():
    text = "# What is a?\n\nSee [there](#b), [here](docs/b.md) or [that](https://example.org).\n"
    (row,) = content_of(text).items
    assert row.values["answer"] == "See there, here or [that](https://example.org)."
    assert row.not_taken == ("answer: the link to “#b”, “docs/b.md”",)


def test_blank_lines_in_code_stay():
    code = "```python\na = 1\n\n\n\nb = 2\n```"
    assert pairs_of(f"# What is a?\n\n{code}\n\n\n") == [("What is a?", code)]


def test_key_points_are_a_list_under_their_heading():
    text = (
        "## What is a?\n\nIt is a.\n\n### Key points\n\n- One.\n- Two.\n\n## What is b?\n\n"
        "It is b.\n"
    )
    first, second = content_of(text).items
    assert (first.values["answer"], first.values["key_points"]) == ("It is a.", ("One.", "Two."))
    assert "key_points" not in second.values


def test_what_is_no_question_is_left_out_by_name():
    text = (
        "# Table of Contents\n\n- [a](#a)\n\n# Networks\n\nAn introduction.\n\n## What is a?\n\n"
        "It is a.\n\n## Contributing\n\nPlease do.\n"
    )
    content = content_of(text)
    assert [row.values["topic_name"] for row in content.items] == ["Networks"]
    assert [(left.place, left.name) for left in content.left_out] == [
        ("line 1", "Table of Contents"),
        ("line 5", "Networks"),
        ("line 13", "Contributing"),
    ]


@pytest.mark.parametrize("name", ["x.markdown", "x.txt"])
@pytest.mark.parametrize("start", ["# ", "1. ", "Q: ", "**Q:** "])
def test_other_ends_of_the_name(name, start):
    (row,) = content_of(f"{start}What is a?\n\nIt is a.\n", name).items
    assert (row.values["prompt"], row.values["answer"]) == ("What is a?", "It is a.")


@pytest.mark.parametrize("text", ["Nothing here.", "\n\n", "- one\n- two\n"])
def test_a_file_without_questions_is_refused(text):
    with pytest.raises(FormatError):
        content_of(text)


@pytest.mark.parametrize(
    "part",
    ["<details>", "<details", "<!--", "**Q:", "![", "`" * 7 + " ", "[[", "# a?\n", "1. a?\n", "> ",
     "<b>", "```\n", "?" * 9, "**a", "- ", "<summary>", "<a href='http://x' ", "<u "],
)  # fmt: skip
def test_hazard_30_a_hostile_file_takes_seconds_at_most(part):
    start = perf_counter()
    with contextlib.suppress(FormatError):
        content_of("# What?\n" + part * (50_000 // len(part)))
    assert perf_counter() - start < 8


@pytest.mark.parametrize("title", ["Click", "Show", "💡 Reveal", "Toggle", "Spoiler", "Read more"])
def test_a_summary_below_a_heading_that_asks_is_no_question(title):
    a, b = (
        f"### {prompt}\n<details><summary>{title}</summary>\n\n{answer}\n</details>\n\n"
        for prompt, answer in AB
    )
    found = pairs_of(a + b)
    assert [prompt for prompt, _ in found] == ["What is a?", "What is b?"]
    assert [answer.split("\n")[-1] for _, answer in found] == ["It is a.", "It is b."]


def test_what_a_summary_says_beside_the_heading_stays_in_the_answer():
    text = (
        "# What is a?\n<details><summary>Hint</summary>\n\nThink.\n</details>\n\n"
        "<details><summary>Answer</summary>\n\nIt is a.\n</details>\n"
    )
    assert pairs_of(text) == [("What is a?", "**Hint**\n\nThink.\n\nIt is a.")]


@pytest.mark.parametrize("heading", ["", "## Easy\n\n"])
@pytest.mark.parametrize("prompt", ["**{}**", "{}", "1. {}", "#. **{}**"])
def test_a_question_above_its_folded_answer_is_one_of_its_own(heading, prompt):
    prompts = [prompt.replace("#", str(n)).format(text) for n, (text, _) in enumerate(AB, 1)]
    text = heading + "".join(
        f"{above}\n\n<details>\n<summary>Answer</summary>\n\n{answer}\n\n</details>\n\n"
        for above, (_, answer) in zip(prompts, AB, strict=True)
    )
    assert pairs_of(text) == AB


@pytest.mark.parametrize("mark", ["-", "*", "+", "- [ ]", "- [x]"])
@pytest.mark.parametrize("bold", ["", "**"])
def test_items_of_a_list_that_ask_are_questions(mark, bold):
    text = "# Questions\n\n" + "".join(
        f"{mark} {bold}{prompt}{bold}\n  {answer}\n" for prompt, answer in AB
    )
    assert pairs_of(text) == AB


def test_markup_in_a_summary_is_kept():
    text = "<details><summary>What is <b>p99</b>, and H<sub>2</sub>?</summary>It is.</details>\n"
    assert pairs_of(text) == [("What is **p99**, and H₂?", "It is.")]


def test_text_around_a_folded_answer_belongs_to_it():
    text = (
        "# What is a?\n<details><summary>Answer</summary>\n\nIt is a.\n</details>\n\nBut:\n\n"
        "<details><summary>Answer</summary>\n\nNot b.\n</details>\n\nSee there.\n"
    )
    assert pairs_of(text) == [("What is a?", "It is a.\n\nBut:\n\nNot b.\n\nSee there.")]


def test_text_between_folded_questions_is_left_out_by_name():
    a, b = (f"<details><summary>{p}</summary>\n{a}\n</details>\n" for p, a in AB)
    content = content_of(f"# Ours\n\n{a}\n---\n\nBetween.\n\n{b}\n[Back to top](#x)\n\nBelow.\n")
    assert [left.name for left in content.left_out] == ["Between.", "Below."]
