"""`hosted-pages customer`: what the merchant says of one customer."""

import click

from generator.cli import environment
from generator.model.customer import VISITOR, Unclaimed

WHY = {
    "unknown": "there is no customer with the id {id}",
    "taken": "another customer is called {ref} already: one name is one customer",
    "claimed_already": "the customer {id} did not come as a visitor: they have a name already",
}


@click.group()
def customer() -> None:
    """Say something of one customer."""


@customer.command()
@click.argument("id")
@click.option("--ref", required=True, help="Your own name for them from now on; nobody else may have it.")
def claim(id: str, ref: str) -> None:
    """Give a customer who came as a visitor your own name for them.

    ID is ours, as it comes back with a redirect as `idc`. Links are made by the new name from then on; one made by the
    name that the visitor had opens nothing any more.
    """
    if not ref.strip() or ref.startswith(VISITOR):
        raise click.UsageError(f'"{ref}" is no name of yours: write one that is not empty and not ours ({VISITOR}…)')
    claimed = environment.parts().biller.claim(id, ref)
    if isinstance(claimed, Unclaimed):
        raise click.UsageError(WHY[claimed.reason].format(id=id, ref=ref))
    click.echo(claimed.ref)
