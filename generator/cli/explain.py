"""`hosted-pages explain`: what a problem is, or what a customer may do with a subscription in a state, and why."""

import re
from collections.abc import Iterator
from typing import cast, get_args

import click

from generator import shipped
from generator.cli import file_named
from generator.compiler.codes import CODES
from generator.engine import actions
from generator.model.nearest import suggestion
from generator.model.subscription import SubscriptionState

STATES = get_args(SubscriptionState)


@click.command()
@click.argument("what", required=False, metavar="[CODE|STATE]")
def explain(what: str | None) -> None:
    """Say what the problem with the CODE at the end of a report is: how it is written wrongly, and how rightly.

    For a STATE of a subscription, or for every one where nothing is named, say which buttons the portal shows, and why.
    Rules that need more than the state are said below the table: a commitment, the other plans, the plan's options.
    """
    if what is not None and what in CODES:
        file_named.say("\n".join(_problem(what)))
    elif what is None or what in STATES:
        _buttons(STATES if what is None else (cast(SubscriptionState, what),))
    else:
        raise click.UsageError(f'"{what}" is no problem, and no state of a subscription; {suggestion(what, _names())}')


def _names() -> tuple[str, ...]:
    return (*CODES, *STATES)


def _problem(code: str) -> Iterator[str]:
    """Its part of the page about problems, with what is written there in files set in."""
    words = shipped.PROBLEMS.read_text(encoding="utf-8")
    part = re.search(rf"^## {code}\n(.*?)(?=^## |\Z)", words, re.MULTILINE | re.DOTALL)
    within = False
    yield code
    for line in part[1].rstrip().splitlines() if part else ():
        if line.startswith("```"):
            within = not within
        else:
            yield f"    {line}".rstrip() if within else line


def _buttons(states: tuple[SubscriptionState, ...]) -> None:
    for one in states:
        click.echo(one)
        for action in actions.ACTIONS:
            decision = actions.by_state(one, action)
            click.echo(f"  {action:15} {'yes' if decision.offered else 'no':4} {actions.SAYS[decision.rule]}")
    for action, rules in actions.BESIDES.items():
        for rule in rules:
            click.echo(f"{action} is not offered where {actions.SAYS[rule]}")
