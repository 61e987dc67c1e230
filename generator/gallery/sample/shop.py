"""The merchant's shop with the people of the gallery in it: what any page may ask of the two."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.engine import known
from generator.gallery.sample.quotes import Matter, quote
from generator.gallery.sample.sold import Sold
from generator.model.customer import Customer
from generator.model.live.parts import Url
from generator.model.portal import Section
from generator.model.quote import Quote
from generator.model.rule import ALWAYS, Known
from generator.model.site import Site
from generator.runtime.present.doors import Doors
from generator.runtime.present.shell import Frame, who

CSRF = "sample"
"""What stands where a page that is served has a secret of its own."""


@dataclass(frozen=True)
class Shop:
    """A definition, and what is sold by it."""

    site: Site
    sold: Sold

    def frame(self, here: str, customer: Customer | None) -> Frame:
        """What every page has."""
        return Frame(Url(here), CSRF, who(customer))

    def known(self, customer: Customer, has_method: bool = True) -> Known:
        """What conditions may read of the customer."""
        return known.of_customer(customer, has_method)

    def doors(self, section: Section, customer: Customer) -> Doors:
        """Where a section's buttons lead."""
        return Doors(self.site, section, customer.id, self.known(customer))

    def tabs(self, customer: Customer, here: str) -> Mapping[str, bool]:
        """The sections that are there for the customer; the one that is shown is."""
        facts = self.known(customer)
        return {
            section.id: section.id == here or section.when == ALWAYS or section.when.holds(facts)
            for section in self.site.portal.sections
        }

    def quote(self, customer: Customer, matter: Matter) -> Quote | None:
        """What it costs; None where the biller refuses."""
        return quote(self.sold, self.site.time_zone, customer, matter)
