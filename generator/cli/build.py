"""`hosted-pages build`: makes the pages of a definition."""

from pathlib import Path

import click

from generator.bundle import folder
from generator.cli import definition
from generator.compiler import source


@click.command()
@definition.argument
@click.option("--out", default="build", show_default=True, type=click.Path(path_type=Path), help="Where bundles lie.")
def build(file: Path, out: Path) -> int:
    """Check a definition and make its pages: build/<bundle-id>/, with build/current pointing at it.

    The bundle's id goes to stdout. The same input makes the same bytes, so a build that changes nothing makes nothing.
    """
    if file.name in source.CATALOGS:
        raise click.UsageError(f"{file} is a catalog, of which no pages are made: `hosted-pages catalog import {file}`")
    result = definition.built(file)
    click.echo(definition.counted(result, file), err=True)
    if result.bundle is None:
        return 1
    path = folder.write(result.bundle, out)
    click.echo(f"built {path}", err=True)
    click.echo(result.bundle.id)
    return 0
