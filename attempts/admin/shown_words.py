"""The page with the words that candidates show for a question's key points.

Editors see no person and no answer. One press accepts words as a phrasing, or puts them aside.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from attempts.admin.base import tell_effect
from attempts.models.words_decision import WordsVerdict
from attempts.rules.shown_words import MOST_OFFERED, PointWords, Words, find_words
from attempts.shown_words import MOST_READ, WordsOfQuestion, decide, offer_again, words_of
from questions.models import Question
from questions.rules.phrasings import KIND_NAMES, WrongStatement
from quizsite.clock import database_now

GONE = (
    "Nothing was changed: these words are not offered any more. Somebody decided about them, or"
    " the candidate took them back."
)


class WordsPage(admin.ModelAdmin):
    """Mixin for the admin class of questions."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.words_view)
        return [path("<int:pk>/words/", view, name="questions_question_words"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    @method_decorator(transaction.atomic)
    def words_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The words beside each key point. A POST locks the question and decides about some.

        Only who may change the question may see them: candidates wrote them.
        """
        if not self.has_change_permission(request):
            raise PermissionDenied
        question = _question(pk, lock=request.method == "POST")
        words = words_of(question)
        if request.method == "POST":
            return self._decided(request, question, words)
        return self._words_page(request, question, words)

    def _decided(
        self, request: HttpRequest, question: Question, words: WordsOfQuestion
    ) -> HttpResponse:
        verdict, digest = request.POST.get("verdict", ""), request.POST.get("words", "")
        is_back = verdict == "offer"
        if not is_back and verdict not in WordsVerdict.values:
            raise Http404("no such decision")
        found = find_words(words.aside if is_back else words.offered, digest)
        page = reverse("admin:questions_question_words", args=[question.pk])
        if found is None:
            self.message_user(request, GONE, messages.WARNING)
            return redirect(page)
        point, chosen = found
        if is_back:
            offer_again(question, chosen)
            self._log(request, question, point, "offered again")
        else:
            try:
                self._decide(request, question, point, chosen, WordsVerdict(verdict))
            except WrongStatement as error:
                wrong = f"Nothing was changed: “{KIND_NAMES[error.kind]}” {error}"
                return self._words_page(request, question, words, {digest: wrong})
        return redirect(f"{page}#point-{point.number}")

    def _decide(
        self,
        request: HttpRequest,
        question: Question,
        point: PointWords,
        words: Words,
        verdict: WordsVerdict,
    ) -> None:
        """Raises WrongStatement, having changed nothing."""
        changed = decide(question, point.key_point, words, verdict, now=database_now())
        if verdict == WordsVerdict.ASIDE:
            # Without the words: what is of no use is not kept anywhere but with the answer.
            self._log(request, question, point, "put aside")
            return
        added = f"Added to “{verdict.label.capitalize()}”: “{words.text}”"
        self.message_user(request, added, messages.SUCCESS)
        if changed:
            self.log_change(request, question, " ".join(map(str, changed)))
            transaction.on_commit(lambda: tell_effect(self, request, question), robust=True)

    def _log(self, request: HttpRequest, question: Question, point: PointWords, what: str) -> None:
        message = f"“{point.key_point}”: words that candidates show were {what}."
        self.log_change(request, question, message)
        self.message_user(request, f"The words were {what}.", messages.SUCCESS)

    def _words_page(
        self,
        request: HttpRequest,
        question: Question,
        words: WordsOfQuestion,
        wrong: dict[str, str] | None = None,
    ) -> HttpResponse:
        """wrong: by digest, why a decision was refused."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Words that candidates show",
            "question": question,
            "points": [
                (offered, [(w, (wrong or {}).get(w.digest)) for w in offered.words], aside)
                for offered, aside in zip(words.offered, words.aside, strict=True)
            ],
            "most_offered": MOST_OFFERED,
            "most_read": MOST_READ,
            "choices": [WordsVerdict.ACCEPT, WordsVerdict.REJECT, WordsVerdict.ASIDE],
        }
        return TemplateResponse(request, "admin/questions/question/words.html", context)


def _question(pk: int, *, lock: bool) -> Question:
    """Locked without joins: joined rows would still be those from before the wait."""
    if lock:
        get_object_or_404(Question.objects.select_for_update(), pk=pk)
    question = get_object_or_404(Question.objects.select_related("current_version"), pk=pk)
    if question.current_version is None:
        raise Http404("no version yet")
    return question
