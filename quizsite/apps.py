from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class QuizsiteConfig(AppConfig):
    name = "quizsite"

    def ready(self) -> None:
        from quizsite.accounts import log_in  # noqa: F401 - connects its receiver
        from quizsite.database import time_outs  # noqa: F401 - registers its check
        from quizsite.watching.tracing.starting import start_if_wanted

        start_if_wanted()


class StaffAdminConfig(AdminConfig):
    default = False
    default_site = "quizsite.admin_site.StaffAdminSite"
