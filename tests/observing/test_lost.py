"""What is told when something is lost: processes, the primary, a replica. Real servers, killed and frozen."""

import json
import os
import signal
import time
from urllib.parse import quote

import psutil
import psycopg
import pytest

from tests.databases import manage
from tests.observing.test_served import ask, scraped, total
from tests.replication import caught_up, number, scalar, standby
from tests.serving import serve
from tracker.database.embedded import Embedded

pytestmark = [pytest.mark.database, pytest.mark.long]
PUBLISH = "from tests.factory import published; published({!r})"


def url(server):
    parts = server.address()
    return f"postgres://{parts['user']}@{quote(parts['host'], safe='')}:{parts['port']}/record"


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    """A primary with a record, and a replica that follows it."""
    folder = tmp_path_factory.mktemp("observed")
    primary, follower = Embedded(folder / "primary"), Embedded(folder / "replica")
    try:
        with psycopg.connect(**primary.ensure(), dbname="postgres", autocommit=True) as connection:
            connection.execute("create database record")
        manage(url(primary), "migrate", "--verbosity=0")
        manage(url(primary), "shell", "-c", PUBLISH.format("first"))
        standby(primary, follower.data)
        yield primary, follower
    finally:
        for server in (primary, follower):
            server.stop()


def ready(site):
    status, _headers, body = ask(site, "/health/ready")
    return status, json.loads(body)


def until(asked, wanted, seconds=30):
    """Waits until `asked` gives what is wanted; what it gave last, if it never does."""
    end = time.monotonic() + seconds
    while (found := asked()) != wanted and time.monotonic() < end:
        time.sleep(0.2)
    return found


def test_a_process_that_is_lost_takes_no_count_with_it_and_leaves_no_file(observed, settings):
    port = observed.url.rpartition(":")[2]
    folder = settings.VAR_DIR / "metrics" / port
    for _ in range(20):
        assert ask(observed, "/about/")[0] == 200
    before = total(scraped(observed), "tracker_requests_total", face="about")
    for _ in range(3):
        lost = int((folder / "place-001").read_text())
        os.kill(lost, signal.SIGKILL)
        new = until(lambda lost=lost: (folder / "place-001").read_text() not in ("", str(lost)), True)
        assert new and psutil.pid_exists(int((folder / "place-001").read_text()))
    assert sorted(path.name for path in folder.glob("place-*")) == ["place-001", "place-002"]
    for _ in range(5):
        assert ask(observed, "/about/")[0] == 200
    assert total(scraped(observed), "tracker_requests_total", face="about") == before + 5


def test_a_replica_is_told_to_follow_to_be_behind_and_to_be_lost(servers):
    primary, follower = servers
    with serve(url(primary), DATABASE_REPLICA_URLS=url(follower), KEPT_MS="0", REPLICA_LAG_SECONDS="1") as site:
        good = until(lambda: ready(site)[1]["checks"].get("replica-1"), "ok")
        samples = scraped(site)
        lag = total(samples, "tracker_replica_lag_seconds", replica="replica-1")
        assert (good, lag, total(samples, "tracker_replica_follows", replica="replica-1")) == ("ok", 0.0, 1.0)

        scalar(follower, "select pg_wal_replay_pause() is null")
        manage(url(primary), "shell", "-c", PUBLISH.format("late"))
        until(lambda: "seconds behind" in ready(site)[1]["checks"]["replica-1"], True)
        status, body = ready(site)
        assert (status, body["warnings"]) == (200, ["replica-1"])
        assert body["checks"]["replica-1"].endswith(" seconds behind (REPLICA_LAG_SECONDS: 1)")
        assert total(scraped(site), "tracker_replica_lag_seconds", replica="replica-1") > 1
        scalar(follower, "select pg_wal_replay_resume() is null")
        caught_up(primary, follower)

        primary.stop()
        lost = until(lambda: ready(site)[1]["checks"]["replica-1"], "follows no more: its readers see the past")
        assert lost == "follows no more: its readers see the past"
        status, body = ready(site)
        assert (status, body["checks"]["database"]) == (200, "ok")
        assert body["checks"]["primary"] == "does not answer: the desk stands still"
        primary.ensure()


def test_with_a_frozen_database_everything_that_watches_still_answers(servers):
    """Ten seconds are generous: what is promised is that nobody waits for a server that never answers."""
    primary, _follower = servers
    primary.ensure()
    with serve(url(primary), KEPT_MS="0", WEB_CONCURRENCY="2") as site:
        assert until(lambda: ready(site)[0], 200) == 200
        frozen = psutil.Process(number(primary))
        family = [frozen, *frozen.children(recursive=True)]
        for process in family:
            process.suspend()
        try:
            took = []
            for path in ("/health/ready", "/metrics", "/health/live", "/health/ready"):
                begun = time.monotonic()
                status, _headers, body = ask(site, path)
                took.append(time.monotonic() - begun)
                if path == "/health/ready":
                    assert (status, json.loads(body)["failed"]) == (503, ["database"])
            assert total(scraped(site), "tracker_database_up", database="default") == 0
        finally:
            for process in family:
                process.resume()
        print(f"with a frozen database: the slowest answer took {max(took):.1f} s")
        assert max(took) < 10
        assert until(lambda: ready(site)[0], 200) == 200
        assert total(scraped(site), "tracker_database_up", database="default") == 1
