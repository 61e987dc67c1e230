"""A machine that cannot print: whoever asks is told so, and everything else goes on."""

from collections.abc import Callable

from generator.model.bill import Bill
from generator.ports.trouble import Unavailable


class NoPaper:
    """`why` says what is missing."""

    def __init__(self, why: str) -> None:
        self._why = why

    def pdf(self, html: str, asset: Callable[[str], bytes | None], bill: Bill | None = None) -> bytes:
        raise Unavailable(f"nothing can be printed here: {self._why}")
