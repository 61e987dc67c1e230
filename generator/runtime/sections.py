"""The portal as one customer has it: which sections, and what the conditions in them may read."""

from collections.abc import Mapping
from functools import cached_property

from generator.model.customer import Customer
from generator.model.portal import Section
from generator.model.rule import ALWAYS, Known
from generator.model.site import Site
from generator.runtime.survey import Survey


class Sections:
    """Asks the outside about the customer only where some condition wants to know."""

    def __init__(self, site: Site, customer: Customer, survey: Survey) -> None:
        self._site, self._customer, self._survey = site, customer, survey

    @cached_property
    def known(self) -> Known:
        """What conditions may read of the customer."""
        return self._survey.customer_facts(self._customer)

    def known_in(self, section: Section) -> Known:
        """The same for the conditions in a section; nothing where it has none."""
        return self.known if any(rule != ALWAYS for rule in section.rules) else {}

    def section(self, id: str) -> Section | None:
        """The section of this name; one that is not for this customer is none."""
        found = self._site.portal.section(id)
        return found if found is not None and self._applies(found) else None

    @property
    def first(self) -> Section | None:
        """Where the portal begins: with the first section that is a page of ours, if there is any."""
        applying = [section for section in self._site.portal.sections if self._applies(section)]
        return next((section for section in applying if section.kind != "link"), None)

    @property
    def tabs(self) -> Mapping[str, bool]:
        """Whether each section is there."""
        return {section.id: self._applies(section) for section in self._site.portal.sections}

    def _applies(self, section: Section) -> bool:
        return section.when == ALWAYS or section.when.holds(self.known)
