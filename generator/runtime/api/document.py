"""The OpenAPI 3.1 document of the API, made from the same list as the server."""

import json
import re
from functools import cache
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from generator.runtime.api.operations import OPERATIONS, Operation
from generator.runtime.api.problems import MEDIA_TYPE
from generator.runtime.api.reading import DAYS, MOST_KEY
from generator.runtime.merchant.asked import NAME
from generator.runtime.merchant.paging import MOST, USUAL
from generator.runtime.merchant.told import ProblemTold
from generator.runtime.merchant.wrong import STATUS, Code

ANY: tuple[Code, ...] = (
    "no-key",
    "unknown-address",
    "method-not-allowed",
    "unknown-parameter",
    "wrong-host",
    "too-many-requests",
    "our-mistake",
    "unavailable",
)
"""What any call may be refused with."""

BODY: tuple[Code, ...] = ("malformed-json", "wrong-shape", "not-json", "too-large")

KEYED: tuple[Code, ...] = ("key-in-use", "key-reused")

_REF = "#/components/schemas/{model}"

_SAYS = """Customers, subscriptions, invoices, use and links, for the merchant's application.

Send a key with every request: `Authorization: Bearer …`. Money is whole minor units, such as cents, and a currency; a
moment is UTC, ISO 8601; a day is one of the merchant's calendar. A list has `items`, and in `next` the `cursor` of what
follows. What acts may come with an `Idempotency-Key`: the same request again is then answered the same for a day, and
nothing is done twice. What is refused did nothing, and says so as `application/problem+json`."""


@cache
def text() -> str:
    """The document as JSON."""
    return json.dumps(made(), ensure_ascii=False, indent=1) + "\n"


def made() -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    names, schemas = _schemas()
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, names)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Hosted Pages", "version": version("hosted-pages"), "description": _SAYS},
        "servers": [{"url": "/api"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _schemas() -> tuple[dict[Any, str], dict[str, Any]]:
    """Where each shape is, and all of them."""
    answered: list[tuple[type[BaseModel], JsonSchemaMode]] = [(one.answers, "serialization") for one in OPERATIONS]
    asked: list[tuple[type[BaseModel], JsonSchemaMode]] = [(one.asks, "validation") for one in OPERATIONS if one.asks]
    where, definitions = models_json_schema(
        [*dict.fromkeys([*asked, *answered]), (ProblemTold, "serialization")], ref_template=_REF
    )
    return {(kind, mode): found["$ref"] for (kind, mode), found in where.items()}, _plain(definitions["$defs"])


def _plain(schemas: Any) -> Any:
    """Without the titles that pydantic makes of names."""
    match schemas:
        case dict():
            return {
                name: _plain(value) for name, value in schemas.items() if name != "title" or not isinstance(value, str)
            }
        case list():
            return [_plain(one) for one in schemas]
    return schemas


def _operation(operation: Operation, names: dict[Any, str]) -> dict[str, Any]:
    codes = (*operation.may, *ANY, *(BODY if operation.asks else ()), *(KEYED if operation.acts else ()))
    made: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.says,
        "parameters": _parameters(operation),
        "responses": {
            str(operation.status): {
                "description": "Done." if operation.acts else "Here it is.",
                "content": {"application/json": {"schema": {"$ref": names[(operation.answers, "serialization")]}}},
            },
            **_refusals(codes, names[(ProblemTold, "serialization")]),
        },
    }
    if operation.asks:
        schema = {"$ref": names[(operation.asks, "validation")]}
        made["requestBody"] = {
            "required": bool(_required(operation.asks)),
            "content": {"application/json": {"schema": schema}},
        }
    return made


def _required(asks: type[BaseModel]) -> list[str]:
    return [name for name, field in asks.model_fields.items() if field.is_required()]


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    given: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": _named(operation)}
        for name in re.findall(r"\{(\w+)\}", operation.path)
    ]
    if operation.paged:
        cursor = {"type": "string", "description": "`next` of the page before."}
        limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        given += [
            {"name": "cursor", "in": "query", "schema": cursor},
            {"name": "limit", "in": "query", "schema": limit},
        ]
    if operation.spans:
        says = {"from": "The first day; a year before the last one, if left out.", "to": "The last; today."}
        given += [
            {"name": name, "in": "query", "schema": {"type": "string", "format": "date", "description": says[name]}}
            for name in DAYS
        ]
    if operation.acts:
        key = {"type": "string", "minLength": 1, "maxLength": MOST_KEY, "description": "ASCII without spaces: a UUID."}
        given.append({"name": "Idempotency-Key", "in": "header", "schema": key})
    return given


def _named(operation: Operation) -> dict[str, Any]:
    """Whoever is put gets a name that can be one; what is asked for may be any text."""
    if operation.id == "putCustomer":
        return {"type": "string", "pattern": NAME}
    return {"type": "string", "minLength": 1}


def _refusals(codes: tuple[Code, ...], schema: str) -> dict[str, Any]:
    """By status: the codes that it may have."""
    by_status: dict[int, list[Code]] = {}
    for code in dict.fromkeys(codes):
        by_status.setdefault(STATUS[code][0], []).append(code)
    return {
        str(status): {
            "description": " ".join(f"`{code}`: {STATUS[code][1]}" for code in by_status[status]),
            "content": {MEDIA_TYPE: {"schema": {"$ref": schema}}},
        }
        for status in sorted(by_status)
    }
