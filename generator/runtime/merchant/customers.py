"""Customers as the merchant knows them: created, changed, read, listed."""

import re

from generator.engine import answers
from generator.model.customer import BILLING_FIELDS, VISITOR, Customer, CustomerNews, Unclaimed
from generator.model.problem import FieldFault
from generator.model.workflow import Field, FieldKind
from generator.runtime.merchant import told
from generator.runtime.merchant.asked import NAME, BillingAsked, ClaimAsked, CustomerAsked
from generator.runtime.merchant.paging import Wanted, of_all, page
from generator.runtime.merchant.told import ConsentTold, CustomerTold, Page
from generator.runtime.merchant.wrong import Fault, Objection, not_offered, unknown
from generator.runtime.parts import Parts

_KINDS: dict[str, FieldKind] = {"email": "email", "country": "country", "vat_number": "vat_number"}

_FIELDS = tuple(Field(name, _KINDS.get(name, "text")) for name in BILLING_FIELDS)

_WRITE: dict[FieldFault, str] = {
    "not_offered": "write an ISO 3166-1 alpha-2 code such as FR",
    "card_number": "never send a card number: only the payment provider may see it",
}


def find(parts: Parts, ref: str) -> Customer:
    """The customer of this name, or of this id of ours, which redirects carry. Raises `Objection`."""
    found = _known(parts, ref)
    if found is None:
        raise unknown("unknown-customer", "customer", ref)
    return found


def _known(parts: Parts, ref: str) -> Customer | None:
    return parts.biller.customer_by_ref(ref) or parts.biller.customer(ref)


def ref_of(parts: Parts, id: str) -> str:
    """The merchant's name for the customer of this id of ours."""
    found = parts.biller.customer(id)
    assert found is not None, "whatever is in the books is somebody's"
    return found.ref


def show(parts: Parts, ref: str) -> CustomerTold:
    return told.customer(find(parts, ref))


def listed(parts: Parts, wanted: Wanted) -> Page[CustomerTold]:
    found = parts.biller.customers(wanted.after, wanted.most + 1)
    return page(found, wanted, told.customer, lambda customer: customer.ref)


def put(parts: Parts, ref: str, asked: CustomerAsked) -> CustomerTold:
    """Create the customer, or change what is said and nothing else."""
    known = _known(parts, ref)
    if known is None and (ref.startswith(VISITOR) or not re.fullmatch(NAME, ref)):
        says = f'"{ref}" is no name for a customer'
        how = f"begin with a letter or digit and not with {VISITOR}, go on with those and . _ ~ @ + : = -, at most 120"
        wrong = Fault("ref", says, how)
        raise Objection("unknown-parameter", says, wrong)
    languages = parts.library.current.site.languages
    if asked.language is not None and asked.language not in languages:
        says = f'the pages are not made in "{asked.language}"'
        raise not_offered("/language", says, asked.language, languages)
    news = CustomerNews(
        asked.language,
        None if asked.billing is None else _billing(asked.billing),
        asked.terms_days,
        None if asked.tags is None else frozenset(asked.tags),
        asked.suspended,
    )
    return told.customer(parts.biller.tell(known.ref if known else ref, news))


def claim(parts: Parts, id: str, asked: ClaimAsked) -> CustomerTold:
    """Who came as a visitor gets the merchant's own name; what was made by the old one opens nothing any more."""
    if asked.ref.startswith(VISITOR):
        says = f'"{asked.ref}" is no name of yours: those that begin with {VISITOR} are ours'
        raise Objection("wrong-shape", says, Fault("/ref", says))
    match parts.biller.claim(find(parts, id).id, asked.ref):
        case Customer() as customer:
            return told.customer(customer)
        case Unclaimed(reason="taken"):
            says = f"another customer is called {asked.ref} already: one name is one customer"
            raise Objection("name-taken", says, Fault("/ref", says))
        case Unclaimed():
            raise Objection("not-now", f"the customer {id} did not come as a visitor: they have a name already")


def consents(parts: Parts, ref: str, wanted: Wanted) -> Page[ConsentTold]:
    """What the customer agreed to, the oldest first."""
    all = list(enumerate(parts.biller.consents(find(parts, ref).id), 1))
    return of_all(all, wanted, lambda one: told.consent(one[1]), lambda one: str(one[0]))


def _billing(asked: BillingAsked) -> dict[str, str]:
    """Held against the same rules as what customers type. Raises `Objection`."""
    said = {name: value for name, value in asked.model_dump().items() if value is not None}
    reading = answers.read([field for field in _FIELDS if field.id in said], said, {})
    if reading.problems:
        faults = (
            Fault(
                f"/billing/{problem.field}",
                f'"{said[problem.field]}" is no {problem.field} that can be: {problem.fault.replace("_", " ")}'
                if problem.fault != "card_number"
                else f"{problem.field} looks like a card number",
                _WRITE.get(problem.fault, ""),
            )
            for problem in reading.problems
        )
        raise Objection("wrong-shape", "something in the billing info cannot be", *faults)
    return {name: str(reading.answers.get(name, "")) for name in said}
