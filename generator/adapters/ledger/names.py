"""Ids that were never given before."""

from secrets import token_hex
from typing import Literal

Kind = Literal["customer", "quote", "order", "subscription", "invoice", "credit"]


def new_id(kind: Kind) -> str:
    """`quote-3f9c…`: short enough for an address, too long to meet another one."""
    return f"{kind}-{token_hex(10)}"
