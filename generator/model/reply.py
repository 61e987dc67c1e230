"""What the API answered to a request that acts, kept so that the same request again is answered the same."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Reply:
    """`caller` is the name of who asked, `key` what they gave with it, `asked` a digest of the whole request.

    While it is worked on `status` is 0. `until` is how long it counts: a short while then, a day once it is answered.
    """

    caller: str
    key: str
    asked: str
    until: datetime
    status: int = 0
    body: str = ""
