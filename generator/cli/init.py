"""`hosted-pages init`: a merchant's first file, with all that one may want in it as comments."""

from pathlib import Path

import click

from generator import shipped

STARTER = {
    shipped.STARTER / "workflows.yaml": Path("workflows.yaml"),
    shipped.SCHEMAS / "workflows.schema.json": Path("schemas", "workflows.schema.json"),
}
"""What is written, and where: the definition and, for editors, its schema."""


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> int:
    """Write a first workflows.yaml into FOLDER, with comments, and its schema beside it for your editor.

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
