"""Style sheets as they are for who prefers one mode, whatever their own system says."""

import re

MODES = ("light", "dark", "contrast", "contrast-dark")
"""What a page can be looked at in; `contrast` is light, and for who wants more of it."""

_SCHEME = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)")
_CONTRAST = re.compile(r"\(\s*prefers-contrast\s*(?::\s*more\s*)?\)")
_ALWAYS, _NEVER = "(min-width:0)", "(max-width:0)"


def in_mode(sheet: str, mode: str) -> str:
    """The same rules, with what it asks about the mode decided; a site of one mode stays in that."""
    scheme = "dark" if mode.endswith("dark") else "light"
    decided, both = _SCHEME.subn(lambda found: _ALWAYS if found[1] == scheme else _NEVER, sheet)
    decided = _CONTRAST.sub(_ALWAYS if mode.startswith("contrast") else _NEVER, decided)
    return f"{decided}\n:root{{color-scheme:only {scheme}}}\n" if both else decided
