"""What another version changes for customers under way and for money, as problems with the new one.

Each is told at a place of the new file, so that it can be ignored or known there. What is gone has none: it is told
where it would stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from generator.compiler.node import Map
from generator.compiler.versions.change import Change, Kind
from generator.compiler.versions.compare import compare
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.site import Site

CODES: Mapping[Kind, str] = {
    "removed": "removed-without-was",
    "narrowed": "narrowed-field",
    "payment": "other-payment-case",
}
"""The kinds of change that somebody under way, or somebody's money, meets."""


def check(before: Site, now: Site, own: Map, label: str) -> Iterator[Problem]:
    """One problem for each place and kind of change. `own` is what the new file says itself; problems call it `label`.

    Of money nothing is said without somebody for whom it is so.
    """
    told = [change for change in compare(before, now) if change.kind in CODES and _proved(change)]
    where = {change: _place(change, own, label) for change in told}
    told.sort(key=lambda change: (where[change], change.kind))
    for (place, kind), some in groupby(told, key=lambda change: (where[change], change.kind)):
        changes = list(some)
        hint = "; ".join(dict.fromkeys(change.hint for change in changes if change.hint))
        yield Problem(CODES[kind], place, "; ".join(_sentences(changes)), hint, "warning")


def _proved(change: Change) -> bool:
    return change.kind != "payment" or bool(change.witness)


def _place(change: Change, own: Map, label: str) -> Place:
    """Where the author wrote it, else the last of the keys that lead to it: the rest may stand in the default."""
    if change.kind != "removed" and change.place.file == label:
        return change.place
    place, node = own.place, own
    for name in change.at:
        entry = node.entries.get(name)
        if entry is None:
            break
        place = entry.key.place
        if not isinstance(entry.node, Map):
            break
        node = entry.node
    return place


def _sentences(changes: Sequence[Change]) -> Iterator[str]:
    """Each change once: what several workflows share is told of the first, and counted."""
    for says in dict.fromkeys(change.says for change in changes):
        same = [change for change in changes if change.says == says]
        more = f" and {len(same) - 1} more" if len(same) > 1 else ""
        witness = f", such as {same[0].witness}" if same[0].witness else ""
        yield f"in {same[0].workflow}{more}: {says}{witness}"
