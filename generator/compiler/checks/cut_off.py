"""A file that ends in the middle of a sentence or behind a key was most often not written to its end."""

import re
from collections.abc import Iterator

from generator.compiler import lines
from generator.model.place import Place
from generator.model.problem import Problem

_COMMENT = re.compile(r"[ \t]*#[ \t]*(?P<said>\S.*)")
_KEY = re.compile(r"[ \t]*[A-Za-z_][A-Za-z0-9_.]*:?[ \t]*")
_ENDS = re.compile(r"[.:;!?…)\]}>\"'’”»`/-]$")
FEWEST = 4
"""A remark of fewer words may well be no sentence."""


def check(text: str, label: str) -> Iterator[Problem]:
    """Told of a last line without its line break: programs write one, and what breaks off has none."""
    last = lines.split(text)[-1] if text else ""
    if not last.strip() or text.endswith(("\n", "\r")):
        return
    comment = _COMMENT.fullmatch(last)
    halved = comment is not None and len(comment["said"].split()) >= FEWEST and not _ENDS.search(comment["said"])
    if halved or (last[0] in " \t" and _KEY.fullmatch(last)):
        says = "the file ends here, in the middle: was it copied or written to its end?"
        hint = "put back what is missing, or end the line"
        at = Place(label, text.count("\n") + 1, len(last) - len(last.lstrip()) + 1, len(last.strip()))
        yield Problem("cut-off", at, says, hint, "warning")
