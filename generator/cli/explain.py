"""`hosted-pages explain`: what a customer may do with a subscription in each state, and the rule behind it."""

from typing import cast, get_args

import click

from generator.engine import actions
from generator.model.nearest import suggestion
from generator.model.subscription import SubscriptionState

STATES = get_args(SubscriptionState)


@click.command()
@click.argument("state", required=False)
def explain(state: str | None) -> None:
    """Say which buttons the portal shows for a subscription in STATE, or in every state, and why.

    Rules that need more than the state are said below the table: a commitment, the other plans, the plan's options.
    """
    if state is not None and state not in STATES:
        raise click.UsageError(f'"{state}" is no state of a subscription; {suggestion(state, STATES)}')
    for one in [state] if state else STATES:
        click.echo(one)
        for action in actions.ACTIONS:
            decision = actions.by_state(cast(SubscriptionState, one), action)
            click.echo(f"  {action:15} {'yes' if decision.offered else 'no':4} {actions.SAYS[decision.rule]}")
    for action, rules in actions.BESIDES.items():
        for rule in rules:
            click.echo(f"{action} is not offered where {actions.SAYS[rule]}")
