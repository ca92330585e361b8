"""Editors' Markdown: what it may become, and what never comes through."""

import re

import pytest

from questions.templatetags.texts import (
    markdown,
    markdown_line,
    prompt_heading,
    prompt_text,
    source_line,
)
from tests.hostile_texts import HOSTILE, SECONDS, seconds_for

RENDER = [markdown, markdown_line, prompt_heading, prompt_text, source_line]

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src='https://example.org'></iframe>",
    "<style>*{display:none}</style>",
    "<p style='color:red' onclick='x()'>y</p>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "[x]( javascript:alert(1) 'title')",
    '[x](https://example.org "onmouseover=alert(1)")',
    '[x](https://example.org/"onclick="alert(1))',
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](https://example.org/pixel.png)",
    "![x](javascript:alert(1))",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>alert(1)</script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "<!-- comment --><script>",
    "<scr<script>ipt>alert(1)</script>",
]
ALLOWED = re.compile(
    r"</?(?:p|br|hr|em|strong|code|pre|blockquote|ul|ol|li|h[3-6])>"
    r"|</?(?:table|thead|tbody|tr|th|td)>"
    r'|<a href="(?:https?://|mailto:)[^"]*"(?: title="[^"]*")?(?: target="_blank")?'
    r' rel="noopener noreferrer">|</a>'
)


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("render", RENDER)
def test_nothing_but_plain_elements_comes_through(render, text):
    html = ALLOWED.sub("", render(text))
    assert "<" not in html
    assert ">" not in html


@pytest.mark.parametrize("render", [markdown, markdown_line, prompt_heading])
def test_template_syntax_is_text(render):
    text = "{{ settings.SECRET_KEY }} {% load static %} {# c #}"
    assert text in render(text)


def test_paragraphs_lists_code_tables_and_links():
    assert markdown("One.\n\n- *a*\n- **b**") == (
        "<p>One.</p>\n<ul>\n<li><em>a</em></li>\n<li><strong>b</strong></li>\n</ul>\n"
    )
    assert markdown("```python\nif a < b:\n```") == "<pre><code>if a &lt; b:\n</code></pre>\n"
    assert "<td>1</td>" in markdown("| a |\n|---|\n| 1 |")
    assert markdown("[x](https://example.org/a?b=1&c=2)") == (
        '<p><a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">x</a></p>\n'
    )


def test_a_line_has_emphasis_and_code_and_no_links():
    assert markdown_line("Why is `O(n)` *slow*?") == "Why is <code>O(n)</code> <em>slow</em>?"
    assert markdown_line("[x](https://example.org)") == "x"
    assert markdown_line("# No heading") == "# No heading"


@pytest.mark.parametrize("render", RENDER)
@pytest.mark.parametrize("text", ["", " ", "\0", "\r\n", "*" * 5000, "[" * 5000, "> " * 2000])
def test_odd_texts_are_no_failure(render, text):
    render(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# In short", "<h3>In short</h3>\n"),
        ("## In short", "<h4>In short</h4>\n"),
        ("### In short", "<h5>In short</h5>\n"),
        ("#### In short", "<h6>In short</h6>\n"),
        ("###### In short", "<h6>In short</h6>\n"),
        ("In short\n===", "<h3>In short</h3>\n"),
        ("In short\n---", "<h4>In short</h4>\n"),
        ("> # In short", "<blockquote>\n<h3>In short</h3>\n</blockquote>\n"),
    ],
)
def test_headings_stand_below_those_of_the_page(text, html):
    assert markdown(text) == html


CODE = "```python\na = 1\n\n# no heading\n```"
CODE_HTML = "<pre><code>a = 1\n\n# no heading\n</code></pre>\n"


@pytest.mark.parametrize(
    ("prompt", "heading", "text"),
    [
        ("What is *drift*?", "What is <em>drift</em>?", ""),
        ("What?\nSay why.", "What?", "<p>Say why.</p>\n"),
        ("What?  \nSay why.", "What?", "<p>Say why.</p>\n"),
        ("What?\n\nSay why.", "What?", "<p>Say why.</p>\n"),
        (f"What?\n{CODE}", "What?", CODE_HTML),
        (f"What?\n\n{CODE}\n\n- `b`\n- c", "What?",
         f"{CODE_HTML}<ul>\n<li><code>b</code></li>\n<li>c</li>\n</ul>\n"),
        ("# What?\n## Hint\nNone.", "What?", "<h4>Hint</h4>\n<p>None.</p>\n"),
        ("What?\n===\nSay.", "What?", "<p>Say.</p>\n"),
        ("What **is\nthis**?", "What <strong>is\nthis</strong>?", ""),
        ("What is [this]?\n\n[this]: https://example.org", "What is this?", ""),
        ("What?\n[x](https://example.org)", "What?",
         '<p><a href="https://example.org" target="_blank" rel="noopener noreferrer">x</a></p>\n'),
        ("1. What?\n2. Why?", "1. What?", '<ol start="2">\n<li>Why?</li>\n</ol>\n'),
        ("> What?\n\nWhy?", "&gt; What?", "<p>Why?</p>\n"),
        (f"{CODE}\n\nWhat is it?", "", f"{CODE_HTML}<p>What is it?</p>\n"),
        ("| a |\n|---|\n| 1 |", "",
         "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n"
         "</tr>\n</tbody>\n</table>\n"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_first_line_of_a_prompt_is_its_heading_and_the_rest_is_its_text(prompt, heading, text):
    assert (prompt_heading(prompt), prompt_text(prompt)) == (heading, text)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("A: B", []),
        ("A: https://example.org/a.", ["https://example.org/a"]),
        ("A (https://example.org/a_(b)), 2020", ["https://example.org/a_(b)"]),
        (
            "<https://example.org/a>; HTTP://b.org?x=1&y=2!",
            ["https://example.org/a", "HTTP://b.org?x=1&y=2"],
        ),
        ("[A](https://example.org) and `https://code.org`", ["https://example.org"]),
        ("[https://a.org](https://b.org)", ["https://b.org"]),
        ("ftp://a.org javascript:alert(1)", []),
        ('https://a.org/"onclick="x', ["https://a.org/"]),
    ],
)
def test_the_addresses_of_a_source_are_links(text, links):
    html = str(source_line(text))
    assert re.findall('href="([^"]*)"', html) == [link.replace("&", "&amp;") for link in links]
    assert html.count('rel="noopener noreferrer"') == len(links)


@pytest.mark.parametrize("what", HOSTILE)
def test_no_text_takes_long(what):
    assert seconds_for(source_line, HOSTILE[what]) < SECONDS
