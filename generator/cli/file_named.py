"""A file as a person names it: is it there, what do problems call it, where are its lines, how is it told."""

import sys
from io import TextIOWrapper
from pathlib import Path

import click

from generator.compiler.report.quoted import Lines, lines_of

DEFAULT_FILE = "workflows.yaml"


def say(words: str, newline: bool = True) -> None:
    """To stdout. What it cannot encode is written as an escape: a report is better than none."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    click.echo(words, nl=newline)


def there(file: Path) -> None:
    """Nothing to check is a wrong use, and not a good definition."""
    if not file.is_file():
        raise click.UsageError(f"there is no file {file}: name the definition, or go to the folder where it lies")


def label(file: Path) -> str:
    """What problems call the file: as it was named, with what is no character in the name replaced."""
    return str(file).encode(errors="surrogateescape").decode(errors="replace")


def lines() -> Lines:
    """The lines of whatever a problem names."""
    return lines_of([Path.cwd(), Path("/")])


def whole(file: Path) -> Path:
    """The definition that a file of texts lies beside, and is checked with; any other file is itself."""
    beside = file.parent.parent / DEFAULT_FILE
    return beside if file.parent.name == "texts" and beside.is_file() else file
