"""Where the merchant's application wants to be told of events."""

from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class Endpoint:
    """`name` is the operator's, and stands for it in commands. `kinds` are kinds of events, `*` for any letters.

    `since` is when it was added. `off` says why nothing is brought there any more, and is empty while something is.
    """

    name: str
    url: str
    kinds: tuple[str, ...]
    since: datetime
    off: str = ""

    def wants(self, kind: str) -> bool:
        return not self.off and any(fnmatchcase(kind, pattern) for pattern in self.kinds)
