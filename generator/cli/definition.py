"""What `check` and `build` have in common: find the definition, make the bundle, print what is wrong."""

from pathlib import Path

import click

from generator.compiler import report
from generator.compiler.build import Built
from generator.compiler.build import build as compile_definition

DEFAULT_FILE = "workflows.yaml"

argument = click.argument("file", default=DEFAULT_FILE, type=click.Path(path_type=Path))


def built(file: Path) -> Built:
    """Compile the file and print every problem, with a line that sums them up."""
    if not file.is_file():
        raise click.UsageError(f"there is no file {file}: name the definition, or go to the folder where it lies")
    result = compile_definition(file, str(file))
    if result.problems:
        click.echo(report.text(result.problems, report.lines_of([Path.cwd(), Path("/")])))
    return result


def counted(result: Built, file: Path) -> str:
    """How it went, in a line."""
    if not result.problems and result.bundle is not None:
        site = result.bundle.site
        return (
            f"{file}: no problems in {len(site.workflows)} workflows and {len(site.portal.sections)} sections "
            f"({', '.join(site.languages)})"
        )
    return f"{file}: {report.summary(result.problems)}"
