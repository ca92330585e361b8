"""Who is logged in, read at less cost: every request of a user asks for it."""

from typing import cast

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from quizsite.database.compiled_once import CompiledOnce, parameter

by_id = CompiledOnce(lambda: User.objects.filter(pk=parameter("pk")))


class SignedInUser(AuthenticationMiddleware):
    """Django's, but the statement that reads the user's row is compiled once.

    It decides only that all is in order: the account is there and active, and the session was made
    with its present password. Whatever else there is, Django decides, and ends the session.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = cast(User, SimpleLazyObject(lambda: user_of(request)))


def user_of(request: HttpRequest) -> User | AnonymousUser:
    return _in_order(request) or auth.get_user(request)


def _in_order(request: HttpRequest) -> User | None:
    """The user of a session that is in order; None leaves it to Django."""
    session = request.session
    backend, hashed = session.get(BACKEND_SESSION_KEY), session.get(HASH_SESSION_KEY)
    if not hashed or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    if type(load_backend(backend)).get_user is not ModelBackend.get_user:
        return None
    found = by_id.rows(pk=int(session[SESSION_KEY]))
    if not found or not found[0].is_active:
        return None
    is_current = constant_time_compare(hashed, found[0].get_session_auth_hash())
    return found[0] if is_current else None
