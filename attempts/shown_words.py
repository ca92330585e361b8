"""What editors learn from the words that candidates show, and what they decide about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models.functions import TruncMonth

from attempts.models import SaidHere, WordsDecision
from attempts.models.words_decision import WordsVerdict
from attempts.rules.shown_words import PointWords, Shown, Words, by_point, digest_of
from questions.bank.phrasings import add_statement
from questions.models import Question
from questions.rules.phrasings import KINDS, Kind, PhrasingChange, Phrasings

MOST_READ = 5000
"""Of what candidates showed for one question, the newest are read."""

KIND_OF: dict[WordsVerdict, Kind] = {WordsVerdict.ACCEPT: "accept", WordsVerdict.REJECT: "reject"}


@dataclass(frozen=True)
class WordsOfQuestion:
    """Words that candidates showed, without the people: for each of the question's key points.

    offered: those that nobody has decided about and that are no phrasings. aside: those that were
    decided to be of no use.
    """

    offered: list[PointWords]
    aside: list[PointWords]


def words_of(question: Question) -> WordsOfQuestion:
    """question: with its current version.

    What was shown for an older version counts where it is about the same key point.
    """
    points = question.current_version.key_points if question.current_version else []
    shown = list(_shown(question))
    verdicts = dict(question.words_decisions.values_list("digest", "verdict"))
    known = _digests_of(question.phrasings)
    aside = {d for d, verdict in verdicts.items() if verdict == WordsVerdict.ASIDE} - known
    rest = {digest_of(row.key_point, row.words) for row in shown} - aside
    return WordsOfQuestion(
        offered=by_point(shown, points, left_out={*verdicts, *known}),
        aside=by_point(shown, points, left_out=rest),
    )


def _digests_of(phrasings: Phrasings) -> set[str]:
    return {
        digest_of(point, statement)
        for point, phrasing in phrasings.items()
        for kind in KINDS
        for statement in phrasing[kind]
    }


def _shown(question: Question) -> Iterable[Shown]:
    newest = SaidHere.objects.filter(question=question).order_by("-pk")
    rows = newest.annotate(month=TruncMonth("created_at")).values_list(
        "key_point", "words", "answer__attempt__user", "answer__attempt__guest_key", "month"
    )
    for key_point, words, user, guest, month in rows[:MOST_READ]:
        yield Shown(key_point, words, (user, guest), month.date())


@transaction.atomic
def decide(
    question: Question, key_point: str, words: Words, verdict: WordsVerdict, *, now: datetime
) -> list[PhrasingChange]:
    """Accept the words as a phrasing of either kind, or put them aside; they are offered no more.

    Returns what changed in the phrasings. Raises WrongStatement; then nothing is decided.
    """
    changed: list[PhrasingChange] = []
    if verdict in KIND_OF:
        changed = add_statement(question.pk, key_point, KIND_OF[verdict], words.text)
    question.words_decisions.update_or_create(
        digest=words.digest, defaults={"verdict": verdict.value, "decided_at": now}
    )
    return changed


def offer_again(question: Question, words: Words) -> None:
    """Take back that the words are of no use."""
    aside = WordsDecision.objects.filter(question=question, verdict=WordsVerdict.ASIDE.value)
    aside.filter(digest=words.digest).delete()
