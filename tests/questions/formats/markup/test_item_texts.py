"""HTML, plain text and foreign Markdown: our page shows what the other system's page shows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.formats.markup.item_texts import ItemTexts
from questions.rendering import rendered
from tests.questions.formats.markup.pages import AWKWARD, PAGES, emphasis, words


def imported(text: str, style: str = "html", field: str = "answer") -> tuple[str, ItemTexts]:
    texts = ItemTexts()
    return texts.text(field, text, style).strip(), texts


@settings(max_examples=200, deadline=None)
@given(html=PAGES)
def test_any_html_has_the_same_words_and_emphasis_on_our_page(html):
    markdown, texts = imported(html)
    page = str(rendered("answer", markdown))
    assert (words(page), texts.mistakes) == (words(html), [])
    if not texts.not_taken:
        assert emphasis(page) == emphasis(html)


@settings(max_examples=100, deadline=None)
@given(html=PAGES)
def test_any_html_has_the_same_words_as_a_prompt(html):
    markdown, texts = imported(html, field="prompt")
    page = words(str(rendered("prompt", markdown))) if markdown else ""
    if not texts.mistakes and not any("begins with" in text for text in texts.not_taken):
        assert page == words(html)


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.one_of(AWKWARD, st.sampled_from("abc 1")), max_size=8))
@pytest.mark.parametrize("field", ["answer", "prompt"])
def test_any_plain_text_is_shown_as_typed(field, parts):
    text = "".join(parts)
    markdown, texts = imported(text, "plain", field)
    page = str(rendered(field, markdown)) if markdown else ""
    assert (words(page), texts.mistakes) == ("".join(text.split()), [])
    assert all(marks == frozenset() for _, marks in emphasis(page))


def test_a_text_as_typed_keeps_its_lines_and_its_blanks():
    markdown, texts = imported("if x:\n    y\n\n# z  *", "plain")
    page = str(rendered("answer", markdown))
    assert page == (
        "<p>if x:<br>\n\u00a0 \u00a0 y</p>\n<p># z\u00a0 *</p>\n".replace("\u00a0", "&nbsp;")
    )
    assert texts.not_taken == []


# --- what is carried ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("10<sup>-9</sup> x<sub>i+1</sub> 5<sup>th</sup>", "10⁻⁹ xᵢ₊₁ 5ᵗʰ"),
        ("<b>10<sup>9</sup></b>", "**10⁹**"),
        ("<span style='vertical-align: super'>2</span>", "²"),
        ("<kbd>Ctrl</kbd> <samp>a`b</samp> <tt>`</tt>", "`Ctrl` ``a`b`` `` ` ``"),
        ("<var>n</var> <cite>B</cite> <dfn>d</dfn>", "*n* *B* *d*"),
        ("say <q>yes, <q>no</q></q>", "say “yes, ‘no’”"),
        ("<b>a </b>b<i> c</i>", "**a** b *c*"),
        ("<b>Note:</b>this", "**Note**:this"),
        ("a<b>b</b>c", "a**b**c"),
        ("<b style='font-weight: normal'>a</b> <span style='font-weight:700'>b</span>", "a **b**"),
        ("<span style='text-decoration: line-through'>a</span>", "~~a~~"),
        ("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc"),
        ("<ol start='3'><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n\n- c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<ul><li>a<ol start=2><li>b</ol></ul>", "- a\n\n  2. b"),
        ("<pre><code class='language-py'>a\n```\n</code></pre>", "````py\na\n```\n````"),
        ("<pre><div>a</div><div> b<br>c</div></pre>", "```\na\n b\nc\n```"),
        ("<a href='https://a.b/c' title='T'>[x]</a>", "[\\[x\\]](https://a.b/c \"T\")"),
        ("see<b><a href='https://a.b'>x</a></b>", "see[**x**](https://a.b)"),
        ("<table><tr><th>a<th>b|<tr><td>c<td><code>d|e</code></table>",
         "| a | b\\| |\n| --- | --- |\n| c | `d\\|e` |"),
        ("<table><td>a<td>b</table>", "|  |  |\n| --- | --- |\n| a | b |"),
        ("<table><tr><td>a<td>b</table>", "|  |  |\n| --- | --- |\n| a | b |"),
        ("<table><tr><td><p>a</p><ul><li>b</ul></table>", "a\n\n- b"),
        ("a<hr>b", "a\n\n___\n\nb"),
        ("<h2>C #</h2>", "## C \\#"),
        ("a&nbsp;b<br>&nbsp;&nbsp;c", "a\u00a0b\\\n\u00a0\u00a0c"),
        ("<p>&nbsp;&nbsp;a</p><p>&nbsp;</p>", "&nbsp;&nbsp;a"),
        ("a<br><br>b<br>c<br>", "a\n\nb\\\nc"),
        ("a<br>1. b<br>- c<br># d<br>--- | ---", "a\\\n1\\. b\\\n\\- c\\\n\\# d\\\n\\--- | ---"),
        ("~~a~~ ~5 &amp;amp; &copy; 3 &lt; 5", "\\~\\~a\\~\\~ ~5 \\&amp; © 3 < 5"),
        ("\\* \\a", "\\\\\\* \\a"),
        ("Look!<a href='https://a.b'>x</a>", "Look\\![x](https://a.b)"),
        ("<!-- a --><!--[if mso]>b<![endif]-->c<o:p></o:p>", "c"),
        ("<style>p{}</style>a<noscript>b</noscript>", "a"),
    ],
)  # fmt: skip
def test_what_markdown_has_a_word_for_is_carried(html, markdown):
    text, texts = imported(html)
    assert (text, texts.mistakes, texts.not_taken) == (markdown, [], [])


@pytest.mark.parametrize(
    ("html", "text", "named"),
    [
        ("a <u>b</u> <ins>c</ins>", "a b c", ["underlining of “b”, “c”"]),
        ("<mark>a</mark>", "a", ["highlighting of “a”"]),
        ("e<sup>α/2</sup>", "e^(α/2)", ["the superscript (written as ^(…)) “α/2”"]),
        ("x<sub>Q</sub>", "x\\_(Q)", ["the subscript (written as _(…)) “Q”"]),
        ("x<sup>2<sup>n</sup></sup>", "x²ⁿ", ["the superscript in another one “n”"]),
        ("<abbr title='Service level'>SLO</abbr>", "SLO", ["the tooltip “Service level”"]),
        ("a<span style='display:none'>b</span>", "a", ["hidden text “b”"]),
        ("a<p hidden>b</p><i class='sr-only'>c</i>", "a", ["hidden text “b”, “c”"]),
        ("<ul><li hidden>b</li><li>c</li></ul>", "-\n- c", ["hidden text “b”"]),
        ("<span style='color:red'>a</span>", "a", ["the colour of “a”"]),
        ("<font color='#f00'>a</font><font color=black>b</font>", "ab", ["the colour of “a”"]),
        ("<dl><dt>a<dd>b</dl>", "a\n\n- b", ["the list of terms (it becomes a list with bullets)"]),
        ("<ol type=a><li>b</ol>", "1. b", ["the numbers of a list of the type “a”"]),
        ("<ol reversed><li>b</ol>", "1. b", ["the reversed numbers of a list"]),
        ("<ol start=-1><li>b</ol>", "1. b", ["the first number of a list “-1”"]),
        ("<ol><li>a<li value=7>b</ol>", "1. a\n2. b", ["the number of an item of a list “7”"]),
        ("<a href='/mod/x'>a</a>", "a", ["the link to “/mod/x”"]),
        ("<a href='javascript:alert(1)'>a</a>", "a", ["the link to “javascript:alert(1)”"]),
        ("C<b>++</b>", "C++", ["bold letters in “++”"]),
        ("<b>a<i>b</b>c</i>d", "**ab**cd", ["italic letters in “b”, “c”"]),
        ("<pre><b>a</b></pre>", "```\na\n```", ["bold words in code “a”"]),
        ("<table><tr><th>a<tr><td>b<br>c</table>", "| a |\n| --- |\n| b c |",
         ["the lines in the cell of a table"]),
        ("<details><summary>a</summary>b</details>", "a\n\nb", ["the fold around “ab”"]),
        ("<span lang=en class=multilang>a</span><span lang=de class=multilang>b</span>", "ab",
         ["the choice of a language (all are shown) “a”, “b”"]),
        ("{mlang en}a{mlang}", "{mlang en}a{mlang}",
         ["the choice of a language (shown as typed) “{mlang en}”, “{mlang}”"]),
        ("see \\(x^2\\) and $$y$$, $5", "see \\\\(x^2\\\\) and $$y$$, $5",
         ["TeX (shown as typed) “\\(x^2\\)”, “$$y$$”"]),
    ],
)  # fmt: skip
def test_what_only_looks_otherwise_is_named(html, text, named):
    markdown, texts = imported(html)
    assert (markdown, texts.mistakes) == (text, [])
    assert texts.not_taken == [f"answer: {what}" for what in named]


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<img src='a.png' alt='curve'>", "img"),
        ("<math><mi>x</mi></math>", "math"),
        ("<svg><text>x</text></svg>", "svg"),
        ("<video src='a'></video><audio></audio>", "audio, video"),
        ("<iframe src='a'></iframe>", "iframe"),
        ("<script>document.write('a')</script>", "script"),
        ("<input value='a'><select><option>b</select>", "input, select"),
        ("<table><tr><td colspan=2>a<tr><td>b<td>c</table>", "cells that span others"),
        ("<table><tr><td><pre>a</pre><td>b</table>", "a list, code or a table in the cell"),
        ("use List<Row> here", "the tag <row>"),
        ("a <b and c", "a tag or comment without an end"),
    ],
)
def test_what_can_t_be_said_makes_the_row_wrong(html, what):
    _, texts = imported(html)
    (mistake,) = texts.mistakes
    assert (mistake.column, what in mistake.what) == ("answer", True)


@pytest.mark.parametrize(
    ("text", "markdown", "named"),
    [
        ("a **b** `c` __init__ 3 < 5", "a **b** `c` __init__ 3 < 5", []),
        ("a <b>b</b> x<sup>2</sup>", "a **b** x²", []),
        ("[a](https://a.b)", "[a](https://a.b)", []),
        ("[a](/b)", "a", ["answer: the link to “/b”"]),
        ("a[^1]", "a[^1]", ["answer: the footnotes (shown as typed)"]),
        ("`$x_1$` $x_1$", "`$x_1$` $x_1$", ["answer: TeX (shown as typed) “$x_1$”"]),
    ],
)
def test_markdown_of_another_system_is_kept_unless_our_page_shows_it_otherwise(
    text, markdown, named
):
    carried, texts = imported(text, "markdown")
    assert (carried, texts.mistakes, texts.not_taken) == (markdown, [], named)


def test_a_picture_in_markdown_makes_the_row_wrong():
    _, texts = imported("a ![b](c.png)", "markdown")
    assert "img" in texts.mistakes[0].what


def test_markdown_of_our_own_export_is_taken_as_it_is():
    texts = ItemTexts(is_ours=True)
    assert texts.text("prompt", "a <b>b</b> [c](/d)", "markdown") == "a <b>b</b> [c](/d)"
    assert (texts.mistakes, texts.not_taken) == ([], [])


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a\nb <b>c</b>\n\nd 3 < 5", "a\\\nb **c**\\\nd 3 < 5"),
        ("<p>a</p>\n<p>b</p>", "a\n\nb"),
        ("a\r\nb", "a\\\nb"),
    ],
)
def test_moodles_own_format_is_html_whose_line_ends_are_seen(text, markdown):
    carried, texts = imported(text, "moodle")
    assert (carried, texts.mistakes, texts.not_taken) == (markdown, [], [])


# --- prompts and notes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<p>Why <a href='https://a.b'>this</a>?</p>",
         ["prompt, first line: the link to “https://a.b”"]),
        ("<p>Why?</p><p><a href='https://a.b'>this</a></p>", []),
        ("<ul><li>Why?</li><li>How?</li></ul>",
         ["prompt: the list or quotation that it begins with (its first line is the heading)"]),
        ("<pre>x = 1</pre><p>Why?</p>", []),
        ("<h2>Why?</h2><p>Say.</p>", []),
        ("Why?<br>- one<br>- two", []),
    ],
)  # fmt: skip
def test_what_the_heading_of_a_prompt_can_t_show_is_named(html, named):
    markdown, texts = imported(html, field="prompt")
    assert (texts.mistakes, texts.not_taken) == ([], named)
    assert "Why?" in words(str(rendered("prompt", markdown))).replace("Whythis?", "Why?")


def test_notes_are_parted_at_their_headings():
    texts = ItemTexts()
    notes = (
        "<p>Look for <b>one </b>example.</p><p><b>Key points:</b></p>"
        "<ol><li>2<sup>10</sup> <i>rows</i></li>"
        "<li><p>Two</p><p>lines</p><ul><li>deep</li></ul></li></ol>"
        "<p>- three<br>4. four</p><h3>Also said as</h3><p>1: a_b</p>"
        "<h3>Example answer</h3><p>E</p>"
    )
    assert texts.notes(notes, "html") == {
        "how_to_answer": "Look for **one** example.",
        "key_points": "2¹⁰ *rows*\nTwo lines\ndeep\n\\- three\n4\\. four",
        "also_said_as": "1: a_b",
        "example_answer": "E",
    }
    assert texts.mistakes == []
    (named,) = texts.not_taken
    assert "the levels of the list of key points" in named


@pytest.mark.parametrize("html", ["<pre>x</pre>", "<table><tr><td>a<td>b</table>", "<h4>x</h4>"])
def test_a_key_point_is_one_line(html):
    texts = ItemTexts()
    texts.notes(f"<h3>Key points</h3>{html}", "html")
    assert "among the key points" in texts.mistakes[0].what


def test_notes_as_typed_and_a_link_in_a_key_point():
    texts = ItemTexts()
    fields = texts.notes("See __all__.\n### Key points\n- *one*\n- two", "plain")
    assert fields["key_points"] == "\\*one\\*\ntwo"
    assert fields["how_to_answer"] == "See \\_\\_all\\_\\_."
    texts.notes("<h3>Key points</h3><ul><li><a href='https://a.b'>x</a></li></ul>", "html")
    assert texts.not_taken == ["key points: the link to “https://a.b”"]
