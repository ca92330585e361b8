"""Everything that somebody has here, as a file."""

from tempfile import TemporaryFile

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from attempts.own_data.archive import folder_of, write_archive
from attempts.own_data.person import person_of
from attempts.own_data.tables import tables_of
from quizsite.clock import database_now
from quizsite.database.one_moment import one_moment


@require_safe
@never_cache
def download(request: HttpRequest) -> HttpResponseBase:
    """The file is written to the disk first: so it is one moment's, whatever is written meanwhile,
    and a slow download keeps no connection to the database.
    """
    person = person_of(request)
    if person is None:
        return redirect("home")
    now, file = database_now(), TemporaryFile()  # noqa: SIM115 - the response closes it
    with one_moment():
        write_archive(file, tables_of(person), now=now)
    file.seek(0)
    name = f"{folder_of(now)}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response["Content-Encoding"] = "identity"  # it is compressed already
    return response
