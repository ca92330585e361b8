"""The list of all questions that one may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url, replace_url

from attempts.rules.my_questions.listing import STATE_OF, Listed, chosen, ordered, steps_of
from attempts.rules.recall.steps import RULE, Step
from attempts.views.questions.bank import Bank, read_bank, reader_of
from attempts.views.questions.filters import FilterForm
from attempts.views.questions.rows import QuestionRow, page_number, rows_of
from quizsite.page_scripts import HtmxRequest

ROWS_PER_PAGE = 30


@dataclass(frozen=True)
class StepCount:
    """How many questions a step has. start, width: its part of the picture, in per cent."""

    step: Step
    count: int
    start: float
    width: float

    @property
    def address(self) -> str:
        return f"?{urlencode({'state': STATE_OF[self.step].value})}"


@dataclass(frozen=True)
class ListPage:
    """A page of the list. number: of the page, from 1; one that there is not is the nearest."""

    bank: Bank
    form: FilterForm
    now: datetime
    wished: int = 1

    @cached_property
    def found(self) -> Sequence[Listed]:
        wanted = self.form.wanted(self.bank)
        return ordered(chosen(self.bank.rows, wanted, self.now), self.form.order)

    @property
    def total(self) -> int:
        return len(self.bank.rows)

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.found) // ROWS_PER_PAGE))

    @property
    def number(self) -> int:
        return min(max(self.wished, 1), self.pages)

    @cached_property
    def rows(self) -> Sequence[QuestionRow]:
        first = (self.number - 1) * ROWS_PER_PAGE
        return rows_of(self.found[first : first + ROWS_PER_PAGE], self.now)

    @property
    def steps(self) -> Sequence[StepCount]:
        counted, start = [], 0.0
        for step, count in steps_of(self.bank.rows).items():
            width = 100 * count / max(self.total, 1)
            counted.append(StepCount(step, count, start, width))
            start += width
        return counted

    @property
    def has_unasked(self) -> bool:
        """Whether there are prompts to hide."""
        return any(row.is_published and not row.is_asked for row in self.bank.rows)

    @property
    def topic_to_practise(self) -> int | None:
        """The id of the topic that the list is narrowed to, if it has something to practise."""
        topic: int | None = self.form.cleaned_data.get("topic")
        is_open = any(row.is_published for row in self.bank.rows if row.topic_id == topic)
        return topic if is_open else None

    @property
    def address(self) -> str:
        """Of this page of the list, as narrowed as it is."""
        return self._address_of(self.number)

    @property
    def before(self) -> str:
        return self._address_of(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        return self._address_of(self.number + 1) if self.number < self.pages else ""

    def _address_of(self, number: int) -> str:
        page: Mapping[str, str] = {"page": str(number)} if number > 1 else {}
        query = urlencode({**self.form.chosen, **page})
        return f"{reverse('my_questions')}?{query}" if query else reverse("my_questions")


@require_safe
@ensure_csrf_cookie
@vary_on_headers("HX-Request")
def my_questions(request: HtmxRequest) -> HttpResponse:
    """The list, narrowed as the address says; htmx asks for what was found only."""
    reader = reader_of(request)
    bank = read_bank(reader)
    form = FilterForm(request.GET.dict(), bank.rows)
    page = ListPage(bank, form, reader.now, page_number(request))
    context = {"page": page, "rule": RULE, "shows_all": reader.shows_all}
    if not request.htmx:
        return render(request, "attempts/questions/list.html", context)
    response = render(request, "attempts/questions/_found.html", context)
    set_address = replace_url if _is_being_typed(request, page) else push_url
    return set_address(response, page.address)


def _is_being_typed(request: HtmxRequest, page: ListPage) -> bool:
    """Whether the page has the same choices: a word being typed is no place to go back to."""
    before = dict(parse_qsl(urlsplit(request.htmx.current_url or "").query))
    ignored = {"q", "page"}
    choices = {name: value for name, value in before.items() if name not in ignored}
    return choices == {n: v for n, v in page.form.chosen.items() if n not in ignored}
