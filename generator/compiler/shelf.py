"""A folder in which we keep what took long to make, under the hash of all that it was made of.

Nothing is ever trusted that is not whole. It can be emptied at any time: then it is made again.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Shelf:
    """Many processes may use it at once: a file is put there whole or not at all. The oldest beyond `most` go."""

    folder: Path
    suffix: str
    most: int

    def take(self, key: str) -> bytes | None:
        """What lies under this key, where it is whole."""
        try:
            told, _, data = (self.folder / f"{key}{self.suffix}").read_bytes().partition(b"\n")
        except OSError:
            return None
        return data if told == _hash(data) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep it. Where that cannot be done, it will take as long the next time, and that is all."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            name = self.folder / f"{key}.{os.getpid()}.new"
            with open(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(_hash(data) + b"\n" + data)
            os.replace(name, self.folder / f"{key}{self.suffix}")
            self._forget()
        except OSError:
            return

    def _forget(self) -> None:
        kept = [entry for entry in os.scandir(self.folder) if entry.is_file()]
        kept.sort(key=lambda entry: entry.stat().st_mtime)
        for entry in kept[: -self.most]:
            Path(entry.path).unlink(missing_ok=True)


def private(folder: Path) -> bool:
    """Whether nobody but us can put anything there, as far as the folders exist yet."""
    there = [one.stat() for one in (folder, folder.parent) if one.exists()]
    user = getattr(os, "getuid", lambda: 0)()
    return os.name == "nt" or all(one.st_uid == user and not one.st_mode & 0o022 for one in there)


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
