"""Counts what somebody does within a time, in one statement on the cache's table.

allauth's limiter takes a dozen statements for each rate, which is little beside a password's hash
and much beside the start of an interview. All servers share the counters; housekeeping deletes them
when their time is over.
"""

from django.db import connection
from django.utils.crypto import salted_hmac

from quizsite.clock import ARRIVAL
from quizsite.rate_limits.rates import Rate

COUNT = f"""
INSERT INTO cache AS counted (cache_key, value, expires)
SELECT %(key)s || ':' || began, '1', to_timestamp(began + %(seconds)s)
FROM (SELECT (extract(epoch FROM {ARRIVAL})::bigint / %(seconds)s) * %(seconds)s AS began) AS time
ON CONFLICT (cache_key) DO UPDATE SET value = (counted.value::int + 1)::text
RETURNING value::int, ceil(extract(epoch FROM counted.expires - {ARRIVAL}))::int
"""  # noqa: S608 - constants


def seconds_to_wait(action: str, who: str, rate: Rate) -> int:
    """Count one action of `who`; 0 if it is allowed, else how long until the next one is.

    Call it outside of transactions: others who count for the same `who` wait for its end.
    """
    key = "rate:" + salted_hmac("quizsite.rate_limits", f"{action}|{who}").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "seconds": rate.seconds})
        count, left = cursor.fetchone()
    return max(left, 1) if count > rate.most else 0
