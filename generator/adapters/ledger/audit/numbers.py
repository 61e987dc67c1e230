"""What cannot be of the numbers of a series: a gap, a number of another count, a counter that stands elsewhere."""

from collections.abc import Iterator, Sequence

from generator.adapters.ledger import series
from generator.adapters.ledger.series import Series
from generator.model.finding import Finding

RESTORE = "it was written by something else than this program: restore the row from a backup, and find out by what"


def findings(of: Series, issued: Sequence[tuple[int, str]], counted: int) -> Iterator[Finding]:
    """1, 2, 3 … up to what the counter says. `issued` is each count with its number, in order."""
    for place, (position, number) in enumerate(issued, start=1):
        if position != place:
            says = f"it is number {position} of its series where {place} was to come"
            yield Finding("number-gap", number, says, RESTORE)
            break
    for position, number in issued:
        if series.count_in(number, of) != position:
            yield Finding("number-wrong", number, f"it lies in place {position}", RESTORE)
    last = issued[-1][0] if issued else 0
    if counted != last:
        says = f"the counter stands at {counted}, and the last one is number {last}"
        yield Finding("counter-wrong", f"the series {series.PREFIX[of]}", says, RESTORE)
