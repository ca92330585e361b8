
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('questions', '0002_versions_are_immutable'),
    ]

    operations = [
        migrations.AlterField(
            model_name='interview',
            name='seconds',
            field=models.PositiveIntegerField(blank=True, help_text='With one clock for all: seconds in all. With per-question timing: empty.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(86400)]),
        ),
        migrations.AlterField(
            model_name='interview',
            name='timing',
            field=models.CharField(choices=[('total', 'one clock for all, free movement'), ('per_question', 'per-question timing, forward only')], default='per_question', max_length=12),
        ),
        migrations.AlterConstraint(
            model_name='interview',
            name='interview_total_has_seconds',
            constraint=models.CheckConstraint(condition=models.Q(('timing', 'per_question'), models.Q(('seconds__isnull', False), ('timing', 'total')), _connector='OR'), name='interview_total_has_seconds', violation_error_message='With one clock for all, seconds in all are needed.'),
        ),
    ]
