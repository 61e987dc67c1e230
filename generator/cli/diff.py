"""`hosted-pages diff`: what another version of a definition changes for customers."""

from pathlib import Path

import click

from generator.cli import definition, file_named
from generator.compiler.versions import told
from generator.compiler.versions.compare import compare

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("before", metavar="A", type=_FILE)
@click.argument("after", metavar="B", type=_FILE)
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "html"]))
def diff(before: Path, after: Path, form: str) -> int:
    """Say in words what definition B changes for customers against A: who pays otherwise, what is gone, what is new.

    A and B are files, or folders with a workflows.yaml. Where somebody in particular is concerned, such a one is named.
    """
    files = [path / file_named.DEFAULT_FILE if path.is_dir() else path for path in (before, after)]
    sites = [definition.site(file) for file in files]
    if sites[0] is None or sites[1] is None:
        return 1
    changes = compare(sites[0], sites[1])
    if form == "html":
        click.echo(told.html(changes, f"{files[0]} → {files[1]}"))
    elif changes:
        file_named.say(told.text(changes))
    click.echo(f"{len(changes)} {'change' if len(changes) == 1 else 'changes'} for customers", err=True)
    return 0
