"""Settings and parts for verbs that serve; whatever is missing is said in a sentence."""

import click

from generator import wiring
from generator.adapters.sql.schema import WrongSchema
from generator.bundle.folder import NotABundle
from generator.ports.trouble import Unavailable
from generator.runtime.parts import Parts


def settings() -> wiring.Settings:
    """What the environment says."""
    try:
        return wiring.settings()
    except wiring.Unset as unset:
        raise click.UsageError(str(unset)) from unset


def parts() -> Parts:
    """Everything that serves, ready."""
    try:
        made: Parts = wiring.parts(settings())
    except (wiring.Unset, WrongSchema, NotABundle, Unavailable) as fault:
        raise click.UsageError(str(fault)) from fault
    return made
