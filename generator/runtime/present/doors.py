"""Where the buttons of a section lead."""

from dataclasses import dataclass

from generator.model.live.parts import Url
from generator.model.portal import ButtonId, Section
from generator.model.rule import Known
from generator.model.site import Site
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

    def out(self, redirect: str, plan: str = "", subscription: str = "", method: str = "") -> Url:
        """The address of a redirect target, with what it is about."""
        said = {"from": "portal", "idc": self.customer, "refo": plan, "idsub": subscription, "idm": method}
        target = self.site.redirects.targets[redirect].url
        return Url(addresses.with_parameters(target, {name: value for name, value in said.items() if value}))
