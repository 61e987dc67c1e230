"""Templates as Python runs them, so that each is translated once and not for every check.

What is kept goes by the template's own name and words, by Jinja's code and by ours: a stale one has another key.
"""

import hashlib
import marshal
import sys
from functools import cache
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from generator.compiler.shelf import Shelf, private

MOST_KEPT = 1000
"""How many templates are kept on disk; the oldest go."""

_known: dict[str, CodeType] = {}
"""Those of this process: an editor's server makes the same pages again and again."""


class Compiled(BytecodeCache):
    """In this process, and in a folder where there is one. Who may write there may have us run anything: it is used
    where nobody else may, as Python's own compiled files are."""

    def __init__(self, folder: Path | None) -> None:
        used = folder and _translator() and private(folder)
        self._shelf = Shelf(folder, ".template", MOST_KEPT) if folder and used else None

    def load_bytecode(self, bucket: Bucket) -> None:
        key = _key(bucket)
        kept = self._shelf.take(key) if self._shelf and key not in _known else None
        if kept is not None:
            _known[key] = marshal.loads(kept)  # noqa: S302 - whole, by its hash, and written by ourselves
        bucket.code = _known.get(key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None, "Jinja hands over what it has compiled"
        key = _key(bucket)
        _known[key] = bucket.code
        if self._shelf:
            self._shelf.put(key, marshal.dumps(bucket.code))


def _key(bucket: Bucket) -> str:
    """Jinja's own key is of the name and the file, its checksum of the words."""
    return hashlib.sha256(f"{_translator()} {bucket.key} {bucket.checksum}".encode()).hexdigest()


@cache
def _translator() -> str:
    """Of everything that translates a template; nothing where it cannot be looked at."""
    hashed = hashlib.sha256(f"{sys.implementation.cache_tag} {sys.version}".encode())
    for folder in (Path(jinja2.__file__).parent, Path(__file__).parent):
        files = sorted(folder.glob("*.py"))
        for file in files:
            hashed.update(file.read_bytes())
        if not files:
            return ""
    return hashed.hexdigest()
