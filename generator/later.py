"""What is heavy and seldom needed is named, and loaded when somebody needs it."""

from importlib import import_module
from typing import Any


def load(name: str) -> Any:
    """The thing of this name, as `module:name`."""
    module, _, thing = name.partition(":")
    return getattr(import_module(module), thing)
