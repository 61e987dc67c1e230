"""`hosted-pages dev`: pages that follow each save, for who writes a definition or a theme."""

import shutil
import signal
import tempfile
from pathlib import Path
from typing import Any

import click

from generator import shipped, wiring
from generator.cli import definition, file_named
from generator.rehearsal.stand import address, listening, serving
from generator.studio import shell
from generator.studio.front import SHELL
from generator.studio.making import Made
from generator.studio.sources import Sources
from generator.studio.studio import Studio

HANGS_UP = tuple(getattr(signal, name) for name in ("SIGHUP",) if hasattr(signal, name))
"""A terminal that is closed."""


@click.command()
@definition.argument
@click.option("--port", default=8500, show_default=True, type=int, help="The port of the shell and of the pages in it.")
def dev(file: Path, port: int) -> None:
    """Show the pages of a definition while it is written: whatever is saved is built and shown.

    Definition, catalog, texts, logo and themes are followed. What is wrong stands above the pages as `check` says it,
    and the last good ones stay. In the bar one is any of a few customers, travels in time, and changes theme and
    language; the gallery is there, too. Nothing of it is kept, no money moves, and only this machine sees it.
    """
    file_named.there(file)
    usual = definition.priced(shipped.DEMO_CATALOG)
    assert usual is not None, "the demo's catalog has no problems"
    try:
        bound = listening(port)
    except OSError as taken:
        raise click.UsageError(f"port {port} is in use by another program: choose another one with --port") from taken
    for number in (signal.SIGINT, signal.SIGTERM, *HANGS_UP):
        signal.signal(number, _stop)
    home = Path(tempfile.mkdtemp(prefix="hosted-pages-dev-"))
    sources = Sources(file, file_named.label(file))
    studio = Studio(sources, address(bound), usual, wiring.kept_folder(), home)
    studio.heard = _say
    click.echo(f"open {address(bound)}{SHELL}  (stop with Ctrl-C)", err=True)
    try:
        with serving(front(studio), bound):
            studio.begin().join()
    finally:
        studio.end()
        shutil.rmtree(home, ignore_errors=True)


def _stop(*_: object) -> None:
    """However it is ended: who builds for us is a process of its own, and would stay."""
    raise KeyboardInterrupt


def front(studio: Studio) -> Any:
    """The shell below its own address, and the pages everywhere else, as soon as there are any."""
    around = shell.create(studio)

    def served(environ: dict[str, Any], start: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        alone = path in ("", "/") and environ.get("HTTP_SEC_FETCH_DEST", "document") == "document"
        if alone or (studio.world is None and not path.startswith(SHELL)):
            start("302 Found", [("Location", SHELL if alone else f"{SHELL}nothing"), ("Content-Length", "0")])
            return [b""]
        return (around if path.startswith(SHELL) else studio.pages)(environ, start)

    return served


def _say(made: Made) -> None:
    if made.told:
        file_named.say(made.told)
    click.echo(f"{made.says} ({made.seconds:.1f} s)", err=True)
