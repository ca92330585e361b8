"""Whether the server ends what takes too long; a pooler may have dropped what we asked it for."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, connection

READ = "SELECT name, setting::bigint FROM pg_settings WHERE name = ANY(%s)"  # in ms


def missing_time_outs() -> list[str]:
    """A line for each time-out that is off, or longer than ours, on the connection that a request
    would get. One statement. What DATABASE_URL itself sets is left out."""
    sent = str(connection.settings_dict["OPTIONS"].get("options", ""))
    wanted = {
        name: 1000 * seconds
        for name, seconds in settings.DATABASE_TIME_OUTS.items()
        if seconds and sent.count(f"{name}=") < 2  # the second one is the URL's
    }
    with connection.cursor() as cursor:
        cursor.execute(READ, [list(wanted)])
        found = dict(cursor.fetchall())
    return [
        f"{name} is {found[name]} ms and should be {longest} ms"
        for name, longest in wanted.items()
        if not 0 < found[name] <= longest
    ]


@register(Tags.database)
def check_time_outs(databases: Sequence[str] | None, **options: object) -> list[CheckMessage]:
    """`manage.py check --database default`; `migrate` runs it too."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    hint = "Run `manage.py set_time_outs`, then RECONNECT the pooler."
    return [Error(f"{line}.", hint=hint, id="quizsite.E001") for line in missing_time_outs()]
