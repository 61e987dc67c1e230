"""`hosted-pages graph`: draws each workflow, so that it can be looked at."""

from pathlib import Path

import click

from generator.cli import definition
from generator.compiler.pictures import picture
from generator.compiler.pictures.titles import titles


@click.command()
@definition.argument
@click.option("--workflow", "wanted", metavar="ID", help="Only this one, and to stdout where no folder is said.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER", help="Where pictures lie.")
def graph(file: Path, wanted: str | None, out: Path | None) -> int:
    """Draw each workflow of a definition as an SVG: its screens, what decides on them, how it ends.

    One file for each is written, to the folder graphs where no other is said; their names go to stdout.
    """
    site = definition.site(file)
    if site is None:
        return 1
    workflows, spoken = definition.offered(site, wanted), titles(site, file.parent)
    for workflow in workflows:
        drawn = picture.draw(site, workflow, spoken)
        if wanted and out is None:
            click.echo(drawn, nl=False)
            continue
        folder = out or Path("graphs")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{workflow.id}.svg").write_text(drawn, encoding="utf-8")
        click.echo(folder / f"{workflow.id}.svg")
    return 0
