from django.apps import AppConfig


class QuizsiteConfig(AppConfig):
    name = "quizsite"

    def ready(self):
        from quizsite import accounts  # noqa: F401 - connects its receiver
