"""What the pages of import and export share."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

A = TypeVar("A", bound="ExchangeAdmin")
View = Callable[[A, HttpRequest], HttpResponse]


def needs_permission(permission: str) -> Callable[[View[A]], View[A]]:
    """Decorate a view: it first checks for the permission "import" or "view"."""

    def decorate(view: View[A]) -> View[A]:
        @wraps(view)
        def guarded(self: A, request: HttpRequest) -> HttpResponse:
            if not getattr(self, f"has_{permission}_permission")(request):
                raise PermissionDenied
            return view(self, request)

        return guarded

    return decorate


class ExchangeAdmin(admin.ModelAdmin):
    """Mixin for the admin class of questions."""

    def route(
        self, place: str, view: Callable[[HttpRequest], HttpResponse], *methods: str
    ) -> URLPattern:
        """The URL of a page; import/preview/ is named questions_question_import_preview.

        methods: what it answers to; HEAD goes with GET.
        """
        methods = ("HEAD", *methods) if "GET" in methods else methods
        guarded = self.admin_site.admin_view(require_http_methods(methods)(view))
        return path(f"{place}/", guarded, name=f"questions_question_{place.replace('/', '_')}")

    def page(
        self, request: HttpRequest, name: str, title: str, **context: object
    ) -> TemplateResponse:
        context |= {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/questions/exchange/{name}.html", context)
