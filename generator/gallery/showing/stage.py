"""What a customer sees at a step: by the same presenters that serve it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from generator.engine import redirect
from generator.engine.advance import Scene
from generator.engine.ground import Ground
from generator.engine.path import known_at
from generator.gallery.exhibit import Exhibit
from generator.gallery.sample.moment import TODAY
from generator.gallery.sample.shop import Shop
from generator.gallery.staging import Staged
from generator.locale import speech
from generator.model.catalog import Catalog
from generator.model.customer import Customer
from generator.model.live.parts import Url
from generator.model.payment import Method
from generator.model.problem import FieldProblem
from generator.model.quote import Quote
from generator.model.subscription import Subscription
from generator.model.text import words_in
from generator.model.walk import Walk
from generator.model.workflow import AnyStep
from generator.runtime import addresses
from generator.runtime.present import steps as present
from generator.runtime.screens import StepScreen


@dataclass(frozen=True)
class Sight:
    """A step as it is come to, or with what is said here in place of that.

    `methods` are on file, `until` is the end of a cool-down, and `refused` says that a try was refused for it just now.
    """

    shop: Shop
    staged: Staged
    step: AnyStep
    walk: Walk
    customer: Customer
    methods: tuple[Method, ...] = ()
    problems: tuple[FieldProblem, ...] = ()
    typed: Mapping[str, str] | None = None
    stale: bool = False
    until: datetime | None = None
    refused: bool = False
    recipient: Customer | None = None
    already: Subscription | None = None

    @staticmethod
    def of(shop: Shop, staged: Staged, step: AnyStep) -> "Sight":
        """As the path's customer comes to it."""
        return Sight(shop, staged, step, staged.at(step), staged.customer, staged.methods)

    def exhibit(self, state: str, says: str, page: str = "") -> Exhibit:
        """It as it hangs; `page` is another one than the step's own."""
        workflow, page = self.staged.workflow.id, page or f"{self.step.page}.html"
        return Exhibit("workflow", workflow, page, state, says, self.live, self.here)

    @property
    def here(self) -> Url:
        return addresses.step(self.walk.id, self.step.id)

    @property
    def quote(self) -> Quote:
        assert self.walk.quote is not None, "who is on the stage knows what it costs"
        return self.walk.quote

    def live(self, language: str) -> object:
        """The live names of the page."""
        walk = replace(self.walk, language=language)
        screen = StepScreen(
            walk,
            self.step,
            self.problems,
            self.typed,
            self.stale,
            refused=self.until if self.refused else None,
            code_refused=bool(self.quote.promotion_fault),
        )
        visits = self.staged.workflow.purpose.visitor and self.step == self.staged.workflow.steps[0]
        frame = self.shop.frame(self.here, None if visits else self.customer)
        point, gap = speech.separators(language)
        ground = Ground("", point, gap, TODAY)
        made = present.Presenter(frame, self.staged.workflow, screen, self.customer, language, ground)
        plan = self.staged.plan
        match self.step.kind:
            case "catalog":
                return made.catalog(self._offered)
            case "options":
                assert plan is not None, "options are those of a plan"
                return made.options(plan, self.quote)
            case "billing_info" | "form" | "message":
                return self._left(made.form(plan), visits)
            case "summary":
                name = self._name(language)
                return made.summary(self.quote, present.Bought(name, plan, self.recipient, self.already))
            case "confirm":
                assert plan is not None, "what is left is a plan"
                return made.confirm(self.quote, plan)
            case "payment":
                return made.payment(self.quote, self._scene, plan, self.shop.site.time_zone)

    def _left(self, live: object, visits: bool) -> object:
        """Who is nobody yet leaves to the merchant's page."""
        out = redirect.leaving(self.shop.site)
        return replace(live, leave=Url(out)) if visits and out else live  # type: ignore[type-var]

    @property
    def _offered(self) -> Catalog:
        prices, has = self.shop.sold.with_code(), self.staged.matter.subscription
        return prices.changes(has.plan) if has else prices.public

    @property
    def _scene(self) -> Scene:
        facts = known_at(self.staged.workflow, self.walk, self.step)
        return Scene(methods=self.methods, terms=self.customer.terms, facts=facts, cooling=self.until)

    def _name(self, language: str) -> str:
        return named(self.staged, language)


def named(staged: Staged, language: str) -> str:
    """What the customer knows it by: the plan's title or the invoice's number; empty where there is neither."""
    if staged.plan:
        return words_in(staged.plan.title, language)
    return staged.matter.invoice.number if staged.matter.invoice else ""


Situation = tuple[str, str, Sight]
"""A step in a state that has this name, and the same in words."""
