"""Interviews in the admin, with what the draw knows: whether one can be filled, and by what."""

import secrets
from collections import Counter
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from attempts.rules.draw import CannotFill, DrawableQuestion, DrawSlot, draw
from attempts.transitions.starting import draw_questions
from questions.admin.interview import InterviewAdmin
from questions.models import Interview, Question

MAX_PLACES = 300
MAX_ROWS = 200


@dataclass
class RowFill:
    """How many questions one row of slots can draw. missing: how many it lacks in the whole."""

    number: int
    wanted: int
    fit: int
    missing: int = 0
    named: bool = False


def fill_of(rows: list[tuple[DrawSlot, int]]) -> list[RowFill]:
    """For each row, a place and how often it is asked: what fits, and what a draw would miss."""
    bank = Question.objects.published().values_list("pk", "topic_id", "difficulty")
    candidates = [DrawableQuestion(*row) for row in bank]
    fixed = {place.question for place, _ in rows if place.question}
    found, places, owners = [], [], []
    for number, (place, wanted) in enumerate(rows, start=1):
        named = place.question is not None
        fit = sum(place.admits(c) and (named or c.id not in fixed) for c in candidates)
        found.append(RowFill(number, wanted, fit, named=named))
        places += [place] * wanted
        owners += [number - 1] * wanted
    try:
        draw(places, candidates, seed=0)
    except CannotFill as error:
        for owner, missing in Counter(owners[i] for i in error.empty if owners).items():
            found[owner].missing = missing
    return found


def rows_sent(sent) -> list[tuple[DrawSlot, int]]:
    """The rows of slots as they stand in the form, right or wrong, in order of their positions."""

    def number(name, most, default=None):
        text = sent.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 10 and int(text) <= most else default

    rows = []
    for index in range(number("slots-TOTAL_FORMS", MAX_ROWS, 0)):
        row = f"slots-{index}-"
        if f"{row}count" not in sent or sent.get(f"{row}DELETE"):
            continue
        question = number(f"{row}question", 10**9)
        low = number(f"{row}difficulty_from", 3, 1)
        high = number(f"{row}difficulty_to", 3, 3)
        topic = None if question else number(f"{row}topic", 10**9)
        count = 1 if question else number(f"{row}count", 100, 0)
        place = DrawSlot(question, topic, (low, high))
        rows.append((number(f"{row}position", 32_767, 32_768), index, place, count))
    return [(place, count) for _, _, place, count in sorted(rows, key=lambda row: row[:2])]


@admin.register(Interview)
class FillableInterviewAdmin(InterviewAdmin):
    readonly_fields = ["fillable"]

    @admin.display(description="can be filled now")
    def fillable(self, interview):
        """Whether somebody who has seen no question yet could start it."""
        if interview.pk is None:
            return "Shown once it is saved."
        slots = [slot for slot in interview.slots.all() for _ in range(slot.count)]
        if not slots:
            return "No: it has no slots."
        try:
            draw_questions(None, interview, seed=0)
        except CannotFill as error:
            missing = Counter(slots[place].position for place in error.empty)
            short = ", ".join(f"{n} at position {position}" for position, n in missing.items())
            return f"No. Published questions are missing in its slots: {short}."
        return f"Yes, {len(slots)} question(s)."

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        said = self.fillable(form.instance)
        if form.instance.is_active and not said.startswith("Yes"):
            self.message_user(request, f"Can it be filled now? {said}", messages.WARNING)

    def get_urls(self):
        fill = self.admin_site.admin_view(require_POST(self.fill_view))
        drawn = self.admin_site.admin_view(require_GET(self.draw_view))
        return [
            path("fill/", fill, name="questions_interview_fill"),
            path("<int:pk>/draw/", drawn, name="questions_interview_draw"),
            *super().get_urls(),
        ]

    def fill_view(self, request):
        """For the form while somebody works on it: what its rows can draw. Stores nothing."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        rows = rows_sent(request.POST)
        wanted = sum(count for _, count in rows)
        context = {
            "rows": fill_of(rows) if 0 < wanted <= MAX_PLACES else [],
            "wanted": wanted,
            "most": MAX_PLACES,
        }
        context["missing"] = sum(row.missing for row in context["rows"])
        return TemplateResponse(request, "admin/questions/interview/_fill.html", context)

    def draw_view(self, request, pk):
        """What a candidate who has seen nothing yet would be asked, this time."""
        interview = get_object_or_404(Interview, pk=pk)
        if not self.has_view_permission(request, interview):
            raise PermissionDenied
        seed = secrets.randbits(32)
        try:
            drawn, missing = draw_questions(None, interview, seed), 0
        except CannotFill as error:
            drawn, missing = [], len(error.empty)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"A draw of {interview.name}",
            "interview": interview,
            "drawn": drawn,
            "missing": missing,
        }
        return TemplateResponse(request, "admin/questions/interview/draw.html", context)
