"""Lists by pages: a cursor says after which item the next page begins, and nothing else."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.runtime.merchant.told import Item, Page
from generator.runtime.merchant.wrong import Fault, Objection

Thing = TypeVar("Thing")

MOST, USUAL = 100, 25


@dataclass(frozen=True)
class Wanted:
    """Which page: at most so many, after this one."""

    after: str = ""
    most: int = USUAL


def cursor(after: str) -> str:
    return base64.urlsafe_b64encode(after.encode()).decode().rstrip("=")


def after(cursor: str) -> str:
    """What the cursor says. Raises `Objection`."""
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as fault:
        wrong = Fault("cursor", "this is no cursor of ours", "take `next` of the page before, or leave it out")
        raise Objection("unknown-parameter", "cursor is not one that we gave", wrong) from fault


def page(
    found: Sequence[Thing], wanted: Wanted, tell: Callable[[Thing], Item], key: Callable[[Thing], str]
) -> Page[Item]:
    """`found` begins after the cursor, with one more than is wanted where there is more."""
    shown = found[: wanted.most]
    more = len(found) > wanted.most
    return Page(items=[tell(one) for one in shown], next=cursor(key(shown[-1])) if more else None)


def of_all(
    all: Sequence[Thing], wanted: Wanted, tell: Callable[[Thing], Item], key: Callable[[Thing], str]
) -> Page[Item]:
    """A page of what is known as a whole."""
    keys = [key(one) for one in all]
    if wanted.after and wanted.after not in keys:
        wrong = Fault("cursor", "what it stood for is not there any more", "begin anew without it")
        raise Objection("unknown-parameter", "cursor leads nowhere", wrong)
    start = keys.index(wanted.after) + 1 if wanted.after else 0
    return page(all[start:], wanted, tell, key)
