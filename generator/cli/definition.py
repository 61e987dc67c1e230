"""What verbs on a definition have in common: find it, make the bundle, print what is wrong."""

import sys
from io import TextIOWrapper
from pathlib import Path

import click

from generator.compiler import report
from generator.compiler.build import Built
from generator.compiler.build import build as compile_definition
from generator.compiler.report.quoted import Lines
from generator.model.site import Site

DEFAULT_FILE = "workflows.yaml"

argument = click.argument("file", default=DEFAULT_FILE, type=click.Path(path_type=Path))


def built(file: Path) -> Built:
    """Compile the file and print every problem, with a line that sums them up."""
    there(file)
    result = compile_definition(file, label(file))
    if result.problems:
        say(report.text(result.problems, lines()))
    return result


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
    return report.lines_of([Path.cwd(), Path("/")])


def counted(result: Built, file: Path) -> str:
    """How it went, in a line."""
    if not result.problems and result.bundle is not None:
        return f"{file}: {clean(result.bundle.site)}"
    return f"{file}: {report.summary(result.problems)}"


def clean(site: Site) -> str:
    """What was looked at and found good."""
    count = f"{len(site.workflows)} workflows and {len(site.portal.sections)} sections"
    return f"no problems in {count} ({', '.join(site.languages)})"
