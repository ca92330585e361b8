"""Production's settings, with bare views beside the site to compare it with."""

from pathlib import Path

from tests.faults.settings import *  # noqa: F403 - all of them
from tests.faults.settings import TEMPLATES

ROOT_URLCONF = "tests.benchmarks.urls"
TEMPLATES[0]["DIRS"] += [Path(__file__).with_name("bare") / "templates"]
