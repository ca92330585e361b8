"""Import and export in Django's admin: upload a file, see what would happen, agree."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import select_template

from questions.admin.exchange.export_pages import ExportPages
from questions.admin.exchange.import_pages import ImportPages


class ExchangePages(ImportPages, ExportPages):
    """Mixin for the admin class of questions: its list links to import and export."""

    change_list_template = "admin/questions/exchange/change_list.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        base = select_template(
            ["admin/questions/question/change_list.html", "admin/change_list.html"]
        )
        links = {"list_base": base, "may_import": self.has_import_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **links})
