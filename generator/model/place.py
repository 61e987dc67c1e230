"""Where in a file somebody wrote something."""

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Place:
    """A span on one line of a file; line and column count from 1, in characters."""

    file: str
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Place("", 0, 0, 0)


def written_at() -> Place:
    """The field of a value that says where it was written: it makes no difference to what the value is."""
    return field(default=NOWHERE, compare=False, metadata={"canonical": False})
