"""What the list of questions is narrowed to, as its address says."""

from collections.abc import Mapping, Sequence

from django import forms

from attempts.rules.my_questions.listing import Filter, Listed, Sort, State
from attempts.rules.texts import storable
from attempts.views.questions.bank import Bank
from questions.models import Difficulty

LONGEST_SEARCH = 200

STATES = [
    (State.ANY.value, "All"),
    (State.DUE.value, "Due now"),
    (State.WEAK.value, "Weak: last answer under 60 %"),
    (State.BOOKMARKED.value, "Bookmarked"),
    (State.NEVER_ASKED.value, "Never asked"),
    (State.NOT_TRIED.value, "Not tried"),
    (State.STARTED.value, "Started"),
    (State.SOLID.value, "Solid"),
    (State.STRONG.value, "Strong"),
]
SORTS = [
    (Sort.DUE.value, "Due first"),
    (Sort.TOPIC.value, "Topic"),
    (Sort.SHARE.value, "Lowest last share"),
]


class FilterForm(forms.Form):
    """What the address does not say, or says in a way that there is not, means any."""

    q = forms.CharField(required=False)
    topic = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    level = forms.TypedChoiceField(
        label="Level",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Any level"), *Difficulty.choices],
    )
    state = forms.ChoiceField(label="State", required=False, choices=STATES)
    sort = forms.ChoiceField(label="Order", required=False, choices=SORTS)

    def __init__(self, data: Mapping[str, str], rows: Sequence[Listed]) -> None:
        """rows: the questions that one may see, which have the topics to choose from."""
        search = storable(data.get("q", ""))[:LONGEST_SEARCH]
        said = {name: data.get(name, "") for name in self.base_fields}
        super().__init__({**said, "q": search}, auto_id="filter-%s", label_suffix="")
        topics = sorted({(row.place[:2], row.topic_id, row.topic) for row in rows})
        self.fields["topic"] = forms.TypedChoiceField(
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", "Any topic"), *((pk, name) for _, pk, name in topics)],
        )
        self.full_clean()

    def wanted(self, bank: Bank) -> Filter:
        data = self.cleaned_data
        return Filter(
            matching=bank.matching(data.get("q", "")),
            topic_id=data.get("topic"),
            level=data.get("level"),
            state=State(data.get("state", "")),
        )

    @property
    def order(self) -> Sort:
        return Sort(self.cleaned_data.get("sort", ""))

    @property
    def is_narrowed(self) -> bool:
        """Whether some questions may be left out."""
        return any(self.cleaned_data.get(name) for name in ("q", "topic", "level", "state"))

    @property
    def chosen(self) -> Mapping[str, str]:
        """What an address of the same list says; nothing that means any."""
        data = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: str(value) for name, value in data.items() if value}

    @property
    def selects(self) -> Sequence[forms.BoundField]:
        """The lists to choose from."""
        return [self[name] for name in ("topic", "level", "state", "sort")]
