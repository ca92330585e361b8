"""HTML, plain text and foreign Markdown: our page shows what the other system's page shows."""

from hypothesis import given, settings

from questions.formats.markup.item_texts import ItemTexts
from questions.rendering import rendered
from tests.questions.formats.markup.pages import PAGES, emphasis, words


def imported(text: str, style: str = "html", field: str = "answer") -> tuple[str, ItemTexts]:
    texts = ItemTexts()
    return texts.text(field, text, style).strip(), texts


@settings(max_examples=500, deadline=None)
@given(html=PAGES)
def test_any_html_has_the_same_words_and_emphasis_on_our_page(html):
    markdown, texts = imported(html)
    page = str(rendered("answer", markdown))
    assert (words(page), texts.mistakes) == (words(html), [])
    if not texts.not_taken:
        assert emphasis(page) == emphasis(html)


@settings(max_examples=300, deadline=None)
@given(html=PAGES)
def test_any_html_has_the_same_words_as_a_prompt(html):
    markdown, texts = imported(html, field="prompt")
    page = words(str(rendered("prompt", markdown))) if markdown else ""
    if not texts.mistakes and not any("begins with" in text for text in texts.not_taken):
        assert page == words(html)
