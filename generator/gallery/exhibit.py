"""One page as one customer sees it, in one state."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Group = Literal["workflow", "portal", "entry", "notice", "mail", "paper"]

NAMED = (
    "empty",
    "filled",
    "errors",
    "declined",
    "waiting",
    "unknown",
    "nothing-due",
    "past-due",
    "suspended",
    "scheduled-change",
    "long-german",
    "arabic",
    "forty-invoices",
)
"""States that no gallery is without, whatever the definition says."""


@dataclass(frozen=True)
class Exhibit:
    """`page` is the baked page's name, ending and all; `beside` are others that are shown with it.

    `state` is a slug, `says` the same in words. `live` makes the page's live names in a language. `here` is the address
    that the page has when it is served, by which other exhibits lead to it. `of` is the workflow or the section.
    """

    group: Group
    of: str
    page: str
    state: str
    says: str
    live: Callable[[str], object]
    here: str = ""
    beside: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its name among all: that of its file, without an ending."""
        return f"{self.page.removesuffix('.html').removesuffix('.txt')}--{self.state}"
