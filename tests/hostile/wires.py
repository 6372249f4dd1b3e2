"""Requests that no library would write: nonsense of the protocol, as bytes. `{host}` stands for the server."""

# ruff: noqa: E501 - rows of payloads, which nobody reads one by one.

import random

_HOST = b"Host: {host}\r\n"
_FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


def broken(chance: random.Random, path: str) -> tuple[bytes, int]:
    """The bytes, and how many answers they may bring at most."""
    at = path.encode()
    get, post = b"GET " + at, b"POST " + at
    end, host = b" HTTP/1.1\r\n" + _HOST, _HOST
    chunked = post + end + b"Transfer-Encoding: chunked\r\n"
    one = chance.choice((
        get + b"\r\n\r\n", get + b" HTTP/1.0\r\n\r\n", get + b" HTTP/1.0\r\n" + host + b"\r\n", get + b" HTTP/2.0\r\n" + host + b"\r\n",
        get + b" HTTP/9.9\r\n\r\n", get + b" HTTQ/1.1\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"OPTIONS *" + end + b"\r\n",
        b"GET *" + end + b"\r\n", b"OPTIONS *?q=a" + end + b"\r\n", b"CONNECT example.org:443" + end + b"\r\n", b"GET zqfuzz" + end + b"\r\n",
        b"GET http://evil.example" + at + end + b"\r\n", b"GET http://{host}" + at + b" HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET ftp://evil.example/" + end + b"\r\n", b"GET http://" + end + b"\r\n", b"GET http://[::1" + at + end + b"\r\n",
        get + b" HTTP/1.1\r\n\r\n", get + end + b"Host: evil.example\r\n\r\n", get + b" HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
        get + b"\xff\xfe" + end + b"\r\n", get + b"?q=\xff" + end + b"\r\n", get + "?q=é&kind=<é>".encode() + end + b"\r\n",
        get + b"#zqfuzz" + end + b"\r\n", get + b"\t" + end + b"\r\n", get + b"  " + end + b"\r\n", get + b"?a b" + end + b"\r\n",
        get + b"?<script>zqfuzz</script>\"'`{}|^" + end + b"\r\n", get + b"/\x00" + end + b"\r\n", get + b"\r" + end + b"\r\n",
        get + end + b"X-A: a\x00b\r\n\r\n", get + end + b"X-A: a\r\n zqfuzz\r\n\r\n", get + end + b"zqfuzz\r\n\r\n", get + end + b": a\r\n\r\n",
        get + end + b"X-A : b\r\n\r\n", get + end + b"X-A: a\rX-B: b\r\n\r\n", get + end + b"X\xff: a\r\n\r\n", get + end + b"X_A: a\r\n\r\n",
        get + end + b"X-A: " + b"a" * 70_000 + b"\r\n\r\n", get + end + b"X-A: " + b"a" * 300_000 + b"\r\n\r\n",
        get + end + b"".join(b"X-%d: a\r\n" % number for number in range(300)) + b"\r\n", get + b"a" * 61_000 + end + b"\r\n",
        get + b"?q=" + b"a" * 61_000 + end + b"\r\n", get + b"a" * 90_000 + end + b"\r\n", get + end + b"Cookie: " + b"a=b; " * 9_000 + b"\r\n\r\n",
        b"G@T " + at + end + b"\r\n", b"G(T " + at + end + b"\r\n", b"\xffGET " + at + end + b"\r\n", b" GET " + at + end + b"\r\n",
        post + end + b"Content-Length: -1\r\n\r\n", post + end + b"Content-Length: abc\r\n\r\n", post + end + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        post + end + b"Content-Length: +1\r\n\r\na", post + end + b"Content-Length: 99999999999999999999999\r\n\r\n",
        post + end + _FORM + b"Content-Length: 9999999999\r\n\r\na", post + end + _FORM + b"Content-Length: 1000\r\n\r\nlogin=zqfuzz",
        get + end + b"Content-Length: 1000\r\n\r\nzqfuzz", chunked + b"\r\nZZ\r\nabc\r\n", chunked + b"\r\nFFFFFFFFFFFFFFFFF\r\nabc\r\n",
        chunked + b"\r\n5\r\nabc", chunked + b"\r\n-1\r\nabc\r\n0\r\n\r\n", chunked + _FORM + b"\r\n3\r\na=b\r\n0\r\nX-Zqfuzz: 1\r\n\r\n",
        chunked + b"Content-Length: 6\r\n\r\n0\r\n\r\nG", post + end + b"Transfer-Encoding: zqfuzz\r\n\r\n0\r\n\r\n",
        post + end + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", post + end + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
        post + end + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: zq\r\n\r\n0\r\n\r\n", post + b" HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + end + b"Expect: 100-continue\r\n" + _FORM + b"Content-Length: 3\r\n\r\na=b", get + end + b"Expect: zqfuzz\r\n\r\n",
        get + end + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a\r\nSec-WebSocket-Version: 13\r\n\r\n",
        get + end + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
        get + end + b"Connection: close, Host, Cookie, zqfuzz\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"a" * 100,
        bytes(range(256)), b"\n" * 1_000 + get + end + b"\r\n", get + b" HTTP/1.1\nHost: {host}\n\n", b"\r\n\r\n", b"\x00" * 5_000,
    ))  # fmt: skip
    if chance.random() < 0.08:
        return (get + end + b"\r\n") * 5, 5  # Pipelined.
    return one, 2
