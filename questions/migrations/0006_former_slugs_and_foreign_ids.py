import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
from django.db import migrations, models


TABLES = ("questions_topic", "questions_question", "questions_interview")
# In the database, because forms, imports, the seed and commands all change slugs. Nobody else
# writes former slugs: a row that was read before a change of its slug must not forget them.
FORWARDS = """
CREATE FUNCTION questions_keep_former_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.former_slugs := OLD.former_slugs;
    IF OLD.slug IS DISTINCT FROM NEW.slug THEN
        NEW.former_slugs := array_remove(array_remove(OLD.former_slugs, OLD.slug::text), NEW.slug::text)
            || OLD.slug::text;
    END IF;
    RETURN NEW;
END
$$;
""" + "".join(
    f"""
CREATE TRIGGER questions_keep_former_slug
    BEFORE UPDATE ON {table}
    FOR EACH ROW WHEN ((OLD.slug, OLD.former_slugs) IS DISTINCT FROM (NEW.slug, NEW.former_slugs))
    EXECUTE FUNCTION questions_keep_former_slug();
"""
    for table in TABLES
)
BACKWARDS = (
    "".join(f"DROP TRIGGER questions_keep_former_slug ON {table};" for table in TABLES)
    + "DROP FUNCTION questions_keep_former_slug();"
)


class Migration(migrations.Migration):

    dependencies = [
        ('questions', '0005_phrasings_that_the_seed_wrote'),
    ]

    operations = [
        migrations.CreateModel(
            name='ForeignId',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('system', models.CharField(max_length=60)),
                ('foreign_id', models.CharField(max_length=255)),
            ],
            options={
                'ordering': ['question_id', 'system', 'foreign_id'],
            },
        ),
        migrations.AddField(
            model_name='interview',
            name='former_slugs',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='question',
            name='former_slugs',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='topic',
            name='former_slugs',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, editable=False, size=None),
        ),
        migrations.AlterField(
            model_name='interview',
            name='slug',
            field=models.SlugField(db_index=False),
        ),
        migrations.AlterField(
            model_name='question',
            name='slug',
            field=models.SlugField(db_index=False, max_length=80),
        ),
        migrations.AlterField(
            model_name='topic',
            name='slug',
            field=models.SlugField(db_index=False),
        ),
        migrations.AlterField(
            model_name='topic',
            name='name',
            field=models.CharField(max_length=80),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('name',), name='topic_name_once'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('slug',), name='interview_slug_once'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('slug',), name='question_slug_once'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('slug',), name='topic_slug_once'),
        ),
        migrations.AddField(
            model_name='foreignid',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='foreign_ids', to='questions.question'),
        ),
        migrations.AddConstraint(
            model_name='foreignid',
            constraint=models.UniqueConstraint(fields=('system', 'foreign_id'), name='foreign_id_once'),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
