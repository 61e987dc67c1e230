"""What a customer came back with, if the hosted pages said it. Needs nothing but Python itself."""

import base64
import hashlib
import hmac
import json


def verify(result: str, key: str, now: float) -> dict[str, str] | None:
    """The parameters that were signed with the result key; None where they were not, were changed, or are too old."""
    head, _, rest = result.partition(".")
    body, _, signature = rest.partition(".")
    secret = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    signed = hmac.new(secret, f"{head}.{body}".encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(base64.urlsafe_b64encode(signed).rstrip(b"="), signature.encode()):
        return None
    header, said = (json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (head, body))
    if header.get("alg") != "HS256" or not isinstance(said.get("exp"), int) or said["exp"] < now:
        return None
    return {name: str(value) for name, value in said.items() if name not in ("iat", "exp")}
