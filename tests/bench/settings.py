"""The settings of a production start, with the bare pages of the bench among the real ones."""

from tracker.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.bare"
