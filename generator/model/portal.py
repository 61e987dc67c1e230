"""The standing billing area: its sections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.model.place import Place, written_at
from generator.model.text import Text
from generator.model.workflow import Field

SectionKind = Literal["subscriptions", "invoices", "billing_info", "payment_method"]


ButtonId = Literal[
    "choose_plan",
    "start",
    "resume",
    "change_plan",
    "change_options",
    "terminate",
    "restart",
    "undo_change",
    "pay",
    "register",
]

BUTTONS: Mapping[SectionKind, tuple[ButtonId, ...]] = {
    "subscriptions": (
        "choose_plan",
        "start",
        "resume",
        "change_plan",
        "change_options",
        "terminate",
        "restart",
        "undo_change",
    ),
    "invoices": ("pay",),
    "billing_info": (),
    "payment_method": ("register",),
}
"""The buttons that each section has."""


@dataclass(frozen=True)
class Button:
    """What a merchant says of a button: hidden, or leading to a redirect target of theirs instead of our workflow."""

    shown: bool = True
    redirect: str = ""


@dataclass(frozen=True)
class Section:
    """One tab of the portal. `fields` are those of a billing-info section; `buttons` those that differ."""

    id: str
    kind: SectionKind
    title: Text | None = None
    fields: tuple[Field, ...] = ()
    buttons: Mapping[ButtonId, Button] = field(default_factory=dict)
    place: Place = written_at()

    @property
    def page(self) -> str:
        """The name of its baked page."""
        return f"portal.{self.id}"

    def button(self, id: ButtonId) -> Button:
        return self.buttons.get(id, Button())


@dataclass(frozen=True)
class Portal:
    """The sections in the order of their tabs."""

    sections: tuple[Section, ...]

    def section(self, id: str) -> Section | None:
        return next((section for section in self.sections if section.id == id), None)
