"""Codes of six digits: made at random, kept as keyed hashes, compared in constant time."""

import hashlib
import hmac
import secrets

from generator.seal.keys import Key

DIGITS = 6


def new() -> str:
    """A code that nobody can foresee."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def address(key: Key, typed: str) -> str:
    """What an address is kept as: without the key nobody can find out which it was."""
    return _keyed(key, "address", typed)


def digest(key: Key, address: str, code: str) -> str:
    """What the code of this address is kept as."""
    return _keyed(key, "code", f"{address}:{code}")


def same(one: str, other: str) -> bool:
    """Whether two digests are one, without telling by the time that it takes how much of them is."""
    return hmac.compare_digest(one.encode(), other.encode())


def _keyed(key: Key, purpose: str, text: str) -> str:
    return hmac.new(key.secret, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()
