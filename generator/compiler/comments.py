"""The comments of a YAML text, which libyaml reads past and keeps nowhere.

No second reader of quotes and block scalars is needed: between two tokens there is nothing but space and comments, so
a `#` there starts one, and a `#` anywhere else is part of a value. The one exception is the comment behind `|` or `>`,
which lies inside the token of its block scalar.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from generator.compiler import lines

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile("#[^\n\r\x85\u2028\u2029]*")
_HEADER = re.compile("[|>][0-9+-]*[ \t]+(#[^\n\r\x85\u2028\u2029]*)")


@dataclass(frozen=True)
class Comment:
    """From its `#` to the end of its line; `alone` where nothing else stands on the line."""

    line: int
    column: int
    words: str
    alone: bool


@dataclass(frozen=True)
class Cut:
    """A value that ends where a comment starts, though its author may have meant both."""

    line: int
    column: int
    kept: str
    lost: str


def comments(text: str) -> Iterator[Comment]:
    """All of them, from top to bottom. The text is YAML that can be read."""
    starts = lines.starts(text)
    for _, start, words in _found(text):
        number = bisect_right(starts, start)
        alone = not text[starts[number - 1] : start].strip(" \t\ufeff")
        yield Comment(number, start - starts[number - 1] + 1, words, alone)


def cuts(text: str) -> Iterator[Cut]:
    """Texts such as `Plan #1`, of which YAML keeps only what stands before the `#`."""
    starts = lines.starts(text)
    for before, start, words in _found(text):
        number = bisect_right(starts, start)
        if not isinstance(before, yaml.ScalarToken) or not before.plain or before.end_mark.line != number - 1:
            continue
        if words[1:2].isdigit() and any(letter.isalpha() for letter in before.value):
            yield Cut(number, start - starts[number - 1] + 1, before.value, words)


def _found(text: str) -> Iterator[tuple[Any, int, str]]:
    """Each comment: the token before it, where it starts, and its words."""
    before, end = None, 0
    for token in yaml.scan(text, Loader=_LOADER):
        start = token.start_mark.index
        for found in _COMMENT.finditer(text, end, max(start, end)):
            yield before, found.start(), found[0]
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = _HEADER.match(text, start)
            if header:
                yield before, header.start(1), header[1]
        if token.end_mark.index > start or before is None:
            before = token
        end = max(end, token.end_mark.index)
