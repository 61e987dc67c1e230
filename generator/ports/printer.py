"""Who makes paper of a page."""

from collections.abc import Callable
from typing import Protocol

from generator.model.bill import Bill


class Printer(Protocol):
    def pdf(self, html: str, asset: Callable[[str], bytes | None], bill: Bill | None = None) -> bytes:
        """The page as a PDF; the same page is the same bytes. `asset` knows our own files by name, and no others are
        read. With a bill that lacks nothing the file says the same for machines. Raises `Unavailable` where nothing can
        be printed on this machine."""
        ...
