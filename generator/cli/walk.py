"""`hosted-pages walk`: customers walk through a definition, and what does not hold is said."""

import tempfile
from pathlib import Path

import click

from generator import shipped
from generator.bundle import folder
from generator.cli import definition
from generator.compiler import report
from generator.rehearsal import performance, script
from generator.rehearsal.performance import Failure
from generator.rehearsal.script import Script
from generator.rehearsal.stand import stand


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--definition", "written", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="What is walked."
)
@click.option("--catalog", "sold", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="What is sold.")
def walk(files: tuple[Path, ...], written: Path | None, sold: Path | None) -> int:
    """Let customers walk through a definition as the sentences of FILES say. No money moves, and nothing is left.

    The definition is `workflows.yaml` in this folder, or the shipped one. What is sold is the catalog.yaml beside it,
    or else what the demo sells.
    """
    here = Path("workflows.yaml")
    written = written or (here if here.exists() else shipped.DEFAULT_DEFINITION)
    result = definition.built(written)
    if result.bundle is None:
        click.echo(definition.counted(result, written), err=True)
        return 1
    prices = result.prices if sold is None else definition.priced(sold)
    if prices is None and sold is None:
        prices = definition.priced(shipped.DEMO_CATALOG)
    if prices is None:
        return 1
    failed = 0
    with tempfile.TemporaryDirectory() as build:
        folder.write(result.bundle, Path(build))
        for file in files:
            read = script.read(file.read_text(encoding="utf-8"), str(file))
            if not isinstance(read, Script):
                click.echo(report.text(read, report.lines_of([Path.cwd(), Path("/")])))
                failed += 1
                continue
            with stand(Path(build), prices) as world:
                failure = performance.play(read, world).failure
            click.echo(_told(read, failure))
            failed += failure is not None
    click.echo(f"{len(files) - failed} of {len(files)} walks hold", err=True)
    return 1 if failed else 0


def _told(played: Script, failure: Failure | None) -> str:
    """One line, or where it went wrong: what was wanted and what there was."""
    if failure is None:
        return f"{played.file}: ok"
    place = failure.line.place
    said = f"{failure.line.name} {failure.line.written}"
    return f"{place.file}:{place.line}: {said}\n  wanted: {failure.wanted}\n  found:  {failure.found}"
