"""Import and export in Django's admin: upload, look at what would happen, then let it happen."""

import secrets
import zlib
from functools import wraps

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string, select_template
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from questions.admin.exchange_forms import ChangeForm, ExportForm, ImportForm
from questions.exchange.apply import Refused, run_import
from questions.exchange.export import export_bank
from questions.exchange.plan import plan_import
from questions.formats import FORMATS, FormatError, read_file
from questions.models import Topic
from quizsite.clock import database_now

HELD_SECONDS = 60 * 60
ROWS_PER_PAGE = 50
STEPS_HERE, OUTCOME_HERE = "<!-- steps -->", "<!-- outcome -->"

# --- the uploaded file, between preview and import --------------------------------------------
# One for each person and for an hour, compressed, in the cache: a new upload takes its place.


def _key(user) -> str:
    return f"questions-import-{user.pk}"


def _hold(user, name: str, data: bytes, topic: Topic | None) -> str:
    token = secrets.token_urlsafe(12)
    held = {"token": token, "name": name, "data": zlib.compress(data), "topic": topic and topic.pk}
    cache.set(_key(user), held, HELD_SECONDS)
    return token


def _held(user, token: str) -> dict | None:
    """Name, content and options of the file with this token, as exchange.plan takes them."""
    held = cache.get(_key(user))
    if not held or not token or held["token"] != token:
        return None
    return {
        "file_name": held["name"],
        "content": read_file(held["name"], zlib.decompress(held["data"])),
        "fallback_topic": Topic.objects.filter(pk=held["topic"]).first(),
        "may_add_topics": user.has_perm("questions.add_topic"),
    }


def _for(permission: str):
    """A view of the mixin that asks for its permission before it does anything else."""

    def decorate(view):
        @wraps(view)
        def guarded(self, request):
            if not getattr(self, f"has_{permission}_permission")(request):
                raise PermissionDenied
            return view(self, request)

        return guarded

    return decorate


