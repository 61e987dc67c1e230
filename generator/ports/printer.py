"""Who makes paper of a page."""

from collections.abc import Callable
from typing import Protocol


class Printer(Protocol):
    def pdf(self, html: str, asset: Callable[[str], bytes | None]) -> bytes:
        """The page as a PDF; the same page is the same bytes. `asset` knows our own files by name, and no others are
        read. Raises `Unavailable` where nothing can be printed on this machine."""
        ...
