"""One submission of one step, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from generator.engine import answers, leaving, options, payment, promotion
from generator.engine.answers import Form, Reading
from generator.engine.ground import PLAIN, Ground
from generator.engine.path import PLAN, SHOWN, known_at, path
from generator.model.catalog import Catalog, Plan
from generator.model.move import Ask, Cool, Keep, Move, Show
from generator.model.payment import Method
from generator.model.problem import FieldProblem
from generator.model.rule import Value
from generator.model.walk import Answers, Walk
from generator.model.workflow import AnyStep, PaymentCase, PaymentStep, Workflow


@dataclass(frozen=True)
class Scene:
    """What the outside says now, as far as a step needs it; `facts` are newer than those of the walk.

    `cooling` is until when no bank may be asked, because too many tries were declined; None where it may. `ground` is
    what its fields are read on.
    """

    catalog: Catalog | None = None
    plan: Plan | None = None
    methods: tuple[Method, ...] = ()
    terms: bool = False
    cooling: datetime | None = None
    facts: Mapping[str, Value] | None = None
    ground: Ground = PLAIN


def advance(workflow: Workflow, walk: Walk, step: AnyStep, form: Form, scene: Scene) -> Move:
    """Keep the answers and go on, ask for payment, or show the step again with what is wrong."""
    match step:
        case PaymentStep():
            return _pay(workflow, walk, step, form, scene)
    match step.kind:
        case "catalog":
            return _choose(step, form, scene)
        case "options":
            return _configure(step, form, scene)
    known = known_at(workflow, walk, step)
    if step.kind == "summary" and (code := promotion.asked(walk, step, form, known, scene.ground)):
        return code
    reading = answers.read(step.fields, form, known, scene.ground)
    if step.kind == "confirm":
        return _leave(workflow, walk, step, form, reading)
    if reading.problems:
        return Show(step.id, reading.problems)
    if step.kind == "summary":
        return _agree(workflow, walk, step, form, reading.answers)
    return Keep(step.id, reading.answers)


def _choose(step: AnyStep, form: Form, scene: Scene) -> Move:
    ref = form.get("plan", "")
    offered = [plan.ref for plan in scene.catalog.plans] if scene.catalog else []
    if ref not in offered:
        return Show(step.id, (FieldProblem("plan", "not_offered"),))
    return Keep(step.id, {PLAN: ref})


def _configure(step: AnyStep, form: Form, scene: Scene) -> Move:
    assert scene.plan is not None, "options are asked for a plan"
    reading = options.read(scene.plan, form)
    return Show(step.id, reading.problems) if reading.problems else Keep(step.id, reading.answers)


def _agree(workflow: Workflow, walk: Walk, step: AnyStep, form: Form, given: Answers) -> Move:
    """What the customer saw must be what holds: where the quote changed since, they see the new one first."""
    if walk.quote is None or form.get(SHOWN) != walk.quote.shown:
        return Show(step.id)
    return Keep(step.id, {**given, SHOWN: walk.quote.shown})


def _leave(workflow: Workflow, walk: Walk, step: AnyStep, form: Form, reading: Reading) -> Move:
    """Every choice is agreed to at the price that was shown for it. What needs no payment is committed to here.

    Only who pauses says until when: nobody who leaves is held up by a day that they did not want.
    """
    chosen, given, problems = form.get(leaving.CHOICE, "terminate"), dict(reading.answers), list(reading.problems)
    offered, pause = walk.offers.get(chosen, walk.quote), walk.offers.get("pause")
    rests = step.choice("pause")
    if rests and pause and pause.effective_on and chosen in ("pause", leaving.LOOK):
        day = leaving.bounds(rests, pause.effective_on).read(form.get(leaving.UNTIL, ""))
        if isinstance(day, str):
            problems.append(FieldProblem(leaving.UNTIL, day))
        given[leaving.UNTIL] = str(day)
    if problems:
        return Show(step.id, tuple(problems))
    if chosen == leaving.LOOK:
        return Keep(step.id, given)
    shown = form.get(SHOWN if chosen == "terminate" else f"{SHOWN}.{chosen}")
    if offered is None or (chosen != "terminate" and chosen not in walk.offers) or shown != offered.shown:
        return Show(step.id)
    agreed = {**given, leaving.CHOICE: chosen, SHOWN: offered.shown}
    after = path(workflow, replace(walk, quote=offered, answers={**walk.answers, step.id: agreed}))
    return Keep(step.id, agreed, commits=after[-1].id == step.id)


def ways_of(walk: Walk, step: PaymentStep, case: PaymentCase, scene: Scene) -> payment.Ways:
    """How this customer may pay, here and now."""
    assert walk.quote is not None, "nobody comes to payment without a quote"
    currency, cooling = walk.quote.due_now.currency, scene.cooling is not None
    return payment.ways(step, case, scene.methods, scene.terms, currency, cooling)


def _pay(workflow: Workflow, walk: Walk, step: PaymentStep, form: Form, scene: Scene) -> Move:
    known = {**known_at(workflow, walk, step), **(scene.facts or {})}
    case = payment.case_of(step, known)
    ways = ways_of(walk, step, case, scene)
    chosen = payment.choice(case, ways, form.get("method", ""))
    if chosen is None and scene.cooling is not None:
        return Cool(step.id, scene.cooling)
    if chosen is None:
        return Show(step.id, (FieldProblem("method", "not_offered"),))
    return Ask(case, chosen, form.get(SHOWN, ""))
