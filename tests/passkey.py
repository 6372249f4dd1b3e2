"""A passkey as an authenticator makes it, without an authenticator (WebAuthn level 2, 6.5, attestation "none")."""

import hashlib

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

NUMBER = b"\x01" * 16
FLAGS = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT


def registered(host: str = "127.0.0.1") -> dict:
    """The answer to a registration, as a browser sends it, for a site of that host: a key that signs in alone."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    key = AttestedCredentialData.create(Aaguid(bytes(16)), NUMBER, public)
    data = AuthenticatorData.create(hashlib.sha256(host.encode()).digest(), FLAGS, 1, key)
    attested = AttestationObject.create("none", data, {})
    client = CollectedClientData.create("webauthn.create", bytes(32), f"http://{host}")
    number = websafe_encode(NUMBER)
    return {
        "id": number,
        "rawId": number,
        "type": "public-key",
        "response": {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attested)},
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
