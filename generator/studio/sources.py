"""The files that a build reads: whether any of them has changed, and a copy of them as they are at one moment."""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import shipped

BESIDE = (".yaml", ".yml", ".png", ".jpg", ".jpeg", ".webp", ".svg")
"""What a definition may read in its own folder: a catalog, a logo."""

BELOW = ("texts", "themes")
"""Folders beside it that are read whole."""

Print = tuple[tuple[str, int, int, int], ...]
"""What tells a file that was written from the one that was there before: its name, time, size and inode."""

TRIES, MOMENT = 5, 0.05
"""How often a copy is begun anew because something was saved while it was made, and after how many seconds."""


@dataclass(frozen=True)
class Sources:
    """Of the definition in this file; `label` is what problems call it."""

    file: Path
    label: str

    @property
    def folders(self) -> tuple[Path, ...]:
        """All folders in which a save may matter."""
        beside = self.file.parent
        whole = [beside / name for name in BELOW] + [shipped.THEMES, shipped.DEFAULT_TEXTS, shipped.SCHEMAS]
        below = (Path(folder) for root in whole for folder, _, _ in os.walk(root))
        return tuple(dict.fromkeys(path.resolve() for path in (beside, *below, shipped.DEFAULT_DEFINITION.parent)))

    def printed(self) -> Print:
        """The same as long as nobody saves anything."""
        found = []
        for path in (*self._own(), *self._shipped()):
            try:
                state = path.stat()
            except OSError:
                continue
            found.append((str(path), state.st_mtime_ns, state.st_size, state.st_ino))
        return tuple(found)

    def copied(self, to: Path) -> tuple[Path, Print]:
        """A copy of what is the merchant's own, below a folder that stands in for where they are: the definition in it,
        and the print of what was copied. Nobody saved anything meanwhile, or whoever did is seen by the print."""
        for _ in range(TRIES):
            before = self.printed()
            shutil.rmtree(to, ignore_errors=True)
            for path in self._own():
                there = self._in(to, path)
                there.parent.mkdir(parents=True, exist_ok=True)
                try:
                    shutil.copyfile(path, there)
                except OSError:
                    continue
            if self.printed() == before and not any(size == 0 for _, _, size, _ in before):
                break
            # An empty file is one that is being written: it is looked at again in a moment, and then as it is.
            time.sleep(MOMENT)
        return self._in(to, self.file), before

    def _in(self, to: Path, path: Path) -> Path:
        """Where a file lies in the copy: its problems are found there by the names that they give."""
        label = Path(self.label)
        parent = label.parent.relative_to(label.anchor) if label.is_absolute() else label.parent
        inside = to / parent if ".." not in parent.parts else to
        return inside / path.relative_to(self.file.parent)

    def _own(self) -> Iterator[Path]:
        beside = self.file.parent
        try:
            yield from sorted(path for path in beside.iterdir() if path.suffix in BESIDE and path.is_file())
        except OSError:
            return
        shipped_too = (shipped.THEMES.resolve(), shipped.DEFAULT_TEXTS.resolve())
        for name in BELOW:
            if (beside / name).resolve() not in shipped_too:
                yield from _files(beside / name)

    def _shipped(self) -> Iterator[Path]:
        yield shipped.DEFAULT_DEFINITION
        for folder in (shipped.THEMES, shipped.DEFAULT_TEXTS, shipped.SCHEMAS):
            yield from _files(folder)


def _files(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(where) / name for name in sorted(names) if not name.startswith(".") and not name.endswith("~"))
