"""What the hosted pages told the merchant's application, if it was they. Needs nothing but Python itself."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

ALLOWANCE = 300
"""How many seconds old, or ahead, it may be: an old one may be somebody who listened."""


def verify(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> dict | None:
    """What was said; None for what they did not say, what was changed, what is too old. `headers` in small letters."""
    id, said_at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{id}.{said_at}.".encode() + body, hashlib.sha256).digest()
    ours = b"v1," + base64.b64encode(signed)
    theirs = headers.get("webhook-signature", "").encode().split(b" ")
    if not any(hmac.compare_digest(ours, one) for one in theirs):
        return None
    if not said_at.isdecimal() or abs(now - int(said_at)) > ALLOWANCE:
        return None
    return json.loads(body)
