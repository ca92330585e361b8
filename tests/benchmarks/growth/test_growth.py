"""What each page and each job costs with a thousand attempts and with a million.

The last may be at most 1.5 times the first, in blocks that PostgreSQL touches, which are the same
on a quiet machine and on a busy one, and in milliseconds, which people wait for.
"""

from time import perf_counter

import pytest
from django.core.management import call_command
from django.db import connection

from attempts.models import Attempt
from attempts.statistics.compute import refresh
from quizsite.clock import database_now
from tests.benchmarks import table
from tests.benchmarks.growth import crowd
from tests.benchmarks.growth.acts import jobs, pages, staff_pages
from tests.benchmarks.growth.measuring import Cost, cost_of, quiet_server
from tests.benchmarks.growth.world import FEW, MANY, add_attempts, people, world

FIRST, LAST = 1_000, 1_000_000
MOST_TIMES = 1.5


def measured() -> dict[str, Cost]:
    few, many, editor = people()
    acts = {**pages(few), **staff_pages(editor), **jobs(few)}
    if Attempt.objects.filter(user=many).exists():
        acts["start, by somebody with 2,000"] = jobs(many)["start"]
        acts["history of somebody with 2,000"] = pages(many)["history"]
    else:  # what it costs somebody with few is what it is compared with
        acts["start, by somebody with 2,000"] = acts["start"]
        acts["history of somebody with 2,000"] = acts["history"]
    return {name: cost_of(act) for name, act in acts.items()}


def count_everything() -> float:
    start = perf_counter()
    refresh(now=database_now(), everything=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return perf_counter() - start


@pytest.mark.django_db(transaction=True)
def test_a_million_attempts_cost_what_a_thousand_do():
    connection.ensure_connection()
    connection.connection.answer_timeout = None
    quiet_server()
    call_command("createcachetable", verbosity=0)
    world()
    crowd.grow(1, FIRST - FEW, now=database_now())
    count_everything()
    first = measured()

    add_attempts(people()[1], MANY)
    start = perf_counter()
    crowd.grow(FIRST - FEW + 1, LAST - FEW - MANY, now=database_now())
    filled = perf_counter() - start
    counted = count_everything()
    assert Attempt.objects.count() == LAST
    print(f"\n{filled:.0f} s to make them, {counted:.0f} s to count all statistics again")
    for name, cost in measured().items():
        before = first[name]
        print(
            f"{name}: {before.blocks:,} and {cost.blocks:,} blocks,"
            f" {before.statements} and {cost.statements} statements,"
            f" {before.wall:.0f} and {cost.wall:.0f} ms, {cost.cpu:.0f} ms of Python"
        )
        for unit, now, then in (
            ("blocks", cost.blocks, before.blocks),
            ("ms", cost.wall, before.wall),
        ):
            line = f"{name}, at a million: {unit}"
            table.add(line, now, unit=unit, ratio=now / then, at_most=MOST_TIMES)
