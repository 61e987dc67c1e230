"""One workflow as a picture: its screens from top to bottom, what decides on each, and how it may end."""

from generator.compiler.pictures.sheet import MARGIN, WIDE, Sheet
from generator.compiler.pictures.titles import Titles
from generator.compiler.wording import only_where, words
from generator.engine.endings import Ending, endings, of_case
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import AnyStep, Case, Field, LeavingChoice, PaymentStep, Workflow

SPINE, LEFT, INSIDE = MARGIN + 18, MARGIN + 54, 20
"""Where the way down is, where cards begin, and how far inside of them words stand."""

ROOM = WIDE - MARGIN - LEFT - 2 * INSIDE
GAP = 22

ABOUT = {
    "plan": "a plan",
    "subscription": "a subscription",
    "target": "the subscription that replaces it",
    "invoice": "an invoice",
}
CASES = {
    "free": "is told that it is free",
    "register_method": "gives a payment method for later",
    "pay_later": "is told when and how much",
    "pay_now": "pays what is due",
}
METHODS = {"card": "card", "sepa": "SEPA debit", "transfer": "transfer where terms are granted"}
OUTCOMES = {
    "nocharge": "nothing was charged",
    "paid": "it is paid",
    "pending": "the bank is still at it",
    "registered": "a payment method is on file",
    "due": "it will be paid by transfer",
}
ASKED = {
    "catalog": "Chooses one of the plans on offer.",
    "options": "Chooses what the plan lets them choose.",
    "summary": "Sees what it costs now and later, before anything is committed.",
    "message": "Reads, and goes on.",
}


def draw(site: Site, workflow: Workflow, titles: Titles) -> str:
    """The picture as an SVG of its own, readable in light and dark surroundings."""
    return _Picture(site, workflow, titles).drawn()


