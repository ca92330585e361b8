"""What an import would do, in lines for a terminal."""

from django.core.management.base import OutputWrapper

from questions.exchange.plan import Outcome, Plan, Planned, Row
from questions.rules.compare import ADDED, REMOVED, SAME
from questions.rules.numbers import counted

MARKS = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}"}
"""How git marks words."""


def show_plan(plan: Plan, out: OutputWrapper, *, every_row: bool) -> None:
    """What is wrong and what needs a look always; the other rows if every_row."""
    entries = (*plan.rows, *plan.topics, *plan.interviews)
    for entry in entries:
        for mistake in entry.mistakes:
            out.write(f"wrong      {entry.place}, {mistake}")
    for entry in entries if every_row else ():
        _show_entry(entry, out)
    for entry in entries:
        for warning in entry.warnings:
            out.write(f"warning    {entry.place}, {entry.name}: {warning}")
    _show_what_falls(plan, out)
    for topic in plan.new_topics:
        out.write(f"new topic  {topic.slug}, {topic.name}")
    for note in plan.notes:
        out.write(f"note       {note}")
    for kind, others in plan.others.items():
        out.write(f"{kind}s: {others.in_words}")
    out.write(", ".join(f"{count:,} {outcome}" for outcome, count in plan.counts.items()))


def _show_what_falls(plan: Plan, out: OutputWrapper) -> None:
    for left in plan.left_out:
        out.write(f"left out   {left.place}, {left.name}: {left.why}")
    for what, count in plan.not_taken.items():
        out.write(f"not taken  {what} ({counted(count, 'row')})")
    for lost in plan.lost_topics:
        out.write(f"topic      {lost}. --add-topics adds it.")


def _show_entry(entry: Planned, out: OutputWrapper) -> None:
    if entry.outcome != Outcome.WRONG:
        topic = f" [{entry.topic_name}]" if isinstance(entry, Row) else ""
        out.write(f"{entry.outcome:10} {entry.place}, {entry.name}{topic}")
    if isinstance(entry, Row) and entry.not_taken:
        out.write(f"             not taken: {', '.join(entry.not_taken)}")
    for change in entry.changes:
        words = "".join(MARKS[part.kind].format(part.text) for part in change.pieces())
        out.write(f"             {change.field}: {words}")
