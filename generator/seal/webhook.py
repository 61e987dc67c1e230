"""The secrets by which the merchant's application knows that it is us who tells it something.

None is kept anywhere: each is worked out from a key of ours and the name of the endpoint that it is for.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence

from generator.seal.keys import Key

PREFIX = "whsec_"


def secrets(keys: Sequence[Key], endpoint: str) -> tuple[str, ...]:
    """One for each key, the first to be told to the endpoint's application; as Standard Webhooks writes them."""
    return tuple(PREFIX + base64.b64encode(_mac(key, endpoint)).decode() for key in keys)


def _mac(key: Key, endpoint: str) -> bytes:
    return hmac.new(key.secret, f"webhook {endpoint}".encode(), hashlib.sha256).digest()
