"""Sections of the portal with fields: billing info, and a merchant's own questions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from generator.engine import answers
from generator.engine.answers import Form, Reading
from generator.engine.ground import Ground
from generator.model.customer import Customer
from generator.model.live import portal as live
from generator.model.portal import Section
from generator.model.problem import FieldProblem
from generator.model.rule import Known
from generator.model.walk import Answers
from generator.runtime.present import fields
from generator.runtime.present.shell import Frame


@dataclass(frozen=True)
class Questions:
    """What one section asks one customer; `ground` is what their answers are read on."""

    section: Section
    customer: Customer
    known: Known
    ground: Ground
    language: str

    @property
    def asked(self) -> frozenset[str]:
        """The fields that apply to this customer."""
        return frozenset(field.id for field in answers.applying(self.section.fields, self.known))

    def read(self, form: Form) -> Reading:
        return answers.read(self.section.fields, form, self.known, self.ground)

    def page(
        self,
        frame: Frame,
        typed: Mapping[str, str] | None = None,
        problems: Sequence[FieldProblem] = (),
        saved: bool = False,
    ) -> live.AnswersPage:
        said = said_before(self.section, self.customer)
        views = fields.views(self.section.fields, self.known, said, self.ground, self.language, typed, problems)
        address = fields.address(self.section.fields, self.known, said, self.ground, typed)
        kind = live.BillingInfoPage if self.section.kind == "billing_info" else live.AnswersPage
        return kind(
            frame.here, frame.csrf, frame.who, fields=views, address=address, faulty=bool(problems), saved=saved
        )


def said_before(section: Section, customer: Customer) -> Answers:
    """What the customer has said to the questions of a section, as far as it is known."""
    if section.kind == "billing_info":
        return {name: value for name, value in asdict(customer.billing).items() if value}
    before = f"{section.id}."
    return {name.removeprefix(before): said for name, said in customer.fields.items() if name.startswith(before)}
