"""Model values as JSON and back: what a bundle and the store write down.

Places are left out: where something was written is the compiler's business.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter

from generator.model import payment, quote, rule, walk, workflow
from generator.model.money import Money

T = TypeVar("T")

_converter = make_converter(omit_if_default=False)


def write(value: object, kind: Any = None) -> str:
    """The value as JSON: sorted keys, no spare space, so that equal values are equal text."""
    plain = _converter.unstructure(value, unstructure_as=kind or type(value))
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str, kind: type[T]) -> T:
    """The value that `write` made this text from. Raises `ValueError` where it is no such value."""
    try:
        return _converter.structure(json.loads(text), kind)
    except Exception as fault:
        raise ValueError(f"not a written {kind.__name__}") from fault


def _written_fields(kind: type) -> dict[str, Any]:
    return {
        field.name: override(omit=True)
        for field in fields(kind)
        if field.metadata.get("canonical") is False or not field.init
    }


def _unstructure_factory(kind: type) -> Callable[[Any], Any]:
    return make_dict_unstructure_fn(kind, _converter, **_written_fields(kind))


def _structure_factory(kind: type) -> Callable[[Any, Any], Any]:
    return make_dict_structure_fn(kind, _converter, **_written_fields(kind))


def _is_plain_union(kind: Any) -> bool:
    """A union of simple values, such as what a rule compares with or a field answers."""
    return get_origin(kind) in (Union, UnionType) and set(get_args(kind)) <= _SIMPLE


def _write_simple(value: Any) -> Any:
    match value:
        case Money():
            return {"minor": value.minor, "currency": value.currency}
        case date():
            return {"date": value.isoformat()}
        case Decimal():
            return {"decimal": str(value)}
        case frozenset():
            return {"set": sorted(value)}
        case tuple():
            return list(value)
        case _:
            return value


def _read_simple(plain: Any, _: Any) -> Any:
    match plain:
        case {"minor": int(minor), "currency": str(currency)}:
            return Money(minor, currency)
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case {"decimal": str(number)}:
            return Decimal(number)
        case {"set": list(items)}:
            return frozenset(items)
        case list():
            return tuple(plain)
        case bool() | int() | str():
            return plain
    raise ValueError(f"not a simple value: {plain!r}")


def _register_tagged(union: Any) -> None:
    """A union of our own classes is written with the class's name as `is`. Late bound, because rules nest."""
    classes = {kind.__name__: kind for kind in get_args(union)}

    def write_member(value: Any) -> Any:
        return {"is": type(value).__name__, **_converter.unstructure(value)}

    def read_member(plain: Any, _: Any) -> Any:
        return _converter.structure(plain, classes[plain["is"]])

    _converter.register_unstructure_hook_func(lambda kind: kind == union, write_member)
    _converter.register_structure_hook_func(lambda kind: kind == union, read_member)


_TAGGED = (
    rule.Rule,
    payment.Choice,
    payment.Saved | payment.New,
    payment.Result | payment.Promised | payment.NothingDue,
    payment.Settlement,
    payment.RefundResult,
    quote.Change,
    walk.Standing,
    workflow.AnyStep,
)
_SIMPLE = {bool, int, str, Decimal, Money, date, frozenset[str], tuple[str, ...]}

_converter.register_unstructure_hook(frozenset, sorted)
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda plain, _: Decimal(plain))
_converter.register_unstructure_hook_func(_is_plain_union, _write_simple)
_converter.register_structure_hook_func(_is_plain_union, _read_simple)
_converter.register_unstructure_hook_factory(is_dataclass, _unstructure_factory)
_converter.register_structure_hook_factory(is_dataclass, _structure_factory)
for _union in _TAGGED:
    _register_tagged(_union)
