"""Attempts, and what belongs to a whole attempt."""

from collections.abc import Iterator

from attempts.models import AddedTime, Attempt, ResultLink
from attempts.own_data.table import Column, Table
from attempts.owners import Owner

OWNER = {
    "user": "it is you",
    "guest_key": "a secret by which this site knows a browser without an account",
}
ROW = {"id": "the number of a row in the site's database"}
ATTEMPT = Column("attempt_id", "The attempt, as in the table of attempts.")


def attempt_tables(owner: Owner) -> list[Table]:
    mine = Attempt.objects.owned_by(owner)

    def attempts() -> Iterator[Attempt]:
        rows = mine.select_related("interview").order_by("started_at", "pk")
        return rows.iterator(chunk_size=500)

    def added_times() -> Iterator[AddedTime]:
        return AddedTime.objects.filter(attempt__in=mine).order_by("added_at", "pk").iterator()

    def links() -> Iterator[ResultLink]:
        return ResultLink.objects.filter(attempt__in=mine).order_by("created_at", "pk").iterator()

    return [
        Table("attempts", "Your attempts, oldest first.", Attempt, attempts, ATTEMPTS,
              {**OWNER, "seed": "a number that drew the questions, which are in the answers",
               "ended_in": "a made-up name of the browser window that ended it"}),
        Table("added_times", "Time that was added to an attempt.", AddedTime, added_times,
              ADDED_TIMES, ROW),
        Table("result_links", "Links by which you share a result.", ResultLink, links,
              RESULT_LINKS, {**ROW, "token_hash": "a check of the link's secret part, which the"
                                                  " site itself does not know"}),
    ]  # fmt: skip


def kind_of(attempt: Attempt) -> str:
    if attempt.practice_id:
        return "practice"
    return "own interview" if attempt.own_interview_id else "interview"


ATTEMPTS = [
    Column("attempt_id", "What the other tables call this attempt.", "id"),
    Column("kind", "interview, own interview or practice.", read=kind_of),
    Column("interview", "The interview's name in addresses; empty if it is gone.",
           "interview.slug"),
    Column("interview_title", "What the interview was called."),
    Column("practice_id", "The practice it belongs to, as in the table of practices.",
           "practice_id"),
    Column("own_interview_id", "Your own interview, as in the table of own interviews.",
           "own_interview_id"),
    Column("number", "Which run of this interview it was, or which question of the practice."),
    Column("timing", "per_question: a limit for each question. total: one clock for all."),
    Column("state", "running, submitted, expired (time ran out) or discarded."),
    Column("time_factor", "The limits were multiplied by this."),
    Column("untimed", "Whether there was no limit."),
    Column("think_seconds", "Thinking time before each question, in seconds."),
    Column("follow_ups", "At most so many follow-ups to each question."),
    Column("follow_up_limit_seconds", "The time for a follow-up; empty: no limit.",
           "follow_up_limit"),
    Column("at_deadline", "hand_in: time ends it. overtime: it goes on, marked as such."),
    Column("limit_seconds", "With one clock for all: the time for all questions.", "limit"),
    Column("started_at", "When it started."),
    Column("deadline_at", "When time was up for the whole attempt."),
    Column("finished_at", "When it ended."),
    Column("finish_reason", "submitted, deadline (time ran out), staff, or replaced by another."),
    Column("score", "0 to 100; empty if it has no score (yet)."),
    Column("is_hidden", "Whether you left it out of your list."),
]  # fmt: skip
ADDED_TIMES = [
    ATTEMPT,
    Column("position", "With a limit for each question: the position of the answer that got it."),
    Column("amount_seconds", "How much.", "amount"),
    Column("reason", "asked (5 more minutes), outage, or staff."),
    Column("note", "What staff wrote to it."),
    Column("added_at", "When."),
]
RESULT_LINKS = [
    ATTEMPT,
    Column("created_at", "When you made it."),
    Column("expires_at", "Until when it works."),
    Column("shows_answers", "Whether it shows your answers."),
]
