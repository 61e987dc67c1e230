"""What verbs on a definition have in common: find it, make the bundle, print what is wrong."""

from pathlib import Path

import click

from generator import wiring
from generator.cli import file_named, verdict
from generator.compiler import report
from generator.compiler.build import Built, site_of
from generator.compiler.build import build as compile_definition
from generator.compiler.build import priced as read_catalog
from generator.model.nearest import suggestion
from generator.model.price_list import PriceList
from generator.model.site import Site
from generator.model.workflow import Workflow

argument = click.argument("file", default=file_named.DEFAULT_FILE, type=click.Path(path_type=Path))


def built(file: Path) -> Built:
    """Compile the file and print every problem, with a line that sums them up."""
    file_named.there(file)
    result = compile_definition(file, file_named.label(file), kept=wiring.kept_folder())
    if result.problems:
        file_named.say(report.text(result.problems, file_named.lines()))
    return result


def site(file: Path) -> Site | None:
    """What the file says, without its pages; where it says nothing good, what is wrong is printed."""
    file_named.there(file)
    read, problems = site_of(file, file_named.label(file))
    if read is None:
        file_named.say(report.text(problems, file_named.lines()))
        click.echo(f"{file_named.label(file)}: {report.summary(problems)}", err=True)
    return read


def offered(site: Site, wanted: str | None) -> tuple[Workflow, ...]:
    """Its workflows, or the one that is wanted."""
    ids = [workflow.id for workflow in site.workflows]
    if wanted is not None and wanted not in ids:
        raise click.UsageError(f'"{wanted}" is not a workflow that is offered here; {suggestion(wanted, ids)}')
    return tuple(workflow for workflow in site.workflows if wanted in (None, workflow.id))


def priced(file: Path) -> PriceList | None:
    """The prices of a catalog without errors. Everything that is wrong with it is printed, with a line to sum it up."""
    result = read_catalog(file, file_named.label(file))
    if result.problems:
        file_named.say(report.text(result.problems, file_named.lines()))
        click.echo(f"{file_named.label(file)}: {report.summary(result.problems)}", err=True)
    prices: PriceList | None = result.prices
    return prices


def counted(result: Built, file: Path) -> str:
    """How it went, in a line."""
    return f"{file}: {verdict.clean(result) if not result.problems else report.summary(result.problems)}"
