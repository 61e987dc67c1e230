"""The standing billing area: its sections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.model.place import Place, written_at
from generator.model.rule import ALWAYS, Rule
from generator.model.text import Text
from generator.model.workflow import Field, address

SectionKind = Literal["subscriptions", "invoices", "billing_info", "payment_method", "text", "link", "form"]

OWN: tuple[SectionKind, ...] = ("text", "link", "form")
"""Kinds of section that a merchant may have several of, under names of their own; of the others there is one each."""

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
    "make_default",
    "remove",
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
    "payment_method": ("register", "make_default", "remove"),
    "text": (),
    "link": (),
    "form": (),
}
"""The buttons that each section has."""


def read_by(section: SectionKind, button: ButtonId) -> tuple[str, ...]:
    """The roots of the names that the condition of a button may read: of what the button is about."""
    if section == "subscriptions" and button != "choose_plan":
        return ("customer", "subscription", "plan")
    return ("customer", "invoice") if button == "pay" else ("customer",)


@dataclass(frozen=True)
class Button:
    """What a merchant says of a button: hidden, for some customers only, or leading to a redirect target of theirs."""

    shown: bool = True
    redirect: str = ""
    when: Rule = ALWAYS


@dataclass(frozen=True)
class Section:
    """One tab of the portal, for the customers for whom `when` holds.

    `fields` are those of billing info or of a form, `buttons` those that differ; a text section says its `text`, a link
    leads to the `redirect` target of this name.
    """

    id: str
    kind: SectionKind
    title: Text | None = None
    fields: tuple[Field, ...] = ()
    buttons: Mapping[ButtonId, Button] = field(default_factory=dict)
    when: Rule = ALWAYS
    intro: Text | None = None
    text: Text | None = None
    redirect: str = ""
    place: Place = written_at()

    @property
    def page(self) -> str:
        """The name of its baked page."""
        return f"portal.{self.id}"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every condition in it."""
        fields, buttons = (field.when for field in self.fields), (button.when for button in self.buttons.values())
        return (self.when, *fields, *buttons)

    @property
    def address(self) -> tuple[Field, ...]:
        """The fields of the address, where the customer's country arranges them."""
        return address(self.fields)

    @property
    def texts(self) -> tuple[Text, ...]:
        """Everything that the definition says in it."""
        said = (self.title, self.intro, self.text)
        return (*(text for text in said if text), *(text for field in self.fields for text in field.texts))

    def button(self, id: ButtonId) -> Button:
        return self.buttons.get(id, Button())


@dataclass(frozen=True)
class Portal:
    """The sections in the order of their tabs."""

    sections: tuple[Section, ...]

    def section(self, id: str) -> Section | None:
        return next((section for section in self.sections if section.id == id), None)
