"""What a summary's buttons beside the code do."""

from generator.engine import answers
from generator.engine.answers import Form
from generator.engine.ground import Ground
from generator.model.move import Apply, Show
from generator.model.problem import FieldProblem
from generator.model.rule import Known
from generator.model.walk import Walk
from generator.model.workflow import AnyStep

CODE, BUTTON = "promotion.code", "promotion.button"
"""What the input and its buttons are called: a merchant's own field has no dot in its name."""

LONGEST = 60


def asked(walk: Walk, step: AnyStep, form: Form, known: Known, ground: Ground) -> Apply | Show | None:
    """A code is to be applied or taken away; None where the form is about something else.

    A code that was typed and not applied is applied first: nobody agrees to a price who expects another one.
    """
    code, button = form.get(CODE, "").strip()[:LONGEST], form.get(BUTTON, "")
    if not step.promotion_code or not (button or (code and code != walk.promotion)):
        return None
    if button == "apply" and not code:
        return Show(step.id, (FieldProblem(CODE, "required"),))
    reading = answers.read(step.fields, form, known, ground)
    wrong = tuple(problem for problem in reading.problems if problem.fault not in ("required", "unticked"))
    return Apply(step.id, reading.answers, "" if button == "remove" else code, wrong)
