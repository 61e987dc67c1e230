"""What of a value makes a page another one, as words: equal where nothing that could be shown differs.

`1.0` is not `1.00`, a place makes no difference, and of what we do not know nothing is equal.
"""

import os
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any


def shown(value: Any) -> Any:
    """Can be compared and hashed, and its `repr` is the same in every process."""
    match value:
        case str():
            return value
        case tuple():
            return type(value).__name__, tuple(map(shown, value))
        case Mapping():
            return type(value).__name__, tuple((shown(key), shown(item)) for key, item in value.items())
        case Decimal() | bool() | int() | float() | date() | None:
            return type(value).__name__, repr(value)
        case _ if is_dataclass(value):
            return type(value).__name__, tuple(shown(getattr(value, name)) for name in _names(value.__class__))
        case _:
            return os.urandom(16)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.metadata.get("canonical") is not False)
