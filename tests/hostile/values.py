"""What a hostile client writes where a value belongs. Every payload that a page might reflect holds MARK, so that it is
found wherever it comes out; no page of ours has a word like it."""

# ruff: noqa: E501 - rows of payloads, which nobody reads one by one.

import random

MARK = "zqfuzz"

# As they stand in an address: pieces that no encoder would write.
RAW = (
    "%", "%zz", "%u0041", "%00", "%0", "%ff%fe", "%c0%ae%c0%ae%c0%af", "%ed%a0%80", "%f4%90%80%80", "%f8%88%80%80%80",
    "%0d%0aX-Zqfuzz:%201", "%0aSet-Cookie:%20zqfuzz=1", "%e2%80%a8X-Zqfuzz:1", "%250d%250aX-Zqfuzz:1", "%2525", "+",
    "%1b[31mzqfuzz", "%7f", "%80", "%e2%80%aezqfuzz", "%ef%bb%bf", "%ef%bf%be", "%cc%81" * 40, "%f0%9f%92%a9" * 30,
    "a;b=c;zqfuzz", "a%26b%3Dc", "%3Cscript%3Ezqfuzz", "=", "==", "[]", "%5B0%5D", "%5B%24ne%5D",
)  # fmt: skip

TEXTS = (
    "", " ", "\t", "\x00", "a\x00b", "\x01\x02\x1f\x7f", "\x85\xa0", "\u2028\u2029", "\u200b\u200c\u200d\ufeff",
    "\u202ezqfuzz\u202c", "\u2066zqfuzz\u2069", "A\u0301" * 120, "\ufdfa" * 50, "ﷺ", "ß", "ŉ", "İıſK", "ǅ", "\ufb03",
    "👩‍👩‍👧‍👦" * 20, "𝟚𝟘𝟚𝟝-𝟘𝟙-𝟘𝟙", "２０２５-０１-０１", "٢٠٢٥-٠١-٠١", "\ud800", "\udfff", "\U0010ffff", "\uffff", "²",
    "null", "None", "undefined", "NaN", "nan", "inf", "-inf", "Infinity", "1e999", "-1e999", "0x10", "0b1", "1_000",
    "true", "[]", "{}", '{"$gt":""}', "[object Object]", "()", "-", "--", "-0", "+1", ".5", "1.", "1,5", "१",
    "9" * 18, "9" * 19, "9" * 400, "-" + "9" * 30, "2147483648", "9223372036854775808", "18446744073709551616",
    "0", "1", "-1", "00001", "99999", "10000-01-01", "9999-12-31", "9999-12-31T23:59:59Z", "0000-01-01", "0001-01-01",
    "-0001-01-01", "1000-01-01", "2999-12-31", "2025-13-01", "2025-02-30", "2025-00-00", "2025-1-1", "20250101",
    "2025-W01-1", "2025-366", "2025-09-17T24:00:00Z", "2025-09-17T23:59:60Z", "2999-12-31T23:59:59.999999Z",
    "1000-01-01T00:00:00Z", "2025-09-17T00:00:00+14:00", "2025-09-17T00:00:00.0000001Z", "Y-17E7", "Y170000002",
    "2025?", "2025~", "2025%", "19XX", "XXXX", "2025-XX-XX", "../..", "/..", "../2025", "2025-21/2025-22", "[..2025]",
    "{2025,2026}", "1000/2999", "2999/1000", "2025-33", "2025-99", "156X-12-25", "only:", "only:CA-", "only:CA-CA-CA",
    "only:only:CA", ":CA", "CA-US-MX-" * 30, "ca,us,mx," * 40, ",", ",,,,", "," * 3000, "confirmed", "confirmed:all:",
    "confirmed:all:2029-07-01," * 30, "confirmed::2029-07-01", "confirmed:US-US:2029-07-01", "withdrawal-notice:US:9999-01-01",
    "confirmed:all:0000-00-00", ":::", "::" * 500, '"', "'", "''", '"unclosed', '""', '"" -', "-", "-word", "- - -",
    "*", "%", "_", "a" * 199, "a" * 200, "a" * 201, "a " * 100, "é" * 200, "a" * 3000, "word " * 700, "\\", "\\\\", "\\u0000",
    "' OR '1'='1' -- zqfuzz", "'; DROP TABLE tracker_revision; -- zqfuzz", "1) UNION SELECT NULL,version() -- zqfuzz",
    "'||pg_sleep(9)||'", "1;select pg_sleep(9)", "to_tsquery('zqfuzz & !')", "& | ! ( ) <-> :* zqfuzz", "a:* & b", "zqfuzz:*",
    "<script>zqfuzz(1)</script>", '"><script>zqfuzz(1)</script>', "'><img src=x onerror=zqfuzz(1)>",
    '" autofocus onfocus=zqfuzz(1) zqfuzz="', "' onmouseover='zqfuzz(1)' zqfuzz='", "`onload=zqfuzz(1)", "<zqfuzz>", "</zqfuzz>",
    "</title></style></textarea></script><svg/onload=zqfuzz(1)>", "]]><zqfuzz/>", "<!--zqfuzz--!><zqfuzz>",
    "<a href=javascript:zqfuzz(1)>", "javascript:zqfuzz(1)", "data:text/html,<script>zqfuzz(1)</script>", "vbscript:zqfuzz",
    "&lt;script&gt;zqfuzz(1)&lt;/script&gt;", "&#60;zqfuzz&#62;", "&zqfuzz;", "\\u003cscript\\u003ezqfuzz", "\\x3czqfuzz\\x3e",
    '\\"};zqfuzz(1);//', "${zqfuzz}", "#{zqfuzz}", "{{zqfuzz}}", "{% zqfuzz %}", "{{7*7}}{% debug %}", "<%= zqfuzz %>",
    "%s%s%s%n%x", "%(zqfuzz)s", "{0}", "{value}", "{zqfuzz}", "{value.__class__.__mro__}", "{", "}", "}{", "%d" * 50, "$(zqfuzz)",
    "`zqfuzz`", "|zqfuzz", ";zqfuzz", "&&zqfuzz", "../../../../etc/passwd", "..\\..\\..\\windows\\win.ini", "/etc/passwd\x00.png",
    "file:///etc/passwd", "http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:1/zqfuzz", "//evil.example/zqfuzz",
    "/\\evil.example", "https:evil.example", "http://[::1", "http://user:zqfuzz@127.0.0.1/", "gopher://x/_zqfuzz",
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY zqfuzz SYSTEM "file:///etc/passwd">]><a>&zqfuzz;</a>', "*)(uid=*))(|(uid=*",
    "=HYPERLINK(\"http://evil.example/\",\"zqfuzz\")", "+zqfuzz|' /C calc'!A0", "@SUM(zqfuzz)", "zqfuzz\r\nX-Zqfuzz: 1",
    "zqfuzz\nBEGIN:VEVENT", "\r\n\r\n<zqfuzz>", "(a+)+$" + "a" * 40 + "!", "a" * 40 + "!", "__proto__", "constructor", "__class__",
    "CON", "nul", "aux.txt", "....//....//", ".", "..", "...", "~", "~root", "-rf", "--help", "O:8:\"zqfuzz\":0:{}", "rO0ABXNy",
)  # fmt: skip


def quoted(text: str) -> str:
    """A text as a client would percent-encode it, halves of surrogate pairs too."""
    kept = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
    sent = text.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if chr(byte) in kept else f"%{byte:02x}" for byte in sent)


def value(chance: random.Random) -> str:
    """One value as it stands in an address, already encoded, or badly so."""
    kind = chance.random()
    if kind < 0.12:
        return chance.choice(RAW)
    if kind < 0.8:
        return quoted(chance.choice(TEXTS))
    if kind < 0.9:  # Two in one, which may come through where the one was refused.
        return quoted(chance.choice(TEXTS)[:150]) + quoted(chance.choice(TEXTS)[:150])
    if kind < 0.96:
        return quoted("".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(1, 60))))
    if kind < 0.98:
        return "".join(f"%{chance.randrange(256):02x}" for _ in range(chance.randrange(1, 80)))
    return quoted(chance.choice(("a", "zqfuzz<", "é", "😀", "0", " ", ",", "'", "{"))) * chance.choice((1_000, 3_300))
