"""The page on which somebody deletes their account."""

from http import HTTPStatus
from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from attempts.owners import Owner, Removal, note_removed
from attempts.unsaved_text import forget_unsaved_text
from attempts.views.own_data.deleting import counts_of
from quizsite.account_deletion.deleting import LastSuperuser, delete_account


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: HttpRequest) -> HttpResponse:
    """Say what goes; after the button, ask for the password, unless it was just given."""
    if request.method == "POST":
        response: HttpResponse = reauthentication_required(_delete)(request)
        return response
    return _page(request)


def _delete(request: HttpRequest) -> HttpResponse:
    try:
        ids = delete_account(cast(User, request.user).pk)
    except LastSuperuser:
        return _page(request, HTTPStatus.CONFLICT, is_last=True)
    logout(request)
    note_removed(request, Removal.ACCOUNT, ids)
    messages.success(request, "Your account is deleted, with everything in it.")
    response = redirect("home")
    forget_unsaved_text(response)
    return response


def _page(
    request: HttpRequest, status: HTTPStatus = HTTPStatus.OK, *, is_last: bool = False
) -> HttpResponse:
    counts = counts_of(Owner(user_id=request.user.pk))
    context = {**counts, "is_last": is_last}
    return render(request, "account/delete.html", context, status=status)
