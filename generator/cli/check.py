"""`hosted-pages check`: everything that is wrong with a definition, before a customer finds it."""

from pathlib import Path

import click

from generator.cli import definition


@click.command()
@definition.argument
def check(file: Path) -> int:
    """Say everything that is wrong with a definition, each with its place and what to write instead.

    Exit code 0: nothing; 1: there are problems.
    """
    result = definition.built(file)
    click.echo(definition.counted(result, file), err=True)
    return 0 if result.good else 1
