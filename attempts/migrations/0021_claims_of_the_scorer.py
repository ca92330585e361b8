"""The queue of the processes that make suggestions. Saves go on while the index is made."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('attempts', '0020_follow_ups_on_offer_and_in_own_interviews'),
        ('questions', '0008_one_follow_up_for_each_key_point'),
    ]

    operations = [
        # Left behind, and not valid, where this migration was interrupted.
        migrations.RunSQL('DROP INDEX IF EXISTS answer_awaits_suggestion', migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name='answer',
            index=models.Index(condition=models.Q(('closed_at__isnull', False), ('engine', ''), ('text__regex', '[^\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]')), fields=['closed_at'], name='answer_awaits_suggestion'),
        ),
        RemoveIndexConcurrently(
            model_name='answer',
            name='answer_not_looked_at',
        ),
        migrations.CreateModel(
            name='ScorerClaim',
            fields=[
                ('answer_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('until', models.DateTimeField()),
                ('tries', models.PositiveIntegerField(default=1)),
            ],
            options={'default_permissions': ()},
        ),
        migrations.CreateModel(
            name='ScorerSeen',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('seen_at', models.DateTimeField()),
            ],
            options={'default_permissions': ()},
        ),
    ]
