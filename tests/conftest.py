"""Sets the environment of a test run before Django reads its settings, and puts the tests in order.

Every run has a folder and a database server of its own under var/test, so two runs at once share nothing, and no test
ever touches var/pg.
"""

import fcntl
import gc
import itertools
import os
from pathlib import Path

import django
import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = ("database", "browser", "start")  # after the tests that need none of these
FOREIGN = ("SECRET_KEY", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "SITE_URL", "DEBUG", "BEHIND_HTTPS_PROXY", "LOG_LEVEL")
FOREIGN += ("TRUSTED_PROXIES", "EMAIL_URL", "MAIL_FROM", "DESK_IDLE_MINUTES", "DESK_SESSION_HOURS", "CONTACT_EMAIL")
FOREIGN += ("CONTACT_URL", "DATABASE_REPLICA_URLS", "CACHE_URL", "KEPT_MS")
FOREIGN += ("SECRET_KEY_FALLBACKS", "SECRET_KEY_FALLBACKS_FILE", "LIMIT_SEARCH", "LIMIT_EXPORTS", "LIMIT_DOCUMENTS")
FOREIGN += ("LIMIT_API", "LIMIT_LOOPBACK", "STATIC_FOLDER")
FOREIGN += ("LOG_FORMAT", "REQUEST_LOG", "METRICS_TOKEN", "SENTRY_DSN", "SLOW_QUERY_MS", "REPLICA_LAG_SECONDS")
FOREIGN += ("DISK_FREE_MB", "BACKUP_FOLDER")


def _claim_folder():
    """The first folder under var/test that no other run holds, and the lock, which the kernel drops with the run."""
    for number in itertools.count(1):
        folder = ROOT / "var" / "test" / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        lock = open(folder / "run.lock", "w")  # noqa: SIM115
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            return folder, lock


gc.disable()  # until everything is loaded
for name in FOREIGN:
    os.environ.pop(name, None)
VAR, LOCK = _claim_folder()
os.environ |= {"TRACKER_MODE": "test", "TRACKER_VAR": str(VAR), "DJANGO_SETTINGS_MODULE": "tracker.settings"}

# Loaded after the environment stands: they read it.
from django.conf import settings  # noqa: E402

from tracker.database.embedded import Embedded  # noqa: E402
from tracker.management.translations import compile_translations  # noqa: E402

compile_translations(ROOT / "locale")
django.setup()
from tests.kept import forget  # noqa: E402

# A password takes long to hash on purpose, and nearly every test of the desk makes an account.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A loaded machine is no fault of the code; and the part without a database is to end within fifteen seconds: few
# examples, new ones every time, and more of them where there is time (EXAMPLES, as `make test-long` says). The same at
# every run of the continuous integration: what is found by chance is mended, not run again.
hypothesis.settings.register_profile(
    "tracker",
    deadline=None,
    max_examples=int(os.environ.get("EXAMPLES") or 30),
    derandomize=bool(os.environ.get("CI")),
    database=None,
)
hypothesis.settings.load_profile("tracker")


@pytest.fixture(autouse=True)
def nothing_kept():
    """No test is given an answer that another one kept."""
    forget()


def pytest_itemcollected(item):
    folder = item.path.relative_to(ROOT / "tests").parts[0]
    if folder in (*ORDER, "chaos"):
        item.add_marker(folder)
    if "db" in item.fixturenames or item.get_closest_marker("django_db"):
        item.add_marker("database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: max((ORDER.index(m.name) for m in item.iter_markers() if m.name in ORDER), default=-1))


def pytest_collection_finish():
    # What was loaded stays to the end: the collector of garbage need not look at it again and again.
    gc.freeze()
    gc.enable()


def pytest_unconfigure():
    Embedded(VAR / "pg").stop()
    LOCK.close()
