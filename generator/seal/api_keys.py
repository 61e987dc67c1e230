"""Who may use the API: keys from the environment, of which only digests stay in memory."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.seal.keys import HOW_TO_MAKE, BadKey

LEAST = 32
"""How many characters a secret has at least."""


@dataclass(frozen=True)
class ApiKey:
    """`name` says in logs and records who it was."""

    name: str
    digest: bytes


def read(written: str) -> tuple[ApiKey, ...]:
    """`shop:SECRET,reports:SECRET`. Raises `BadKey`, which never quotes a secret."""
    keys = []
    for part in filter(None, (part.strip() for part in written.split(","))):
        name, _, secret = part.partition(":")
        if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", name):
            raise BadKey("a key of the API is written name:secret, its name in small letters, such as shop:…")
        if len(secret) < LEAST or not re.fullmatch(r"[A-Za-z0-9._~+/=-]+", secret):
            raise BadKey(f"the secret of {name} needs {LEAST} letters and digits or more; make one with: {HOW_TO_MAKE}")
        keys.append(ApiKey(name, _digest(secret)))
    if len({key.name for key in keys}) < len(keys):
        raise BadKey("two keys of the API have the same name")
    return tuple(keys)


def caller(keys: Sequence[ApiKey], given: str) -> str:
    """The name of the key that was given; empty where it is none. All are compared, each in constant time."""
    digest, found = _digest(given), ""
    for key in keys:
        if hmac.compare_digest(key.digest, digest):
            found = key.name
    return found


def _digest(secret: str) -> bytes:
    """Plain SHA-256 is enough: the secrets are random and long, nobody can try them all."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
