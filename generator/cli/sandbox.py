"""`hosted-pages sandbox`: a bank that moves no money."""

from pathlib import Path

import click

from generator.adapters.sandbox.app import serve


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8401, show_default=True, type=int, help="The port to listen on.")
@click.option("--books", default="sandbox.db", show_default=True, type=click.Path(path_type=Path), help="Its own file.")
@click.option("--onward", multiple=True, help="An origin that our pages send customers on to; may be said again.")
def sandbox(host: str, port: int, books: Path, onward: tuple[str, ...]) -> None:
    """Start the sandbox bank: its card numbers decide what happens, and no money moves."""
    click.echo(f"the sandbox bank is at http://{host}:{port}", err=True)
    serve(books, host, port, onward)
