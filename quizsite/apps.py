from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class QuizsiteConfig(AppConfig):
    name = "quizsite"

    def ready(self) -> None:
        from quizsite import accounts  # noqa: F401 - connects its receiver
        from quizsite.watching.tracing.starting import start_if_wanted

        start_if_wanted()


class StaffAdminConfig(AdminConfig):
    default = False
    default_site = "quizsite.admin_site.StaffAdminSite"
