"""`hosted-pages walk`: customers walk through a definition, and what does not hold is said."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from generator import shipped
from generator.bundle import folder
from generator.bundle.folder import Bundle
from generator.cli import definition
from generator.compiler import report
from generator.model.price_list import PriceList
from generator.rehearsal import performance, script
from generator.rehearsal.drafting.drafts import MARK, Stands, Written, drafts
from generator.rehearsal.performance import Failure
from generator.rehearsal.script import Script
from generator.rehearsal.stand import stand

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", nargs=-1, type=_file)
@click.option("--definition", "written", type=_file, help="What is walked.")
@click.option("--catalog", "sold", type=_file, help="What is sold.")
@click.option(
    "--generate",
    "out",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a walk for each path that customers can take, in place of those written before.",
)
@click.option("--workflow", "wanted", metavar="ID", help="Write those of this one alone.")
def walk(files: tuple[Path, ...], written: Path | None, sold: Path | None, out: Path | None, wanted: str | None) -> int:
    """Let customers walk through a definition as the sentences of FILES say. No money moves, and nothing is left.

    The definition is `workflows.yaml` in this folder, or the shipped one. What is sold is the catalog.yaml beside it,
    or else what the demo sells.
    """
    if wanted is not None and out is None:
        raise click.UsageError("`--workflow` says whose walks are written: add `--generate FOLDER`")
    if not files and out is None:
        raise click.UsageError("name the walks to play, or write some with `--generate FOLDER`")
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
    with _served(result.bundle, prices) as stands:
        if out is not None:
            _writes(out, result.bundle, prices, stands, wanted)
        return 0 if _plays(files, stands) else 1


@contextmanager
def _served(bundle: Bundle, prices: PriceList) -> Iterator[Stands]:
    with tempfile.TemporaryDirectory() as build:
        folder.write(bundle, Path(build))
        yield partial(stand, Path(build), prices)


def _plays(files: tuple[Path, ...], stands: Stands) -> bool:
    failed = 0
    for file in files:
        read = script.read(file.read_text(encoding="utf-8"), str(file))
        if not isinstance(read, Script):
            click.echo(report.text(read, report.lines_of([Path.cwd(), Path("/")])))
            failed += 1
            continue
        with stands() as world:
            failure = performance.play(read, world).failure
        click.echo(_told(read, failure))
        failed += failure is not None
    if files:
        click.echo(f"{len(files) - failed} of {len(files)} walks hold", err=True)
    return not failed


def _told(played: Script, failure: Failure | None) -> str:
    """One line, or where it went wrong: what was wanted and what there was."""
    if failure is None:
        return f"{played.file}: ok"
    place = failure.line.place
    said = f"{failure.line.name} {failure.line.written}"
    return f"{place.file}:{place.line}: {said}\n  wanted: {failure.wanted}\n  found:  {failure.found}"


def _writes(out: Path, bundle: Bundle, prices: PriceList, stands: Stands, wanted: str | None) -> None:
    """What was written before and is no path any more goes; what somebody wrote by hand is not overwritten."""
    workflows = definition.offered(bundle.site, wanted)
    out.mkdir(parents=True, exist_ok=True)
    count, unstaged = 0, 0
    for workflow in workflows:
        before = {file for file in out.glob(f"{workflow.id}-*.walk") if _ours(file)}
        for one in drafts(bundle.site, workflow, prices, stands):
            if not isinstance(one, Written):
                click.echo(f"{one.workflow}: nobody was found who walks {one.says}", err=True)
                unstaged += 1
                continue
            file = out / f"{one.name}.walk"
            if file.exists() and file not in before:
                raise click.ClickException(f"{file} was not written by --generate: give it another name, and try again")
            before.discard(file)
            file.write_text(one.text, encoding="utf-8")
            click.echo(file)
            count += 1
        for gone in before:
            gone.unlink()
    left = f"; for {report.count(unstaged, 'path')} nobody was found" if unstaged else ""
    click.echo(f"{report.count(count, 'walk')} written{left}", err=True)


def _ours(file: Path) -> bool:
    return MARK in file.read_text(encoding="utf-8").splitlines()[:3]
