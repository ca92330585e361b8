"""HTML as a browser reads it, and what is refused before a browser's rules make it large."""

import pytest

from questions.formats.markup.html.tree import MAX_DEPTH, MAX_TAGS, Element, html_tree
from questions.formats.records import WrongValue


def shape(html: str) -> str:
    """The tree, written as short as it can be."""

    def written(element: Element) -> str:
        inner = "".join(c if isinstance(c, str) else written(c) for c in element.children)
        return f"{element.tag}({inner})"

    return written(html_tree(html)[0])[1:-1]


@pytest.mark.parametrize(
    ("html", "tree"),
    [
        ("plain &amp; &lt;", "plain & <"),
        ("<b>x<i>y</b>z</i>", "b(xi(y))i(z)"),
        ("<p>a<p>b<ul><li>c<li>d", "p(a)p(b)ul(li(c)li(d))"),
        ("<table>loose<tr><td>x</table>", "loosetable(tbody(tr(td(x))))"),
        ("a<!--> b --> c", "a b --> c"),
        ("</ul></p>x<br/>y</br>", "p()xbr()ybr()"),
        ("<a title='>' href=/b?c=d/>t</a>", "a(t)"),
        ("<script>a</script><style>b</style>c", "c"),
        ("<textarea><b></textarea>", "textarea(<b>)"),
    ],
)
def test_the_tree_is_that_of_a_browser(html, tree):
    assert shape(html) == tree


@pytest.mark.parametrize(
    "html",
    [
        "<i>" * (MAX_DEPTH + 1),
        "<br>" * (MAX_TAGS + 1),
        "<p>" + "".join(f"<b a={n}>" for n in range(800)) + "</p>" + "<p>x</p>" * 800,
        "".join(f"<b a={n}><table><td></b></table>" for n in range(600)) + "<p>x</p>" * 600,
    ],
)
def test_a_tree_that_would_be_deep_or_large_is_refused(html):
    with pytest.raises(WrongValue):
        html_tree(html)


def test_what_a_page_does_not_show_is_left_out_by_name():
    assert html_tree("<script>a</script><!-- <iframe> -->b<noscript>c</noscript>")[1] == {
        "script",
        "noscript",
    }
