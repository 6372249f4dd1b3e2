"""The signature of a message, after Standard Webhooks 1.0: HMAC-SHA256 over the id, the second and the body. Pure."""

import base64
import binascii
import hashlib
import hmac

PREFIX = "whsec_"


def key(secret: str) -> bytes:
    """The bytes to sign with; ValueError for a secret that is none of ours."""
    try:
        found = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("the secret is not in Base64") from error
    if not secret.startswith(PREFIX) or len(found) < 24:
        raise ValueError("the secret is too short")
    return found


def headers(secret: str, *, message: str, second: int, body: bytes) -> dict[str, str]:
    """The three headers of a message: its id, the second of this attempt (Unix time), the signature of both with the
    body. A receiver refuses what is minutes old, so that nothing can be sent again by somebody else."""
    signed = b".".join((message.encode(), str(second).encode(), body))
    signature = base64.b64encode(hmac.new(key(secret), signed, hashlib.sha256).digest()).decode()
    return {"webhook-id": message, "webhook-timestamp": str(second), "webhook-signature": f"v1,{signature}"}
