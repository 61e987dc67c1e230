"""`hosted-pages demo`: a merchant with customers, their own application, a bank, and our pages, all at once."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from generator import wiring
from generator.adapters.sql import schema
from generator.bundle import folder
from generator.cli import definition, demo_ways
from generator.model.endpoint import Endpoint
from generator.rehearsal import members as customers
from generator.rehearsal.members import Member
from generator.runtime import links
from generator.runtime.links import Link
from generator.runtime.parts import Parts
from generator.seal import keys, webhook

SHOP = "shop"
"""The endpoint that is told of everything: the merchant's own application."""


@dataclass(frozen=True)
class Ports:
    """Where our pages, the bank and the merchant's own application listen; the demo's definition names the last."""

    pages: int

    @property
    def bank(self) -> int:
        return self.pages + 1

    @property
    def shop(self) -> int:
        return self.pages + 2


@click.command()
@click.option("--folder", "home", default="examples/demo", show_default=True, type=click.Path(path_type=Path))
@click.option(
    "--state", default=".demo", show_default=True, type=click.Path(path_type=Path), help="Where it keeps data."
)
@click.option("--build", "out", default="build", show_default=True, type=click.Path(path_type=Path))
@click.option("--port", default=8400, show_default=True, type=int, help="The port of our pages; two more follow it.")
def demo(home: Path, state: Path, out: Path, port: int) -> int:
    """Check, build and serve the demo merchant, with its own application on another port, and print links to open.

    Data and secrets lie in a folder of their own; delete it to begin anew. No money moves.
    """
    result = definition.built(home / "workflows.yaml")
    click.echo(definition.counted(result, home / "workflows.yaml"), err=True)
    if result.bundle is None or result.prices is None:
        return 1
    folder.write(result.bundle, out)
    state.mkdir(mode=0o700, exist_ok=True)
    ports = Ports(port)
    environment = {**os.environ, **_environment(state, out, ports)}
    settings = wiring.settings(environment)
    schema.upgrade(wiring.database(settings))
    signal.signal(signal.SIGTERM, _stop)
    with ExitStack() as running:
        for command, listens in _commands(home, state, ports):
            running.enter_context(_started(command, listens, environment))
        parts: Parts = wiring.parts(settings)
        members = customers.read(home / "customers.json")
        parts.biller.sell(result.prices)
        parts.store.put_endpoint(Endpoint(SHOP, f"http://127.0.0.1:{ports.shop}/events", ("*",), parts.clock.now()))
        customers.fill(parts, members)
        serve = [sys.executable, "-m", "generator", "serve", "--port", str(ports.pages)]
        server = running.enter_context(_started(serve, ports.pages, environment))
        _print_links(parts, members, ports)
        return server.wait()


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _environment(state: Path, out: Path, ports: Ports) -> Mapping[str, str]:
    """The settings of the demo. Its keys are made once and stay in its own folder: they open nothing but the demo."""
    file = state / "keys"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(f"{secrets.token_urlsafe(32)}\n{secrets.token_urlsafe(32)}\n", encoding="utf-8")
    link_key, result_key = file.read_text(encoding="utf-8").split()
    api = state / "api-key"
    if not api.exists():
        api.touch(mode=0o600)
        api.write_text(secrets.token_urlsafe(32), encoding="utf-8")
    hooks = state / "webhook-key"
    if not hooks.exists():
        hooks.touch(mode=0o600)
        hooks.write_text(secrets.token_urlsafe(32), encoding="utf-8")
    hook = hooks.read_text(encoding="utf-8").strip()
    return {
        "HOSTED_PAGES_WEBHOOK_KEYS": hook,
        "HOSTED_PAGES_WEBHOOKS_ALLOW": f"127.0.0.1:{ports.shop}",
        "WEBHOOK_SECRET": webhook.secrets(keys.read_ring(hook), SHOP)[0],
        "HOSTED_PAGES_BASE_URL": f"http://127.0.0.1:{ports.pages}",
        "HOSTED_PAGES_BUILD": str(out),
        "HOSTED_PAGES_DATABASE_URL": f"sqlite:///{state / 'pages.db'}",
        "HOSTED_PAGES_API_KEYS": f"shop:{api.read_text(encoding='utf-8').strip()}",
        "HOSTED_PAGES_LINK_KEYS": link_key,
        "HOSTED_PAGES_RESULT_KEY": result_key,
        "HOSTED_PAGES_SANDBOX_URL": f"http://127.0.0.1:{ports.bank}",
        "HOSTED_PAGES_MAILBOX": str(state / "mailbox"),
        "PORT": str(ports.shop),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(Path.cwd()), os.environ.get("PYTHONPATH")])),
    }


def _commands(home: Path, state: Path, ports: Ports) -> tuple[tuple[list[str], int], ...]:
    """The bank and the shop, each with the port that it listens on."""
    bank = [sys.executable, "-m", "generator", "sandbox", "--port", str(ports.bank), "--books", str(state / "bank.db")]
    for port in (ports.pages, ports.shop):
        bank += ["--onward", f"http://127.0.0.1:{port}"]
    return (bank, ports.bank), ([sys.executable, str(home / "shop.py")], ports.shop)


@contextmanager
def _started(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program that listens on a port, for as long as it is needed."""
    if _answers(port):
        raise click.UsageError(f"port {port} is in use by another program: stop it, or choose other ports with --port")
    process = subprocess.Popen(command, env=environment)  # noqa: S603 - our own command
    try:
        while not _answers(port):
            if process.poll() is not None:
                raise click.ClickException(f"{' '.join(command[1:4])} did not start: see the lines above")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _print_links(parts: Parts, members: Iterable[Member], ports: Ports) -> None:
    click.echo(f"\n  The merchant's own application, with every way in:  http://127.0.0.1:{ports.shop}/\n")
    for member in members:
        click.echo(f"  {member.ref}: {member.says}")
        for to, plan in (("choose_plan", ""), ("portal", "")):
            made = links.make(Link(member.ref, to, plan), parts.links, parts.base_url, parts.clock.now())
            click.echo(f"    {to:12} {made}")
    click.echo("\n  Every workflow, for somebody with whom it makes sense:\n")
    for way in demo_ways.ways(parts):
        click.echo(f"    {way.workflow:26} {way.who or 'a visitor':12} {way.url}")
    click.echo("\n  Cards: 4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined.")
    click.echo("  Accounts: DE89 3704 0044 0532 0130 00 pays, five days later. Stop with Ctrl-C.\n")
