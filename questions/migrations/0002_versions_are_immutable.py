from django.db import migrations

# A version that was asked must stay what it was. Only the author's name may go, with the account.
FORWARDS = """
CREATE FUNCTION questions_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.author_id IS NULL THEN
        NEW.author_id := OLD.author_id;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.author_id := NULL;
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a question version never changes: write a new one'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER questions_version_is_immutable
    BEFORE UPDATE ON questions_questionversion
    FOR EACH ROW EXECUTE FUNCTION questions_version_is_immutable();
"""
BACKWARDS = """
DROP TRIGGER questions_version_is_immutable ON questions_questionversion;
DROP FUNCTION questions_version_is_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("questions", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
