"""A primary and two standbys that follow it by streaming, read through the site: what comes late, what is lost."""

import json
import threading
import urllib.request
from urllib.parse import quote

import psutil
import psycopg
import pytest

from tests.databases import manage
from tests.replication import caught_up, number, scalar, standby
from tests.serving import serve, status
from tracker.database.embedded import Embedded

pytestmark = [pytest.mark.database, pytest.mark.long]
PUBLISH = "from tests.factory import event; from tracker.publishing import publish; publish(event({!r}))"


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    """A primary with an empty record, and two standbys."""
    folder = tmp_path_factory.mktemp("streaming")
    primary = Embedded(folder / "primary")
    found = [primary]
    try:
        with psycopg.connect(**primary.ensure(), dbname="postgres", autocommit=True) as connection:
            connection.execute("create database record")
        manage(url(primary), "migrate", "--verbosity=0")
        publish(primary, "first")
        for which in (1, 2):
            found.append(Embedded(folder / f"standby-{which}"))
            standby(primary, found[-1].data)
        yield found
    finally:
        for server in found:
            server.stop()


@pytest.fixture(scope="module")
def site(servers):
    primary, *standbys = servers
    with serve(url(primary), DATABASE_REPLICA_URLS=",".join(map(url, standbys)), KEPT_MS="0") as site:
        yield site


def url(server):
    parts = server.address()
    return f"postgres://{parts['user']}@{quote(parts['host'], safe='')}:{parts['port']}/record"


def publish(primary, name):
    manage(url(primary), "shell", "-c", PUBLISH.format(name))


def slugs(site, query=""):
    with urllib.request.urlopen(f"{site.url}/events.json?{query}", timeout=20) as answer:
        return sorted(one["slug"] for one in json.load(answer)["events"])


def test_what_is_published_reaches_readers_with_the_replica_and_its_pin_before(servers, site):
    primary, *standbys = servers
    for follower in standbys:
        scalar(follower, "select pg_wal_replay_pause() is null")
    publish(primary, "late")
    statement = "select to_char(max(lower(recorded)) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    pin = scalar(primary, f"{statement} from tracker_revision", name="record")
    before = slugs(site), slugs(site, f"recorded={pin}")
    for follower in standbys:
        scalar(follower, "select pg_wal_replay_resume() is null")
        caught_up(primary, follower)
    assert (*before, slugs(site)) == (["first"], ["first", "late"], ["first", "late"])


def test_both_replicas_killed_one_after_the_other_fail_no_reader(servers, site):
    answers, done = [], threading.Event()

    def read():
        while not done.is_set():
            answers.append(status(f"{site.url}/events.json?q=word{len(answers)}"))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for server in servers[1:]:
        done.wait(1.5)
        psutil.Process(number(server)).kill()
    done.wait(1.5)
    done.set()
    for reader in readers:
        reader.join()
    assert set(answers) == {200}
