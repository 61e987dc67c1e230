"""Where links and forms lead inside of the gallery: to the exhibit that a customer would come to."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from generator.gallery.collection import Collection
from generator.gallery.exhibit import Exhibit
from generator.gallery.hanging import Hung
from generator.runtime import addresses

Leads = Mapping[str, str]
"""Exhibits by the address that they have when they are served."""


def leads(collection: Collection) -> Leads:
    """Of several at one address, the plainest."""
    found: dict[str, Exhibit] = {}
    for one in collection.exhibits:
        before = found.get(one.here)
        if one.here and (before is None or _plainness(one) < _plainness(before)):
            found[one.here] = one
    ways = {address: one.id for address, one in found.items()}
    for workflow, strips in collection.strips.items():
        if strips:
            ways.setdefault(addresses.start(workflow), strips[0].exhibits[0].id)
            ways.setdefault(addresses.walk(workflow), strips[0].exhibits[0].id)
    first = next((one for one in collection.exhibits if one.group == "portal"), None)
    return {**ways, **({addresses.portal(): ways[first.here]} if first else {})}


def _plainness(one: Exhibit) -> int:
    return 0 if one.state == "filled" else 1 if one.state.startswith(f"{one.of}-") else 2


def onward(collection: Collection) -> Mapping[str, str]:
    """The exhibit that follows on another one, on the first strip that shows both."""
    follows: dict[str, str] = {}
    for strips in collection.strips.values():
        for strip in strips:
            for before, after in pairwise(strip.exhibits):
                follows.setdefault(before.id, after.id)
    return follows


def here(hung: Sequence[Hung], ways: Mapping[str, str]) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """The same as files in one folder, by theme and language: only what hangs there leads anywhere."""
    there: dict[tuple[str, str], set[str]] = {}
    for one in hung:
        there.setdefault((one.theme, one.language), set()).add(one.exhibit.id)
    return {place: {start: f"{to}.html" for start, to in ways.items() if to in ids} for place, ids in there.items()}
