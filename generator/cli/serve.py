"""`hosted-pages serve`: serves the built pages."""

import logging
import threading
from collections.abc import Callable

import click
from waitress.server import create_server

from generator import wiring
from generator.cli import environment, logs, until_told
from generator.cli.until_told import PATIENCE, Stop
from generator.runtime import app
from generator.runtime.worker import Worker


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8400, show_default=True, type=int, help="The port to listen on.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Whether a worker runs inside.")
def serve(host: str, port: int, worker: bool) -> None:
    """Serve the bundle that build/current points at. SIGTERM ends it when everybody who has asked is answered.

    Reads its settings from the environment: HOSTED_PAGES_BASE_URL, _LINK_KEYS and _RESULT_KEY have to be set.
    """
    logs.begin(environment.settings().log)
    parts = environment.parts()
    stop = Stop()
    threads = work(Worker(parts), stop) if worker else ()
    click.echo(f"serving bundle {parts.library.current.id} at {parts.base_url} (listening on {host}:{port})", err=True)
    # Limits that hold against clients who send a byte now and then; the defaults stop at a hundred of them.
    limits = {"threads": 8, "connection_limit": 2000, "channel_timeout": 15}
    until_told.serve(create_server(app.create(parts), host=host, port=port, ident=None, **limits), stop)
    for thread in threads:
        thread.join(PATIENCE)


def work(worker: Worker, stop: Stop) -> tuple[threading.Thread, ...]:
    """Begin to do what is due, again and again: in the books, outside and on paper, none waiting for the others.

    Told to stop, each ends when it has done what it is at.
    """
    rounds = {"books": worker.books, "post": worker.post, "papers": worker.papers}
    threads = tuple(
        threading.Thread(target=_again, args=(one, stop), daemon=True, name=name) for name, one in rounds.items()
    )
    for thread in threads:
        thread.start()
    return threads


def _again(round: Callable[[], int], stop: Stop) -> None:
    """A round that fails is written down, and the next one comes all the same."""
    while not stop.said:
        try:
            done = round()
        except Exception:
            logging.getLogger(__name__).exception("worker-round-failed")
            done = 0
        if not done:
            stop.rest(wiring.WORKER_PAUSE.total_seconds())
