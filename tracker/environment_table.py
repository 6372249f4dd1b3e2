"""Every name that the tracker reads from the environment: what may stand there, what holds without it, what it is
for. The settings take defaults and bounds from here, `manage.py environment` prints it, docs/environment.md is made of
it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """One name. `default` and `allowed` are words for whoever sets it; `number` is the default that the settings take,
    between `least` and `most`. `secret`: its value is never shown."""

    name: str
    group: str
    default: str
    allowed: str
    what: str
    secret: bool = False
    number: int | None = None
    least: int | None = None
    most: int | None = None


SITE, DATABASES, ANSWERS = "The site", "Databases", "The store of answers"
PROXIES, LIMITS, DESK, WORDS = "Behind proxies", "Limits for each client", "The desk", "Mail and contact"
SERVER, WATCHING, MAKING = "The web server", "Watching it", "Making and measuring"
SWITCH = "`1` or `0`"


def _count(
    name: str, group: str, number: int, least: int, most: int, what: str, *, default: str = "", also: str = ""
) -> Variable:
    """A whole number and its bounds."""
    allowed = f"a number from {least} to {most}{also}"
    return Variable(name, group, default or f"`{number}`", allowed, what, number=number, least=least, most=most)


def _secret(name: str, group: str, default: str, allowed: str, what: str) -> Variable:
    """A value that nobody else may know."""
    return Variable(name, group, default, allowed, what, secret=True)


TABLE = (
    Variable(
        "TRACKER_MODE",
        SITE,
        "`production`",
        "`production`, `development`, `test`",
        "How it starts; what is unsafe is refused in production.",
    ),
    Variable(
        "TRACKER_VAR",
        SITE,
        "`var` in the folder of the project",
        "a folder",
        "Where everything lies that the tracker writes: the embedded database, collected files, kept answers, backups.",
    ),
    Variable(
        "STATIC_FOLDER",
        SITE,
        "TRACKER_VAR/static",
        "a folder",
        "Where the collected static files lie, for a release that brings them with it.",
    ),
    Variable(
        "SITE_URL",
        SITE,
        "none in production; `make run` takes `http://HOST:PORT`",
        "scheme and host, like `https://example.org`",
        "The address that readers see: absolute links, feeds and citations print it. With `https://`, cookies and "
        "pages are for HTTPS only.",
    ),
    Variable(
        "ALLOWED_HOSTS",
        SITE,
        "none in production; `make run` adds the names of this machine",
        "host names, by commas, without `*`",
        "The names that the site answers to.",
    ),
    _secret(
        "SECRET_KEY",
        SITE,
        "none in production; `make run` makes one and keeps it in a file",
        "50 random characters or more",
        "Signs sessions, links for a new password and forms. The same for all web processes.",
    ),
    Variable("SECRET_KEY_FILE", SITE, "none", "a file", "Holds the key, where SECRET_KEY is not set."),
    _secret(
        "SECRET_KEY_FALLBACKS",
        SITE,
        "none",
        "keys of 50 characters or more, by commas",
        "Keys of before: what they signed or sealed is still read.",
    ),
    Variable(
        "SECRET_KEY_FALLBACKS_FILE",
        SITE,
        "none",
        "a file, a key a line",
        "Holds those keys, in place of SECRET_KEY_FALLBACKS.",
    ),
    Variable("DEBUG", SITE, "`0`", SWITCH, "Shows errors with their values; refused in production."),
    _secret(
        "DATABASE_URL",
        DATABASES,
        "an embedded server in TRACKER_VAR/pg",
        "`postgres://name:password@host:5432/database`, PostgreSQL 15 or newer",
        "The primary: the desk and everything that writes.",
    ),
    _secret(
        "DATABASE_REPLICA_URLS",
        DATABASES,
        "none",
        "addresses like DATABASE_URL, by commas; a comma in a password is `%2C`",
        "Databases that follow the primary: readers read these.",
    ),
    _count(
        "REPLICA_LAG_SECONDS",
        DATABASES,
        30,
        1,
        86_400,
        "A replica that is further behind is named by the ready check.",
    ),
    _count(
        "SLOW_QUERY_MS",
        DATABASES,
        500,
        0,
        600_000,
        "A query of a request that takes longer is logged with its placeholders.",
        also="; `0` logs none",
    ),
    _secret(
        "CACHE_URL",
        ANSWERS,
        "files in TRACKER_VAR/answers",
        "`redis://name:password@host:6379/0`, `rediss://` for TLS, or `valkey://` and `valkeys://`",
        "Where whole answers are kept for all web processes.",
    ),
    _count(
        "KEPT_MS",
        ANSWERS,
        1000,
        0,
        1000,
        "For how many milliseconds a process takes what the record stands at as read.",
        default="`1000`; `0` outside production",
    ),
    _count(
        "TRUSTED_PROXIES",
        PROXIES,
        0,
        0,
        9,
        "How many proxies of yours stand before the server and write X-Forwarded-For. Without them that header, and "
        "X-Request-Id, count nothing.",
    ),
    Variable(
        "BEHIND_HTTPS_PROXY",
        PROXIES,
        "`0`",
        SWITCH,
        "A proxy ends TLS and says so by X-Forwarded-Proto.",
    ),
    _count(
        "LIMIT_SEARCH",
        LIMITS,
        240,
        0,
        1_000_000,
        "Searches a minute that one client may make of one web process.",
        also="; `0`: no limit",
    ),
    _count("LIMIT_EXPORTS", LIMITS, 120, 0, 1_000_000, "Files a minute.", also="; `0`: no limit"),
    _count(
        "LIMIT_DOCUMENTS",
        LIMITS,
        20,
        0,
        1_000_000,
        "Documents and pictures a minute, which cost more.",
        also="; `0`: no limit",
    ),
    _count("LIMIT_API", LIMITS, 300, 0, 1_000_000, "Requests of the API a minute.", also="; `0`: no limit"),
    Variable(
        "LIMIT_LOOPBACK",
        LIMITS,
        "`0`",
        SWITCH,
        "The limits hold for clients on this machine too. Not with a proxy here and TRUSTED_PROXIES 0: all readers "
        "would be one client.",
    ),
    _count("DESK_SESSION_HOURS", DESK, 12, 1, 24, "The longest that a session of the desk lasts, in hours."),
    _count("DESK_IDLE_MINUTES", DESK, 60, 5, 1440, "After so many minutes without work a session ends."),
    _secret(
        "EMAIL_URL",
        WORDS,
        "none: a mail is printed where the server runs",
        "`smtp://name:password@host:587` (STARTTLS), `smtps://…:465`, `smtp+plain://host:25`",
        "Sends links for a new password; nothing else is sent.",
    ),
    Variable("MAIL_FROM", WORDS, "`desk@` and the host of SITE_URL", "an address of mail", "Who those mails are from."),
    Variable(
        "CONTACT_EMAIL",
        WORDS,
        "none",
        "an address of mail, like `corrections@example.org`",
        "Whom readers write to about an error.",
    ),
    Variable("CONTACT_URL", WORDS, "none", "an address of a page", "A page for the same, beside or in place of mail."),
    Variable("HOST", SERVER, "`127.0.0.1`", "a name or number of this machine", "Where the web server listens."),
    Variable("PORT", SERVER, "`8000`", "a number from 1 to 65535", "The port beside it."),
    _count("WEB_CONCURRENCY", SERVER, 2, 1, 64, "How many web processes there are."),
    _count("WEB_THREADS", SERVER, 4, 1, 64, "How many threads each of them has."),
    Variable(
        "MALLOC_ARENA_MAX",
        SERVER,
        "`2`, by bin/production",
        "a number",
        "For the C library: one heap for all threads takes a fifth less memory.",
    ),
    Variable(
        "MALLOC_MMAP_THRESHOLD_",
        SERVER,
        "`131072`, by bin/production",
        "bytes",
        "For the C library: what is larger is given back at once.",
    ),
    Variable(
        "MALLOC_TRIM_THRESHOLD_",
        SERVER,
        "`131072`, by bin/production",
        "bytes",
        "For the C library: so much may lie idle at the end of the heap.",
    ),
    Variable(
        "LOG_FORMAT",
        WATCHING,
        "`json` in production, `line` elsewhere",
        "`json`, `line`",
        "One JSON object a line, or one line for the eye.",
    ),
    Variable(
        "LOG_LEVEL",
        WATCHING,
        "`WARNING`",
        "`DEBUG`, `INFO`, `WARNING`, `ERROR`, `CRITICAL`",
        "What is written at all; requests are written apart from it.",
    ),
    Variable(
        "REQUEST_LOG",
        WATCHING,
        "`made` in production, `none` elsewhere",
        "`all`, `made`, `none`",
        "Which requests have a line: all, those that something was made or refused for, none. Never with address, "
        "query or name.",
    ),
    _secret(
        "METRICS_TOKEN",
        WATCHING,
        "none: this machine alone may read /metrics",
        "20 characters or more, no spaces",
        "Whoever sends it as `Authorization: Bearer …` may read /metrics.",
    ),
    _secret(
        "SENTRY_DSN",
        WATCHING,
        "none: nothing is sent",
        "`https://key@host/project`",
        "Where errors are reported to, without anything personal.",
    ),
    Variable(
        "BACKUP_FOLDER",
        WATCHING,
        "TRACKER_VAR/backups",
        "a folder",
        "Where backups are written, and where the metrics look for the newest.",
    ),
    _count("DISK_FREE_MB", WATCHING, 512, 1, 1_000_000, "With less room the ready check warns."),
    Variable(
        "VENV",
        MAKING,
        "`.venv`, made by make",
        "a folder",
        "An environment of Python that is ready: make installs nothing into it.",
    ),
    Variable("PYTHON", MAKING, "the first of python3, python3.14 … 3.11", "a program", "What .venv is made with."),
    Variable("PIP_INDEX_URL", MAKING, "pip's own", "an address", "Where packages come from, for pip and uv."),
    Variable("UV_DEFAULT_INDEX", MAKING, "PIP_INDEX_URL", "an address", "The same for uv alone."),
    Variable("SETTINGS", MAKING, "`/etc/tracker/environment`", "a file", "`deploy/manage`: the settings of the site."),
    Variable("KEY", MAKING, "`/etc/tracker/secret-key`", "a file", "`deploy/manage`: the file of the key."),
    Variable("ACCOUNT", MAKING, "`tracker`", "a user", "`deploy/manage`: whom the command runs as."),
    Variable("NAME", MAKING, "`admin`", "a name", "`make admin`: the administrator’s."),
    Variable("RESET", MAKING, "none", "`1`", "`make admin`: a new password for an account that is there."),
    Variable("PART", MAKING, "all", "parts of the bench, by commas", "`make bench`: what is measured."),
    Variable("SIZES", MAKING, "all", "numbers of events, by commas", "`make bench`: the sizes of the record."),
    Variable(
        "DJANGO_SETTINGS_MODULE",
        MAKING,
        "`tracker.settings`",
        "a module",
        "Django’s own; there is one settings file.",
    ),
)
HEAD = """# The environment

Everything that differs between machines is read from the environment, once, at the start. A value that cannot be read
is refused with a sentence that says what is allowed. `manage.py environment` lists all of it with what is set now
(secrets as `(set)`); `manage.py environment --markdown > docs/environment.md` makes this page, of the table in
`tracker/environment_table.py`.

Names marked † hold secrets: they belong in a file that only the service may read, never in a command line."""
BY_NAME = {one.name: one for one in TABLE}


def markdown() -> str:
    """docs/environment.md."""
    lines = [HEAD]
    for group in dict.fromkeys(one.group for one in TABLE):
        lines += ["", f"## {group}", "", "| Name | Without it | Allowed | What for |", "|---|---|---|---|"]
        for one in TABLE:
            if one.group == group:
                mark = " †" if one.secret else ""
                cells = (f"`{one.name}`{mark}", one.default, one.allowed, one.what)
                lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
