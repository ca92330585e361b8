"""The admin's door: guessing is slowed, and a second factor is asked for.

Whoever has a second factor is asked for it here as on the site's own log-in page; with
STAFF_SECOND_FACTOR nobody gets in without one.
"""

from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from quizsite.accounts import forgetting_unsaved
from quizsite.page_scripts import is_page_script


class StaffLoginForm(AdminAuthenticationForm):
    """Name and password; failures count with those of the site's own log-in page."""

    def clean(self):
        adapter = get_adapter(self.request)
        name = self.cleaned_data.get("username") or ""
        adapter.pre_authenticate(self.request, username=name)
        cleaned = super().clean()
        adapter._rollback_login_failed_rl_usage()  # a success is no guess
        return cleaned


class StaffLoginView(LoginView):
    def form_valid(self, form):
        """By allauth, which goes on to ask for the second factor where there is one."""
        return perform_login(
            self.request,
            form.get_user(),
            email_verification="none",
            redirect_url=self.get_success_url(),
        )


def lacks_second_factor(user) -> bool:
    """Whether a member of staff is kept out of the admin until a second factor is set up."""
    return settings.STAFF_SECOND_FACTOR and user.is_staff and not is_mfa_enabled(user)


class TitledAutocomplete(AutocompleteJsonView):
    """Rows by the title that people know them by, where they have one besides their name."""

    def serialize_result(self, obj, to_field_name):
        found = super().serialize_result(obj, to_field_name)
        return {**found, "text": getattr(obj, "title", found["text"])}


class StaffSite(AdminSite):
    def has_permission(self, request):
        return super().has_permission(request) and not lacks_second_factor(request.user)

    @method_decorator(forgetting_unsaved)
    def logout(self, request, extra_context=None):
        return super().logout(request, extra_context)

    def autocomplete_view(self, request):
        return TitledAutocomplete.as_view(admin_site=self)(request)

    def admin_view(self, view, cacheable=False):
        """Scripts of a logged-out page get a 401 and a line, never the log-in page."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def inner(request, *args, **kwargs):
            if is_page_script(request) and not self.has_permission(request):
                return render(request, "admin/_logged_out.html", status=401)
            return guarded(request, *args, **kwargs)

        return inner

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        if super().has_permission(request) and lacks_second_factor(request.user):
            said = "The admin asks for a second factor: add an authenticator app or a passkey."
            messages.warning(request, said)
            return redirect("mfa_index")
        index = reverse("admin:index", current_app=self.name)
        if request.method == "GET" and self.has_permission(request):
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
        return StaffLoginView.as_view(
            extra_context=context,
            authentication_form=StaffLoginForm,
            template_name="admin/login.html",
        )(request)
