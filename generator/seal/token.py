"""Encrypted, authenticated tokens: JWE, direct encryption with A256GCM (RFC 7516), by joserfc.

Chosen over a merely signed form because a link must not tell who it is for, and over Fernet because only one spelling
of a token opens. One algorithm is in the code; what a token claims of itself decides nothing.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey

from generator.seal.keys import Key

ALLOWANCE = timedelta(seconds=60)
"""How far clocks may differ, both ways."""

MOST_LENGTH = 4000

_ALGORITHMS = ["dir", "A256GCM"]


@dataclass(frozen=True)
class Opened:
    """What was sealed. `id` is the token's own: it is what replay is judged by, never the token's text."""

    id: str
    says: Mapping[str, str]
    made: datetime
    expires: datetime
    expired: bool
    early: bool = False
    """Made at a time that is still to come: somebody's clock is wrong."""


class Sealer:
    """Makes and opens tokens of one purpose: one made for another does not open."""

    def __init__(self, keys: Sequence[Key], purpose: str) -> None:
        self._keys = KeySet([OctKey.import_key(key.secret, {"kid": key.id}) for key in keys])
        self._first = keys[0].id
        self._purpose = purpose

    def seal(self, says: Mapping[str, str], now: datetime, good_for: timedelta) -> str:
        """A token that says this, until then."""
        payload = {
            "purpose": self._purpose,
            "id": secrets.token_urlsafe(16),
            "says": dict(says),
            "made": round(now.timestamp(), 3),
            "expires": int((now + good_for).timestamp()),
        }
        header = {"alg": "dir", "enc": "A256GCM", "kid": self._first}
        return jwe.encrypt_compact(header, json.dumps(payload), self._keys, algorithms=_ALGORITHMS)

    def open(self, token: str, now: datetime) -> Opened | None:
        """What the token says, expired or not; None for whatever we did not make for this purpose."""
        payload = self._decrypted(token)
        if payload is None or payload.get("purpose") != self._purpose:
            return None
        made = datetime.fromtimestamp(payload["made"], UTC)
        expires = datetime.fromtimestamp(payload["expires"], UTC)
        late, early = expires + ALLOWANCE < now, made > now + ALLOWANCE
        return Opened(payload["id"], payload["says"], made, expires, late, early)

    def _decrypted(self, token: str) -> dict[str, Any] | None:
        if len(token) > MOST_LENGTH:
            return None
        try:
            opened = jwe.decrypt_compact(token, self._keys, algorithms=_ALGORITHMS)
            payload: dict[str, Any] = json.loads(opened.plaintext or b"")
        except (JoseError, ValueError):
            return None
        return payload
