"""Files as people have them, and the questions that each must give."""

from pathlib import Path

CASES = Path(__file__).parent / "files" / "cases"
"""The prompts of each file, with the beginning of their answers."""
PAIRS = {
    "question_answer.csv": {
        "What is a feature store?": "A place that serves",
        "Why does a p99 matter, not the mean?": "Users meet the tail.",
    },
    "list_at_top.json": {"What is a canary release?": "A small share of the traffic"},
    "sep_line.csv": {"What is gang scheduling?": "All pods of a job"},
    "title_row.csv": {"What is a spot instance?": "Spare capacity"},
    "short_rows.csv": {
        "What is mixed precision?": "Half-precision maths",
        "What is MFU?": "The share of the peak",
    },
    "anki_export.txt": {
        "What is idempotence?": "Running it twice",
        "What is a watermark?": "How far event time",
    },
    "quizlet_utf16.txt": {
        "What is a shard?": "A part of a table",
        "What is a replica?": "A copy that follows.",
    },
    "questions.md": {
        "What is dynamic batching?": "Requests that arrive",
        "What is a cold start?": "The time until",
    },
    "two_sheets.xlsx": {
        "What is a shadow deployment?": "The new version sees",
        "What is gradient accumulation?": "Several small batches",
    },
    "readme_first.xlsx": {"What is a model registry?": "Numbers models"},
}


def bytes_of(name: str) -> bytes:
    return (CASES / name).read_bytes()
