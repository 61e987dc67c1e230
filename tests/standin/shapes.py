"""Objects as Stripe's own library describes them: complete, and with nothing that it does not know."""

import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin

from stripe._object_classes import OBJECT_CLASSES
from stripe._stripe_object import StripeObject, UntypedStripeObject

Thing = dict[str, Any]

_OLD = frozenset({"deleted"})
"""What stands only in objects that are gone."""


def whole(name: str, given: Mapping[str, Any]) -> Thing:
    """The object with these fields, and all others as they are where nobody said anything."""
    return _filled(_class(name), {"object": name, **given}, name)


def wrong(thing: Mapping[str, Any]) -> tuple[str, ...]:
    """What this object has that the library does not know, or lacks that it counts on."""
    return tuple(_wrong(_class(thing["object"]), thing, thing["object"]))


def dated(name: str) -> bool:
    """Whether such an object says when it was made."""
    return "created" in _fields(_class(name))


@cache
def _class(name: str) -> type[StripeObject]:
    module, kind = OBJECT_CLASSES[name]
    return getattr(import_module(module), kind)


@cache
def _fields(kind: type[StripeObject]) -> Mapping[str, Any]:
    written = inspect.get_annotations(kind)
    return {name: hint for name, hint in written.items() if name.islower() and name[0] != "_" and name not in _OLD}


def _filled(kind: type[StripeObject], given: Mapping[str, Any], at: str) -> Thing:
    unknown = set(given) - set(_fields(kind)) - _OLD
    assert not unknown, f"{at} has no {', '.join(sorted(unknown))}"
    blank = {name: _blank(hint, f"{at}.{name}") for name, hint in _fields(kind).items() if name not in given}
    # What belongs to one kind of payment method is missing from the others altogether.
    left_out = _kinds_of_method(kind) if at == "payment_method" else frozenset()
    return {**{name: value for name, value in blank.items() if name not in left_out}, **given}


def _blank(hint: Any, at: str) -> Any:
    if _may_be_nothing(hint):
        return None
    origin = get_origin(hint)
    if origin is list:
        return []
    if origin is UntypedStripeObject:
        return {}
    if isinstance(hint, type) and issubclass(hint, StripeObject):
        return _filled(hint, {}, at)
    if hint is bool:
        return False
    raise AssertionError(f"somebody has to say what {at} is: {hint}")


@cache
def _kinds_of_method(kind: type[StripeObject]) -> frozenset[str]:
    return frozenset(getattr(kind, "_inner_class_types", {})) - {"billing_details"}


def _may_be_nothing(hint: Any) -> bool:
    if isinstance(hint, str | ForwardRef):
        return str(hint).startswith(("Optional", "ForwardRef('Optional"))
    return get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)


def _wrong(kind: type[StripeObject], thing: Mapping[str, Any], at: str) -> Iterator[str]:
    fields = _fields(kind)
    yield from (f"{at} has {name!r}, which is not known" for name in thing if name not in fields and name not in _OLD)
    inner = getattr(kind, "_inner_class_types", {})
    for name, hint in fields.items():
        value = thing.get(name)
        if value is None and not _may_be_nothing(hint):
            yield f"{at} has no {name!r}"
        if name in inner:
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, Mapping):
                    yield from _wrong(inner[name], one, f"{at}.{name}")
        elif (words := _words(hint)) and isinstance(value, str) and value not in words:
            yield f"{at}.{name} is {value!r}"


def _words(hint: Any) -> frozenset[str]:
    """The words of a closed list; nothing where the list is open in more than name."""
    found = frozenset(
        word for part in (hint, *get_args(hint)) if get_origin(part) is Literal for word in get_args(part)
    )
    return frozenset() if any(isinstance(part, ForwardRef) for part in get_args(hint)) else found
