"""Python sweeps for what nobody holds any more while much is made, and finds nothing: all of it is still needed."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """No sweeping meanwhile. For what takes no longer than a moment."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
