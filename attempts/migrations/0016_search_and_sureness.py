from django.db import migrations, models

BATCH = 2_000

# A space for every sign between words, as attempts/models/searching.py has it; these are its SIGNS.
SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\ue000\ue001"

FILL = """
UPDATE attempts_answer answer
SET search = NULLIF(to_tsvector('english', translate(answer.text, %(signs)s, %(spaces)s)), '')
FROM attempts_attempt attempt
WHERE answer.attempt_id = attempt.id AND attempt.state <> 'running'
    AND answer.text <> '' AND answer.search IS NULL
    AND answer.id >= %(first)s AND answer.id < %(first)s + %(batch)s
"""


def make_earlier_answers_searchable(apps, schema_editor):
    """In short statements, each its own transaction; it can be stopped and begun again."""
    answers = apps.get_model("attempts", "Answer").objects.order_by("pk")
    first = answers.values_list("pk", flat=True).first()
    last = answers.values_list("pk", flat=True).last()
    if first is None:
        return
    with schema_editor.connection.cursor() as cursor:
        for start in range(first, last + 1, BATCH):
            values = {"first": start, "batch": BATCH, "signs": SIGNS, "spaces": " " * len(SIGNS)}
            cursor.execute(FILL, values)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("attempts", "0015_own_interviews_without_a_clock_and_late_schedules")]

    # The index comes last, because what comes before it can be done twice.
    operations = [
        migrations.RunPython(make_earlier_answers_searchable, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(
                condition=models.Q(("sureness__isnull", False)),
                fields=["attempt"],
                include=("sureness", "share"),
                name="answer_sureness",
            ),
        ),
    ]
