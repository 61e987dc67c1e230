"""One section of the portal, and how things are hung in it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.engine import answers
from generator.gallery.exhibit import Exhibit
from generator.gallery.sample import people
from generator.gallery.sample.shop import Shop
from generator.model.live.portal import PortalPage
from generator.model.portal import Section
from generator.model.quote import Answer
from generator.model.rule import ALWAYS
from generator.model.workflow import Field
from generator.rehearsal.drafting import likely
from generator.runtime import addresses

Live = Callable[[str], object]


def same(live: object) -> Live:
    """What is the same in every language."""
    return lambda _: live


@dataclass(frozen=True)
class Hall:
    """What a page of a section is made of beside what is on it."""

    shop: Shop
    section: Section

    def exhibit(self, state: str, says: str, live: Live, more: str = "", here: str = "") -> Exhibit:
        """`more` is which of the section's pages it is, where that is not its own."""
        page = f"{self.section.page}{f'.{more}' if more else ''}.html"
        here = here or addresses.section(self.section.id)
        return Exhibit("portal", self.section.id, page, state, says, self._tabbed(live), here)

    def _tabbed(self, live: Live) -> Live:
        def made(language: str) -> object:
            page = live(language)
            assert isinstance(page, PortalPage), "what is hung here is the portal's"
            return replace(page, tabs=self.shop.tabs(people.CLARA, self.section.id))

        return made


def answered(asked: Field) -> dict[str, Answer]:
    """Something to answer to it, by whomever it is asked; nothing where a link answers it."""
    always = replace(asked, when=ALWAYS)
    words = likely.typed(always, {}) if asked.kind != "hidden" else None
    known = {"customer.country": "FR"}
    return dict(answers.read([always], {asked.id: words}, known).answers) if words is not None else {}
