"""Which questions the pages of the site have shown to somebody, so that a file tells no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from attempts.models import Answer, QuestionNote
from attempts.owners import Owner
from questions.models import Question, QuestionVersion


@dataclass(frozen=True)
class ShownQuestions:
    """By the ids of questions. Each is read when it is first needed, in one statement."""

    owner: Owner

    @cached_property
    def asked(self) -> Mapping[int, str]:
        """The prompt of the newest version that the owner was shown in an attempt."""
        shown = Answer.objects.shown_to(self.owner).order_by()
        # Each version once, so that PostgreSQL begins with the owner's attempts.
        versions = QuestionVersion.objects.filter(pk__in=shown.values("version").distinct())
        return dict(versions.order_by("pk").values_list("question", "prompt"))

    @cached_property
    def slugs(self) -> Mapping[int, str]:
        """The names in addresses, which tell what is asked; also of those chosen to be seen."""
        chosen = QuestionNote.objects.owned_by(self.owner).filter(shows_prompt=True)
        ids = {*self.asked, *chosen.values_list("question", flat=True)}
        return dict(Question.objects.filter(pk__in=ids).values_list("pk", "slug"))

    def prompt_of(self, note: QuestionNote) -> str | None:
        """Of the question of a note."""
        version = note.question.current_version
        if note.shows_prompt and version is not None:
            return version.prompt
        return self.asked.get(note.question_id)
