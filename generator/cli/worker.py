"""`hosted-pages worker`: does what no customer waits for."""

import click

from generator.cli import environment, logs
from generator.cli.serve import work
from generator.cli.until_told import Stop
from generator.runtime.worker import Worker


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
def worker(once: bool) -> None:
    """Do what no customer waits for: ask about payments, renew and charge, bring mail and webhooks.

    Any number of them may run, on any number of machines. `serve` runs one inside unless told otherwise. SIGTERM ends
    it when it has done what it is at.
    """
    logs.begin(environment.settings().log)
    made = Worker(environment.parts())
    if once:
        click.echo(made.round() + made.papers())
    else:
        stop = Stop()
        stop.listen()
        for thread in work(made, stop):
            thread.join()
