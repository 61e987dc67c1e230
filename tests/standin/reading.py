"""Makes of a form what the library's types say it is, or says which parameter is not as they have it."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from types import UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin
from urllib.parse import parse_qsl

from stripe._request_options import RequestOptions
from stripe._stripe_object import UntypedStripeObject
from typing_extensions import get_type_hints, is_typeddict

from tests.standin.faults import Refusal, invalid

_OPTIONS = frozenset(RequestOptions.__annotations__)
"""Settings of the library itself, which its types list beside the parameters."""

_KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def form(text: str) -> dict[str, Any]:
    """`a[b][0]=c` as `{"a": {"b": {"0": "c"}}}`, as Stripe's libraries write what is nested."""
    said: dict[str, Any] = {}
    for key, value in parse_qsl(text, keep_blank_values=True):
        found = _KEY.fullmatch(key)
        if found is None:
            raise invalid(f"Received unknown parameter: {key}", "parameter_unknown", key)
        names = [found[1], *re.findall(r"\[([^\[\]]*)\]", found[2])]
        within: Any = said
        for name in names[:-1]:
            within = within.setdefault(name or str(len(within)), {})
            if not isinstance(within, dict):
                raise invalid(f"Invalid value at {key}", param=key)
        within[names[-1] or str(len(within))] = value
    return said


def read(kind: Any, said: Any, at: str = "") -> Any:
    """The value in the library's own type. Raises `Refusal` as Stripe does."""
    if is_typeddict(kind):
        return _typed(kind, said, at)
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _one_of(args, said, at)
    if origin is Literal:
        if said not in args:
            raise invalid(f"Invalid {at}: must be one of {', '.join(map(str, args))}", "", at)
        return said
    if origin in (list, Sequence):
        return [read(args[0], one, f"{at}[{place}]") for place, one in enumerate(_listed(said, at))]
    if origin in (dict, UntypedStripeObject):
        return {name: read(args[-1], value, f"{at}[{name}]") for name, value in _map(said, at).items()}
    return _plain(kind, said, at)


def _typed(kind: Any, said: Any, at: str) -> dict[str, Any]:
    hints = _hints(kind)
    given = _map(said, at)
    for name in given:
        if name not in hints:
            raise invalid(f"Received unknown parameter: {_within(at, name)}", "parameter_unknown", _within(at, name))
    for name in kind.__required_keys__ - _OPTIONS:
        if given.get(name, "") == "":
            raise invalid(f"Missing required param: {_within(at, name)}.", "parameter_missing", _within(at, name))
    return {name: read(hints[name], value, _within(at, name)) for name, value in given.items()}


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    """Names and types of the parameters, without the library's own settings."""
    own = {name: hint for name, hint in kind.__annotations__.items() if name not in _OPTIONS}
    # The settings cannot be resolved where the parameters stand: a class with the others alone can.
    bare = type(kind.__name__, (), {"__annotations__": own, "__module__": kind.__module__})
    return {name: _unwrapped(hint) for name, hint in get_type_hints(bare, include_extras=True).items()}


def _unwrapped(hint: Any) -> Any:
    return _unwrapped(get_args(hint)[0]) if get_origin(hint) in (NotRequired, Required) else hint


def _one_of(kinds: Sequence[Any], said: Any, at: str) -> Any:
    """A closed list of words is written with `str` beside it, for words to come: none of those has come yet."""
    words = [word for kind in kinds if get_origin(kind) is Literal for word in get_args(kind)]
    if isinstance(said, str) and said in words:
        return said
    closed = any(words) and str in kinds
    others = [kind for kind in kinds if get_origin(kind) is not Literal and not (closed and kind is str)]
    refused: list[Refusal] = []
    for kind in sorted(others, key=lambda kind: kind is str):
        try:
            return read(kind, said, at)
        except Refusal as fault:
            refused.append(fault)
    if any(words) or not refused:
        raise invalid(f"Invalid {at}: must be one of {', '.join(filter(None, words))}", "", at)
    raise next((fault for fault in refused if fault.code.startswith("parameter_")), refused[0])


def _plain(kind: Any, said: Any, at: str) -> Any:
    if not isinstance(said, str):
        raise invalid(f"Invalid {at}: not a plain value", "", at)
    if kind is bool:
        if said not in ("true", "false"):
            raise invalid(f"Invalid boolean: {said}", "", at)
        return said == "true"
    if kind is int:
        if not re.fullmatch(r"-?[0-9]{1,18}", said):
            raise invalid(f"Invalid integer: {said}", "parameter_invalid_integer", at)
        return int(said)
    if kind in (float, Decimal):
        try:
            return kind(said)
        except (ValueError, InvalidOperation) as fault:
            raise invalid(f"Invalid decimal: {said}", "", at) from fault
    assert kind is str, f"{at} is of a type that nobody reads here: {kind!r}"
    return said


def _map(said: Any, at: str) -> Mapping[str, Any]:
    if not isinstance(said, Mapping):
        raise invalid(f"Invalid {at}: not a map", "parameter_invalid", at)
    return said


def _listed(said: Any, at: str) -> Sequence[Any]:
    """A list comes with numbers for keys."""
    given = _map(said, at)
    if not all(key.isdecimal() for key in given):
        raise invalid(f"Invalid {at}: not a list", "parameter_invalid", at)
    return [given[key] for key in sorted(given, key=int)]


def _within(at: str, name: str) -> str:
    return f"{at}[{name}]" if at else name
