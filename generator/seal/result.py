"""The signed result that a redirect carries: a JWS (RFC 7515) with HS256, good for ten minutes.

The merchant's application verifies it with the same key; see `docs/developers.md` for three languages.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from generator.seal.keys import Key

GOOD_FOR = timedelta(minutes=10)


def sign(parameters: Mapping[str, str], key: Key, now: datetime) -> str:
    """All parameters of a redirect in a form that nobody can change on the way."""
    claims = {**parameters, "iat": int(now.timestamp()), "exp": int((now + GOOD_FOR).timestamp())}
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(key.secret), algorithms=["HS256"])


def verify(result: str, key: Key, now: datetime) -> Mapping[str, str] | None:
    """The parameters that were signed; None for what is not ours, was changed, or is too old."""
    try:
        claims = jwt.decode(result, OctKey.import_key(key.secret), algorithms=["HS256"]).claims
    except (JoseError, ValueError):
        return None
    if not isinstance(claims.get("exp"), int) or claims["exp"] < now.timestamp():
        return None
    return {name: str(value) for name, value in claims.items() if name not in ("iat", "exp")}
