"""Sealing secrets that stand in the database: who reads a copy of it without the secret key of the site reads none of
them. AES-128-CBC with HMAC-SHA256 (Fernet), by keys derived from SECRET_KEY (HKDF, RFC 5869), one for each purpose.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# What stands before a sealed text, so that one that was written plain, before anything was sealed, is known as such.
MARK = "sealed:"


class Unreadable(ValueError):
    """The text was sealed by a key that is neither SECRET_KEY nor one of SECRET_KEY_FALLBACKS, or was changed since."""


def seal(text: str, *, purpose: str) -> str:
    """The text, sealed by the present key. Each time another one."""
    return MARK + _box(purpose, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()


def unseal(text: str, *, purpose: str) -> str:
    """What was sealed for that purpose by the present key or one of before; a text that was never sealed, as it is.
    Raises Unreadable."""
    if not text.startswith(MARK):
        return text
    box = _box(purpose, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    try:
        return box.decrypt(text.removeprefix(MARK).encode()).decode()
    except InvalidToken as error:
        raise Unreadable(f"A secret for {purpose!r} was sealed by another SECRET_KEY, or was changed.") from error


@lru_cache(maxsize=32)
def _box(purpose: str, *keys: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key, purpose)) for key in keys])


def _derived(key: str, purpose: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=b"tracker.sealing", info=purpose.encode())
    return urlsafe_b64encode(kdf.derive(key.encode()))
