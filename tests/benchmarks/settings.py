"""Production's settings, with a bare view beside the site to compare it with."""

from tests.faults.settings import *  # noqa: F403 - all of them

ROOT_URLCONF = "tests.benchmarks.urls"
