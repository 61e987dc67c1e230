"""`hosted-pages demo`: a merchant with customers, their own application, a bank, and our pages, all at once."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
import urllib3

from generator import wiring
from generator.adapters.sql import schema
from generator.bundle import folder
from generator.cli import definition, demo_books
from generator.cli.demo_books import Books
from generator.runtime import links
from generator.runtime.links import Link
from generator.runtime.parts import Parts

PAGES, BANK, SHOP = 8400, 8401, 8402
"""Ports; the demo's definition names the shop's."""


@click.command()
@click.option("--folder", "home", default="examples/demo", show_default=True, type=click.Path(path_type=Path))
@click.option(
    "--state", default=".demo", show_default=True, type=click.Path(path_type=Path), help="Where it keeps data."
)
@click.option("--build", "out", default="build", show_default=True, type=click.Path(path_type=Path))
def demo(home: Path, state: Path, out: Path) -> int:
    """Check, build and serve the demo merchant, with its own application on another port, and print links to open.

    Data and secrets lie in a folder of their own; delete it to begin anew. No money moves.
    """
    result = definition.built(home / "workflows.yaml")
    click.echo(definition.counted(result, home / "workflows.yaml"), err=True)
    if result.bundle is None:
        return 1
    folder.write(result.bundle, out)
    state.mkdir(mode=0o700, exist_ok=True)
    environment = {**os.environ, **_environment(state, out)}
    settings = wiring.settings(environment)
    schema.upgrade(wiring.database(settings))
    with _running(home, state, environment):
        parts: Parts = wiring.parts(settings)
        books = demo_books.read(home / "books.json")
        demo_books.fill(parts, books)
        _print_links(parts, books)
        serve = [sys.executable, "-m", "generator", "serve", "--port", str(PAGES)]
        return subprocess.call(serve, env=environment)  # noqa: S603 - our own command


def _environment(state: Path, out: Path) -> Mapping[str, str]:
    """The settings of the demo. Its keys are made once and stay in its own folder: they open nothing but the demo."""
    file = state / "keys"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(f"{secrets.token_urlsafe(32)}\n{secrets.token_urlsafe(32)}\n", encoding="utf-8")
    link_key, result_key = file.read_text(encoding="utf-8").split()
    return {
        "HOSTED_PAGES_BASE_URL": f"http://127.0.0.1:{PAGES}",
        "HOSTED_PAGES_BUILD": str(out),
        "HOSTED_PAGES_DATABASE_URL": f"sqlite:///{state / 'pages.db'}",
        "HOSTED_PAGES_LINK_KEYS": link_key,
        "HOSTED_PAGES_RESULT_KEY": result_key,
        "HOSTED_PAGES_SANDBOX_URL": f"http://127.0.0.1:{BANK}",
        "HOSTED_PAGES_MAILBOX": str(state / "mailbox"),
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def _running(home: Path, state: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """The bank and the shop, for as long as the pages are served."""
    bank = ["-m", "generator", "sandbox", "--port", str(BANK), "--books", str(state / "bank.db")]
    onward = [f"http://127.0.0.1:{port}" for port in (PAGES, SHOP)]
    commands = (
        [sys.executable, *bank, *(word for origin in onward for word in ("--onward", origin))],
        [sys.executable, str(home / "shop.py")],
    )
    environment = {
        **environment,
        "PYTHONPATH": os.pathsep.join(filter(None, [os.getcwd(), os.environ.get("PYTHONPATH")])),
    }
    processes = [subprocess.Popen(command, env=environment) for command in commands]  # noqa: S603 - our own
    try:
        for port in (BANK, SHOP):
            _wait_for(port)
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def _wait_for(port: int) -> None:
    http = urllib3.PoolManager(retries=False, timeout=1.0)
    for _ in range(100):
        try:
            http.request("GET", f"http://127.0.0.1:{port}/")
        except urllib3.exceptions.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise click.UsageError(f"nothing answers on port {port}: is it in use by another program?")


def _print_links(parts: Parts, books: Books) -> None:
    click.echo(f"\n  The merchant's own application, with every way in:  http://127.0.0.1:{SHOP}/\n")
    for member in books.customers:
        click.echo(f"  {member.ref}: {member.says}")
        for to, plan in (("choose_plan", ""), ("portal", "")):
            made = links.make(Link(member.ref, to, plan), parts.links, parts.base_url, parts.clock.now())
            click.echo(f"    {to:12} {made}")
    click.echo("\n  Cards: 4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined. Stop with Ctrl-C.\n")
