"""`hosted-pages jobs`: what waits to go out, what nobody takes, and another try for that."""

import json
from typing import Any

import click

from generator.cli import environment
from generator.model.delivery import Delivery
from generator.model.mail import Mail
from generator.runtime.parts import Parts


@click.group()
def jobs() -> None:
    """See what waits to go out and what is tried no more, and have it tried again.

    Mails go by the channel `mail`, events by that of their endpoint. What is paid, renewed and charged waits in the
    books themselves: `hosted-pages doctor` says where that does not go on.
    """


MOST = click.option("--most", default=100, show_default=True, type=click.IntRange(1, 10_000), help="How many.")
CHANNEL = click.option("--channel", default="", help="`mail`, or the name of an endpoint; all of them if not said.")


@jobs.command()
@CHANNEL
@MOST
def waiting(channel: str, most: int) -> None:
    """Print what has not gone out yet, the newest first, one JSON object a line."""
    _print(environment.parts(), "waiting", channel, most)


@jobs.command()
@CHANNEL
@MOST
def dead(channel: str, most: int) -> None:
    """Print what is tried no more, and what was said to it last, the newest first, one JSON object a line."""
    _print(environment.parts(), "dead", channel, most)


@jobs.command()
@click.argument("ids", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Everything that is dead, or all of a channel.")
@CHANNEL
def retry(ids: tuple[str, ...], every: bool, channel: str) -> None:
    """Have what is tried no more tried again, as if it never had been: by its ids, or all of it."""
    if bool(ids) == every:
        raise click.UsageError("say which: their ids, as `hosted-pages jobs dead` prints them, or --all")
    parts, again = environment.parts(), 0
    store, now = parts.store, parts.clock.now()
    if every:
        while some := [one.id for one in store.deliveries("dead", channel, 500)]:
            again += store.revive(some, now)
    else:
        again = store.revive(ids, now)
    click.echo(f"{again} will be tried again", err=True)
    if ids and again < len(set(ids)):
        raise click.ClickException(f"{len(set(ids)) - again} of them are not dead, or not known")


def _print(parts: Parts, state: Any, channel: str, most: int) -> None:
    for one in parts.store.deliveries(state, channel, most):
        click.echo(json.dumps(told(one), ensure_ascii=False))


def told(one: Delivery) -> dict[str, Any]:
    """What an operator needs to know of it; of a mail to whom it goes, and not what it says."""
    said: dict[str, Any] = {"id": one.id, "channel": one.channel, "about": one.about, "state": one.state}
    if isinstance(one.thing, Mail):
        said |= {"to": one.thing.to, "subject": one.thing.subject}
    said |= {"written": f"{one.written:%Y-%m-%dT%H:%M:%SZ}", "tries": one.tries, "said": one.said}
    return said | ({"due": f"{one.due:%Y-%m-%dT%H:%M:%SZ}"} if one.state == "waiting" else {})
