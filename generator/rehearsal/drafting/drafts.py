"""For each path of a workflow, the plainest circumstances under which a customer really walks it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from generator.compiler import witness
from generator.engine.paths import Path, Paths, paths
from generator.model.price_list import PriceList
from generator.model.site import Site
from generator.model.workflow import Workflow
from generator.rehearsal.drafting.author import Draft, draft
from generator.rehearsal.drafting.circumstances import Circumstance, circumstances
from generator.rehearsal.stand import Stand

MARK = "# Written by `hosted-pages walk --generate`, which writes it anew each time: change it under another name."

MOST_TRIED = 400
"""How many circumstances are tried for one workflow."""

Kind = tuple[tuple[str, ...], str | None]
"""What makes two paths the same: the steps that are shown, and the payment case."""


Stands = Callable[[], AbstractContextManager[Stand]]
"""Makes a world of its own, in which the definition's pages are served."""


@dataclass(frozen=True)
class Written:
    """A walk for a path; `name` is that of its file, without an ending."""

    name: str
    text: str


@dataclass(frozen=True)
class Unstaged:
    """A path for which nobody was found in the words that walks have, under any circumstance that was tried."""

    workflow: str
    says: str


def drafts(site: Site, workflow: Workflow, prices: PriceList, stands: Stands) -> Iterator[Written | Unstaged]:
    """A walk for each path of the workflow, in the order of its steps; or who could not be brought on the stage."""
    found = paths(workflow, site.currency)
    walked = _walked(site, workflow, found, prices, stands)
    for number, path in enumerate(found.paths, 1):
        written = walked.get(_kind(path))
        if written is None:
            yield Unstaged(workflow.id, f"{_says(path)}{witness.whom(path.world, workflow.rules)}")
        else:
            yield Written(f"{workflow.id}-{number:02}{f'-{path.case}' if path.case else ''}", _text(path, written))
    if not found.complete:
        yield Unstaged(workflow.id, "there are more paths than can be told apart")


def _walked(site: Site, workflow: Workflow, found: Paths, prices: PriceList, stands: Stands) -> dict[Kind, Draft]:
    """Who walks one path that was not looked for has found that one, too.

    What led to a payment case before leads to it again, whatever else is so.
    """
    walked: dict[Kind, Draft] = {}
    tried: set[object] = set()
    led: dict[Circumstance, Draft | None] = {}
    for path in found.paths:
        possible = circumstances(workflow, path, prices, site.languages)
        said = tuple((step.id, *answer) for step in path.steps for answer in path.answers(step).items())
        for one in sorted(possible, key=lambda one: _far(led, one, path)):
            if _kind(path) in walked or len(tried) >= MOST_TRIED:
                break
            if (one, said) in tried:
                continue
            tried.add((one, said))
            with stands() as stand:
                drafted = draft(workflow, path, one, stand)
            led[one.price] = drafted
            if drafted is not None:
                walked.setdefault((drafted.steps, drafted.case), drafted)
    return walked


def _far(led: Mapping[Circumstance, Draft | None], one: Circumstance, path: Path) -> int:
    if one.price not in led:
        return 1
    before = led[one.price]
    return 0 if before is not None and before.case == path.case else 2


def _kind(path: Path) -> Kind:
    return tuple(step.id for step in path.steps), path.case


def _says(path: Path) -> str:
    steps = ", ".join(step.id for step in path.steps)
    return f"{steps}, which is {path.case}" if path.case else steps


def _text(path: Path, drafted: Draft) -> str:
    return "\n".join((f"# {_says(path)}.", MARK, *drafted.lines, ""))
