"""The tables of the file, and the tables of the site that are in none."""

from attempts.own_data.person import Person
from attempts.own_data.table import Table
from attempts.own_data.tables.account import account_tables
from attempts.own_data.tables.answers import answer_tables
from attempts.own_data.tables.attempts import attempt_tables
from attempts.own_data.tables.beside import beside_tables

NOT_IN_IT = {
    "account.EmailConfirmation": "keys that were mailed to confirm an address; they are secret",
    "admin.LogEntry": "what staff did with the site's content belongs to its history",
    "questions.QuestionVersion": "the site's content; its author may be a member of staff",
    "attempts.CountedAnswer": "numbers for the statistics, which follow from the answers",
    "attempts.ToCount": "a list of what the statistics have to count again",
    "attempts.VersionSums": "sums over everybody's answers",
    "attempts.PointSums": "sums over everybody's answers",
    "attempts.TimeSums": "sums over everybody's answers",
    "attempts.MonthSums": "sums over everybody's answers",
    "attempts.LastCount": "when the statistics were last counted",
    "attempts.QuestionStatistics": "about a question and not about a person",
    "attempts.CheckedSuggestions": "about a question and not about a person",
    "attempts.WordsDecision": "what editors decided; it names no person",
    "attempts.ScheduleCatchUp": "how far the schedules of answers from before are made",
    "attempts.ExampleSentences": "the site's content",
    "attempts.ScorerClaim": "which process reads which answer just now",
    "attempts.ScorerSeen": "when a process that reads answers was last there",
}
"""By model, why none of the tables shows its rows."""


def tables_of(person: Person) -> list[Table]:
    """In the order in which a person would read them."""
    owner = person.owner
    return [
        *attempt_tables(owner),
        *answer_tables(owner),
        *beside_tables(person),
        *account_tables(owner),
    ]
