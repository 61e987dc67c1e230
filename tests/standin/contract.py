"""What Stripe's own library says may be asked: verbs, addresses and parameters, read from the source of services."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import stripe

_SOURCE = Path(stripe.__file__).parent
_METHOD = re.compile(r'def \w+\(.*?params: (?:Optional\[)?"(\w+)".*?_request\(\s*"(\w+)",\s*"(/v1/[^"]+)"', re.DOTALL)
_IMPORT = re.compile(r"from (stripe\.params[\w.]*) import \(?\s*(\w+)")
_GAP = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Operation:
    """One thing that may be asked. `template` has `{}` for what differs from case to case."""

    verb: str
    template: str
    module: str
    params: str

    @property
    def name(self) -> str:
        return f"{self.verb} {self.template}"

    def kind(self) -> Any:
        """The type of its parameters."""
        return getattr(import_module(self.module), self.params)


def operation(verb: str, path: str) -> tuple[Operation, tuple[str, ...]] | None:
    """What is asked with this address, and what stands in its gaps; None where the library knows no such address."""
    parts = tuple(path.strip("/").split("/"))
    for template, found in _by_length().get((verb.lower(), len(parts)), ()):
        if all(known in ("{}", part) for known, part in zip(template, parts, strict=True)):
            return found, tuple(part for known, part in zip(template, parts, strict=True) if known == "{}")
    return None


@cache
def operations() -> Mapping[str, Operation]:
    """All of the first version of Stripe's API, by name."""
    return {found.name: found for file in sorted(_SOURCE.rglob("_*_service.py")) for found in _read(file)}


def _read(file: Path) -> Iterator[Operation]:
    source = file.read_text(encoding="utf-8")
    modules = {name: module for module, name in _IMPORT.findall(source)}
    for method in re.split(r"\n    (?=(?:async )?def )", source):
        if found := _METHOD.match(method):
            yield Operation(found[2], _GAP.sub("{}", found[3]), modules[found[1]], found[1])


@cache
def _by_length() -> Mapping[tuple[str, int], list[tuple[tuple[str, ...], Operation]]]:
    """The exact address before the one with gaps: `/v1/invoices/create_preview` is no invoice."""
    found: dict[tuple[str, int], list[tuple[tuple[str, ...], Operation]]] = {}
    for one in operations().values():
        parts = tuple(one.template.strip("/").split("/"))
        found.setdefault((one.verb, len(parts)), []).append((parts, one))
    for several in found.values():
        several.sort(key=lambda pair: pair[0].count("{}"))
    return found
