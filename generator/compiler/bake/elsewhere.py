"""Whether an address leads out of the theme: the page's own security policy lets it load nothing from there."""

import re

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def elsewhere(address: str) -> bool:
    """A scheme of whatever kind, or a host; a part of the page itself, or a file beside it, is none."""
    return _ELSEWHERE.match(address.strip()) is not None
