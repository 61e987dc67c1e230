"""Each step that a workflow declares, in all that may happen there."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.engine import advance, options
from generator.engine.advance import Scene
from generator.engine.path import SHOWN
from generator.gallery.exhibit import Exhibit
from generator.gallery.sample import people
from generator.gallery.sample.shop import Shop
from generator.gallery.showing import paying, priced
from generator.gallery.showing.stage import Sight, Situation
from generator.gallery.staging import Staged
from generator.model.move import Show
from generator.model.pages import STEP_PARTS
from generator.model.workflow import Workflow


def exhibits(shop: Shop, workflow: Workflow, walked: Iterable[Staged]) -> Iterator[Exhibit]:
    """All that may happen at the steps that this workflow declares."""
    found = list(walked)
    for step in workflow.steps:
        if step.origin != workflow.id or step.silent:
            continue
        at = [made for made in found if step in made.path.steps]
        if not at:
            continue
        best = max(at, key=lambda made: (made.path.case == "pay_now", made.plan is not None and len(made.plan.choices)))
        for state, says, sight in _states(Sight.of(shop, best, step), at):
            yield sight.exhibit(state, says)
        sight = Sight.of(shop, best, step)
        for part in STEP_PARTS.get(step.kind, {}):
            yield sight.exhibit("filled", "the part that follows what is typed", f"{step.page}.{part}.html")
        for box in step.boxes:
            yield sight.exhibit("filled", "the words that are kept of what was agreed to", f"{step.says(box)}.txt")


def _states(sight: Sight, at: Iterable[Staged]) -> Iterator[Situation]:
    step = sight.step
    yield from _typed(sight)
    if step.kind not in ("billing_info", "confirm", "payment"):
        yield "filled", "as a customer comes to it", sight
    if step.kind == "billing_info":
        for state, says, customer in _PEOPLE:
            yield state, says, replace(sight, customer=customer)
    if step.kind == "summary":
        yield from priced.summary(sight)
    if step.kind == "confirm":
        yield from priced.confirm(sight)
    if step.kind == "payment":
        yield from paying.payment(sight, at)
    if step.kind != "message":
        typed = {field.id: "" for field in step.fields}
        yield "changed-elsewhere", "another window changed the walk meanwhile", replace(sight, stale=True, typed=typed)


_PEOPLE = (
    ("empty", "nothing is known of the customer", people.NEW),
    ("filled", "all is known", people.CLARA),
    ("long-german", "very long German words", people.GERMAN),
    ("arabic", "name and address in Arabic", people.ARABIC),
    ("japanese", "an address that begins with its postal code", people.JAPANESE),
)


def _typed(sight: Sight) -> Iterator[Situation]:
    """What comes of sending nothing, and of sending what no field takes."""
    step = sight.step
    if step.kind == "options" and sight.staged.plan:
        form = {options.PREFIX + option.ref: str(option.maximum + 1) for option in sight.staged.plan.choices}
        move = advance.advance(sight.staged.workflow, sight.walk, step, form, Scene(plan=sight.staged.plan))
        if isinstance(move, Show) and move.problems:
            yield "errors", "more than there is", replace(sight, problems=move.problems, typed=form)
    if step.kind not in ("billing_info", "form", "summary", "confirm"):
        return
    for state, says, words in (
        ("errors", "sent with nothing in it", ""),
        ("malformed", "sent with wrong words", "?" * 3),
    ):
        form = {name: words for field in step.fields for name in field.inputs if field.kind != "hidden"}
        form |= {SHOWN: sight.quote.shown}
        move = advance.advance(sight.staged.workflow, sight.walk, step, form, Scene())
        if isinstance(move, Show) and move.problems:
            yield state, says, replace(sight, problems=move.problems, typed=form)
