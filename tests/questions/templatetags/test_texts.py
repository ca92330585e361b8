"""Editors' Markdown: what it may become, and what never comes through."""

import re

import pytest

from questions.templatetags.texts import markdown, markdown_line

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
    r'|<a href="(?:https?://|mailto:)[^"]*"(?: title="[^"]*")? rel="noopener noreferrer">|</a>'
)


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("render", [markdown, markdown_line])
def test_nothing_but_plain_elements_comes_through(render, text):
    html = ALLOWED.sub("", render(text))
    assert "<" not in html
    assert ">" not in html


@pytest.mark.parametrize("render", [markdown, markdown_line])
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


@pytest.mark.parametrize("render", [markdown, markdown_line])
@pytest.mark.parametrize("text", ["", " ", "\0", "\r\n", "*" * 5000, "[" * 5000, "> " * 2000])
def test_odd_texts_are_no_failure(render, text):
    render(text)
