"""What does not have the shape that it should have, in our words: where, what, and what to write instead."""

from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from generator.model.nearest import suggestion
from generator.runtime.merchant.asked import Asked
from generator.runtime.merchant.wrong import Fault


def faults(fault: ValidationError, asks: type[Asked]) -> tuple[Fault, ...]:
    """Everything that pydantic found."""
    return tuple(_fault(error, asks) for error in fault.errors(include_url=False))


def _fault(error: Any, asks: type[Asked]) -> Fault:
    """In our words: pydantic's name the place, and the kind of fault."""
    path = [str(part) for part in error["loc"]]
    pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path)
    said = error["input"]
    match error["type"]:
        case "extra_forbidden":
            names = _names(asks, path[:-1])
            return Fault(pointer, f'there is no "{path[-1]}" here', suggestion(path[-1], names))
        case "missing":
            return Fault(pointer, f'"{path[-1]}" is missing', "say it")
    shown = f'"{said}"' if isinstance(said, str) and len(said) <= 60 and said.isprintable() else "this"
    return Fault(pointer, f"{shown} is not what can stand here", error["msg"][0].lower() + error["msg"][1:])


def _names(asks: type[BaseModel], path: list[str]) -> tuple[str, ...]:
    """The keys that there are at this place."""
    here: type[BaseModel] = asks
    for part in path:
        field = here.model_fields.get(part)
        inner = [kind for kind in _kinds(field.annotation) if isinstance(kind, type)] if field else []
        models = [kind for kind in inner if issubclass(kind, BaseModel)]
        if not models:
            return ()
        here = models[0]
    return tuple(here.model_fields)


def _kinds(annotation: Any) -> tuple[Any, ...]:
    return (annotation, *(kind for part in get_args(annotation) for kind in _kinds(part)))
