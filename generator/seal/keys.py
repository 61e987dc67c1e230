"""The keys that seals are made with: from the environment, never from a file."""

import base64
import binascii
import hashlib
from dataclasses import dataclass


class BadKey(ValueError):
    """The key cannot be used; says what a good one looks like."""


HOW_TO_MAKE = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
"""The command that makes a key."""


@dataclass(frozen=True)
class Key:
    """32 bytes, and a name that says which key it is without giving it away."""

    secret: bytes

    @property
    def id(self) -> str:
        return hashlib.sha256(b"key id:" + self.secret).hexdigest()[:8]


def read(written: str) -> Key:
    """A key as it stands in the environment: 32 bytes as URL-safe base64. Raises `BadKey`."""
    try:
        secret = base64.urlsafe_b64decode(written.strip() + "=" * (-len(written.strip()) % 4))
    except (binascii.Error, ValueError) as fault:
        raise BadKey(f"a key is 32 bytes as URL-safe base64; make one with: {HOW_TO_MAKE}") from fault
    if len(secret) != 32:
        raise BadKey(f"a key has 32 bytes, and this has {len(secret)}; make one with: {HOW_TO_MAKE}")
    return Key(secret)


def read_ring(written: str) -> tuple[Key, ...]:
    """Several keys with commas between them: the first makes new seals, all of them open old ones."""
    return tuple(read(part) for part in written.split(",") if part.strip())
