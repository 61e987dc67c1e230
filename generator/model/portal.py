"""The standing billing area: its sections."""

from dataclasses import dataclass
from typing import Literal

from generator.model.place import Place, written_at
from generator.model.text import Text
from generator.model.workflow import Field

SectionKind = Literal["subscriptions", "invoices", "billing_info", "payment_method"]


@dataclass(frozen=True)
class Section:
    """One tab of the portal. `fields` are those of a billing-info section."""

    id: str
    kind: SectionKind
    title: Text | None = None
    fields: tuple[Field, ...] = ()
    place: Place = written_at()

    @property
    def page(self) -> str:
        """The name of its baked page."""
        return f"portal.{self.id}"


@dataclass(frozen=True)
class Portal:
    """The sections in the order of their tabs."""

    sections: tuple[Section, ...]

    def section(self, id: str) -> Section | None:
        return next((section for section in self.sections if section.id == id), None)
