"""What verbs on a definition have in common: find it, make the bundle, print what is wrong."""

import sys
from io import TextIOWrapper
from pathlib import Path

import click

from generator.compiler import report
from generator.compiler.build import Built, site_of
from generator.compiler.build import build as compile_definition
from generator.compiler.build import priced as read_catalog
from generator.compiler.report.quoted import Lines
from generator.model.price_list import PriceList
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


def site(file: Path) -> Site | None:
    """What the file says, without its pages; where it says nothing good, what is wrong is printed."""
    there(file)
    read, problems = site_of(file, label(file))
    if read is None:
        say(report.text(problems, lines()))
        click.echo(f"{label(file)}: {report.summary(problems)}", err=True)
    return read


def priced(file: Path) -> PriceList | None:
    """The prices of a catalog without errors. Everything that is wrong with it is printed, with a line to sum it up."""
    result = read_catalog(file, label(file))
    if result.problems:
        say(report.text(result.problems, lines()))
        click.echo(f"{label(file)}: {report.summary(result.problems)}", err=True)
    return result.prices


def say(words: str, newline: bool = True) -> None:
    """To stdout. What it cannot encode is written as an escape: a report is better than none."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    click.echo(words, nl=newline)


def there(file: Path) -> None:
    """Nothing to check is a wrong use, and not a good definition."""
    if not file.is_file():
        raise click.UsageError(f"there is no file {file}: name the definition, or go to the folder where it lies")


def whole(file: Path) -> Path:
    """The definition that a file of texts lies beside, and is checked with; any other file is itself."""
    beside = file.parent.parent / DEFAULT_FILE
    return beside if file.parent.name == "texts" and beside.is_file() else file


def label(file: Path) -> str:
    """What problems call the file: as it was named, with what is no character in the name replaced."""
    return str(file).encode(errors="surrogateescape").decode(errors="replace")


def lines() -> Lines:
    """The lines of whatever a problem names."""
    return report.lines_of([Path.cwd(), Path("/")])


def counted(result: Built, file: Path) -> str:
    """How it went, in a line."""
    return f"{file}: {clean(result) if not result.problems else report.summary(result.problems)}"


def clean(result: Built) -> str:
    """What was looked at and found good."""
    if result.bundle is None:
        return f"no problems in {sold(result.prices)}" if result.prices else "no problems"
    beside = f", and in {sold(result.prices)} beside it" if result.prices else ""
    return f"no problems in {_site(result.bundle.site)}{beside}"


def sold(prices: PriceList) -> str:
    """How many plans and promotions there are."""
    plans = len({plan.ref for plan in prices.catalog.plans})
    return f"{report.count(plans, 'plan')} and {report.count(len(prices.promotions), 'promotion')}"


def _site(site: Site) -> str:
    count = f"{len(site.workflows)} workflows and {len(site.portal.sections)} sections"
    return f"{count} ({', '.join(site.languages)})"
