"""Webhooks, told to a receiver on this machine that checks every signature by its own arithmetic."""

import base64
import hashlib
import hmac
import json
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factory import ago, event, published, retitle
from timeline.webhooks.messages import message
from timeline.webhooks.queueing import queue
from tracker.models.sharing import Delivery, Webhook
from tracker.publishing import publish, retract, schedule, unschedule
from tracker.sources.connecting import INTERNET, Network
from tracker.vocabulary import CheckFault, DeliveryState
from tracker.webhooks.delivering import ENOUGH, PAUSES, deliver
from tracker.webhooks.signing import headers, key

pytestmark = pytest.mark.django_db
AGENT = "Test (+https://example.org)"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


class Receiver:
    """What another site runs: keeps what it took; `statuses` are its answers, the last one for ever."""

    def __init__(self, port: int):
        self.port, self.got, self.statuses, self.pause = port, [], [200], 0.0
        self.network = Network(resolve=lambda *_: ["127.0.0.1"], allowed=lambda _: True, ports=frozenset({port}))

    def hook(self, **fields) -> Webhook:
        return Webhook.objects.create(address=f"http://receiver.example.org:{self.port}/hook", **fields)

    def told(self) -> list[tuple[int, str]]:
        """Of each message in the order it came: the event and what kinds of change."""
        return [(body["data"]["event"], ",".join(body["data"]["classes"])) for _headers, body in self.got]


@contextmanager
def receiving():
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(receiver.pause)
            receiver.got.append((dict(self.headers), json.loads(body)))
            receiver.raw = body
            status = receiver.statuses.pop(0) if len(receiver.statuses) > 1 else receiver.statuses[0]
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"http://127.0.0.1:{receiver.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_address[1])
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver():
    with receiving() as one:
        yield one


def run(receiver: Receiver, at: datetime | None = None) -> dict[DeliveryState, int]:
    at = at or datetime.now(UTC)
    assert queue(at)[1] == []
    return deliver(message, at=at, agent=AGENT, network=receiver.network)


def test_a_receiver_is_told_of_each_change_since_it_was_added_once_and_in_order(receiver):
    published("before")
    receiver.hook()
    one = event("one", texts=("en", "es"))
    publish(one, reason="First.")
    publish(retitle(one, "Second words"))
    retract(one, reason="An error.")
    run(receiver)
    run(receiver)
    assert receiver.told() == [(one.pk, "new"), (one.pk, "wording"), (one.pk, "retracted")]
    first, second, third = (body["data"] for _headers, body in receiver.got)
    assert (first["document"]["title"], first["reason"]) == ("Title of one", "First.")
    assert second["document"]["title"] == "Second words"
    assert (third["document"], third["retracted"], third["reason"]) == (None, True, "An error.")
    assert {one["address"] for one in (first, second, third)} == {"http://127.0.0.1:8000/events/one/"}
    assert [delivery.state for delivery in Delivery.objects.order_by("pk")] == ["taken"] * 3


