"""`hosted-pages serve`: serves the built pages."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import click
from waitress.server import create_server

from generator import wiring
from generator.cli import environment, merchants, until_told
from generator.cli.crew import Crew
from generator.cli.opening import Opening
from generator.cli.until_told import PATIENCE, Stop
from generator.runtime import app
from generator.runtime.by_host import ByHost, Pages
from generator.runtime.parts import Parts

LIMITS = {"threads": 8, "connection_limit": 2000, "channel_timeout": 15}
"""They hold against clients who send a byte now and then; the server's own defaults stop at a hundred of them."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8400, show_default=True, type=int, help="The port to listen on.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Whether a worker runs inside.")
def serve(host: str, port: int, worker: bool) -> None:
    """Serve the bundle that build/current points at. SIGTERM ends it when everybody who has asked is answered.

    Reads its settings from the environment: HOSTED_PAGES_BASE_URL, _LINK_KEYS and _RESULT_KEY have to be set. Where
    HOSTED_PAGES_MERCHANTS names a folder, each NAME.env in it is a merchant, served by the host of its own address.
    """
    stop = Stop()
    crew = Crew(stop)
    several = merchants.begin()
    if several:
        pages: Pages = _of_several(several, crew, worker, stop)
        click.echo(f"serving {len(several)} merchants by their hosts (listening on {host}:{port})", err=True)
    else:
        parts = environment.parts()
        pages = app.create(parts)
        if worker:
            crew.work(parts)
        serves = f"serving bundle {parts.library.current.id} at {parts.base_url}"
        click.echo(f"{serves} (listening on {host}:{port})", err=True)
    until_told.serve(create_server(pages, host=host, port=port, ident=None, **LIMITS), stop)
    crew.wait(PATIENCE)


def _of_several(settings: Mapping[str, wiring.Settings], crew: Crew, worker: bool, stop: Stop) -> ByHost:
    """The pages of each by its host. Who is not ready yet is opened later."""
    hosts = {name: urlsplit(one.base_url).netloc for name, one in settings.items()}
    doors = ByHost({host: name for name, host in hosts.items()})

    def opened(name: str, parts: Parts) -> None:
        doors.open(hosts[name], app.create(parts))
        if worker:
            crew.work(parts)

    opening = Opening(settings, opened)
    opening.first()
    opening.rest(stop)
    return doors
