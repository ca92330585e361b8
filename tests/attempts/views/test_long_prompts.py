"""A prompt of several lines: its first line is the heading, code and lists stand below it."""

import pytest

from questions.models import Slot
from tests.attempts.views.steps import TOTAL
from tests.factories import InterviewFactory, published_question
from tests.plain_browser import begin, visit

pytestmark = pytest.mark.django_db
PROMPT = """What does `b.append(4)` do, and why?

```python
a = [1, 2, 3]
b = a
```

- Say what `b` is.
- Say what changes."""
BELOW = (
    "<pre><code>a = [1, 2, 3]\nb = a\n</code></pre>\n"
    "<ul>\n<li>Say what <code>b</code> is.</li>\n<li>Say what changes.</li>\n</ul>"
)
HEADING = "What does <code>b.append(4)</code> do, and why?"


@pytest.fixture
def attempt(client):
    question = published_question(prompt=PROMPT, answer="## In short\n\nBoth change.")
    interview = InterviewFactory(timing=TOTAL, seconds=600)
    Slot.objects.create(interview=interview, position=1, question=question)
    return begin(client, interview)


def test_the_room_shows_code_and_lists_below_the_heading(client, attempt):
    page = visit(client, attempt.get_absolute_url())
    assert page.heading == "What does b.append(4) do, and why?"
    assert BELOW in page.html


def test_the_page_before_the_end_lists_headings_without_signs_of_markdown(client, attempt):
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text="One list.")
    assert page.button("What does b.append(4) do, and why?")
    assert "`" not in page.words


def test_the_result_shows_the_whole_prompt_and_the_headings_of_the_answer(client, attempt):
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text="One list.")
    page = page.press("Finish interview")
    assert f">{HEADING}</h3>" in page.html
    assert BELOW in page.html
    assert "<h4>In short</h4>\n<p>Both change.</p>" in page.html
