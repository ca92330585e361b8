"""/healthz: this process answers. /readyz: it can serve, or one line for each thing that it lacks.

A middleware answers both, before sessions and the check of the host's name: who probes a process
asks it by its address, without TLS, and needs the answer also while the database is away.
"""

import os
from collections.abc import Callable

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from psycopg_pool import PoolTimeout

from attempts.scoring import weights
from quizsite.clock import database_now
from quizsite.database.time_outs import missing_time_outs

MISSING_MIGRATIONS = "{} migrations are not applied. Run manage.py migrate."
NO_TIME_OUT = "{}. Run manage.py set_time_outs, then RECONNECT the pooler."
NO_DATABASE = "The database does not answer."
NO_STATIC_FILES = "The static files are missing. Run manage.py collectstatic and start again."
NO_WEIGHTS_THERE = (
    f"The scorer's weights are not in the folder that {weights.FOLDER_VARIABLE} names."
)
WRONG_WEIGHTS = "The scorer's weights are not those that it was measured with."
WITHOUT_WEIGHTS = "The scorer's weights are not installed: it compares words only."

_well: set[str] = set()
"""What was found to be in order: it stays so while this process lives, and is not asked again."""


def answer_probes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Middleware."""
    probes = {"/healthz": _alive, "/readyz": _ready}

    def middleware(request: HttpRequest) -> HttpResponse:
        return probes.get(request.path, get_response)(request)

    return middleware


@require_safe
def _alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", "text/plain")


@require_safe
def _ready(request: HttpRequest) -> HttpResponse:
    lacking = missing()
    if lacking:
        return HttpResponse("\n".join([*lacking, ""]), "text/plain", 503)
    words_only = [] if weights.folder() else [WITHOUT_WEIGHTS]
    return HttpResponse("\n".join(["ok", *words_only, ""]), "text/plain")


def missing() -> list[str]:
    """What this process lacks to serve, a line each; one statement where nothing was missing."""
    return _database() + _static_files() + _weights()


def forget() -> None:
    """Ask everything again, as a new process does. For tests."""
    _well.clear()


def _database() -> list[str]:
    try:
        database_now()
        unapplied = 0 if "migrations" in _well else _unapplied()
        endless = [] if "time-outs" in _well else missing_time_outs()
    except (Error, PoolTimeout):
        return [NO_DATABASE]
    if not unapplied:
        _well.add("migrations")
    if not endless:
        _well.add("time-outs")
    lacking = [MISSING_MIGRATIONS.format(unapplied)] if unapplied else []
    return lacking + [NO_TIME_OUT.format(line) for line in endless]


def _unapplied() -> int:
    """How many migrations of this release the database has not seen."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _static_files() -> list[str]:
    """Without the list of them no page can be rendered. A process reads it once."""
    try:
        staticfiles_storage.url("css/site.css")
    except ValueError:
        return [NO_STATIC_FILES]
    return []


def _weights() -> list[str]:
    """Weights that are not installed at all lack nothing: whoever leaves them out has chosen so."""
    folder = weights.folder()
    if folder is None:
        return [NO_WEIGHTS_THERE] if os.environ.get(weights.FOLDER_VARIABLE) else []
    if "weights" not in _well:
        try:
            weights.check(folder)
        except (OSError, weights.WrongWeights):
            return [WRONG_WEIGHTS]
        _well.add("weights")
    return []
