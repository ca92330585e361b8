"""Production's settings, with the static files in a folder of this run."""

import os
from pathlib import Path

from quizsite.settings import *  # noqa: F403 - all of them

STATICFILES_DIRS = [Path(os.environ["STATIC_SOURCE"])]