def test_a_message_is_signed_as_standard_webhooks_say(receiver):
    hook = receiver.hook()
    published("one")
    run(receiver, at := datetime.now(UTC))
    got, _body = receiver.got[0]
    signed = f"{got['webhook-id']}.{got['webhook-timestamp']}.".encode() + receiver.raw
    secret = base64.b64decode(hook.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert got["webhook-signature"] == f"v1,{expected}"
    assert got["webhook-timestamp"] == str(int(at.timestamp()))
    assert got["Content-Type"] == "application/json"


def test_the_signature_is_that_of_the_published_example():
    # The test vector of the specification's own libraries.
    signed = headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        message="msg_p5jXN8AQM9LWM0D4loKWxJek",
        second=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert signed["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_ä", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
def test_a_secret_that_protects_nothing_is_refused(secret):
    with pytest.raises(ValueError):
        key(secret)


def test_only_what_matches_the_query_is_told_in_the_language_asked_for(receiver):
    receiver.hook(query="country=MX&change=new", language="es")
    published("ca")
    mexican = event("mx", countries=["MX"], texts=("en", "es"))
    publish(mexican)
    publish(retitle(mexican, "Otras palabras", "es"))
    run(receiver)
    assert receiver.told() == [(mexican.pk, "new")]
    data = receiver.got[0][1]["data"]
    assert (data["language"], data["document"]["language"]) == ("es", "es")
    assert data["address"] == "http://127.0.0.1:8000/es/events/mx/"


def test_a_scheduled_change_is_told_at_its_moment_and_never_before(receiver):
    receiver.hook()
    now = datetime.now(UTC)
    one, dropped = event("one"), event("dropped")
    schedule(one, now + timedelta(hours=2))
    schedule(dropped, now + timedelta(hours=3))
    for hours in (0, 1, 1.99):
        run(receiver, now + timedelta(hours=hours))
        assert receiver.got == []
    unschedule(dropped)
    run(receiver, now + timedelta(hours=2, minutes=1))
    run(receiver, now + timedelta(hours=9))
    assert receiver.told() == [(one.pk, "new")]


def test_what_is_back_dated_is_told_when_it_is_said(receiver):
    receiver.hook()
    one = event("one")
    publish(one, since=ago(days=90))
    run(receiver)
    assert receiver.told() == [(one.pk, "new")]


def test_a_failure_is_tried_again_after_pauses_that_grow_and_then_given_up(receiver):
    receiver.hook()
    receiver.statuses = [500]
    published("one")
    at = datetime.now(UTC)
    run(receiver, at)
    for pause in PAUSES:
        assert run(receiver, at + pause - timedelta(seconds=1)) == dict.fromkeys(DeliveryState, 0)
        at += pause
        run(receiver, at)
    delivery = Delivery.objects.get()
    assert len(receiver.got) == len(PAUSES) + 1 == delivery.attempts
    assert (delivery.state, delivery.answered, delivery.next_at) == ("given-up", 500, None)
    assert len({got["webhook-id"] for got, _body in receiver.got}) == 1
    assert len({json.dumps(body) for _headers, body in receiver.got}) == 1


def test_a_receiver_that_comes_back_gets_everything(receiver):
    receiver.hook()
    receiver.statuses = [503, 200]
    events = [published(f"event-{number}") for number in range(3)]
    at = datetime.now(UTC)
    assert run(receiver, at)[DeliveryState.WAITING] == 1
    assert run(receiver, at + PAUSES[0])[DeliveryState.TAKEN] == 3
    assert sorted(number for number, _classes in receiver.told()) == sorted([events[0].pk, *(e.pk for e in events)])


def test_a_receiver_that_wants_nothing_more_is_switched_off(receiver):
    hook = receiver.hook()
    receiver.statuses = [410]
    published("one")
    published("two")
    run(receiver)
    run(receiver, datetime.now(UTC) + timedelta(days=9))
    hook.refresh_from_db()
    assert (len(receiver.got), hook.active, hook.version) == (1, False, 2)


def test_a_receiver_that_is_given_up_again_and_again_is_switched_off(receiver):
    hook = receiver.hook()
    receiver.statuses = [500]
    for number in range(ENOUGH):
        published(f"event-{number}")
    at = datetime.now(UTC)
    for _round in range(ENOUGH * (len(PAUSES) + 1)):
        run(receiver, at)
        at += PAUSES[-1]
    hook.refresh_from_db()
    assert (hook.active, Delivery.objects.exclude(state="given-up").count()) == (False, 0)


def test_a_redirect_is_not_followed(receiver):
    receiver.hook()
    receiver.statuses = [302]
    published("one")
    assert run(receiver)[DeliveryState.WAITING] == 1
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/hook",
        "http://2130706433/hook",
        "http://0x7f.1/hook",
        "http://[::1]/hook",
        "http://[::ffff:10.0.0.1]/hook",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/hook",
        "http://intranet.example.org/hook",
        "https://intranet.example.org/hook",
    ],
)
def test_nothing_is_ever_sent_into_a_private_network(address):
    Webhook.objects.create(address=address)
    published("one")
    inside = Network(resolve=lambda *_: ["93.184.215.14", "10.1.2.3"], allowed=INTERNET.allowed)
    at = datetime.now(UTC)
    queue(at)
    deliver(message, at=at, agent=AGENT, network=inside)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.answered) == ("waiting", None)
    assert delivery.detail in (CheckFault.PRIVATE, CheckFault.ADDRESS)


def test_another_port_than_the_usual_ones_is_not_reached():
    Webhook.objects.create(address="http://receiver.example.org:6379/")
    published("one")
    at = datetime.now(UTC)
    queue(at)
    deliver(message, at=at, agent=AGENT, network=Network(resolve=lambda *_: ["93.184.215.14"]))
    assert Delivery.objects.get().detail == CheckFault.PORT


def test_a_webhook_that_is_off_is_told_nothing_and_one_that_cannot_be_read_stops_no_other(receiver):
    receiver.hook(active=False)
    receiver.hook(query="topic=long-gone")
    good = receiver.hook()
    one = published("one")
    queued, faults = queue(datetime.now(UTC))
    assert (queued, [fault.faults[0].name for _address, fault in faults]) == (1, ["topic"])
    assert list(Delivery.objects.values_list("webhook", "event")) == [(good.pk, one.pk)]


def test_what_is_off_loses_nothing_that_waits(receiver):
    hook = receiver.hook()
    published("one")
    queue(datetime.now(UTC))
    Webhook.objects.update(active=False)
    assert run(receiver)[DeliveryState.TAKEN] == 0
    Webhook.objects.update(active=True)
    assert run(receiver)[DeliveryState.TAKEN] == 1
    assert receiver.got[0][0]["webhook-id"].startswith(f"msg_{hook.pk}_")


def test_the_command_tells_what_it_did():
    Webhook.objects.create(address="http://127.0.0.1/hook")
    published("one")
    assert said() == "1 queued, 0 taken, 1 to be tried again, 0 given up."
    assert said() == "0 queued, 0 taken, 0 to be tried again, 0 given up."


def said() -> str:
    out = StringIO()
    call_command("send_webhooks", stdout=out)
    return out.getvalue().strip()


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_message_once(receiver):
    for _number in range(2):
        receiver.hook()
    for number in range(4):
        published(f"event-{number}")
    receiver.pause = 0.02
    at = datetime.now(UTC)
    queue(at)
    counts = []

    def work():
        counts.append(deliver(message, at=at, agent=AGENT, network=receiver.network)[DeliveryState.TAKEN])
        connection.close()

    senders = [threading.Thread(target=work) for _number in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sum(counts) == len(receiver.got) == 8
    assert len({got["webhook-id"] for got, _body in receiver.got}) == 8
