"""What another price list changes, in words: plans, tables, rules, promotions and tax that come, go, or are altered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from generator.compiler.catalog import export
from generator.compiler.catalog.export import flat
from generator.model.price_list import PriceList

What = Literal["added", "changed", "withdrawn"]


@dataclass(frozen=True)
class Difference:
    """One thing of the price list: `name` is what it is, `details` what is different in it."""

    what: What
    kind: str
    name: str
    details: tuple[str, ...] = ()


_KINDS = {"plans": "plan", "tables": "table", "promotions": "promotion"}


def between(before: PriceList, after: PriceList) -> tuple[Difference, ...]:
    """What is different, by kind, in the order in which the new list has it; what goes comes last."""
    return tuple(_found(export.tree(before), export.tree(after)))


def _found(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for key in after:
        old, new = before[key], after[key]
        if key not in _KINDS:
            details = tuple(_details(old, new, ""))
            if details:
                yield Difference("changed", key, "", details)
            continue
        kind = _KINDS[key]
        for name, said in new.items():
            if name not in old:
                yield Difference("added", kind, name)
            elif details := tuple(_details(old[name], said, "")):
                yield Difference("changed", kind, name, details)
        yield from (Difference("withdrawn", kind, name) for name in old if name not in new)


def _details(old: Any, new: Any, path: str) -> Iterator[str]:
    """Each value that differs, with where it stands."""
    if old == new and _order(old) == _order(new):
        return
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        yield f"{path.strip('.') or 'rules'}: {_written(old)} → {_written(new)}"
        return
    inner = [*new, *(key for key in old if key not in new)]
    if old == new:
        yield f"{path.strip('.')}: another order"
    for key in inner:
        yield from _details(old.get(key), new.get(key), f"{path}.{key}")


def _order(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, Mapping) else ()


def _written(value: Any) -> str:
    return "nothing" if value in (None, [], {}) else flat(value)
