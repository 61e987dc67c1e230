"""`hosted-pages worker`: does what no customer waits for."""

from collections.abc import Mapping

import click

from generator import wiring
from generator.cli import environment, merchants
from generator.cli.crew import Crew
from generator.cli.opening import Opening
from generator.cli.until_told import Stop
from generator.runtime.parts import Parts
from generator.runtime.worker import Worker


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
def worker(once: bool) -> None:
    """Do what no customer waits for: ask about payments, renew and charge, bring mail and webhooks.

    Any number of them may run, on any number of machines. `serve` runs one inside unless told otherwise. SIGTERM ends
    it when it has done what it is at.
    """
    several = merchants.begin()
    if once:
        click.echo(_once(several))
        return
    stop = Stop()
    stop.listen()
    crew = Crew(stop)
    if several:
        opening = Opening(several, lambda _, parts: crew.work(parts))
        opening.first()
        opening.rest(stop).join()
    else:
        crew.work(environment.parts())
    crew.wait()


def _once(several: Mapping[str, wiring.Settings]) -> int:
    """How much was done for all of them. Who is not ready is told in the log, and has it done another time."""
    if not several:
        return _round(environment.parts())
    done: list[int] = []
    Opening(several, lambda _, parts: done.append(_round(parts))).first()
    return sum(done)


def _round(parts: Parts) -> int:
    worker = Worker(parts)
    return worker.round() + worker.papers()
