"""What a hostile client writes into headers: of each header what a program might read, and nearly what it expects."""

# ruff: noqa: E501 - rows of payloads, which nobody reads one by one.

FORM, JSON, XML = "application/x-www-form-urlencoded", "application/json", "text/xml"
TYPES = (
    FORM,
    JSON,
    XML,
    "multipart/form-data",
    "multipart/form-data; boundary=zqfuzz",
    "multipart/form-data; boundary=",
)
TYPES += (
    "text/plain",
    "",
    "/",
    "zqfuzz",
    f"{FORM}; charset=utf-7",
    f"{FORM}; charset=zqfuzz",
    f"{JSON}; charset=utf-32",
)
_RANGES = (
    "bytes=0-",
    "bytes=-1",
    "bytes=5-1",
    "bytes=0-0,1-1",
    "bytes=" + "0-1," * 900,
    "bytes=9999999999999-",
    "zq=0-1",
)
_DATES = ("Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 0000 00:00:00 GMT", "0")
_DATES += ("Thu, 99 Foo 2025 99:99:99 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994")
_ACCEPTS = ("*/*;q=zq", "text/html;q=1e999", "zqfuzz/zqfuzz", ",".join(["a/b;q=0.1"] * 400), "q=;;,,", "text/html;q=-1")
_CODINGS = ("gzip;q=0, *;q=0", "br", "zqfuzz", "identity;q=0", "gzip;q=nan", "*;q=1e99", ",".join(["gzip"] * 900))
HEADERS: dict[str, tuple[str, ...]] = {
    "Host": ("evil.example", "127.0.0.1:99999", "127.0.0.1@evil.example", "[::1", "zqfuzz<", "", "a" * 300, "127.0.0.1:zq", "..", "%00"),
    "Accept": _ACCEPTS, "Accept-Encoding": _CODINGS, "Accept-Language": ("zq-ZQ;q=9", "es;q=zq", "-" * 500, "fr" * 200, *_ACCEPTS),
    "Accept-Datetime": _DATES, "If-Modified-Since": _DATES, "If-Unmodified-Since": _DATES, "Range": _RANGES,
    "If-None-Match": ("*", '"', 'W/"', '"zqfuzz"', ",".join(['"a"'] * 900), 'W/"a","b', "zqfuzz"), "If-Match": ("*", '"a"'),
    "If-Range": _DATES, "Cookie": ("sessionid=zqfuzz", "sessionid=" + "a" * 4_000, "csrftoken=<zqfuzz>", ";;;=;=", "a=" * 900, '"'),
    "Authorization": ("Bearer zqfuzz", "Basic //8=", "Basic " + "A" * 4_000, "Negotiate"), "Referer": ("javascript:zqfuzz",),
    "X-Forwarded-For": ("203.0.113.7", "::ffff:1.2.3.4", "fe80::1%eth0", "1.2.3.4:80", "999.1.1.1", ",".join(["1.1.1.1"] * 900)),
    "X-Forwarded-Host": ("evil.example", "zqfuzz"), "X-Forwarded-Proto": ("https", "zqfuzz"), "X-Forwarded-Port": ("0",),
    "X-Request-Id": ("zqfuzz", "a" * 900, "00000000-0000"), "X-HTTP-Method-Override": ("DELETE",), "X-Original-URL": ("/admin/",),
    "HX-Request": ("true", "zqfuzz"), "HX-Current-URL": ("http://[::1", "javascript:zqfuzz", "//evil.example", "%ff%URI"),
    "HX-Target": ("zqfuzz<",), "HX-History-Restore-Request": ("true",), "HX-Current-URL-URI-AutoEncoded": ("true",),
    "HX-Prompt": ("%ff%zz", "zqfuzz<script>"), "HX-Prompt-URI-AutoEncoded": ("true",), "HX-Trigger": ("zqfuzz",),
    "Origin": ("null", "http://evil.example", "zqfuzz"), "Content-Type": TYPES, "Content-Encoding": ("gzip", "zqfuzz"),
    "Expect": ("100-continue", "zqfuzz"), "Upgrade": ("h2c", "websocket"), "TE": ("trailers, zqfuzz",), "Via": ("1.1 zqfuzz",),
    "User-Agent": ("zqfuzz<script>", "\xff", ""), "Forwarded": ('for="[::1]:zq";host=evil.example',), "Proxy": ("http://evil.example",),
    "Purpose": ("prefetch",), "Sec-Fetch-Mode": ("zqfuzz",), "Save-Data": ("on",), "Max-Forwards": ("0", "zq"), "X-Zqfuzz": ("1",),
}  # fmt: skip
