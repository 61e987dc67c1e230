"""What is left of a page after baking: four kinds of node, no expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Name = tuple[str, ...]
"""A live name by its parts: `quote.due_now` is `("quote", "due_now")`."""

Where = Literal["", "text", "words", "raw", "tag", "attribute", "prose", "url", "plain"]
"""Where in the HTML a node stands, proved at build; empty until then.

`text` between tags (a value there is set apart with <bdi>); `words` in elements that hold no tags (title, option);
`raw` in a textarea; `tag` between the attributes of a tag; `attribute` inside quotes; `prose` the same where people
read it (aria-label); `url` a whole address inside quotes; `plain` anywhere in a file that is not HTML at all.
"""


@dataclass(frozen=True)
class Text:
    """HTML that is the same for everybody."""

    html: str


@dataclass(frozen=True)
class Slot:
    """The place of a live value."""

    name: Name
    format: str
    where: Where = ""


@dataclass(frozen=True)
class Each:
    """Its body once for each item of a live list, the item going by the name `item`."""

    name: Name
    item: str
    body: Body
    where: Where = ""


@dataclass(frozen=True)
class Case:
    """The branch whose literal the live value has, in this format; else the last."""

    name: Name
    format: str
    branches: tuple[tuple[str, Body], ...]
    otherwise: Body
    where: Where = ""


Node = Text | Slot | Each | Case
Body = tuple[Node, ...]
