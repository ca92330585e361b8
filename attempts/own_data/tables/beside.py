"""What somebody keeps beside attempts."""

from collections.abc import Iterator
from functools import cache

from attempts.models import OwnInterview, Practice, Preference, QuestionNote, Schedule
from attempts.own_data.person import Person
from attempts.own_data.shown import ShownQuestions
from attempts.own_data.table import Column, Table
from attempts.own_data.tables.attempts import OWNER, ROW
from questions.models import Topic

ID = Column("question_id", "The number in the address of the question's page.", "question_id")


def beside_tables(person: Person) -> list[Table]:
    owner = person.owner
    shown = ShownQuestions(owner)

    def practices() -> Iterator[Practice]:
        return Practice.objects.owned_by(owner).order_by("created_at", "pk").iterator()

    def own_interviews() -> Iterator[OwnInterview]:
        return OwnInterview.objects.owned_by(owner).order_by("created_at", "pk").iterator()

    def schedules() -> Iterator[Schedule]:
        return Schedule.objects.owned_by(owner).order_by("due_at", "pk").iterator()

    def notes() -> Iterator[QuestionNote]:
        rows = QuestionNote.objects.owned_by(owner).select_related("question__current_version")
        return rows.defer("question__phrasings").order_by("pk").iterator()

    return [
        Table("practices", "What you practised, question by question.", Practice, practices,
              practice_columns(shown), OWNER),
        Table("own_interviews", "Interviews that you put together.", OwnInterview, own_interviews,
              own_interview_columns(), OWNER),
        Table("schedules", "When each question that you answered is due again.", Schedule,
              schedules, schedule_columns(shown), {**OWNER, **ROW}),
        Table("notes", "Your notes and bookmarks.", QuestionNote, notes, note_columns(shown),
              {**OWNER, **ROW}),
        Table("preferences", "What you chose last for the clock, and the day of your interview.",
              Preference, person.preferences, PREFERENCES, {"user": OWNER["user"], **ROW}),
    ]  # fmt: skip


def practice_columns(shown: ShownQuestions) -> list[Column]:
    return [
        Column("practice_id", "What the table of attempts calls it.", "id"),
        Column("source", "due, missed, topic, question or result: what you chose to practise."),
        Column("title", "What it was called."),
        Column("question_ids", "The numbers in the addresses of the questions' pages, in order."),
        Column("questions", "The questions' names in addresses; empty if you have not seen it yet.",
               read=lambda practice: [shown.slugs.get(pk) for pk in practice.question_ids]),
        Column("has_clock", "Whether the questions had a limit."),
        Column("created_at", "When you began it."),
    ]  # fmt: skip


def own_interview_columns() -> list[Column]:
    @cache
    def topics() -> dict[int, str]:
        return dict(Topic.objects.values_list("pk", "name"))

    return [
        Column("own_interview_id", "What the table of attempts calls it.", "id"),
        Column("name", "Empty if you did not save it to be repeated."),
        Column("topics", "None means any topic.", "topic_ids",
               lambda own: [topics().get(pk) for pk in own.topic_ids]),
        Column("difficulty_from", "1 easy, 2 medium, 3 hard."),
        Column("difficulty_to", "The same, up to this."),
        Column("count", "How many questions."),
        Column("timing", "per_question or total, as in the table of attempts."),
        Column("seconds", "In all with one clock for all, else for each question; empty: the usual"
               " time."),
        Column("has_clock", "Whether there is a limit."),
        Column("follow_ups", "With per-question timing: at most so many to each question."),
        Column("only", "any, unseen or weak questions."),
        Column("created_at", "When you put it together."),
    ]  # fmt: skip


def slug_column(shown: ShownQuestions) -> Column:
    about = "The question's name in addresses; empty if you have not seen it yet."
    return Column("question", about, read=lambda row: shown.slugs.get(row.question_id))


def schedule_columns(shown: ShownQuestions) -> list[Column]:
    return [
        ID,
        slug_column(shown),
        Column("prompt", "The question as you were asked it last. Markdown.",
               read=lambda schedule: shown.asked.get(schedule.question_id)),
        Column("due_at", "From when it is due."),
        Column("stability", "In how many days nine of ten people would still remember it."),
        Column("difficulty", "How hard it is for you to remember, 1 to 10."),
        Column("answers", "How many scored answers you gave."),
        Column("answered_at", "When the attempt of the last one ended."),
        Column("share", "Of the last one, 0 to 1."),
        Column("answered_before_at", "The same of the one before it."),
        Column("share_before", "The same of the one before it."),
    ]  # fmt: skip


def note_columns(shown: ShownQuestions) -> list[Column]:
    return [
        ID,
        slug_column(shown),
        Column("prompt", "The question as you were asked it last, or as it is today if you chose to"
               " see it; empty if you have not seen it yet. Markdown.", read=shown.prompt_of),
        Column("note", "Your note."),
        Column("is_bookmarked", "Whether you bookmarked it."),
        Column("shows_prompt", "Whether you chose to see it before being asked."),
    ]  # fmt: skip


PREFERENCES = [
    Column("time_factor", "The limits are multiplied by this."),
    Column("untimed", "Whether there is no limit."),
    Column("think_seconds", "Thinking time in seconds; empty if you chose no pace yet."),
    Column("at_deadline", "hand_in or overtime, as in the table of attempts."),
    Column("interview_on", "The day of your interview."),
]
