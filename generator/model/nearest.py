"""The name that somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from generator.model.place import Place
from generator.model.problem import Edit

LONGEST = 100
"""A longer word is no mistyped name, and comparing it would take its time."""


MOST_NAMES = 1000
"""Among more names nobody looks for a slip: a definition has a few dozen, and comparing all takes its time."""


def nearest(word: str, names: Iterable[str]) -> str:
    """The one of the names that looks most like the word, or nothing where none does."""
    if len(word) > LONGEST:
        return ""
    known = list(islice(names, MOST_NAMES + 1))
    found = get_close_matches(word, known, n=1, cutoff=0.6) if len(known) <= MOST_NAMES else []
    return found[0] if found else ""


def suggestion(word: str, names: Iterable[str]) -> str:
    """What to write instead: the nearest name, or the names that there are."""
    names = list(islice(names, MOST_NAMES + 1))
    near = nearest(word, names)
    if near:
        return f'did you mean "{near}"?'
    if not names:
        return "there is none to name"
    return f"write one of: {', '.join(names)}" if len(names) <= 12 else "see the reference for the names that there are"


def mended(word: str, names: Iterable[str], place: Place, taken: Iterable[str] = ()) -> tuple[Edit, ...]:
    """The edit that writes the one name which is a single slip away, where there is exactly one.

    A place that is longer than the word has quotes or escapes in it; there a person has to look.
    """
    known = set(islice(names, MOST_NAMES + 1))
    near = [name for name in known if _one_slip(word, name)] if len(known) <= MOST_NAMES else []
    if len(near) != 1 or near[0] in taken or place.length != len(word):
        return ()
    return (Edit(place, near[0]),)


def _one_slip(word: str, name: str) -> bool:
    """Whether one letter was left out, added, mistaken, or two neighbours changed places."""
    if word == name or abs(len(word) - len(name)) > 1 or len(name) < 4:
        return False
    same = next((at for at, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    a, b = word[same:], name[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
