"""Everything that somebody has here, as a file."""

from http import HTTPStatus
from tempfile import TemporaryFile

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from attempts.own_data.archive import folder_of, write_archive
from attempts.own_data.person import person_of
from attempts.own_data.tables import tables_of
from attempts.transitions.personal.turns import has_turn
from quizsite.clock import database_now
from quizsite.database.one_moment import one_moment


@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The file is written to the disk first: so it is one moment's, whatever is written meanwhile,
    and a slow download keeps no connection to the database. 429 while another one of the same
    person is written: it takes seconds of the server's time for thousands of attempts.
    """
    person = person_of(request)
    if person is None:
        return redirect("home")
    now = database_now()
    with one_moment():
        if not has_turn(person.owner, "download"):
            return _wait(request)
        file = TemporaryFile()  # noqa: SIM115 - the response closes it
        write_archive(file, tables_of(person), now=now)
    file.seek(0)
    name = f"{folder_of(now)}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response["Content-Encoding"] = "identity"  # it is compressed already
    return response


def _wait(request: HttpRequest) -> HttpResponse:
    response = render(request, "attempts/own_data/wait.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = "10"
    return response
