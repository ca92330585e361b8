"""The admin's log-in: guessing is slowed, and a second factor is asked for.

Staff who have a second factor are asked for it here as on the site's own log-in page. With
STAFF_SECOND_FACTOR nobody gets in without one.
"""

import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import TypeVar, cast

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import LoginView
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables

from attempts.health.figures import read_figures
from attempts.health.numbers import numbers
from attempts.unsaved_text import forgets_unsaved_text
from quizsite.database.replica.reading import page_reads_replica
from quizsite.page_scripts import is_page_script

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Context = dict[str, object]


class StaffLoginForm(AdminAuthenticationForm):
    """Name and password; failures count with those of the site's own log-in page."""

    @sensitive_variables()
    def clean(self) -> Context:
        """Like Django's, but allauth checks the password, because it also counts the failures."""
        name, password = (self.cleaned_data.get(field) for field in ("username", "password"))
        if name is not None and password:
            adapter = get_adapter(self.request)
            user = adapter.authenticate(self.request, username=name, password=password)
            if user is None or not user.is_active:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(user)
            self.user_cache = user
        return self.cleaned_data


class StaffLoginView(LoginView):
    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Log in by allauth, which then asks for the second factor if there is one."""
        response: HttpResponse = perform_login(
            self.request,
            form.get_user(),
            email_verification="none",
            redirect_url=self.get_success_url(),
        )
        return response


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Whether a member of staff is kept out of the admin until a second factor is set up."""
    return settings.STAFF_SECOND_FACTOR and user.is_staff and not is_mfa_enabled(user)


class TitledAutocomplete(AutocompleteJsonView):
    """Shows rows by what they are called where one is chosen, if that is not their name."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        row = super().serialize_result(obj, to_field_name)
        return {**row, "text": getattr(obj, "choice", row["text"])}


def _list_of_replica(view: View) -> View:
    """What somebody may do is read before, from the primary."""
    list_view = page_reads_replica(view)

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        request.user.has_perm("admin.view_logentry")  # any one: Django reads and keeps them all
        return list_view(request, *args, **kwargs)

    return cast(View, inner)


class StaffAdminSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request.user)

    @method_decorator(forgets_unsaved_text)
    def logout(
        self, request: HttpRequest, extra_context: Context | None = None
    ) -> TemplateResponse:
        return super().logout(request, extra_context)

    def index(self, request: HttpRequest, extra_context: Context | None = None) -> TemplateResponse:
        """Django's, with how the site is doing: numbers that name nobody."""
        health = {"health": numbers(read_figures())}
        return super().index(request, {**health, **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, TitledAutocomplete.as_view(admin_site=self)(request))

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Scripts of a logged-out page get a 401 and a short text, never the log-in page. Lists are
        read from the replica, if there is one.
        """
        is_list = getattr(view, "__name__", "") == "changelist_view"
        guarded = super().admin_view(_list_of_replica(view) if is_list else view, cacheable)

        @wraps(guarded)
        def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if is_page_script(request) and not self.has_permission(request):
                return render(request, "admin/_logged_out.html", status=401)
            response = guarded(request, *args, **kwargs)
            if self.has_permission(request):
                self._confirm_saved_form(request, response)
            return response

        return cast(View, inner)

    def _confirm_saved_form(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Name the saved form in a cookie, by which its page's script forgets what it kept.

        A message of success is no sign of that, because another request may have caused it. Where
        the row is gone, Django stores nothing and leads to the index.
        """
        entry = request.POST.get("unsaved_entry", "") if request.method == "POST" else ""
        is_saved = response.status_code == HTTPStatus.FOUND
        is_saved &= response.headers.get("Location") != reverse("admin:index")
        if is_saved and re.fullmatch(r"\d{1,40}", entry, re.ASCII):
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie("admin-saved", entry, max_age=3600, secure=secure, samesite="Lax")

    @login_not_required
    def login(self, request: HttpRequest, extra_context: Context | None = None) -> HttpResponse:
        """Like Django's, with our view and form. Staff without a second factor must set one up."""
        if super().has_permission(request) and lacks_second_factor(request.user):
            message = "The admin requires a second factor: add an authenticator app or a passkey."
            messages.warning(request, message)
            return redirect("mfa_index")
        index = reverse("admin:index", current_app=self.name)
        if request.method != "POST" and self.has_permission(request):
            return redirect(index)
        context = {
            **self.each_context(request),
            "title": "Log in",
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **({} if "next" in request.GET or "next" in request.POST else {"next": index}),
            **(extra_context or {}),
        }
        request.current_app = self.name
        view = StaffLoginView.as_view(
            extra_context=context,
            authentication_form=StaffLoginForm,
            template_name="admin/login.html",
        )
        return cast(HttpResponse, view(request))