class ExchangePages:
    """For the admin of questions: its pages of import and export, and the action on chosen ones."""

    change_list_template = "admin/questions/exchange/change_list.html"

    def has_import_permission(self, request) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def get_urls(self):
        views = {
            "import": require_http_methods(["GET", "POST"])(self.import_view),
            "import/preview": require_http_methods(["GET"])(self.preview_view),
            "import/apply": require_http_methods(["POST"])(self.apply_view),
            "export": require_http_methods(["GET"])(self.export_view),
        }
        ours = [
            path(
                f"{place}/",
                self.admin_site.admin_view(view),
                name=f"questions_question_{place.replace('/', '_')}",
            )
            for place, view in views.items()
        ]
        return ours + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        base = select_template(
            ["admin/questions/question/change_list.html", "admin/change_list.html"]
        )
        more = {"list_base": base, "may_import": self.has_import_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **more})

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.has_view_permission(request) and IS_POPUP_VAR not in request.GET:
            actions["export_chosen"] = self.get_action("export_chosen")
        return actions

    def _page(self, request, name: str, title: str, **context):
        context |= {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/questions/exchange/{name}.html", context)

    # --- import -----------------------------------------------------------------------------

    @_for("import")
    def import_view(self, request):
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file, topic = form.cleaned_data["file"], form.cleaned_data["topic"]
            token = _hold(request.user, file.name, form.data_read, topic)
            return redirect(_preview_url(token))
        return self._page(request, "import", "Import questions", form=form)

    @_for("import")
    def preview_view(self, request):
        token = request.GET.get("file", "")
        held = _held(request.user, token)
        if held is None:
            return self._gone(request)
        plan = plan_import(**held)
        shown = request.GET.get("rows")
        if shown not in plan.counts:
            shown = next((outcome for outcome, count in plan.counts.items() if count), "new")
        rows = Paginator(plan.of(shown), ROWS_PER_PAGE).get_page(request.GET.get("page"))
        valid = plan.counts["new"] + plan.counts["changed"]
        return self._page(
            request,
            "preview",
            f"Import {plan.file_name}: what would happen",
            plan=plan,
            shown=shown,
            rows=rows,
            token=token,
            valid=valid,
            change_form=ChangeForm() if any(row.changes_texts for row in plan.rows) else None,
        )

    @_for("import")
    def apply_view(self, request):
        token = request.POST.get("file", "")
        held = _held(request.user, token)
        if held is None:
            return self._gone(request)
        change = ChangeForm(request.POST)
        if not change.is_valid():
            for name, said in change.errors.items():
                self.message_user(
                    request, f"{change[name].label}: {said.as_text()}", messages.ERROR
                )
            return redirect(_preview_url(token))
        steps = run_import(
            **held,
            now=database_now(),
            author=request.user,
            valid_rows=bool(request.POST.get("valid_rows")),
            expected=request.POST.get("fingerprint", ""),
            **change.cleaned_data,
        )
        try:
            first = next(steps)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(_preview_url(token))
        title = f"Importing {held['file_name']}"
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        page = render_to_string("admin/questions/exchange/progress.html", context, request)
        response = StreamingHttpResponse(self._stream(request, page, first, steps))
        response["X-Accel-Buffering"] = "no"  # nginx would keep the progress until the end
        return response

    def _stream(self, request, page: str, first, steps):
        """The page, growing with the import. Whoever leaves it stops the import: nothing stays."""
        before, _, rest = page.partition(STEPS_HERE)
        between, _, after = rest.partition(OUTCOME_HERE)
        yield before + _said(first)
        try:
            for step in steps:
                yield _said(step)
        except Refused as refusal:
            said = format_html('<p class="errornote" role="alert">{}</p>', str(refusal))
        else:
            cache.delete(_key(request.user))
            said = format_html(
                '<p class="exchange-done" role="status">Done: {} question(s) imported. New ones are'
                " drafts.</p>",
                f"{first.total:,}",
            )
        finally:
            steps.close()
        yield between + said + after

    def _gone(self, request):
        said = "The file is not held any more, or you uploaded another one since. Upload it again."
        self.message_user(request, said, messages.WARNING)
        return redirect("admin:questions_question_import")

    # --- export -----------------------------------------------------------------------------

    @_for("view")
    def export_view(self, request):
        form = ExportForm(request.GET if "format" in request.GET else None)
        if form.is_valid():
            return self._download(request, form.cleaned_data["format"])
        count = self.model.objects.count()
        return self._page(request, "export", "Export all questions", form=form, count=count)

    @admin.action(description="Export the chosen questions…")
    def export_chosen(self, request, queryset):
        form = ExportForm(request.POST if "format" in request.POST else None)
        if form.is_valid():
            return self._download(request, form.cleaned_data["format"], queryset)
        # What the list sent is sent again, with the format: the keys of one page, or "all of them".
        again = {name: request.POST.getlist(name) for name in ("_selected_action", "select_across")}
        count = queryset.count()
        title = "Export the chosen questions"
        return self._page(request, "export", title, form=form, count=count, again=again)

    def _download(self, request, name: str, queryset=None) -> HttpResponse:
        try:
            content = export_bank(name, queryset)
        except FormatError as error:
            self.message_user(request, f"Not exported: {error}", messages.ERROR)
            return HttpResponseRedirect(reverse("admin:questions_question_changelist"))
        known = FORMATS[name]
        file = f"questions{known.suffix}"
        return HttpResponse(
            content,
            content_type=known.content_type,
            headers={"Content-Disposition": f'attachment; filename="{file}"'},
        )


def _preview_url(token: str) -> str:
    return f"{reverse('admin:questions_question_import_preview')}?{urlencode({'file': token})}"


def _said(step) -> str:
    return format_html("<li>{} of {} questions written</li>\n", f"{step.done:,}", f"{step.total:,}")
