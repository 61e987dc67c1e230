"""Two things cannot have had the same name."""

from collections.abc import Iterator

from generator.engine.pasts import Past, pasts
from generator.model.problem import Problem, Related
from generator.model.site import Site


def check(site: Site) -> Iterator[Problem]:
    """An answer under such a name would belong to both."""
    had: dict[tuple[str, str], Past] = {}
    for past in pasts(site):
        for earlier in past.was:
            first = had.setdefault((past.where, earlier), past)
            if first is not past:
                says = f'{past.what} was called "{earlier}", and so was {first.what}'
                related = (Related(first.place, "the first of the two"),)
                yield Problem("was-twice", past.place, says, f'take "{earlier}" out of one of the two', related=related)
