"""`hosted-pages init`: a merchant's first files, with all that one may want in them as comments."""

from pathlib import Path

import click

from generator import shipped

STARTER = {
    shipped.STARTER / "workflows.yaml": Path("workflows.yaml"),
    shipped.STARTER / "catalog.yaml": Path("catalog.yaml"),
    shipped.SCHEMAS / "workflows.schema.json": Path("schemas", "workflows.schema.json"),
    shipped.SCHEMAS / "catalog.schema.json": Path("schemas", "catalog.schema.json"),
    shipped.SCHEMAS / "texts.schema.json": Path("schemas", "texts.schema.json"),
}
"""What is written, and where: the definition, what is sold, and the schemas for editors."""


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> int:
    """Write a first workflows.yaml and catalog.yaml into FOLDER, with comments, and their schemas for your editor.

    Nothing is asked, and nothing that is there is touched. What was written goes to stdout.
    """
    there = [file for file in STARTER.values() if (folder / file).exists()]
    if there:
        raise click.UsageError(f"{folder / there[0]} is there already, and is left as it is: name another folder")
    for source, file in STARTER.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(source.read_bytes())
        click.echo(folder / file)
    written = folder / "workflows.yaml"
    click.echo(f"now say your company's name in {written}, then: hosted-pages check {written}", err=True)
    return 0
