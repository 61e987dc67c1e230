"""Objects in place of their ids, where somebody asked for them."""

from copy import deepcopy
from typing import Any

from tests.standin.books import Books
from tests.standin.faults import invalid
from tests.standin.shapes import Thing

DEEPEST = 4


def expanded(books: Books, thing: Thing, asked: list[str]) -> Thing:
    """The object with these fields as objects. Raises `Refusal` for what is no field."""
    answer = deepcopy(thing)
    for path in asked:
        names = path.split(".")
        if len(names) > DEEPEST:
            raise invalid("Expanded too deep", param="expand")
        _expand(books, answer, names, path)
    return answer


def _expand(books: Books, within: Any, names: list[str], path: str) -> None:
    if isinstance(within, list):
        for one in within:
            _expand(books, one, names, path)
        return
    if within is None:
        return
    name, *more = names
    if not isinstance(within, dict) or name not in within:
        raise invalid(f"This cannot be expanded: {path}", param="expand")
    value = within[name]
    if isinstance(value, str) and value in books.things:
        within[name] = value = deepcopy(books.things[value])
    elif isinstance(value, list):
        within[name] = value = [deepcopy(books.things.get(one, one)) if isinstance(one, str) else one for one in value]
    if more:
        _expand(books, value, more, path)
