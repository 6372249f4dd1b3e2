"""The one settings file: everything that differs between machines is read from the environment, and an unsafe
production start is refused with a sentence that says what to set.

TRACKER_MODE is `production` unless told otherwise; `development` (make dev) and `test` are for work on the code.
"""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from tracker import environment, inline_style
from tracker.database.addresses import databases
from tracker.observing.logging_setup import LEVELS, SHAPES, logging_of

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("TRACKER_VAR") or BASE_DIR / "var").resolve()

MODE = os.environ.get("TRACKER_MODE", "production")
if MODE not in {"production", "development", "test"}:
    raise ImproperlyConfigured(f"TRACKER_MODE is {MODE!r}; allowed: production, development, test.")
PRODUCTION = MODE == "production"

DEBUG = environment.flag("DEBUG")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG is on in production: unset DEBUG, or set TRACKER_MODE=development.")
SECRET_KEY = environment.secret_key(production=PRODUCTION)
# Keys of before: what they signed or sealed is still read, and nothing new is signed or sealed by them.
SECRET_KEY_FALLBACKS = environment.former_keys()
ALLOWED_HOSTS = environment.allowed_hosts(production=PRODUCTION)
# The origin that absolute links, feeds and citations print. Never taken from a request: a forged Host header
# could then poison caches.
SITE_URL = environment.site_url(production=PRODUCTION)
HTTPS = SITE_URL.startswith("https://")


def _release() -> tuple[str, datetime]:
    """The version and a digest of the code that makes pages: part of every cache key, so that a page is fetched anew
    once the code that makes it has changed. And the instant at which the newest of that code came to this machine."""
    digest, newest = hashlib.sha256(), 0.0
    patterns = ("templates/**/*.html", "timeline/**/*.py", "tracker/**/*.py", "locale/**/*.po", "static/**/*.*")
    for pattern in (*patterns, "requirements.txt"):
        for file in sorted(BASE_DIR.glob(pattern)):
            digest.update(file.read_bytes())
            newest = max(newest, file.stat().st_mtime)
    version = (BASE_DIR / "VERSION").read_text().strip()
    return f"{version}+{digest.hexdigest()[:12]}", datetime.fromtimestamp(newest, UTC)


RELEASE, RELEASED = _release()

INSTALLED_APPS = [
    "tracker.admin.site.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "translated_fields",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "tracker",
    "timeline",
]

MIDDLEWARE = [
    "tracker.middleware.observed.Observed",
    "tracker.middleware.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "tracker.middleware.length.Length",
    "tracker.rates.middleware.Rates",
    "timeline.kept.middleware.Kept",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "timeline.kept.middleware.Compressed",
    "tracker.middleware.policy.Policy",
    "tracker.middleware.language.Language",
    "tracker.middleware.sessions.DeskSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.signing.gate.Gate",
    "tracker.middleware.reading.Reading",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "tracker.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.static",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracker.signing.frame.frame",
            ],
        },
    }
]

# Without DATABASE_URL the back-end starts, or revives, a PostgreSQL of its own at the first connection.
DATABASES = databases(embedded=VAR_DIR / "pg", lasting=MODE != "test")
# Readers read these, the desk and all that writes the primary.
REPLICAS = tuple(alias for alias in DATABASES if alias != "default")
DATABASE_ROUTERS = ["tracker.database.replicas.Router"]

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]

# Signing in (tracker/signing): by name and password with a second factor, or by a passkey. There is no sign-up.
# How many proxies of ours stand before the server and write X-Forwarded-For: without them that header counts nothing.
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES")
# How many requests a minute one client may make of each kind (tracker/rates/kinds.py); 0: as many as it likes. Each web
# process counts for itself. LIMIT_LOOPBACK: clients on this machine too, which may be a proxy with all readers behind.
LIMITS = {
    "search": environment.number("LIMIT_SEARCH"),
    "exports": environment.number("LIMIT_EXPORTS"),
    "documents": environment.number("LIMIT_DOCUMENTS"),
    "api": environment.number("LIMIT_API"),
}
LIMIT_LOOPBACK = environment.flag("LIMIT_LOOPBACK")
TOO_LONG_VIEW = "timeline.views.too_long.too_long"
TOO_OFTEN_VIEW = "timeline.views.too_often.too_often"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "tracker.signing.adapter.Adapter"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "tracker.signing.forms.SignInForm",
    "reauthenticate": "tracker.signing.forms.PasswordAgainForm",
    "reset_password": "tracker.signing.forms.ResetForm",
    "reset_password_from_key": "tracker.signing.forms.NewPasswordForm",
}
# Failures are counted by tracker/signing/limits.py; these hold back what does not fail.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": None,
    "reauthenticate": "20/m/user",
    "reset_password": "10/h/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
}
MFA_ADAPTER = "tracker.signing.factor_adapter.FactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "tracker.signing.forms.CodeForm",
    "reauthenticate": "tracker.signing.forms.CodeAgainForm",
    "activate_totp": "tracker.signing.forms.SetUpAppForm",
    "authenticate_webauthn": "tracker.signing.forms.PasskeyForm",
    "reauthenticate_webauthn": "tracker.signing.forms.PasskeyAgainForm",
    "login_webauthn": "tracker.signing.forms.PasskeySignInForm",
    "add_webauthn": "tracker.signing.forms.AddPasskeyForm",
    "edit_webauthn": "tracker.signing.forms.RenamePasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_TOTP_TOLERANCE = 1  # The clocks of a phone and of the server differ by some seconds.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Mail (a new password is all that is sent): EMAIL_URL=smtp://name:password@host:587, smtps:// for TLS from the first
