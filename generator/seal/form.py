"""Ties a form to the browser that it was shown in: HMAC over the visit's id, by the standard library."""

import hashlib
import hmac

from generator.seal.keys import Key


def token(key: Key, visit: str) -> str:
    """What a form carries as `csrf`."""
    return hmac.new(key.secret, b"form:" + visit.encode(), hashlib.sha256).hexdigest()[:40]


def good(key: Key, visit: str, given: str) -> bool:
    """Whether the form was shown in this visit."""
    return hmac.compare_digest(token(key, visit).encode(), given.encode())
