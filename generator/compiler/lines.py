"""The lines of a text as YAML counts them: what Python calls a line's end is more, and would shift every place."""

import re

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_RARE = re.compile("[\r\x85\u2028\u2029]")


def split(text: str) -> list[str]:
    """The lines without their breaks. A text that ends in a break has no empty line behind it."""
    lines = _BREAK.split(text) if _RARE.search(text) else text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines


def starts(text: str) -> list[int]:
    """Where each line starts, counted in characters; one more for what would stand behind the last break."""
    return [0, *(found.end() for found in _BREAK.finditer(text))]


def first_break(text: str) -> str:
    """How this text breaks its lines."""
    found = _BREAK.search(text)
    return found[0] if found else "\n"