# byte. Without it, a mail is printed where the server runs.
EMAIL_BACKEND, _mail = environment.mail_server()
EMAIL_HOST, EMAIL_PORT = _mail.get("host", "localhost"), _mail.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("user", ""), _mail.get("password", "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.get("ssl", False), _mail.get("starttls", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM") or f"desk@{urlsplit(SITE_URL).hostname}"

# Whom readers write to about an error: the pages on corrections and about the site tell it.
CONTACT_EMAIL, CONTACT_URL = environment.contact()

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# The zone in which the record turns its day: `as_of=` a day means the end of that day here (docs/record.md, rule 9).
RECORD_ZONE = "America/New_York"
# Reads the queries that the desk keeps for embeds and webhooks: the tracker does not know the grammar of addresses.
QUERY_READER = "timeline.views.desk_query.read_query"
# Gives all that the record gives as files, for a backup to be compared by (tracker/backup).
WHOLE_RECORD = "timeline.views.whole.whole_record"
# Called by the web server before it parts into processes (tracker/management/serve.py).
LOADED_FIRST = "timeline.formats.registry.load_writers"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Apart from the rest where a release brings its files with it (deploy/release, the Dockerfile).
STATIC_ROOT = Path(os.environ.get("STATIC_FOLDER") or VAR_DIR / "static").resolve()
# Collected files in production, the files as they lie otherwise.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "tracker.small_static.SmallStaticFiles"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# One store for all processes: the limits of the sign-in are counted here.
CACHES: dict[str, dict] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tracker_cache",
        # Beyond this Django drops entries at random, and with them the limits.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What public faces keep is true of a version of the record, so that each process may keep its own.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Whole public answers, for all processes (timeline/kept): in CACHE_URL's Valkey or Redis, else in files.
    "answers": environment.answers(VAR_DIR / "answers", mode=MODE),
}
# Apart from those of another release, and of another site in the same store.
CACHES["answers"] |= {
    "KEY_PREFIX": hashlib.sha256(f"{RELEASE} {SITE_URL} {CONTACT_EMAIL} {CONTACT_URL}".encode()).hexdigest()[:16],
    "KEY_FUNCTION": "timeline.kept.shared.key",
}
# For how long a process takes what the record stands at as read, and how much of the answers it keeps for itself. Who
# works on the code sees each change at once.
KEPT_SECONDS = environment.number("KEPT_MS", 1000 if PRODUCTION else 0) / 1000
KEPT_BYTES = 0 if MODE == "development" else 24 * 1024 * 1024

# One strict policy for every page, the admin included: no inline script, no eval, no third party, and of inline
# styles none but the two sheets of tracker/inline_style.py.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, *inline_style.HASHES],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS and not environment.flag("BEHIND_HTTPS_PROXY")
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]  # Asked from inside, by HTTP.
if environment.flag("BEHIND_HTTPS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# A name that begins so is taken from this very host and by TLS alone (RFC 6265bis, 4.1.3.2).
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    ("__Host-sessionid", "__Host-csrftoken") if HTTPS else ("sessionid", "csrftoken")
)
CSRF_COOKIE_AGE = None  # as long as the browser is open
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# The desk's sessions: the longest in all, and how long without any work (tracker/signing/lasting.py).
SESSION_COOKIE_AGE = environment.number("DESK_SESSION_HOURS") * 60 * 60
DESK_IDLE = environment.number("DESK_IDLE_MINUTES") * 60
CSRF_FAILURE_VIEW = "timeline.views.faults.forbidden"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# What an operator sees (docs/monitoring.md). Nothing of it says who a reader is.
LOG_FORMAT = environment.choice("LOG_FORMAT", "json" if PRODUCTION else "line", SHAPES)
REQUEST_LOG = environment.choice("REQUEST_LOG", "made" if PRODUCTION else "none", ("all", "made", "none"))
LOGGING = logging_of(
    shape=LOG_FORMAT, level=environment.choice("LOG_LEVEL", "WARNING", LEVELS), requests=REQUEST_LOG != "none"
)
METRICS_TOKEN = environment.metrics_token()
SENTRY_DSN = environment.error_reports()
SLOW_QUERY_MS = environment.number("SLOW_QUERY_MS")
REPLICA_LAG_SECONDS = environment.number("REPLICA_LAG_SECONDS")
DISK_FREE_MB = environment.number("DISK_FREE_MB")
# Where backups are written, and where the metrics look for the newest.
BACKUP_DIR = Path(os.environ.get("BACKUP_FOLDER") or VAR_DIR / "backups").resolve()
