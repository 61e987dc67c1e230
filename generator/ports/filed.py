"""Papers that were issued, as files: each is kept once, and never changes."""

from datetime import datetime
from typing import Protocol


class Filed(Protocol):
    """Any call may raise `Unavailable`."""

    def paper(self, number: str) -> bytes | None:
        """The file of the invoice or credit note with this number; None where none was made yet."""
        ...

    def keep_paper(self, number: str, file: bytes, lacks: str, at: datetime) -> bytes:
        """Keep the file. Where one is kept already it stays, and is answered.

        `lacks` is what was not known that machines want to read of it; empty where all of it was.
        """
        ...

    def papers_that_lack(self, most: int) -> tuple[tuple[str, str], ...]:
        """Numbers of papers that machines cannot read, each with what was lacking, the newest first."""
        ...
