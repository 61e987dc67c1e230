"""Whether a value surely fits a JSON Schema: what does is good, and jsonschema is asked about the rest, in its words.

It knows the few keywords that our schemas use, and of one that it does not know it is not sure.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

_SAYS_NOTHING = frozenset(
    {
        "$schema",
        "$id",
        "$defs",
        "title",
        "description",
        "examples",
        "default",
        "enumDescriptions",
        "x-instead",
        "format",
    }
)
"""Keywords by which nothing is refused."""


def fits(value: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    """`root` is the schema in which references lead somewhere."""
    if isinstance(schema, bool):
        return schema
    for keyword, wanted in schema.items():
        if keyword in _SAYS_NOTHING or keyword in ("then", "else"):
            continue
        if keyword == "$ref":
            if not fits(value, _referred(wanted, root), root):
                return False
        elif keyword == "if":
            then = schema.get("then" if fits(value, wanted, root) else "else", True)
            if not _decided(wanted) or not fits(value, then, root):
                return False
        else:
            fit = _KEYWORDS.get(keyword)
            if fit is None or not fit(value, wanted, schema, root):
                return False
    return True


def _decided(condition: Any) -> bool:
    """Whether "not sure" can be told from "no": else neither branch may be taken."""
    return all(
        keyword in _SAYS_NOTHING
        or keyword == "required"
        or (keyword == "type" and "integer" not in wanted)
        or (keyword == "const" and isinstance(wanted, (str, bool)))
        or (keyword == "enum" and all(isinstance(one, (str, bool)) for one in wanted))
        or (keyword == "properties" and all(map(_decided, wanted.values())))
        for keyword, wanted in condition.items()
    )


def _referred(to: str, root: Mapping[str, Any]) -> Any:
    """Ours lead to what stands under `$defs`."""
    below = root.get("$defs", {}).get(to.removeprefix("#/$defs/"))
    return False if below is None else below


def _type(value: Any, wanted: Any, *_: Any) -> bool:
    return any(_is(value, kind) for kind in ([wanted] if isinstance(wanted, str) else wanted))


def _is(value: Any, kind: str) -> bool:
    match kind:
        case "object":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "null":
            return value is None
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
    return False


def _properties(value: Any, wanted: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, dict) or all(fits(value[name], wanted[name], root) for name in value if name in wanted)


def _additional(value: Any, wanted: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    if not isinstance(value, dict):
        return True
    known = schema.get("properties", {})
    return "patternProperties" not in schema and all(
        fits(value[name], wanted, root) for name in value if name not in known
    )


def _names(value: Any, wanted: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, dict) or all(fits(name, wanted, root) for name in value)


def _required(value: Any, wanted: Any, *_: Any) -> bool:
    return not isinstance(value, dict) or all(name in value for name in wanted)


def _items(value: Any, wanted: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, list) or (
        "prefixItems" not in schema and all(fits(one, wanted, root) for one in value)
    )


def _unique(value: Any, wanted: Any, *_: Any) -> bool:
    """Of what is not all words it is not sure."""
    if not isinstance(value, list) or not wanted:
        return True
    return all(isinstance(one, str) for one in value) and len(set(value)) == len(value)


def _one_of(value: Any, wanted: Any, *_: Any) -> bool:
    return any(_same(value, one) for one in wanted)


def _same(value: Any, wanted: Any, *_: Any) -> bool:
    """`true` is not 1; of lists and maps it is not sure."""
    return type(value) is type(wanted) and not isinstance(value, (list, dict)) and bool(value == wanted)


def _pattern(value: Any, wanted: Any, *_: Any) -> bool:
    return not isinstance(value, str) or bool(_compiled(wanted).search(value))


_compiled = cache(re.compile)


def _bound(kind: type | tuple[type, ...], within: Callable[[Any, Any], bool]) -> Callable[..., bool]:
    return lambda value, wanted, *_: not isinstance(value, kind) or isinstance(value, bool) or within(value, wanted)


_KEYWORDS: Mapping[str, Callable[..., bool]] = {
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "required": _required,
    "items": _items,
    "uniqueItems": _unique,
    "enum": _one_of,
    "const": _same,
    "pattern": _pattern,
    "minimum": _bound((int, float), lambda value, bound: value >= bound),
    "maximum": _bound((int, float), lambda value, bound: value <= bound),
    "minLength": _bound(str, lambda value, bound: len(value) >= bound),
    "maxLength": _bound(str, lambda value, bound: len(value) <= bound),
    "minItems": _bound(list, lambda value, bound: len(value) >= bound),
    "maxItems": _bound(list, lambda value, bound: len(value) <= bound),
    "minProperties": _bound(dict, lambda value, bound: len(value) >= bound),
    "maxProperties": _bound(dict, lambda value, bound: len(value) <= bound),
}
