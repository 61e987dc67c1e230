"""Where the buttons of a section lead."""

from dataclasses import dataclass

from generator.engine import redirect
from generator.model.live.parts import Url
from generator.model.portal import ButtonId, Section
from generator.model.rule import Known
from generator.model.site import Site
from generator.model.walk import Subject
from generator.runtime import addresses


@dataclass(frozen=True)
class Doors:
    """Where the buttons of a section lead: our workflows, unless the merchant hides or redirects them."""

    site: Site
    section: Section
    customer: str
    known: Known

    def to(
        self,
        id: ButtonId,
        ours: Url,
        plan: str = "",
        subscription: str = "",
        method: str = "",
        known: Known | None = None,
    ) -> Url | None:
        """The address behind a button; none where it is hidden. A redirect says what it is about by ids alone.

        Its condition reads what is `known` of what it is about, and of the customer.
        """
        button = self.section.button(id)
        if not button.shown or not button.when.holds({**self.known, **(known or {})}):
            return None
        if not button.redirect:
            return ours
        return self.out(button.redirect, plan, subscription, method)

    def out(self, target: str, plan: str = "", subscription: str = "", method: str = "") -> Url:
        """The address of a redirect target, with what it is about."""
        said = redirect.from_portal(self.customer, plan, subscription, method)
        return Url(addresses.with_parameters(redirect.to(self.site, target), said))

    def chosen(self, plan: str) -> Url | None:
        """Where a plan leads that is chosen right here: a page of the merchant's in place of ours, if they name one."""
        elsewhere = self.site.redirects.chooses.get("customer", "")
        ours = addresses.start("subscribe_to_plan", Subject(plan=plan))
        return self.to("choose_plan", self.out(elsewhere, plan) if elsewhere else ours, plan)
