"""The form in which somebody puts an interview together."""

from collections.abc import Mapping

from django import forms
from django.db import models
from django.http import QueryDict

from attempts.models import MOST_IN_OWN, Only, OwnInterview
from attempts.rules.recall.steps import WEAK
from attempts.rules.texts import storable
from questions.models import Difficulty, Question, Timing, Topic
from questions.rules.limits import MAX_INTERVIEW_NAME
from questions.rules.texts import normal_text

FEWEST_SECONDS, MOST_SECONDS = 10, 3600
MOST_MINUTES = 600


class Clock(models.TextChoices):
    USUAL = "usual", "Each question its usual time"
    EACH = "each", "The same time for each question"
    ALL = "all", "One clock for all questions"
    NONE = "none", "No clock"


USUALLY = {
    "difficulty_from": str(Difficulty.EASY.value),
    "difficulty_to": str(Difficulty.HARD.value),
    "count": "5",
    "only": Only.ANY.value,
    "clock": Clock.USUAL.value,
    "seconds": "180",
    "minutes": "15",
    "follow_ups": "0",
}
"""What the form has before anybody chooses. What a request leaves out is as here."""


def _levels() -> list[tuple[int, str]]:
    return [(value, label.capitalize()) for value, label in Difficulty.choices]


EACH_ITS_CLOCK = (Clock.USUAL, Clock.EACH)
"""The clocks with which there may be follow-ups."""


class BuildForm(forms.Form):
    """Topics, levels, number, clock and follow-ups of an own interview. It is always bound.

    data: as sent, or values_of() an own interview. asks_for_name: whether it is to be saved.
    """

    topics = forms.ModelMultipleChoiceField(
        label="Topics",
        help_text="Tick none for any topic.",
        required=False,
        queryset=Topic.objects.filter(pk__in=Question.objects.published().values("topic")),
        widget=forms.CheckboxSelectMultiple,
    )
    difficulty_from = forms.TypedChoiceField(label="Level from", coerce=int, choices=_levels)
    difficulty_to = forms.TypedChoiceField(label="Level to", coerce=int, choices=_levels)
    only = forms.ChoiceField(
        label="Which questions",
        widget=forms.RadioSelect,
        help_text=WEAK,
        choices=[
            (Only.ANY.value, "Any, those I have not seen first"),
            (Only.UNSEEN.value, "Only those I have not seen"),
            (Only.WEAK.value, "Only my weak ones"),
        ],
    )
    count = forms.IntegerField(label="Number of questions", min_value=1, max_value=MOST_IN_OWN)
    clock = forms.ChoiceField(label="Clock", widget=forms.RadioSelect, choices=Clock.choices)
    seconds = forms.IntegerField(
        label="Seconds for each question",
        required=False,
        min_value=FEWEST_SECONDS,
        max_value=MOST_SECONDS,
    )
    minutes = forms.IntegerField(
        label="Minutes for all questions", required=False, min_value=1, max_value=MOST_MINUTES
    )
    follow_ups = forms.TypedChoiceField(
        label="Follow-ups",
        coerce=int,
        help_text="After you submit an answer, about something that you did not say."
        " You get a minute for each.",
        choices=[(0, "None"), (1, "Up to 1 to each question"), (2, "Up to 2 to each question")],
    )
    name = forms.CharField(label="Name", required=False, max_length=MAX_INTERVIEW_NAME)

    def __init__(self, data: QueryDict, *, asks_for_name: bool = False) -> None:
        super().__init__(_completed(data), label_suffix="")
        self.asks_for_name = asks_for_name

    def clean_name(self) -> str:
        name = " ".join(normal_text(storable(self.cleaned_data["name"])).split())
        if self.asks_for_name and not name:
            raise forms.ValidationError("Give it a name, so that you find it again.")
        return name

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("difficulty_from", 1) > data.get("difficulty_to", 3):
            self.add_error("difficulty_to", "Choose a level that is not below the first one.")
        if data.get("clock") not in EACH_ITS_CLOCK:
            self.errors.pop("follow_ups", None)  # they are not asked
        for clock, name in ((Clock.EACH, "seconds"), (Clock.ALL, "minutes")):
            if data.get("clock") != clock:
                self.errors.pop(name, None)  # it is not used
            elif data.get(name) is None and name not in self.errors:
                self.add_error(name, "Enter a number.")

    def refuse_too_few(self, matching: int) -> None:
        """A start asked for more questions than match."""
        self.add_error("count", forms.ValidationError(too_few(matching), "too_few"))

    def own_interview(self) -> OwnInterview:
        """What was chosen, not stored and without an owner. The form is valid."""
        data = self.cleaned_data
        clock = data["clock"]
        seconds = {
            Clock.EACH.value: data.get("seconds"),
            Clock.ALL.value: 60 * (data.get("minutes") or 0),
        }
        is_each = clock in EACH_ITS_CLOCK
        return OwnInterview(
            topic_ids=sorted(topic.pk for topic in data["topics"]),
            difficulty_from=data["difficulty_from"],
            difficulty_to=data["difficulty_to"],
            count=data["count"],
            only=data["only"],
            timing=(Timing.PER_QUESTION if is_each else Timing.TOTAL).value,
            seconds=seconds.get(clock),
            has_clock=clock != Clock.NONE,
            follow_ups=data["follow_ups"] if is_each else 0,
        )


def too_few(matching: int) -> str:
    """What to say where more questions are asked for than match."""
    if matching == 0:
        return "None match: choose other topics, levels or questions."
    verb = "matches" if matching == 1 else "match"
    return f"Only {matching} {verb}: choose fewer questions or more topics."


def _completed(data: QueryDict) -> QueryDict:
    completed = QueryDict(mutable=True)
    completed.update(USUALLY)
    for name in data:
        completed.setlist(name, data.getlist(name))
    return completed


def values_of(own: OwnInterview) -> QueryDict:
    """What the form has for an own interview."""
    values = QueryDict(mutable=True)
    values.update(_clock_of(own))
    for name in ("difficulty_from", "difficulty_to", "count", "follow_ups", "only", "name"):
        values[name] = str(getattr(own, name))
    values.setlist("topics", [str(pk) for pk in own.topic_ids])
    return values


def _clock_of(own: OwnInterview) -> Mapping[str, str]:
    if not own.has_clock:
        return {"clock": Clock.NONE.value}
    if own.seconds is None:
        return {"clock": Clock.USUAL.value}
    if own.timing == Timing.TOTAL:
        return {"clock": Clock.ALL.value, "minutes": str(own.seconds // 60)}
    return {"clock": Clock.EACH.value, "seconds": str(own.seconds)}
