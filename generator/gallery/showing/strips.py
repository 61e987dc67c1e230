"""The paths of a workflow, screen by screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compiler import witness
from generator.engine.paths import Path, paths
from generator.gallery.exhibit import Exhibit
from generator.gallery.sample.shop import Shop
from generator.gallery.showing.stage import Sight
from generator.gallery.staging import Staged, staged
from generator.model.workflow import Workflow


@dataclass(frozen=True)
class Strip:
    """One path of a workflow: what is shown on it, one after the other, and for whom."""

    workflow: Workflow
    says: str
    exhibits: tuple[Exhibit, ...]


def strips(shop: Shop, workflow: Workflow, every: bool) -> Iterator[tuple[Staged, Strip]]:
    """Every path for which somebody is found, or the fewest that show each step in each payment case.

    What looks the same on two of them is one exhibit.
    """
    found = paths(workflow, shop.site.currency).paths
    wanted = found if every else _fewest(found)
    seen: dict[str, list[tuple[object, Exhibit]]] = {}
    for number, path in enumerate(found, 1):
        made = staged(shop, workflow, path) if path in wanted else None
        if made is not None:
            state = f"{workflow.id}-{number:02}"
            case = path.case.replace("_", " ") if path.case else "no payment"
            frames = (_frame(Sight.of(shop, made, step), state, f"on the way to: {case}", seen) for step in path.steps)
            yield made, Strip(workflow, f"{case}{witness.whom(path.world, workflow.rules)}", tuple(frames))


def _fewest(found: Sequence[Path]) -> list[Path]:
    """The longest paths first, until nothing new is on any of them."""
    chosen: list[Path] = []
    shown: set[tuple[str, str | None]] = set()
    for path in sorted(found, key=lambda path: -len(path.steps)):
        new = {(step.id, path.case) for step in path.steps} - shown
        if new:
            chosen.append(path)
            shown |= new
    return chosen


def _frame(sight: Sight, state: str, says: str, seen: dict[str, list[tuple[object, Exhibit]]]) -> Exhibit:
    same, live = seen.setdefault(sight.step.page, []), sight.live(sight.shop.site.languages[0])
    found = next((exhibit for before, exhibit in same if before == live), None)
    if found is None:
        found = sight.exhibit(state, says)
        same.append((live, found))
    return found
