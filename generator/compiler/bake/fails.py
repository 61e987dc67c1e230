"""What goes wrong while a template runs, in words that help its author. What goes wrong in our own code is ours."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from traceback import walk_tb
from typing import Any

import jinja2
from jinja2 import Environment
from jinja2.runtime import TemplateReference

from generator.model.nearest import suggestion

FAILS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What Python raises where values do not fit together."""

_UNKNOWN = re.compile(r"No (filter|test) named '(\w+)'")


def in_template(fault: BaseException, folders: tuple[str, ...]) -> bool:
    """Whether a line of a template below these folders raised it, or Jinja for it, and no function of ours."""
    last = list(walk_tb(fault.__traceback__))[-1][0].f_code.co_filename
    return last.startswith((*folders, str(Path(jinja2.__file__).parent)))


def helping(fault: BaseException, environment: Environment) -> str:
    """What to write in place of a filter or a test that there is not; nothing for anything else."""
    found = _UNKNOWN.search(str(fault))
    if not found:
        return ""
    known: Iterable[str] = environment.filters if found[1] == "filter" else environment.tests
    return suggestion(found[2], sorted(known))


def parts_of(thing: Any) -> list[str]:
    """The names that a template can write behind a thing and a point."""
    if isinstance(thing, Mapping):
        return sorted(str(key) for key in thing)
    if isinstance(thing, TemplateReference):
        return sorted(vars(thing)["_TemplateReference__context"].blocks)
    return sorted(name for name in dir(getattr(thing, "_thing", thing)) if not name.startswith("_"))
