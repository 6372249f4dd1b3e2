"""The one settings file: everything that differs between machines is read from the environment, and an unsafe
production start is refused with a sentence that says what to set.

TRACKER_MODE is `production` unless told otherwise; `development` (make dev) and `test` are for work on the code.
"""

import hashlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("TRACKER_VAR") or BASE_DIR / "var").resolve()

MODE = os.environ.get("TRACKER_MODE", "production")
if MODE not in {"production", "development", "test"}:
    raise ImproperlyConfigured(f"TRACKER_MODE is {MODE!r}; allowed: production, development, test.")
PRODUCTION = MODE == "production"


def _flag(name: str) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in {"", "0", "1", "false", "true", "no", "yes"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; allowed: 1 or 0.")
    return value in {"1", "true", "yes"}


def _number(name: str, default: int, *, least: int, most: int) -> int:
    value = os.environ.get(name, "") or str(default)
    if not (value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name} is {value!r}; allowed: a number from {least} to {most}.")
    return int(value)


def _secret_key() -> str:
    key = os.environ.get("SECRET_KEY", "")
    file = os.environ.get("SECRET_KEY_FILE")
    if not key and file:
        try:
            key = Path(file).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"SECRET_KEY_FILE cannot be read: {error}") from error
    if not PRODUCTION:
        return key or "not-a-secret: development and test only"
    if len(key) < 50 or len(set(key)) < 5 or key.startswith(("django-insecure", "not-a-secret", "changeme")):
        raise ImproperlyConfigured(
            "SECRET_KEY is missing, a default or too short: production needs 50 random characters or more, "
            "in SECRET_KEY or in the file that SECRET_KEY_FILE names."
        )
    return key


def _allowed_hosts() -> list[str]:
    hosts = [host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
    if PRODUCTION and (not hosts or "*" in hosts):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is empty or '*': production needs the names that this site answers to, by commas."
        )
    return hosts or ["localhost", "127.0.0.1", "[::1]", "testserver"]


def _site_url() -> str:
    url = os.environ.get("SITE_URL", "").rstrip("/")
    if not url:
        if PRODUCTION:
            raise ImproperlyConfigured("SITE_URL is empty: production needs it, for instance https://example.org.")
        return "http://127.0.0.1:8000"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise ImproperlyConfigured(f"SITE_URL is {url!r}; allowed: scheme and host, like https://example.org.")
    return url


def _mail_server() -> tuple[str, dict]:
    """Django's back-end and where it sends. The words of a refusal hold no password."""
    url = os.environ.get("EMAIL_URL", "")
    if not url:
        return "django.core.mail.backends.console.EmailBackend", {}
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname or port == 0 or parts.path.strip("/"):
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read; allowed: smtp://name:password@host:587 (STARTTLS), smtps://…:465, or "
            "smtp+plain://host:25 for a server on this machine."
        )
    ssl, starttls = parts.scheme == "smtps", parts.scheme == "smtp"
    return "django.core.mail.backends.smtp.EmailBackend", {
        "host": parts.hostname,
        "port": port or {"smtps": 465, "smtp": 587}.get(parts.scheme, 25),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "ssl": ssl,
        "starttls": starttls,
    }


def _contact() -> tuple[str, str]:
    """Where readers report an error: an address of mail and one of a page, each empty if nobody set it."""
    mail, page = os.environ.get("CONTACT_EMAIL", ""), os.environ.get("CONTACT_URL", "")
    if mail and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", mail, re.ASCII):
        raise ImproperlyConfigured(f"CONTACT_EMAIL is {mail!r}; allowed: an address like corrections@example.org.")
    parts = urlsplit(page)
    if page and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise ImproperlyConfigured(f"CONTACT_URL is {page!r}; allowed: an address like https://example.org/contact.")
    return mail, page


DEBUG = _flag("DEBUG")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG is on in production: unset DEBUG, or set TRACKER_MODE=development.")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _allowed_hosts()
# The origin that absolute links, feeds and citations print. Never taken from a request: a forged Host header
# could then poison caches.
SITE_URL = _site_url()
HTTPS = SITE_URL.startswith("https://")


def _release() -> tuple[str, datetime]:
    """The version and a digest of the code that makes pages: part of every cache key, so that a page is fetched anew
    once the code that makes it has changed. And the instant at which the newest of that code came to this machine."""
    digest, newest = hashlib.sha256(), 0.0
    for folder, pattern in (("templates", "*.html"), ("timeline", "*.py"), ("tracker", "*.py"), ("locale", "*.po")):
        for file in sorted((BASE_DIR / folder).rglob(pattern)):
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
    "django.middleware.security.SecurityMiddleware",
    "tracker.middleware.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
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

if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}
    if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database (15 or newer).")
else:
    # Without DATABASE_URL the back-end starts, or revives, a PostgreSQL of its own at the first connection.
    DATABASES = {
        "default": {
            "ENGINE": "tracker.database",
            "NAME": "tracker",
            "EMBEDDED_DATA": VAR_DIR / "pg",
        }
    }
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 0 if MODE == "test" else 60
# A server that does not answer must not hold every thread: the pages then come from the last good copy.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

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
TRUSTED_PROXIES = _number("TRUSTED_PROXIES", 0, least=0, most=9)
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
EMAIL_BACKEND, _mail = _mail_server()
EMAIL_HOST, EMAIL_PORT = _mail.get("host", "localhost"), _mail.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("user", ""), _mail.get("password", "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.get("ssl", False), _mail.get("starttls", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM") or f"desk@{urlsplit(SITE_URL).hostname}"

# Whom readers write to about an error: the pages on corrections and about the site tell it.
CONTACT_EMAIL, CONTACT_URL = _contact()

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

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
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
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tracker_cache",
        # Beyond this Django drops entries at random, and with them the limits.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What public faces keep is true of a version of the record, so that each process may keep its own.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# One strict policy for every page, the admin included: no inline script or style, no eval, no third party.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_SSL_REDIRECT = HTTPS and not _flag("BEHIND_HTTPS_PROXY")
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # A load balancer asks from inside, by HTTP.
if _flag("BEHIND_HTTPS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# The desk's sessions: the longest in all, and how long without any work (tracker/signing/lasting.py).
SESSION_COOKIE_AGE = _number("DESK_SESSION_HOURS", 12, least=1, most=24) * 60 * 60
DESK_IDLE = _number("DESK_IDLE_MINUTES", 60, least=5, most=1440) * 60
CSRF_FAILURE_VIEW = "timeline.views.faults.forbidden"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
