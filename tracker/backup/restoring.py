"""Restoring a backup into the empty database of this instance."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from redis.exceptions import RedisError

from tracker.backup import container
from tracker.backup.comparing import differences, found
from tracker.backup.contents import applied_migrations, known_migrations
from tracker.backup.filling import fill
from tracker.backup.manifest import Manifest
from tracker.backup.programs import Failed
from tracker.backup.server import here
from tracker.backup.taking import key_mark
from tracker.backup.target import others_connected, require_empty, require_known, require_programs

Say = Callable[[str], None]


def restore(path: Path, *, say: Say) -> Manifest:
    """Puts the backup into the database, brings its tables up to this release, and compares what it gives. Everything
    that can be refused is refused before anything is touched: BadBackup for the file, Failed for the database, OSError.
    Failed is raised too, after all, if an export is not as it was."""
    backup = container.read(path)
    with backup.file:
        manifest = backup.manifest
        require_known(manifest)
        server = here()
        require_programs(manifest, server.major)
        require_empty()
        say(f"{path} is whole, and the database empty: putting {_size(manifest)} back.")
        connection.close()  # No transaction of ours may stand in the way.
        fill(server, backup)
    say("Every row of every table is as it was taken.")
    if set(applied_migrations()) != known_migrations():
        call_command("migrate", interactive=False, verbosity=0)
        say("Brought up to this release by its migrations.")
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    _forget_answers(say)
    _compare(manifest, say)
    _tell(manifest, say)
    return manifest


def _size(manifest: Manifest) -> str:
    tables = manifest.contents.tables.values()
    return f"{sum(one.count for one in tables)} rows of {len(tables)} tables"


def _forget_answers(say: Say) -> None:
    """Drops the kept answers. Most name the version that they were made from, and would never be given again; but a
    pinned one stands for ever, and what was on the record after the backup is none of this record's."""
    try:
        caches["answers"].clear()
    except (RedisError, OSError) as error:
        say(f"The store of answers could not be emptied ({type(error).__name__}): empty it before the site is opened.")


def _compare(manifest: Manifest, say: Say) -> None:
    wrong, other = differences(manifest.contents, found(manifest.contents.site))
    for words in other:
        say(f"{words} That is for the other release ({manifest.contents.release}) which took them to answer.")
    if wrong:
        raise Failed("The rows came back, but not what is made of them:\n" + "\n".join(wrong))
    if not other:
        say(f"{len(manifest.contents.files)} exports and the names of the events are byte for byte as they were taken.")


def _tell(manifest: Manifest, say: Say) -> None:
    """What whoever restores should know."""
    if manifest.contents.site != settings.SITE_URL:
        say(f"The backup is of {manifest.contents.site}; this site is {settings.SITE_URL}.")
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if manifest.key not in [key_mark(manifest.taken, key) for key in keys]:
        say(
            "The SECRET_KEY of the backup is neither SECRET_KEY nor among SECRET_KEY_FALLBACKS: the second factors in "
            "it cannot be read, and nobody who has one can sign in. Set it before the site is opened."
        )
    if count := others_connected():
        say(f"{count} other connections are open: restart the web processes, which may keep answers of another record.")
    say("Everybody is signed out.")
