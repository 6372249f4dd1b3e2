"""The shipped nginx configuration with TLS, started with a certificate of its own: who is answered, how, and what it
refuses; skipped where no nginx is."""

import http.client
import shutil
import socket
import ssl
import subprocess
import warnings
from contextlib import closing
from dataclasses import dataclass

import pytest

from tests.deploy.proxies import NAME, SHIPPED, Asked, counting, needs_nginx, public, running
from tests.serving import free_port

pytestmark = needs_nginx
STRICT = "max-age=63072000; includeSubDomains; preload"


@dataclass(frozen=True)
class Front:
    """Where nginx listens, by HTTP and by HTTPS, and the certificate to trust."""

    plain: int
    tls: int
    certificate: str

    def context(self, **limits) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self.certificate)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Old versions are what is asked for.
            for name, value in limits.items():
                setattr(context, name, value)
        return context

    def connect(self, context=None, name=NAME) -> ssl.SSLSocket:
        raw = socket.create_connection(("127.0.0.1", self.tls), timeout=10)
        try:
            return (context or self.context()).wrap_socket(raw, server_hostname=name)
        except BaseException:
            raw.close()
            raise

    def ask(self, path, host=NAME, method="GET", **headers) -> tuple[http.client.HTTPResponse, str]:
        """The answer over TLS, with the name of the site in the handshake and `host` in the request."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection(NAME)) as connection:
            connection.sock = self.connect()
            connection.request(method, path, headers={"Host": host} | headers)
            answer = connection.getresponse()
            return answer, answer.read().decode()

    def ask_plainly(self, path, host) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=10)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    folder, plain, tls = tmp_path_factory.mktemp("tls"), free_port(), free_port()
    with counting() as web:
        text = public(folder, web.server_port, plain=plain, tls=tls)
        inner = text.split("upstream last {", 1)[1].split("server ", 1)[1].split()[0]
        with running(folder, text, f"http://{inner}/there"):
            yield Front(plain, tls, str(folder / "certificate.pem"))


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1], ids=lambda one: one.name)
def test_old_versions_of_tls_are_refused(front, version):
    context = front.context(minimum_version=version, maximum_version=version)
    context.set_ciphers("ALL:@SECLEVEL=0")  # Else this side would refuse to try.
    with pytest.raises(ssl.SSLError) as refused:
        front.connect(context)
    assert refused.value.reason == "TLSV1_ALERT_PROTOCOL_VERSION"


@pytest.mark.parametrize(
    ("version", "words"), [(ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")], ids=str
)
def test_versions_1_2_and_1_3_are_spoken(front, version, words):
    with front.connect(front.context(minimum_version=version, maximum_version=version)) as connection:
        assert connection.version() == words


def test_only_ciphers_with_forward_secrecy_and_authentication_are_spoken(front):
    """Each cipher of OpenSSL is offered alone (TLS 1.2; those of 1.3 are all sound)."""
    spoken, every = set(), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    every.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    for name in sorted({cipher["name"] for cipher in every.get_ciphers() if cipher["protocol"] != "TLSv1.3"}):
        context = front.context(maximum_version=ssl.TLSVersion.TLSv1_2)
        context.set_ciphers(f"{name}:@SECLEVEL=0")
        try:
            front.connect(context).close()
        except ssl.SSLError:
            continue
        spoken.add(name)
    # The certificate of this test has a key of an elliptic curve; one of RSA speaks the same with RSA in the names.
    assert spoken == {
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305",
    }


def test_no_session_ticket_is_given(front):
    with front.connect(front.context(maximum_version=ssl.TLSVersion.TLSv1_2)) as connection:
        assert (connection.session.has_ticket, connection.compression()) == (False, None)


def test_http_2_is_chosen_where_the_client_knows_it(front):
    context = front.context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with front.connect(context) as connection:
        assert connection.selected_alpn_protocol() == "h2"


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here (apt-get install curl)")
def test_a_page_is_answered_over_http_2(front):
    if "HTTP2" not in subprocess.run(["curl", "--version"], capture_output=True, text=True).stdout:
        pytest.skip("this curl knows no HTTP/2")
    command = [
        "curl",
        "--silent",
        "--http2",
        "--cacert",
        front.certificate,
        "--resolve",
        f"{NAME}:{front.tls}:127.0.0.1",
    ]
    command += ["--write-out", " %{http_version} %{http_code}", f"https://{NAME}:{front.tls}/over-two"]
    assert subprocess.run(command, capture_output=True, text=True, timeout=30).stdout == "1  127.0.0.1 2 200"


def test_a_name_in_the_handshake_that_is_not_ours_is_shown_no_certificate(front):
    for name in ("elsewhere.example", None):
        context = front.context()
        context.check_hostname = False
        with pytest.raises(ssl.SSLError) as refused:
            front.connect(context, name)
        assert refused.value.reason == "TLSV1_UNRECOGNIZED_NAME"


def test_a_name_in_the_request_that_is_not_ours_is_refused_and_reaches_nobody(front):
    Asked.heard.clear()
    for host in ("elsewhere.example", f"{NAME}.elsewhere.example", "127.0.0.1"):
        answer, words = front.ask("/wrong", host)
        assert (answer.status, "does not answer to that name" in words) == (421, True)
        assert answer.headers["Strict-Transport-Security"] == STRICT
    assert Asked.heard == []


def test_every_way_to_write_our_name_is_one_site_and_one_copy(front):
    said = [front.ask("/named", host)[1] for host in (NAME, NAME.upper(), f"{NAME}:443", f"{NAME}.")]
    assert said == ["1  127.0.0.1"] * 4
    assert {heard["host"] for heard in Asked.heard if heard["x-forwarded-proto"] == "https"} == {NAME}


def test_http_leads_to_https_at_our_own_name_for_good(front):
    for path in ("/", "/events/?country=MX&q=%22", "//elsewhere.example/", "/\\elsewhere.example"):
        answer = front.ask_plainly(path, NAME)
        assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}{path}")


def test_http_at_another_name_gets_no_answer_at_all(front):
    for host in ("elsewhere.example", "127.0.0.1", f"{NAME}.elsewhere.example"):
        with pytest.raises(ConnectionError):
            front.ask_plainly("/", host)


def test_the_proof_for_a_certificate_is_read_by_http(front):
    assert front.ask_plainly("/.well-known/acme-challenge/not-there", NAME).status == 404


def test_the_web_process_is_told_that_it_was_https_and_by_whom(front):
    Asked.heard.clear()
    for path in ("/told", "/admin/told"):
        front.ask(path, X_Forwarded_For="10.9.9.9", X_Forwarded_Proto="http", X_Forwarded_Host="elsewhere.example")
    told = [
        {name: heard.get(name) for name in ("host", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host")}
        for heard in Asked.heard
    ]
    assert (
        told
        == [{"host": NAME, "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https", "x-forwarded-host": None}] * 2
    )


def test_nginxs_own_pages_keep_the_browser_on_https(front):
    answer, words = front.ask("/" + "a" * 5000)
    assert (answer.status, answer.headers["Strict-Transport-Security"]) == (414, STRICT)
    assert "too long" in words


def test_plain_words_at_the_port_of_tls_are_refused(front):
    connection = http.client.HTTPConnection("127.0.0.1", front.tls, timeout=10)
    connection.request("GET", "/", headers={"Host": NAME})
    assert connection.getresponse().status == 400
    connection.close()


def test_what_differs_from_the_trial_is_at_the_edge_alone():
    """Both files set the same parts to work, so that what is tried for one holds for the other."""
    lines = [
        {line.strip() for line in (SHIPPED / file).read_text().splitlines() if "include" in line}
        for file in ("trial.conf", "nginx.conf")
    ]
    assert lines[1] - lines[0] == {"include tracker/tls.conf;", "include tracker/faults.conf;"}
    assert lines[0] - lines[1] == set()
