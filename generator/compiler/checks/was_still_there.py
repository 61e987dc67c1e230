"""An earlier name that something has now would count for two."""

from collections.abc import Iterator

from generator.engine.pasts import pasts
from generator.model.problem import Problem
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """An answer under such a name belongs to what is called so now."""
    for past in pasts(site):
        for earlier in past.was:
            if earlier in past.beside:
                says = f'{past.what} was called "{earlier}", and "{earlier}" is still there'
                yield Problem("was-still-there", past.place, says, f'take "{earlier}" out of `{past.said}`')
