"""`hosted-pages webhooks`: which addresses of the merchant are told of events, and what they were told."""

import json
import re
from dataclasses import replace

import click

from generator import wiring
from generator.adapters import webhooks as adapter
from generator.cli import environment
from generator.cli.jobs import MOST, told
from generator.model.delivery import MAIL, Brought
from generator.model.endpoint import Endpoint
from generator.model.event import Event, Happening
from generator.model.event_kinds import KINDS, matched
from generator.model.nearest import suggestion
from generator.ports.trouble import Unavailable
from generator.runtime.parts import Parts
from generator.seal import webhook
from generator.seal.keys import HOW_TO_MAKE

NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


@click.group()
def webhooks() -> None:
    """Say which addresses are told of events, and see what they were told.

    Each has a secret of its own by which it knows that it is us. No secret is kept: it is worked out from
    HOSTED_PAGES_WEBHOOK_KEYS and the endpoint's name.
    """


@webhooks.command()
@click.argument("name")
@click.argument("url")
@click.option("--event", "kinds", multiple=True, help="A kind of event, or with * for any letters; all if not said.")
def add(name: str, url: str, kinds: tuple[str, ...]) -> None:
    """Tell the application at URL of events from now on, and print the secret by which it knows us.

    NAME is yours: small letters, digits and hyphens. The same NAME again changes where it is and what it is told.
    """
    settings, parts = environment.settings(), environment.parts()
    if not NAME.fullmatch(name) or name == MAIL:
        raise click.UsageError(f"an endpoint is named by small letters, digits and hyphens, and not {name!r}")
    for kind in kinds:
        if not matched(kind):
            raise click.UsageError(f'no event is called "{kind}"; {suggestion(kind, KINDS)}')
    try:
        adapter.address(url, wiring.webhooks_allowed(settings))
    except adapter.NotAnEndpoint as fault:
        raise click.UsageError(f"{fault} (HOSTED_PAGES_WEBHOOKS_ALLOW)") from fault
    secret = _secrets(settings, name)[0]
    parts.store.put_endpoint(Endpoint(name, url, kinds or ("*",), parts.clock.now()))
    click.echo(secret)
    click.echo(f"{name} is told of {', '.join(kinds) or 'all events'}; above is its secret", err=True)


@webhooks.command(name="list")
def listed() -> None:
    """Print each endpoint: its name, its address, what it is told, and why it is told nothing where that is so."""
    for endpoint in environment.parts().store.endpoints():
        click.echo("\t".join((endpoint.name, endpoint.url, ",".join(endpoint.kinds), endpoint.off)))


@webhooks.command()
@click.argument("name")
def secret(name: str) -> None:
    """Print the secret of an endpoint, one for each key: the first is the one to use."""
    settings, parts = environment.settings(), environment.parts()
    for one in _secrets(settings, _known(parts, name).name):
        click.echo(one)


@webhooks.command()
@click.argument("name")
def remove(name: str) -> None:
    """Tell an endpoint nothing any more, and forget what waits for it."""
    parts = environment.parts()
    parts.store.remove_endpoint(_known(parts, name).name)
    click.echo(f"{name} is told nothing any more", err=True)


@webhooks.command()
@click.argument("name")
def on(name: str) -> None:
    """Tell an endpoint again that was switched off. What it missed: `replay`."""
    parts = environment.parts()
    parts.store.put_endpoint(replace(_known(parts, name), off=""))
    click.echo(f"{name} is told again", err=True)


@webhooks.command()
@click.argument("name")
def test(name: str) -> None:
    """Bring an event to an endpoint that is none, now and once, and say what it answers."""
    parts = environment.parts()
    endpoint, now = _known(parts, name), parts.clock.now()
    try:
        said = parts.messenger.tell(endpoint, Event(0, now, "", Happening("test", "")), now)
    except Unavailable as fault:
        raise click.ClickException(str(fault)) from fault
    if not isinstance(said, Brought):
        raise click.ClickException(f"{said.code} {said.why}".strip())
    click.echo(said.said)


@webhooks.command()
@click.argument("name")
@click.option("--state", type=click.Choice(["waiting", "done", "dead"]), help="All if not said.")
@MOST
def log(name: str, state: str | None, most: int) -> None:
    """Print what an endpoint was told and what it answered, the newest first, one JSON object a line."""
    parts = environment.parts()
    states = [state] if state else ["waiting", "dead", "done"]
    found = [one for each in states for one in parts.store.deliveries(each, name, most)]  # type: ignore[arg-type]
    for one in sorted(found, key=lambda one: one.id, reverse=True)[:most]:
        click.echo(json.dumps(told(one), ensure_ascii=False))


@webhooks.command()
@click.argument("name")
@click.option("--after", default=0, show_default=True, type=click.IntRange(0), help="The last number that it knows.")
@click.option("--to", "last", type=click.IntRange(1), help="The last number to bring; up to now if not said.")
def replay(name: str, after: int, last: int | None) -> None:
    """Bring all events behind a number once more, those too that it was told: by the ids that they had."""
    parts, count = environment.parts(), 0
    endpoint = replace(_known(parts, name), off="")
    while some := parts.store.events(after, 500):
        for event in some:
            if (last is None or event.number <= last) and endpoint.wants(event.kind):
                parts.store.bring_again(name, event, parts.clock.now())
                count += 1
        after = some[-1].number
        if last is not None and after >= last:
            break
    click.echo(f"{count} events wait to be brought to {name}", err=True)


def _known(parts: Parts, name: str) -> Endpoint:
    found = {endpoint.name: endpoint for endpoint in parts.store.endpoints()}
    if name not in found:
        raise click.UsageError(f'no endpoint is called "{name}"; {suggestion(name, found)}')
    return found[name]


def _secrets(settings: wiring.Settings, name: str) -> tuple[str, ...]:
    keys = wiring.webhook_keys(settings)
    if not keys:
        raise click.UsageError(f"HOSTED_PAGES_WEBHOOK_KEYS is not set; make a key with: {HOW_TO_MAKE}")
    return webhook.secrets(keys, name)
