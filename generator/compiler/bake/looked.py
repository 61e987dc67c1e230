"""What a page was made from."""

from dataclasses import dataclass

Look = tuple[str, str]
"""A name that the page is given, and what of it; all of it where nothing is said."""

ALL = "*"

SITE = "site"
"""The name that is the same thing on all pages of a site."""


@dataclass(frozen=True)
class Looked:
    """All that one page was made from: what was looked at, and the theme's texts that were said, by their keys."""

    looks: tuple[Look, ...]
    texts: tuple[str, ...]
