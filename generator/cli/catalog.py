"""`hosted-pages catalog`: what is sold, brought in from a file and written out to one."""

from pathlib import Path

import click

from generator.cli import definition, environment, file_named
from generator.cli.merchant import Group
from generator.compiler import report
from generator.compiler.catalog import differences, export
from generator.compiler.catalog.differences import Difference
from generator.model.price_list import NOTHING_SOLD
from generator.ports.office import Office

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(cls=Group)
def catalog() -> None:
    """Bring in what is sold from catalog.yaml, or write it out.

    Whoever has a subscription keeps it as it was sold: plan, price, options and discounts. What is brought in is for
    who subscribes or changes from now on.
    """


@catalog.command("import")
@click.argument("file", default="catalog.yaml", type=_FILE)
@click.option("--check", is_flag=True, help="Say what is wrong and what would change, and change nothing.")
def bring_in(file: Path, check: bool) -> int:
    """Sell by FILE from now on, and by nothing else: what it does not name is withdrawn.

    It is checked first. What changes goes to stdout, a line each. Exit code 0: done, or nothing to do; 1: there are
    problems, and nothing was done.
    """
    prices = definition.priced(file)
    if prices is None:
        return 1
    office: Office = environment.parts().biller
    changes = differences.between(office.price_list(), prices)
    for change in changes:
        file_named.say(_told(change))
    if not check and changes:
        office.sell(prices)
    count = report.count(len(changes), "change")
    done = "nothing was changed" if check or not changes else "from now on it is sold so; what is sold already stays"
    click.echo(f"{file_named.label(file)}: {count}; {done}", err=True)
    return 0


@catalog.command("export")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; stdout if not said.")
def write_out(out: Path | None) -> int:
    """Write what is sold as a catalog.yaml that imports to the same."""
    office: Office = environment.parts().biller
    prices = office.price_list()
    if prices == NOTHING_SOLD:
        raise click.ClickException("nothing is sold yet: `hosted-pages catalog import FILE` says what is")
    words = export.write(prices)
    if out is None:
        file_named.say(words, newline=False)
        return 0
    try:
        out.write_text(words, encoding="utf-8")
    except OSError as fault:
        raise click.UsageError(f"{out} cannot be written: {(fault.strerror or 'unknown reason').lower()}") from fault
    click.echo(f"written to {out}", err=True)
    return 0


def _told(change: Difference) -> str:
    """In one line: what it is, and what becomes of it."""
    name = " ".join(filter(None, (change.kind, change.name)))
    details = "; ".join(change.details)
    if change.what == "withdrawn" and change.kind == "plan":
        details = "who has it keeps it"
    return f"{name}: {change.what}" + f" ({details})" * bool(details)