class _Picture:
    def __init__(self, site: Site, workflow: Workflow, titles: Titles) -> None:
        self._site, self._workflow, self._titles = site, workflow, titles
        self._nouns = titles.answers(workflow)
        self._sheet = Sheet()
        self._stops = 0

    def drawn(self) -> str:
        self._head()
        top = self._sheet.y + 28
        origin = self._workflow.id
        for step in self._workflow.steps:
            if step.origin != origin:
                origin = step.origin
                self._goes_on(origin)
            self._step(step)
        self._sheet.spine(SPINE, top, self._sheet.y + 28)
        self._ends()
        return self._sheet.svg(self._titles.workflow(self._workflow), self._in_words())

    def _head(self) -> None:
        workflow, sheet = self._workflow, self._sheet
        wide = sheet.tag(WIDE - MARGIN, sheet.y + 4, workflow.id)
        sheet.words(MARGIN, self._titles.workflow(workflow), 23, WIDE - 2 * MARGIN - wide - 12, bold=True)
        who = "a visitor, who becomes a customer" if workflow.purpose.visitor else "a customer"
        about = " and ".join(ABOUT[thing] for thing in workflow.purpose.about)
        sheet.words(MARGIN, f"For {who}{f'; about {about}' if about else ''}.", 14, WIDE - 2 * MARGIN, "soft")
        continued = [other.id for other in self._site.workflows if other.continues == workflow.id]
        if continued:
            sheet.words(MARGIN, f"Also walked at the end of {', '.join(continued)}.", 14, WIDE - 2 * MARGIN, "soft")
        sheet.y += GAP

    def _goes_on(self, origin: str) -> None:
        sheet = self._sheet
        began, top = sheet.begin(), sheet.y
        sheet.y += 9
        sheet.words(LEFT + INSIDE, f"From here on as in {origin}", 14, ROOM, "way", bold=True)
        sheet.y += 9
        sheet.close(began, top, LEFT, "band")
        sheet.y += GAP

    def _step(self, step: AnyStep) -> None:
        sheet, sure = self._sheet, step.when == ALWAYS
        began, top = sheet.begin(), sheet.y
        sheet.y += 14
        wide = sheet.tag(WIDE - MARGIN - INSIDE + 4, sheet.y + 2, step.kind)
        title = "Holds what the link gives" if step.silent else self._titles.step(self._workflow, step)
        sheet.words(LEFT + INSIDE, title, 17, ROOM - wide - 12, bold=True)
        if title != step.id and step.id != step.kind:
            sheet.words(LEFT + INSIDE, step.id, 12.5, ROOM, "soft")
        self._only(step)
        if step.kind in ASKED:
            sheet.words(LEFT + INSIDE, ASKED[step.kind], 13.5, ROOM, "soft")
        if step.origin == self._workflow.id or step.kind == "payment":
            self._inside(step)
        sheet.y += 14
        sheet.close(began, top, LEFT, "card" if sure else "maybe")
        if step.silent:
            sheet.stop(SPINE, top + 28, "·", sure)
        else:
            self._stops += 1
            sheet.stop(SPINE, top + 28, str(self._stops), sure)
        sheet.y += GAP

    def _only(self, step: AnyStep) -> None:
        said = only_where(step.when, self._nouns)
        if said:
            self._sheet.words(LEFT + INSIDE, said, 14, ROOM, "when")

    def _inside(self, step: AnyStep) -> None:
        sheet = self._sheet
        for choice in step.choices:
            self._row(*self._choice(choice))
        for field in step.fields:
            notes = [field.kind.replace("_", " ")] + [word for word in ("required", "locked") if getattr(field, word)]
            self._row(self._field(field), ", ".join(notes), only_where(field.when, self._nouns))
        if step.promotion_code:
            self._row("Promotion code", "may be typed and applied", "")
        if isinstance(step, PaymentStep):
            self._table(step)
        sheet.y += 2

    def _field(self, field: Field) -> str:
        return field.id if field.kind == "hidden" else self._titles.field(field)

    def _choice(self, choice: LeavingChoice) -> tuple[str, str, str]:
        says = {
            "terminate": ("Leaves", "ends the subscription"),
            "keep": ("Keeps it", f"with the promotion {choice.promotion}"),
            "pause": ("Pauses it", f"for {choice.days} days at most"),
        }[choice.id]
        return self._titles.words(choice.title) or says[0], says[1], only_where(choice.when, self._nouns)

    def _row(self, name: str, what: str, when: str) -> None:
        sheet = self._sheet
        sheet.y += 6
        sheet.line(LEFT + INSIDE)
        sheet.y += 4
        right = LEFT + INSIDE + 330
        sheet.beside([(LEFT + INSIDE, name, 13.5, 314, "ink"), (right, what, 13.5, ROOM - 330, "soft")])
        if when:
            sheet.words(right, when, 13, ROOM - 330, "when")

    def _table(self, step: PaymentStep) -> None:
        """The first case that holds decides, from top to bottom."""
        sheet, left = self._sheet, LEFT + INSIDE
        sheet.y += 4
        self._columns("case", ("decides", "soft"), ("the customer", "soft"), ("outcome", "soft"), kind="soft")
        for number, case in enumerate(step.cases):
            sheet.y += 7
            sheet.line(left)
            sheet.y += 5
            what = CASES[case.case]
            if case.case in ("pay_now", "register_method"):
                kinds = [kind for kind in step.methods if kind != "transfer" or case.case == "pay_now"]
                what += f": {', '.join(METHODS[kind] for kind in kinds)}"
            outcomes = " or ".join(of_case(step, case.case))
            self._columns(case.case, (self._where(case, number), "when"), (what, "ink"), (outcomes, "end"))

    def _columns(self, case: str, *others: tuple[str, str], kind: str = "ink") -> None:
        columns = zip((138, 376, 584), (226, 196, ROOM - 584), others, strict=True)
        left = LEFT + INSIDE
        beside = [(left + at, says, 13.0, room, as_) for at, room, (says, as_) in columns]
        self._sheet.beside([(left, case, 13, 128, kind), *beside])

    def _where(self, case: Case, number: int) -> str:
        said = words(case.when, self._nouns)
        if said:
            return f"{'where' if number == 0 else 'else, where'} {said}"
        return "in all other cases" if number else "always"

    def _ends(self) -> None:
        sheet = self._sheet
        began, top = sheet.begin(), sheet.y
        sheet.y += 14
        sheet.words(LEFT + INSIDE, "How it ends, and where that leads", 17, ROOM, bold=True)
        for ending in endings(self._site, self._workflow):
            self._way(ending.outcome, OUTCOMES[ending.outcome], _leads(ending))
        leave = self._site.redirects.leave
        url = self._site.redirects.targets[leave].url if leave else ""
        self._way("cancelled", "left at any step; it can be taken up again", f"{leave}: {url}" if url else "the portal")
        sheet.y += 14
        sheet.close(began, top, LEFT, "card")
        sheet.stop(SPINE, top + 28, "✓", True)

    def _way(self, outcome: str, says: str, leads: str) -> None:
        sheet, left = self._sheet, LEFT + INSIDE
        sheet.y += 7
        sheet.line(left)
        sheet.y += 5
        sheet.beside(
            [
                (left, outcome, 13.5, 110, "end"),
                (left + 120, says, 13.5, 226, "soft"),
                (left + 358, f"→ {leads}", 13.5, ROOM - 358, "way"),
            ]
        )

    def _in_words(self) -> str:
        """The same for who hears it."""
        said = []
        for step in self._workflow.steps:
            where = only_where(step.when, self._nouns)
            said.append(f"{self._titles.step(self._workflow, step)} ({step.id}){f', {where}' if where else ''}")
        ends = [f"{ending.outcome} leads to {_leads(ending)}" for ending in endings(self._site, self._workflow)]
        return f"The screens in their order: {'; '.join(said)}. How it ends: {'; '.join(ends)}."


def _leads(ending: Ending) -> str:
    return f"{ending.target}: {ending.url}" if ending.target else "our own page"
