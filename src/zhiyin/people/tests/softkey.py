"""A security key made of software: it signs what a page asks for, and says or does not say who held it."""

from __future__ import annotations

import json
import secrets
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from zhiyin.people.models import SecondFactor, Staff

HOST, ORIGIN = "localhost", "http://localhost:8000"
PRESENT, VERIFIED, WITH_KEY = 1, 4, 64


class SoftKey:
    """`verifies` is whether it asks for a PIN or finger before it answers."""

    def __init__(self, owner: Staff, *, verifies: bool) -> None:
        self.owner, self.flags = owner, PRESENT | (VERIFIED if verifies else 0)
        self.private, self.id = generate_private_key(SECP256R1()), secrets.token_bytes(16)

    def set_up(self) -> SecondFactor:
        """As if it had been added on the page of second factors."""
        public = ES256.from_cryptography_key(self.private.public_key())
        held = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        said = AuthenticatorData.create(sha256(HOST.encode()), self.flags | WITH_KEY, 0, held)
        response = {
            "clientDataJSON": websafe_encode(self._client("webauthn.create", "AAAA")),
            "attestationObject": websafe_encode(AttestationObject.create("none", said, {})),
        }
        credential = {"id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key"}
        credential |= {"response": response, "clientExtensionResults": {}}
        return SecondFactor.objects.create(
            user=self.owner, type="webauthn", data={"name": "钥匙", "credential": credential}
        )

    def answer(self, options: dict[str, Any]) -> str:
        """What the browser posts for what the page asks."""
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        said = AuthenticatorData.create(sha256(HOST.encode()), self.flags, 1)
        signature = self.private.sign(bytes(said) + sha256(bytes(client)), ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(said),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(user_pk_to_url_str(self.owner).encode()),
        }
        return json.dumps(
            {"id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key"}
            | {"response": response, "clientExtensionResults": {}}
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(kind, challenge, ORIGIN))
