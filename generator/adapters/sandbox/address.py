"""Where a browser may be sent: plain web addresses, told apart by their origin."""

import re

# Narrower than RFC 3986: what stands here goes into a header and into a content security policy.
_PLAIN = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?([/?#][!-~]*)?", re.ASCII | re.IGNORECASE)


def origin(url: str) -> str:
    """Scheme, host and port. Raises `ValueError` where it is no plain web address."""
    scheme, host, port = _parts(url)
    return f"{scheme}://{host}{port}"


def _parts(url: str) -> tuple[str, str, str]:
    found = _PLAIN.fullmatch(url)
    if found is None:
        raise ValueError(f"not a plain web address: {url!r}")
    return found[1].lower(), found[2].lower(), found[3] or ""
