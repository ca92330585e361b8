"""Which attempts the list has: by interview, kind, topic, how they ended, and words in answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, TextChoices

from attempts.models import Answer, Attempt, AttemptQuerySet
from attempts.models.searching import query_for
from attempts.owners import Owner
from attempts.rules.lifecycle import State
from attempts.views.history.shares import TopicBar
from questions.models import Interview

MOST_WORDS = 200
"""The greatest length of a search, in characters."""

Choices = list[tuple[str, str]]


class Kind(TextChoices):
    INTERVIEW = "interview", "Interviews"
    PRACTICE = "practice", "Practice"
    OWN = "own", "My own interviews"


class Ending(TextChoices):
    """How an attempt ended. "": handed in, or its time ran out."""

    SUBMITTED = State.SUBMITTED.value, "Finished"
    EXPIRED = State.EXPIRED.value, "Time ran out"
    DISCARDED = State.DISCARDED.value, "Discarded"


@dataclass(frozen=True)
class HistoryFilter:
    """Which attempts are listed. "" or False: all of them, except the discarded and the hidden.

    interview, topic: slugs. standard: only those with the standard time, and nothing added.
    hidden: only those that their owner has hidden.
    """

    words: str = ""
    kind: str = ""
    interview: str = ""
    topic: str = ""
    ending: str = ""
    standard: bool = False
    hidden: bool = False

    def __bool__(self) -> bool:
        return self != HistoryFilter()

    @property
    def narrows(self) -> bool:
        """Whether it has more than the words of a search."""
        return self != HistoryFilter(words=self.words)

    def address(self, **place: str) -> str:
        """The query of an address: the fields that are set, and the place in the list."""
        chosen = {field.name: getattr(self, field.name) for field in fields(self)} | place
        return urlencode({name: _sent(value) for name, value in chosen.items() if value})

    def select(self, attempts: AttemptQuerySet) -> AttemptQuerySet:
        """The attempts of a person that are listed."""
        ended = attempts.filter(state=self.ending) if self.ending else attempts.finished()
        rows = self._of_kind(ended.filter(is_hidden=self.hidden))
        if self.interview:
            rows = rows.filter(interview__slug=self.interview)
        if self.standard:
            rows = rows.filter(time_factor=1, untimed=False, added_times=None)
        answers = Answer.objects.filter(attempt=OuterRef("pk"))
        if self.topic:
            asked = answers.filter(version__question__topic__slug=self.topic)
            rows = rows.filter(Exists(asked))
        if self.words:
            rows = rows.filter(Exists(answers.filter(search=query_for(self.words))))
        return rows

    def _of_kind(self, attempts: AttemptQuerySet) -> AttemptQuerySet:
        if self.kind == Kind.PRACTICE:
            return attempts.exclude(practice=None)
        if self.kind == Kind.OWN:
            return attempts.exclude(own_interview=None)
        if self.kind == Kind.INTERVIEW:
            return attempts.filter(practice=None, own_interview=None)
        return attempts


def _sent(value: str | bool) -> str:
    return "1" if value is True else str(value)


class FilterForm(forms.Form):
    """The filter as a form. A value that it does not offer means no filter.

    offers_something: whether there is an interview or a topic to choose.
    """

    words = forms.CharField(
        label="Words in my answers",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label="Kind", required=False)
    interview = forms.ChoiceField(label="Interview", required=False)
    topic = forms.ChoiceField(label="Topic", required=False)
    ending = forms.ChoiceField(label="How it ended", required=False)
    standard = forms.BooleanField(label="Standard time only", required=False)
    hidden = forms.BooleanField(label="Only hidden ones", required=False)

    def __init__(self, data: Mapping[str, object], *, interviews: Choices, topics: Choices) -> None:
        super().__init__(data, label_suffix="")
        self.offers_something = bool(interviews or topics)
        offered = {
            "kind": [("", "All kinds"), *Kind.choices],
            "interview": [("", "All interviews"), *interviews],
            "topic": [("", "All topics"), *topics],
            "ending": [("", "Finished or time ran out"), *Ending.choices],
        }
        for name, choices in offered.items():
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, required=False, choices=choices
            )

    @property
    def selects(self) -> list[forms.BoundField]:
        return [self[name] for name in ("kind", "interview", "topic", "ending")]

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in ("standard", "hidden")]

    def chosen(self) -> HistoryFilter:
        """What is valid of what was chosen."""
        self.full_clean()
        return HistoryFilter(**self.cleaned_data)


def interviews_of(owner: Owner | None) -> Choices:
    """The interviews of which somebody has attempts: slug and name."""
    mine = Attempt.objects.owned_by(owner).filter(interview=OuterRef("pk"))
    rows = Interview.objects.filter(Exists(mine)).order_by("position", "name")
    return list(rows.values_list("slug", "name"))


def topics_of(topics: Iterable[TopicBar]) -> Choices:
    return sorted(((topic.slug, topic.name) for topic in topics), key=lambda choice: choice[1])
