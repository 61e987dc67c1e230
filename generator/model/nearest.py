"""The name that somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, names: Iterable[str]) -> str:
    """The one of the names that looks most like the word, or nothing where none does."""
    found = get_close_matches(word, list(names), n=1, cutoff=0.6)
    return found[0] if found else ""


def suggestion(word: str, names: Iterable[str]) -> str:
    """What to write instead: the nearest name, or the names that there are."""
    names = list(names)
    near = nearest(word, names)
    if near:
        return f'did you mean "{near}"?'
    if not names:
        return "there is none to name"
    return f"write one of: {', '.join(names)}" if len(names) <= 12 else "see the reference for the names that there are"
