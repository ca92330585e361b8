"""Static files as the image build collects them."""

import pytest
from django.core.management import call_command

from quizsite.staticfiles.storage import HashedModules


@pytest.mark.slow
def test_every_static_file_can_be_hashed(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css", "js", "svg", "txt", "md"]  # slow
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "quizsite.staticfiles.storage.HashedModules"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    hashed = HashedModules().stored_name("css/site.css")
    assert hashed != "css/site.css"
    assert (tmp_path / hashed).exists()
